using System.Buffers;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// <c>-- dump BREAKWATER FILE...</c>: the executable's <c>bgp dump -m</c> beside <c>bgpdump -m</c>, both as processes, to
/// nothing and to a file; processor time. <c>-- synthesise FILE PREFIXES PEERS</c> writes the large table that is measured with.
/// </summary>
internal static class DecodeDump
{
    public static int Run(string executable, IEnumerable<string> files)
    {
        Console.WriteLine(
            "| file | MB | bgpdump -m to nothing | ours | times | bgpdump -m to a file | ours | times |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        string output = Path.GetTempFileName();
        foreach (string file in files)
        {
            long length = new FileInfo(file).Length;
            double[] seconds =
            [
                Measured.Best(3, () => Measured.Bgpdump(file, "/dev/null")),
                Measured.Best(5, () => Ours(executable, file, "/dev/null")),
                Measured.Best(3, () => Measured.Bgpdump(file, output)),
                Measured.Best(5, () => Ours(executable, file, output)),
            ];
            Console.WriteLine(
                $"| {Path.GetFileName(file)} | {length / 1e6:F1} | {seconds[0]:F2} s | {seconds[1]:F2} s | {seconds[0] / seconds[1]:F1} "
                    + $"| {seconds[2]:F2} s | {seconds[3]:F2} s | {seconds[2] / seconds[3]:F1} |"
            );
        }

        File.Delete(output);
        return 0;
    }

    /// <summary>
    /// A table with paths of 2 to 8 hops, some communities, MED and aggregators, from a fixed sequence of numbers. No real
    /// table: prefixes follow each other without holes, and attributes repeat less than in reality.
    /// </summary>
    public static int Synthesise(string file, int prefixes, int peers)
    {
        using FileStream output = File.Create(file);
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        var writer = new MrtWriter(buffer);
        var message = new BgpMessageWriter();
        BgpPeer[] table =
        [
            .. Enumerable
                .Range(1, peers)
                .Select(peer => new BgpPeer(
                    new Asn((uint)(3000 + (peer * 37))),
                    (UInt128)(0xC0000200u + (uint)peer) << 96,
                    IsV6: false
                )),
        ];
        writer.PeerIndexTable(1_700_000_000, 1, table);
        uint state = 12345;
        var entries = new MrtRibEntry[peers];
        uint[] path = new uint[8];
        uint[] communities = new uint[6];
        for (int prefix = 0; prefix < prefixes; prefix++)
        {
            uint origin = 1000 + (Next(ref state) % 70_000);
            for (int peer = 0; peer < peers; peer++)
            {
                int hops = 2 + (int)(Next(ref state) % 5);
                path[0] = table[peer].Asn.Number;
                for (int hop = 1; hop < hops - 1; hop++)
                {
                    path[hop] = 100 + (Next(ref state) % 60_000);
                }

                path[hops - 1] = origin;
                int count = (int)(Next(ref state) % 5);
                for (int at = 0; at < count; at++)
                {
                    communities[at] = (path[0] << 16) | (Next(ref state) % 5000);
                }

                message
                    .Clear()
                    .Origin(RouteOrigin.Igp)
                    .AsPath(path.AsSpan(0, hops))
                    .NextHop([192, 0, 2, (byte)(peer + 1)]);
                if (Next(ref state) % 3 == 0)
                {
                    message.MultiExitDisc(Next(ref state) % 1000);
                }

                message.Communities(communities.AsSpan(0, count));
                entries[peer] = new MrtRibEntry(peer, 1_699_000_000, message.Attributes.ToArray());
            }

            writer.RibRow(
                1_700_000_000,
                (uint)prefix,
                new IpPrefix((UInt128)(0x01000000u + ((uint)prefix << 8)) << 96, 24, IsV6: false),
                entries
            );
            if (buffer.WrittenCount > 1 << 19)
            {
                output.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        output.Write(buffer.WrittenSpan);
        return 0;
    }

    private static double Ours(string executable, string file, string output) =>
        Measured.Shell($"\"{executable}\" bgp dump -m \"{file}\" > \"{output}\" 2>/dev/null");

    private static uint Next(ref uint state)
    {
        state = unchecked((state * 1664525) + 1013904223);
        return state >> 8;
    }
}
