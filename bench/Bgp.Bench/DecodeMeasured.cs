using System.Diagnostics;
using Breakwater.Feeds;

namespace Breakwater.Bench.Bgp;

/// <summary>Running the peer, and taking the best of some runs.</summary>
internal static class Measured
{
    public static byte[] Decompressed(string file)
    {
        using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
        using var octets = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            octets.Write(chunk.Span);
        }

        return octets.ToArray();
    }

    /// <summary>Processor seconds, user and system, of <c>bgpdump -m</c>.</summary>
    public static double Bgpdump(string file, string output) =>
        Shell($"bgpdump -m \"{file}\" > \"{output}\" 2>/dev/null");

    /// <summary>Processor seconds that a command took: what it does is on one core, and the clock counts our neighbours.</summary>
    public static double Shell(string command)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("/bin/sh")
            {
                ArgumentList = { "-c", $"{command}; times" },
                RedirectStandardOutput = true,
            }
        )!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        // The second line is of the children: user, then system, as 0m1.234s.
        return lines[1]
            .Split(' ')
            .Sum(time =>
            {
                string[] parts = time.TrimEnd('s').Split('m');
                return (60 * double.Parse(parts[0])) + double.Parse(parts[1]);
            });
    }

    /// <summary>Processor seconds of this process.</summary>
    public static double Own(Action work)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        work();
        self.Refresh();
        return (self.TotalProcessorTime - before).TotalSeconds;
    }

    /// <summary>The least of some runs.</summary>
    public static double Best(int runs, Func<double> measured) =>
        Enumerable.Range(0, runs).Min(_ => measured());
}
