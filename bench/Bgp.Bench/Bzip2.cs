// Decompression of bzip2 against bzip2, lbzip2 and SharpCompress, on the same files in one run:
//   dotnet run -c Release --project bench/Bgp.Bench -- bzip2 FILE...
// Rounds in which each takes its turn, so that a noisy machine disturbs all alike; the best wall time and the best processor
// time of each. FILE.bz2 is taken as it is; anything else (MRT, plain or .gz) is repeated to 256 MB and packed with bzip2 -9.
using System.Diagnostics;
using Breakwater.Feeds;
using SharpCompress.Compressors.BZip2;

namespace Breakwater.Bench.Bgp;

internal static class Bzip2
{
    private const int Rounds = 5;
    private const long LargeLength = 256_000_000;

    public static void Compare(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            if (file.EndsWith(".bz2", StringComparison.Ordinal))
            {
                CompareOn(file, Path.GetFileName(file));
                continue;
            }

            string packed = Path.GetTempFileName();
            try
            {
                Pack(file, packed);
                CompareOn(packed, $"{Path.GetFileName(file)}, repeated, bzip2 -9");
            }
            finally
            {
                File.Delete(packed);
            }
        }
    }

    private static void CompareOn(string file, string title)
    {
        long octetsOut = Ours(file, 1);
        (string Name, Action Work)[] peers =
        [
            ("ours, 1 thread", () => Ours(file, 1)),
            ("ours, 2 threads", () => Ours(file, 2)),
            ("bzip2 -dc", () => Run($"bzip2 -dc '{file}'")),
            ("lbzip2 -n1 -dc", () => Run($"lbzip2 -n1 -dc '{file}'")),
            ("lbzip2 -n2 -dc", () => Run($"lbzip2 -n2 -dc '{file}'")),
            ("SharpCompress", () => Sharp(file)),
        ];
        var best = peers.Select(_ => (Wall: double.MaxValue, Processor: double.MaxValue)).ToArray();
        for (int round = 0; round < Rounds; round++)
        {
            for (int peer = 0; peer < peers.Length; peer++)
            {
                (double wall, double processor) = Timed(peers[peer].Work);
                best[peer] = (
                    Math.Min(best[peer].Wall, wall),
                    Math.Min(best[peer].Processor, processor)
                );
            }
        }

        Console.WriteLine(
            $"{title}: {new FileInfo(file).Length:N0} octets give {octetsOut:N0}; best of {Rounds}"
        );
        Console.WriteLine("| | wall s | processor s | MB/s | MB per processor second |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (((string name, _), (double wall, double processor)) in peers.Zip(best))
        {
            Console.WriteLine(
                $"| {name} | {wall:F3} | {processor:F3} | {octetsOut / wall / 1e6:F0} | {octetsOut / processor / 1e6:F0} |"
            );
        }

        Console.WriteLine();
    }

    private static long Ours(string file, int threads)
    {
        using Compression input = Compression.Open(File.OpenRead(file), file, threads: threads);
        long octets = input.Chunks().Sum(chunk => (long)chunk.Length);
        return input.Faults.Count == 0
            ? octets
            : throw new InvalidDataException(input.Faults[0].ToString());
    }

    private static void Sharp(string file)
    {
        using FileStream packed = File.OpenRead(file);
        using BZip2Stream unpacked = BZip2Stream.Create(
            packed,
            SharpCompress.Compressors.CompressionMode.Decompress,
            decompressConcatenated: true
        );
        unpacked.CopyTo(Stream.Null);
    }

    private static void Pack(string file, string packed)
    {
        string plain = packed + ".plain";
        try
        {
            using (FileStream output = File.Create(plain))
            {
                while (output.Length < LargeLength)
                {
                    using Compression input = Compression.Open(File.OpenRead(file), file);
                    foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
                    {
                        output.Write(chunk.Span);
                    }
                }
            }

            Run($"bzip2 -9c '{plain}' > '{packed}'; true");
        }
        finally
        {
            File.Delete(plain);
        }
    }

    /// <summary>Processor time is of this process and of the children that it waited for.</summary>
    private static (double Wall, double Processor) Timed(Action work)
    {
        double processor = ProcessorSeconds();
        long start = Stopwatch.GetTimestamp();
        work();
        return (
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            Math.Max(ProcessorSeconds() - processor, 0.001)
        );
    }

    private static double childSeconds;

    private static double ProcessorSeconds() =>
        Environment.CpuUsage.TotalTime.TotalSeconds + childSeconds;

    private static void Run(string command)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("/bin/bash")
            {
                ArgumentList =
                {
                    "-c",
                    command.Contains('>', StringComparison.Ordinal)
                        ? command
                        : $"TIMEFORMAT='%U %S'; time {command} > /dev/null",
                },
                RedirectStandardError = true,
            }
        )!;
        string[] times = process.StandardError.ReadToEnd().Split();
        process.WaitForExit();
        if (process.ExitCode == 0 && times is [var user, var system, ..])
        {
            childSeconds += double.Parse(user) + double.Parse(system);
        }
    }
}
