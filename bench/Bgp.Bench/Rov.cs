using System.Diagnostics;
using System.Globalization;
using System.Text;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// Origin validation of a synthetic full table: 1 M routes (80 % IPv4) against 500,000 VRPs, both from a fixed seed and
/// spread over address space as real ones are: /16 to /24 and /32 to /48, half of the routes covered.
/// </summary>
internal static class Rov
{
    private const int Routes = 1_000_000;
    private const int Vrps = 500_000;

    public static void Run()
    {
        ulong seed = 0x9E3779B97F4A7C15;
        var vrps = new Vrp[Vrps];
        for (int at = 0; at < vrps.Length; at++)
        {
            IpPrefix prefix = Random(ref seed);
            vrps[at] = new Vrp(
                prefix,
                (byte)Math.Min(prefix.IsV6 ? 48 : 24, prefix.Length + (int)(Next(ref seed) % 4)),
                new Asn((uint)(Next(ref seed) % 80_000) + 1)
            );
        }

        var routes = new IpPrefix[Routes];
        var origins = new Asn[Routes];
        for (int at = 0; at < routes.Length; at++)
        {
            Vrp near = vrps[Next(ref seed) % Vrps];
            bool isCovered = at % 2 == 0;
            routes[at] = isCovered ? Inside(near, ref seed) : Random(ref seed);
            origins[at] =
                isCovered && at % 20 != 0 ? near.Asn : new Asn((uint)(Next(ref seed) % 80_000) + 1);
        }

        byte[] json = Json(vrps);
        Console.WriteLine("| work | best of 5 | user CPU | allocated |");
        Console.WriteLine("|---|---|---|---|");
        VrpExport export = Measure(
            $"read {json.Length >> 20} MiB of JSON, {Vrps:N0} VRPs",
            () => VrpExport.Read(SourceFile.Of("bench", json))
        );
        VrpSet set = Measure("build the set", () => VrpSet.Of([export]));
        int[] states = Measure(
            $"validate {Routes:N0} routes, one thread",
            () =>
            {
                int[] counts = new int[4];
                for (int at = 0; at < routes.Length; at++)
                {
                    counts[(int)set.Validate(routes[at], origins[at]).State]++;
                }

                return counts;
            }
        );
        Console.WriteLine(
            $"\n{set.Count:N0} distinct VRPs; not found {states[1]:N0}, valid {states[2]:N0}, invalid {states[3]:N0}; {GC.GetTotalMemory(true) >> 20} MiB held in all"
        );
    }

    private static T Measure<T>(string work, Func<T> run)
    {
        double best = double.MaxValue;
        double bestCpu = double.MaxValue;
        long allocated = 0;
        T result = run();
        for (int round = 0; round < 5; round++)
        {
            GC.Collect();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            TimeSpan cpu = Process.GetCurrentProcess().UserProcessorTime;
            long start = Stopwatch.GetTimestamp();
            result = run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            bestCpu = Math.Min(
                bestCpu,
                (Process.GetCurrentProcess().UserProcessorTime - cpu).TotalSeconds
            );
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        Console.WriteLine(
            $"| {work} | {best * 1e3:F0} ms | {bestCpu * 1e3:F0} ms | {allocated / 1048576.0:F1} MiB |"
        );
        return result;
    }

    private static IpPrefix Random(ref ulong seed)
    {
        ulong bits = Next(ref seed);
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        if (bits % 5 == 0)
        {
            // 2000::/3, most of it in the blocks that registries give out.
            address[0] = (byte)(bits >> 8 & 1) == 0 ? (byte)0x2A : (byte)0x24;
            BitConverter.TryWriteBytes(address[1..], Next(ref seed));
            return IpPrefix.From(address, 32 + (int)(bits >> 16 & 16));
        }

        BitConverter.TryWriteBytes(address, unchecked((uint)(bits >> 24)));
        address[0] = (byte)(1 + (address[0] % 222));
        int length = (int)(bits >> 8 & 7) switch
        {
            < 5 => 24,
            5 => 22,
            6 => 20,
            _ => 16,
        };
        return IpPrefix.From(address[..4], length);
    }

    private static IpPrefix Inside(in Vrp vrp, ref ulong seed)
    {
        int length = vrp.Prefix.Length + (int)(Next(ref seed) % 3);
        length = Math.Min(length, vrp.Prefix.IsV6 ? 48 : 24);
        length = Math.Max(length, vrp.Prefix.Length);
        UInt128 host = (UInt128)Next(ref seed) << 64 >> vrp.Prefix.Length;
        UInt128 mask = length == 0 ? 0 : UInt128.MaxValue << (128 - length);
        return new IpPrefix((vrp.Prefix.Bits | host) & mask, (byte)length, vrp.Prefix.IsV6);
    }

    private static byte[] Json(Vrp[] vrps)
    {
        var text = new StringBuilder("{\"metadata\":{\"generated\":1700000000},\"roas\":[\n");
        for (int at = 0; at < vrps.Length; at++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    {{ \"asn\": \"{vrps[at].Asn}\", \"prefix\": \"{vrps[at].Prefix}\", \"maxLength\": {vrps[at].MaxLength}, \"ta\": \"ripe\" }}{(at == vrps.Length - 1 ? "" : ",")}\n"
            );
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>xorshift64*, so that every run has the same table.</summary>
    private static ulong Next(ref ulong seed)
    {
        seed ^= seed >> 12;
        seed ^= seed << 25;
        seed ^= seed >> 27;
        return unchecked(seed * 2685821657736338717UL);
    }
}
