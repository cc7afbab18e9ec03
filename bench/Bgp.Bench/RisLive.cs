// Messages of RIS Live per second, through the JSON reader into the decoder, and into segments:
//   dotnet run -c Release --project bench/Bgp.Bench -- rislive
// The messages are synthetic, of our own writer: 100,000 distinct updates of one to four prefixes, with `raw` and JSON.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

internal static class RisLive
{
    private const int Count = 100_000;

    public static void Run()
    {
        byte[][] withRaw = Messages(hasRaw: true);
        byte[][] withoutRaw = Messages(hasRaw: false);
        Console.WriteLine(
            $"{Count:N0} messages, {withRaw.Sum(one => (long)one.Length) / Count} octets each"
        );
        Print("octets (raw), 1 % compared", Best(() => Decode(withRaw)));
        Print("JSON only", Best(() => Decode(withoutRaw)));
        Print("octets (raw), into segments", Best(() => Keep(withRaw)));
    }

    private static void Print(string what, (double Seconds, long Elements, long Allocated) best) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {Count / best.Seconds:N0} messages/s, {best.Elements / best.Seconds:N0} elements/s, {(double)best.Allocated / Count:F1} octets allocated per message (user CPU, best of 7)"
            )
        );

    private static long Decode(byte[][] messages)
    {
        var decoder = new RisLiveDecoder(new MrtFaults());
        var counter = new Counter();
        for (int i = 0; i < messages.Length; i++)
        {
            RisLiveMessage message = decoder.Read(messages[i]);
            decoder.Decode(message, i, i, messages[i].Length, ref counter);
            if (message.Fault is { } fault)
            {
                throw new InvalidOperationException(fault);
            }
        }

        return counter.Elements;
    }

    private static long Keep(byte[][] messages)
    {
        string folder = Directory.CreateTempSubdirectory("bench-segments").FullName;
        try
        {
            using var segments = new SegmentWriter(new SegmentSettings(folder), "bench");
            var decoder = new RisLiveDecoder(new MrtFaults());
            foreach (byte[] octets in messages)
            {
                RisLiveMessage message = decoder.Read(octets);
                if (
                    segments
                        .Append(message.Seconds, message.Microseconds, message.Records.Span)
                        .Path
                    is null
                )
                {
                    throw new IOException(segments.Trouble);
                }
            }

            segments.Close();
            return segments.Appended;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Seconds, long Elements, long Allocated) Best(Func<long> work)
    {
        var best = (Seconds: double.MaxValue, Elements: 0L, Allocated: 0L);
        for (int run = 0; run < 7; run++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan start = Process.GetCurrentProcess().UserProcessorTime;
            long elements = work();
            double seconds = (Process.GetCurrentProcess().UserProcessorTime - start).TotalSeconds;
            if (seconds < best.Seconds)
            {
                best = (seconds, elements, GC.GetAllocatedBytesForCurrentThread() - allocated);
            }
        }

        return best;
    }

    private static byte[][] Messages(bool hasRaw)
    {
        var writer = new BgpMessageWriter();
        byte[][] messages = new byte[Count][];
        for (int i = 0; i < Count; i++)
        {
            uint[] path =
            [
                64500,
                3356,
                (uint)(1000 + i % 50_000),
                (uint)(70_000 + i % 9_000),
                (uint)(i % 400_000 + 1),
            ];
            IpPrefix[] prefixes =
            [
                .. Enumerable
                    .Range(0, 1 + i % 4)
                    .Select(k =>
                        IpPrefix.From(
                            [
                                (byte)(1 + i % 200),
                                (byte)(i / 200 % 256),
                                (byte)(i / 51_200 * 16 + k),
                                0,
                            ],
                            24
                        )
                    ),
            ];
            byte[] update = writer
                .Clear()
                .Origin(RouteOrigin.Igp)
                .AsPath(path)
                .NextHop([192, 0, 2, 9])
                .Communities([64500u << 16 | 100, 64500u << 16 | 200])
                .Update([], prefixes)
                .ToArray();
            string raw = hasRaw ? $"\"raw\":\"{Convert.ToHexString(update)}\"," : "";
            messages[i] = Encoding.UTF8.GetBytes(
                $"{{\"type\":\"ris_message\",\"data\":{{\"timestamp\":{1_700_000_000 + i / 1000}.{i % 100:D2},\"peer\":\"192.0.2.9\",\"peer_asn\":\"64500\",\"id\":\"192.0.2.9-{i}\",{raw}\"host\":\"rrc00.ripe.net\",\"type\":\"UPDATE\","
                    + $"\"path\":[{string.Join(',', path)}],\"community\":[[64500,100],[64500,200]],\"origin\":\"IGP\",\"announcements\":[{{\"next_hop\":\"192.0.2.9\",\"prefixes\":[{string.Join(',', prefixes.Select(prefix => $"\"{prefix}\""))}]}}],\"withdrawals\":[]}}}}"
            );
        }

        return messages;
    }

    private struct Counter : IRouteVisitor
    {
        public long Elements;

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) => Elements++;

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) => Elements++;

        public readonly void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) { }

        public readonly void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) { }
    }
}
