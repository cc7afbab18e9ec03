using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Breakwater.Bgp;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// `live [MILLIONS [uniform]]`: synthetic updates into table, visibility by origin and watch of origins, over a full
/// table of a million prefixes and twenty peers. Another thread makes the updates up; what is timed is decoding, applying
/// and settling, once for each 100,000 messages, on one thread.
/// </summary>
internal static partial class LiveBench
{
    private const int ThreadCpu = 3;

    public static void Run(int millions, bool isUniform)
    {
        var synthetic = new SyntheticTable(1_000_000, 20);
        var live = new LiveRoutes();
        live.From(0, "bench");
        _ = live.Visibility.Space(VisibleSpace.ByOrigin);
        Fill(synthetic, ref live);
        Console.WriteLine(
            $"{(isUniform ? "uniform" : "skewed")}: {live.Table.Routes:N0} routes before; {Memory()}"
        );
        var updates = new SyntheticUpdates(synthetic, isUniform);
        var decoder = new MrtDecoder(new MrtFaults());
        (ArrayBufferWriter<byte> now, ArrayBufferWriter<byte> next) = (new(1 << 24), new(1 << 24));
        Task<(ReadOnlyMemory<byte>, int)> made = Make(updates, next);
        double cpu = 0;
        double clock = 0;
        double settling = 0;
        long allocated = 0;
        long elements = 0;
        long nextReport = 1_000_000;
        while (elements < millions * 1_000_000L)
        {
            (ReadOnlyMemory<byte> octets, int count) = made.GetAwaiter().GetResult();
            (now, next) = (next, now);
            made = Make(updates, next);
            var reader = new MrtReader(octets, new MrtFaults());
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            double startCpu = CpuSeconds();
            while (reader.Read(out MrtRecord record))
            {
                decoder.Decode(record, ref live);
            }

            double applied = CpuSeconds();
            live.Visibility.Settle();
            double settled = CpuSeconds();
            cpu += settled - startCpu;
            settling += settled - applied;
            clock += Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            elements += count;
            if (elements >= nextReport)
            {
                Console.WriteLine(
                    $"{elements / 1e6:F0} M elements: {elements / cpu / 1e6:F2} M for each second of CPU ({settling / cpu:P0} of it settling), {elements / clock / 1e6:F2} M by the clock; {Memory()}, table {live.Table.Octets >> 20} MiB, {(double)allocated / elements:F1} octets allocated per element, {live.Table.Paths.Count:N0} paths, {live.Table.Routes:N0} routes, {live.Origins.SpellsBeyondLimit:N0} spells past limits"
                );
                nextReport = nextReport < 10_000_000 ? 10_000_000 : nextReport + 10_000_000;
            }
        }

        _ = made.GetAwaiter().GetResult();
    }

    private static void Fill(SyntheticTable synthetic, ref LiveRoutes live)
    {
        var decoder = new MrtDecoder(new MrtFaults());
        LiveRoutes filled = live;
        synthetic.Write(octets =>
        {
            var reader = new MrtReader(octets.ToArray(), new MrtFaults());
            while (reader.Read(out MrtRecord record))
            {
                decoder.Decode(record, ref filled);
            }
        });
        live.Visibility.Settle();
    }

    private static Task<(ReadOnlyMemory<byte>, int)> Make(
        SyntheticUpdates updates,
        ArrayBufferWriter<byte> into
    ) => Task.Run(() => (updates.Next(into, out int count), count));

    private static string Memory()
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        return $"managed {managed >> 20} MiB, process {Environment.WorkingSet >> 20} MiB";
    }

    /// <summary>Of this thread alone: neither the maker of updates nor the neighbours count.</summary>
    private static double CpuSeconds()
    {
        _ = ClockGetTime(ThreadCpu, out Timespec time);
        return time.Seconds + time.Nanoseconds / 1e9;
    }

    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Timespec time);
}
