using System.Diagnostics;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Xunit;

namespace Breakwater.Tests.Bgp;

/// <summary>Agreement with bgpdump 1.6.2 on its own sample files; MrtTests holds the counterpart on octets of ours.</summary>
public class BgpdumpTests
{
    private const string Samples = "data/routing/bgpdump";

    public static TheoryData<string> SampleFiles => [.. SharedData.FilesIn(Samples)];

    public static TheoryData<string> OtherFiles =>
        [
            .. SharedData
                .FilesIn("data/routing/bgpkit")
                .Concat(SharedData.FilesIn("data/routing/libbgpstream"))
                .Concat(SharedData.FilesIn("data/routing/mrtparse_samples"))
                // A JSON stream and a packet capture lie among them; they are no MRT.
                .Where(file => !file.EndsWith(".json", StringComparison.Ordinal))
                .Where(file => !file.EndsWith(".cap", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(SampleFiles))]
    public void Elements_are_those_of_the_expected_text(string file)
    {
        MrtCount count = CountOf(SharedData.PathOf(file));
        string text = SharedData.PathOf(
            $"data/routing/bgpdump_expected_text/{Path.GetFileName(file)}.bgp.gz"
        );
        long states = 0;
        long elements = 0;
        foreach (string line in Lines(text))
        {
            _ = line.Contains("|STATE|", StringComparison.Ordinal) ? states++ : elements++;
        }

        Assert.Equal((elements, states), (count.Elements, count.StateChanges));
    }

    [Theory]
    [MemberData(nameof(SampleFiles))]
    public void Records_and_elements_are_those_of_bgpdump(string file)
    {
        string path = SharedData.PathOf(file);
        MrtCount count = CountOf(path);
        List<string> elements = Run("-m", path);
        Assert.Equal(
            elements.Count(line => !line.Contains("|STATE|", StringComparison.Ordinal)),
            count.Elements
        );
        // bgpdump prints one block for each entry of a TABLE_DUMP_V2 row, and none for its peer index table.
        if (!elements[0].StartsWith("TABLE_DUMP2", StringComparison.Ordinal))
        {
            List<string> blocks = Run("-H", path);
            Assert.Equal(
                blocks.Count(line => line.StartsWith("TIME:", StringComparison.Ordinal)),
                count.Records
            );
        }
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Every_other_file_is_read_to_its_end(string file)
    {
        string path = SharedData.PathOf(file);
        MrtCount count = CountOf(path);
        Assert.NotEqual(0, count.Elements);
    }

    private static MrtCount CountOf(string path)
    {
        using Compression input = Compression.Open(File.OpenRead(path), Path.GetFileName(path));
        MrtCount count = MrtCount.Of(input.Chunks(), recovers: true);
        Assert.Empty(input.Faults);
        return count;
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(
            new System.IO.Compression.GZipStream(
                File.OpenRead(path),
                System.IO.Compression.CompressionMode.Decompress
            )
        );
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static List<string> Run(string option, string path)
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/bgpdump"),
            "bgpdump is not installed (apt-get install bgpdump)"
        );
        using Process process = Process.Start(
            new ProcessStartInfo("/usr/bin/bgpdump")
            {
                ArgumentList = { option, path },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        List<string> lines = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        process.WaitForExit();
        return lines;
    }
}
