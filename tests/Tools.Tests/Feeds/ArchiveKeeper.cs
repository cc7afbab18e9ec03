using Breakwater.Feeds.Archives;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

/// <summary>A folder of its own, the address of a server, and a feed between the two that does not wait long.</summary>
internal sealed class ArchiveKeeper : IDisposable
{
    public static Instant From { get; } = Instant.FromUtc(2026, 5, 31, 23, 50);

    public static byte[] Content { get; } =
    [.. Enumerable.Range(0, 300_000).Select(n => unchecked((byte)(n * 7 >> 3)))];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("archive");

    public void Dispose() => folder.Delete(recursive: true);

    public string[] Everything() =>
        Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories);

    public async Task<ArchiveFetched> Fetch(
        ArchiveServer server,
        int minutes = 5,
        ArchiveLayout? layout = null,
        string collector = "rrc00",
        bool withRib = false,
        Func<ArchiveSettings, ArchiveSettings>? change = null,
        Instant? now = null
    )
    {
        using HttpClient http = ArchiveFeed.Client();
        return await Feed(http, server.Url, layout ?? ArchiveLayout.Ris, change, now)
            .Fetch(
                [collector],
                From,
                From + Duration.FromMinutes(minutes),
                withRib,
                TestContext.Current.CancellationToken
            );
    }

    public ArchiveFeed Feed(
        HttpClient http,
        Uri url,
        ArchiveLayout layout,
        Func<ArchiveSettings, ArchiveSettings>? change,
        Instant? now = null
    )
    {
        var settings = new ArchiveSettings(url, folder.FullName)
        {
            BackOffMin = TimeSpan.FromMilliseconds(1),
            BackOffMax = TimeSpan.FromMilliseconds(5),
        };
        return new ArchiveFeed(
            http,
            layout,
            change?.Invoke(settings) ?? settings,
            new At(now ?? Instant.FromUtc(2026, 7, 1, 0, 0)),
            () => 0.5
        );
    }

    /// <summary>The real passing of time, at a date of the test's choosing.</summary>
    private sealed class At(Instant now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();
    }
}
