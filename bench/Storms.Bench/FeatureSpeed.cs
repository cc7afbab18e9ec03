using System.Diagnostics;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Signals;

namespace Breakwater.Bench.Storms;

/// <summary>Features from MRT in memory, beside the walk alone; by processor time, so that others on the machine do not count.</summary>
internal static class FeatureSpeed
{
    private const int Runs = 5;

    public static void Run(string[] files)
    {
        Console.WriteLine(
            "| file | elements | walk, M/s | features, M/s | allocated, octets per element | minutes |"
        );
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (string file in files)
        {
            byte[] octets = Decompressed(file);
            MrtCount count = MrtCount.Of(octets);
            double walk = Best(() => MrtCount.Of(octets));
            int minutes = 0;
            double features = Best(() => minutes = Features(file, octets));
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = Features(file, octets);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Console.WriteLine(
                $"| {Path.GetFileName(file)} | {count.Elements:N0} | {count.Elements / walk / 1e6:F1} | {count.Elements / features / 1e6:F2} "
                    + $"| {allocated / (double)count.Elements:F1} | {minutes} |"
            );
        }
    }

    private static int Features(string file, byte[] octets)
    {
        RoutingRead read = RoutingFeatures.Read(
            [],
            [new MrtRouteInput("bench", Path.GetFileName(file), "", [octets])]
        );
        return read.Signals.OfType<SeriesSignal>().First().Samples.Count;
    }

    private static byte[] Decompressed(string file)
    {
        using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
        using var octets = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            octets.Write(chunk.Span);
        }

        return octets.ToArray();
    }

    private static TimeSpan ProcessorTime()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static double Best(Action work)
    {
        double best = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            TimeSpan start = ProcessorTime();
            work();
            best = Math.Min(best, (ProcessorTime() - start).TotalSeconds);
        }

        return best;
    }
}
