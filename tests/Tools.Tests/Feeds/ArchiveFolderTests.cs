using Breakwater.Feeds.Archives;
using Breakwater.Signals;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

public sealed class ArchiveFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mrt");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Both_layouts_and_flat_names_tell_collector_content_and_time()
    {
        Put("rrc00/2026.06/bview.20260601.0000.gz");
        Put("route-views.jinx/bgpdata/2026.06/UPDATES/updates.20260601.0015.bz2");
        Put("bgpdata/2026.06/RIBS/rib.20260601.0200.bz2");
        Put("ris.rrc06.updates.1780272300.gz");
        Put("rrc00/2026.06/updates.20260601.0000.gz.part");
        FolderRead read = ArchiveFolder.Read(folder.FullName);
        Assert.Empty(read.Faults);
        Assert.Equal(
            [
                ("rrc00", ArchiveContent.Rib, Instant.FromUtc(2026, 6, 1, 0, 0)),
                ("rrc06", ArchiveContent.Updates, Instant.FromUtc(2026, 6, 1, 0, 5)),
                ("route-views.jinx", ArchiveContent.Updates, Instant.FromUtc(2026, 6, 1, 0, 15)),
                ("route-views2", ArchiveContent.Rib, Instant.FromUtc(2026, 6, 1, 2, 0)),
            ],
            read.Files.Select(file => (file.Collector, file.Content!.Value, file.From))
        );
    }

    [Fact]
    public void A_file_without_time_in_its_name_is_dated_by_its_first_record()
    {
        byte[] record = [.. MrtBytes.U32(1_780_272_000), 0, 16, 0, 4, .. MrtBytes.U32(0)];
        File.WriteAllBytes(Path.Combine(folder.FullName, "capture.mrt"), record);
        File.WriteAllText(Path.Combine(folder.FullName, "notes.dat"), "no routes in here");
        FolderRead read = ArchiveFolder.Read(folder.FullName);
        Assert.Equal(Instant.FromUtc(2026, 6, 1, 0, 0), Assert.Single(read.Files).From);
        Assert.Equal("notes.dat", Assert.Single(read.Faults).File);
    }

    [Fact]
    public void A_window_takes_the_table_before_it_and_names_what_is_missing()
    {
        Put("rrc00/2026.05/bview.20260531.1600.gz");
        Put("rrc00/2026.06/bview.20260601.0000.gz");
        foreach (string time in (string[])["0000", "0005", "0010", "0025", "0030", "0035", "0040"])
        {
            Put($"rrc00/2026.06/updates.20260601.{time}.gz");
        }

        FolderRead read = ArchiveFolder.Read(
            folder.FullName,
            from: Instant.FromUtc(2026, 6, 1, 0, 7),
            to: Instant.FromUtc(2026, 6, 1, 0, 50)
        );
        Assert.Equal("bview.20260601.0000.gz", Path.GetFileName(read.Files[0].Path));
        Assert.Equal(8, read.Files.Count);
        Assert.Equal(
            [
                (Instant.FromUtc(2026, 6, 1, 0, 15), Instant.FromUtc(2026, 6, 1, 0, 25)),
                (Instant.FromUtc(2026, 6, 1, 0, 45), Instant.FromUtc(2026, 6, 1, 0, 50)),
            ],
            read.Gaps.Select(gap => (gap.From, gap.To))
        );
        Assert.All(
            read.Gaps,
            gap => Assert.Equal(("rrc00", FeedState.Blind), (gap.Feed, gap.State))
        );
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_fault() =>
        Assert.Single(ArchiveFolder.Read(Path.Combine(folder.FullName, "none")).Faults);

    [Theory]
    [InlineData("data/routing/libbgpstream", 2)]
    [InlineData("data/routing/bgpdump", 9)]
    public void Folders_of_real_files_are_dated(string shared, int datedMin)
    {
        FolderRead read = ArchiveFolder.Read(SharedData.PathOf(shared));
        Assert.True(read.Files.Count >= datedMin);
        Assert.True(
            read.Files.Zip(read.Files.Skip(1)).All(pair => pair.First.From <= pair.Second.From)
        );
        Assert.All(read.Files, file => Assert.InRange(file.From.InUtc().Year, 1999, 2026));
    }

    private void Put(string name)
    {
        string path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [0]);
    }
}
