using System.Diagnostics;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

/// <summary>The table of routes: `synthetic PREFIXES PEERS FILE`, `rib FILE...`, `lpm`, `live [MILLIONS [uniform]]`.</summary>
internal static class TableBench
{
    public static bool Run(string[] args)
    {
        switch (args)
        {
            case ["synthetic", var prefixes, var peers, var file]:
                var table = new SyntheticTable(int.Parse(prefixes), int.Parse(peers));
                Console.WriteLine(
                    $"{file}: synthetic, {table.Prefixes.Length:N0} prefixes, {table.Peers.Length} peers, {table.Write(file):N0} entries"
                );
                return true;
            case ["rib", .. var files]:
                foreach (string name in files)
                {
                    Rib(name);
                }

                return true;
            case ["parts", var one]:
                Parts(one);
                return true;
            case ["lpm"]:
                Lookups();
                return true;
            case ["live", .. var rest]:
                LiveBench.Run(
                    rest is [var millions, ..] ? int.Parse(millions) : 100,
                    isUniform: rest is [_, "uniform"]
                );
                return true;
            default:
                return false;
        }
    }

    private static void Rib(string file)
    {
        double best = double.MaxValue;
        double bestCpu = double.MaxValue;
        double bestSettle = 0;
        string held = "";
        // Small files take so little time that the runtime still compiles during the first runs.
        int runs = new FileInfo(file).Length < 1 << 24 ? 20 : 4;
        for (int run = 0; run < runs; run++)
        {
            GC.Collect();
            TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            (RouteTable table, Visibility visibility, double settle) = Load(file);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double cpuSeconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
            bestCpu = Math.Min(bestCpu, cpuSeconds);
            if (seconds < best)
            {
                (best, bestSettle) = (seconds, settle);
            }

            long again = Stopwatch.GetTimestamp();
            visibility.MarkAll();
            visibility.Settle();
            double recount = Stopwatch.GetElapsedTime(again).TotalSeconds;
            held =
                $"{table.RoutedPrefixes:N0} prefixes, {table.Routes:N0} routes, {table.Paths.Count:N0} paths, {visibility.FullFeedPeers(false).Count} full feeds, {visibility.VisiblePrefixes(false, 0.5) + visibility.VisiblePrefixes(true, 0.5):N0} visible, table {table.Octets >> 20} MiB, process {Environment.WorkingSet >> 20} MiB, recount of all {recount * 1e3:F0} ms";
        }

        (double theirs, double theirCpu) = Bgpdump(file);
        Console.WriteLine(
            $"{Path.GetFileName(file)}: ours {best:F2} s (CPU {bestCpu:F2} s on all cores, of it visibility {bestSettle:F2} s), bgpdump -m {theirs:F2} s (CPU {theirCpu:F2} s), {theirs / best:F1} x by the clock, {theirCpu / bestCpu:F1} x by CPU; {held}"
        );
        if (new FileInfo(file).Length < 1L << 30)
        {
            Parts(file);
        }
    }

    /// <summary>What decoding alone, decoding into the table, and visibility take on one core, from memory.</summary>
    private static void Parts(string file)
    {
        using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
        using var content = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            content.Write(chunk.Span);
        }

        ReadOnlyMemory<byte> octets = content.GetBuffer().AsMemory(0, (int)content.Length);
        long elements = 0;
        double decode = Cpu(() => elements = MrtCount.Of(octets).Elements);
        RouteTable table = null!;
        double fill = Cpu(() =>
        {
            table = new RouteTable();
            var visitor = new TableVisitor(table, table.Peers.Feed("bench"));
            MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults()), ref visitor);
        });
        double again = Cpu(() =>
        {
            var visitor = new TableVisitor(table, table.Peers.Feed("bench"));
            MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults()), ref visitor);
        });
        double counts = Cpu(() => Settle(table, hasOrigins: false));
        var counted = new Visibility(table);
        counted.Settle();
        double recount = double.MaxValue;
        for (int run = 0; run < 200; run++)
        {
            long start = Stopwatch.GetTimestamp();
            counted.MarkAll();
            counted.Settle();
            recount = Math.Min(recount, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        double origins = Cpu(() => Settle(table, hasOrigins: true));
        Console.WriteLine(
            $"  from memory, one core, {elements:N0} elements: decoded in {decode * 1e3:F0} ms, into the table {fill * 1e3:F0} ms ({elements / fill / 1e6:F1} M/s), again into the full table {again * 1e3:F0} ms, counts of all prefixes {counts * 1e3:F1} ms, again when known {recount * 1e3:F2} ms ({recount * 1e3 * 323_000 / table.Prefixes.Count:F2} ms for each 323,000), with the space of all origins {origins * 1e3:F0} ms"
        );
    }

    private static void Settle(RouteTable table, bool hasOrigins)
    {
        var visibility = new Visibility(table);
        if (hasOrigins)
        {
            _ = visibility.Space(VisibleSpace.ByOrigin);
        }

        visibility.MarkAll();
        visibility.Settle();
    }

    private static double Cpu(Action work)
    {
        double best = double.MaxValue;
        for (int run = 0; run < 6; run++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            work();
            best = Math.Min(
                best,
                (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds
            );
        }

        return best;
    }

    /// <summary>Best of two by the clock and by the CPU that the shell counts.</summary>
    private static (double Seconds, double Cpu) Bgpdump(string file)
    {
        (double best, double bestCpu) = (double.MaxValue, double.MaxValue);
        for (int run = 0; run < 2; run++)
        {
            var start = new ProcessStartInfo("/bin/bash") { RedirectStandardError = true };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(
                "TIMEFORMAT='%R %U %S'; time bgpdump -m \"$0\" > /dev/null 2>/dev/null"
            );
            start.ArgumentList.Add(file);
            using Process process = Process.Start(start)!;
            double[] times =
            [
                .. process
                    .StandardError.ReadToEnd()
                    .Trim()
                    .Split('\n')[^1]
                    .Split(' ')
                    .Select(double.Parse),
            ];
            process.WaitForExit();
            best = Math.Min(best, times[0]);
            bestCpu = Math.Min(bestCpu, times[1] + times[2]);
        }

        return (best, bestCpu);
    }

    private static (RouteTable Table, Visibility Visibility, double Settle) Load(string file)
    {
        var table = new RouteTable();
        var visibility = new Visibility(table);
        _ = visibility.Space(VisibleSpace.ByOrigin);
        using Compression input = Compression.Open(File.OpenRead(file), Path.GetFileName(file));
        var visitor = new TableVisitor(table, table.Peers.Feed("bench"));
        MrtDecoder.ReadAll(
            new MrtReader(ReadAhead.Of(input.Chunks()), new MrtFaults()),
            ref visitor
        );
        long start = Stopwatch.GetTimestamp();
        visibility.MarkAll();
        visibility.Settle();
        return (table, visibility, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void Lookups()
    {
        var synthetic = new SyntheticTable(1_000_000, 1);
        IpPrefix[] v4 = [.. synthetic.Prefixes.Where(prefix => !prefix.IsV6)];
        IpPrefix[] v6 = [.. synthetic.Prefixes.Where(prefix => prefix.IsV6)];
        double build = double.MaxValue;
        Ipv4Lookup lookup = null!;
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            lookup = new Ipv4Lookup(v4);
            build = Math.Min(build, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var random = new uint[1 << 22];
        var routed = new uint[1 << 22];
        for (int at = 0; at < random.Length; at++)
        {
            ulong mixed = synthetic.Mix((ulong)at, 77);
            random[at] = (uint)(mixed >> 32);
            IpPrefix prefix = v4[(int)(mixed % (ulong)v4.Length)];
            routed[at] =
                (uint)(prefix.Bits >> 96) | (prefix.Length == 32 ? 0 : random[at] >> prefix.Length);
        }

        Console.WriteLine(
            $"IPv4 {v4.Length:N0} prefixes: built in {build * 1e3:F0} ms; {Rate(lookup, random):F0} M/s of random addresses, {Rate(lookup, routed):F0} M/s of addresses in random prefixes"
        );
        var lookupV6 = new Ipv6Lookup(v6);
        var addresses = new UInt128[1 << 20];
        for (int at = 0; at < addresses.Length; at++)
        {
            ulong mixed = synthetic.Mix((ulong)at, 78);
            addresses[at] = v6[(int)(mixed % (ulong)v6.Length)].Bits | mixed;
        }

        double best = double.MaxValue;
        long sum = 0;
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (UInt128 address in addresses)
            {
                sum += lookupV6.Longest(address);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        Console.WriteLine(
            $"IPv6 {v6.Length:N0} prefixes: {addresses.Length / best / 1e6:F1} M/s of addresses in random prefixes (sum {sum})"
        );
    }

    private static double Rate(Ipv4Lookup lookup, uint[] addresses)
    {
        double best = double.MaxValue;
        long sum = 0;
        for (int run = 0; run < 9; run++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (uint address in addresses)
            {
                sum += lookup.Longest(address);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return sum == long.MinValue ? 0 : addresses.Length / best / 1e6;
    }
}
