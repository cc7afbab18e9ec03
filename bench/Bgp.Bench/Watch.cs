using System.Diagnostics;
using Breakwater.Bgp;
using Breakwater.Feeds;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// Speed of the watch of origins, decoding included, from memory:
/// <c>dotnet run -c Release --project bench/Bgp.Bench -- watch FILE...</c>. Best of five; then the same file again and again
/// into one watch, which is what ordinary live elements cost once the table is known.
/// </summary>
internal static class Watch
{
    private const int Repeats = 20;

    public static void Run(IReadOnlyList<string> files)
    {
        Console.WriteLine(
            "| file | elements | first pass, M elements/s | again, M elements/s | allocated again, octets | departures | ms to work them out |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (string file in files)
        {
            byte[] octets = Decompressed(file);
            long elements = MrtCount.Of(octets).Elements;
            double first = double.MaxValue;
            var watch = new OriginWatch();
            for (int run = 0; run < 5; run++)
            {
                watch = new OriginWatch();
                long start = Stopwatch.GetTimestamp();
                Pass(octets, ref watch);
                first = Math.Min(first, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            // The second pass settles what the end of the file changed against its start.
            Pass(octets, ref watch);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long again = Stopwatch.GetTimestamp();
            for (int run = 0; run < Repeats; run++)
            {
                Pass(octets, ref watch);
            }

            double each = Stopwatch.GetElapsedTime(again).TotalSeconds / Repeats;
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Repeats;
            long judging = Stopwatch.GetTimestamp();
            int departures = watch.Departures(DepartureContext.Nothing).Count;
            double judged = Stopwatch.GetElapsedTime(judging).TotalMilliseconds;
            Console.WriteLine(
                $"| {Path.GetFileName(file)} | {elements:N0} | {elements / first / 1e6:F1} | {elements / each / 1e6:F1} | {allocated:N0} | {departures} | {judged:F1} |"
            );
        }
    }

    private static void Pass(byte[] octets, ref OriginWatch watch)
    {
        watch.From(0, "bench");
        MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults()), ref watch);
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
}
