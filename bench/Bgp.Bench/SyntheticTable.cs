using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// A table made up from a seed: as many prefixes as asked, each held by about 98 % of the peers. Prefix lengths, path
/// lengths and the share of attributes resemble the global table; nothing in it is real.
/// </summary>
internal sealed class SyntheticTable
{
    // Shares in permille, near those of the present global table.
    private static readonly (byte Length, int Share)[] lengthsV4 =
    [
        (24, 605),
        (23, 95),
        (22, 110),
        (21, 52),
        (20, 44),
        (19, 26),
        (18, 14),
        (17, 8),
        (16, 14),
        (15, 6),
        (14, 6),
        (13, 6),
        (12, 6),
        (11, 4),
        (10, 4),
    ];

    private static readonly (byte Length, int Share)[] lengthsV6 =
    [
        (48, 470),
        (32, 160),
        (44, 110),
        (40, 100),
        (36, 60),
        (29, 30),
        (47, 20),
        (46, 25),
        (33, 15),
        (56, 5),
        (28, 5),
    ];

    private const int OriginCount = 75_000;
    private const int TransitCount = 400;

    private readonly ulong seed;
    private readonly BgpMessageWriter writer = new();
    private readonly uint[] path = new uint[16];

    public SyntheticTable(int prefixes, int peers, ulong seed = 42)
    {
        this.seed = seed;
        Peers =
        [
            .. Enumerable
                .Range(0, peers)
                .Select(peer => new BgpPeer(
                    new Asn((uint)(3000 + 17 * peer)),
                    (UInt128)(0xC612_0000u + (uint)peer) << 96,
                    IsV6: false
                )),
        ];
        var distinct = new HashSet<IpPrefix>(prefixes);
        for (ulong at = 0; distinct.Count < prefixes; at++)
        {
            distinct.Add(PrefixOf(at));
        }

        Prefixes = [.. distinct.Order()];
        // Origins announce runs of neighbouring prefixes, most of them short.
        OriginOf = new int[prefixes];
        for (int at = 0; at < prefixes; )
        {
            int origin = (int)(Mix((ulong)at, 7) % OriginCount);
            int run = 1 + (int)(Mix((ulong)at, 8) % 24) * (int)(Mix((ulong)at, 9) % 3);
            for (int end = Math.Min(prefixes, at + run); at < end; at++)
            {
                OriginOf[at] = origin;
            }
        }
    }

    public IpPrefix[] Prefixes { get; }

    public int[] OriginOf { get; }

    public BgpPeer[] Peers { get; }

    /// <summary>The attributes that a peer gives to a prefix; variants differ in their path.</summary>
    public ReadOnlySpan<byte> Attributes(int prefix, int peer, uint variant, bool isTable)
    {
        ulong origin = (ulong)OriginOf[prefix];
        ulong choice = Mix(origin * 64 + (ulong)peer, 11 + variant);
        int length = 0;
        path[length++] = Peers[peer].Asn.Number;
        // Two to seven hops more: 4.5 on average.
        int hops = 1 + (int)(choice % 3) + (int)((choice >> 8) % 3);
        for (int hop = 0; hop < hops; hop++)
        {
            path[length++] = 5000 + 13 * (uint)(Mix(choice, 20 + (uint)hop) % TransitCount);
        }

        uint asn = 20_000 + (uint)origin * 5;
        path[length++] = asn;
        if ((choice >> 16) % 12 == 0)
        {
            path[length++] = asn;
            path[length++] = asn;
        }

        _ = writer
            .Clear()
            .Origin((choice >> 20) % 10 == 0 ? RouteOrigin.Incomplete : RouteOrigin.Igp)
            .AsPath(path.AsSpan(0, length));
        Span<byte> nextHop = stackalloc byte[17];
        nextHop.Clear();
        if (Prefixes[prefix].IsV6)
        {
            // RFC 6396 section 4.3.4: a table has only the next hop of MP_REACH_NLRI.
            nextHop[0] = 16;
            BinaryPrimitives.WriteUInt32BigEndian(nextHop[1..], 0x2001_0DB8);
            nextHop[16] = (byte)peer;
            _ = isTable
                ? writer.Attribute(0x80, AttributeType.MpReach, nextHop)
                : writer.MpReach(nextHop[1..], [Prefixes[prefix]]);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(nextHop, 0xC612_0000u + (uint)peer);
            _ = writer.NextHop(nextHop[..4]);
        }

        if ((choice >> 24) % 3 == 0)
        {
            _ = writer.MultiExitDisc((uint)((choice >> 28) % 200));
        }

        if ((choice >> 32) % 10 < 7)
        {
            Span<uint> communities = stackalloc uint[8];
            int count = 1 + (int)((choice >> 36) % 8);
            for (int at = 0; at < count; at++)
            {
                communities[at] =
                    (Peers[peer].Asn.Number << 16) | (uint)(Mix(choice, 40) % 40 + (ulong)at);
            }

            _ = writer.Communities(communities[..count]);
        }

        return writer.Attributes;
    }

    /// <summary>An UPDATE with the attributes of the first prefix; IPv6 prefixes are among these.</summary>
    public ReadOnlySpan<byte> Announcement(
        int prefix,
        int peer,
        uint variant,
        ReadOnlySpan<IpPrefix> prefixes
    )
    {
        _ = Attributes(prefix, peer, variant, isTable: false);
        return writer.Update([], prefixes);
    }

    /// <summary>Writes the table as TABLE_DUMP_V2, plain and gzip-compressed.</summary>
    /// <returns>How many entries it has.</returns>
    public long Write(string file)
    {
        using FileStream plain = File.Create(file);
        using var zipped = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Fastest);
        return Write(octets =>
        {
            plain.Write(octets);
            zipped.Write(octets);
        });
    }

    /// <summary>Gives the table as TABLE_DUMP_V2, some megabytes at a time.</summary>
    /// <returns>How many entries it has.</returns>
    public long Write(Action<ReadOnlySpan<byte>> take)
    {
        var output = new ArrayBufferWriter<byte>(1 << 22);
        var mrt = new MrtWriter(output);
        const uint seconds = 1_700_000_000;
        mrt.PeerIndexTable(seconds, 0xC612_00FF, Peers);
        var octets = new byte[1 << 16];
        var entries = new MrtRibEntry[Peers.Length];
        long count = 0;
        for (int prefix = 0; prefix < Prefixes.Length; prefix++)
        {
            int held = 0;
            int used = 0;
            for (int peer = 0; peer < Peers.Length; peer++)
            {
                if (Mix((ulong)prefix * 64 + (ulong)peer, 3) % 50 == 0)
                {
                    continue;
                }

                // One prefix in ten is engineered apart from the others of its origin.
                uint variant =
                    Mix((ulong)prefix, 4) % 10 == 0 ? (uint)(Mix((ulong)prefix, 5) % 3) + 1 : 0;
                ReadOnlySpan<byte> attributes = Attributes(prefix, peer, variant, isTable: true);
                attributes.CopyTo(octets.AsSpan(used));
                entries[held++] = new MrtRibEntry(
                    peer,
                    seconds - 1000,
                    octets.AsMemory(used, attributes.Length)
                );
                used += attributes.Length;
            }

            count += held;
            mrt.RibRow(seconds, (uint)prefix, Prefixes[prefix], entries.AsSpan(0, held));
            if (output.WrittenCount > 1 << 21 || prefix == Prefixes.Length - 1)
            {
                take(output.WrittenSpan);
                output.ResetWrittenCount();
            }
        }

        return count;
    }

    /// <summary>splitmix64 (Steele, Lea and Flood 2014) over a value and a purpose.</summary>
    public ulong Mix(ulong value, uint purpose)
    {
        unchecked
        {
            ulong state = seed + value * 0x9E37_79B9_7F4A_7C15 + purpose * 0xD1B5_4A32_D192_ED03;
            state = (state ^ state >> 30) * 0xBF58_476D_1CE4_E5B9;
            state = (state ^ state >> 27) * 0x94D0_49BB_1331_11EB;
            return state ^ state >> 31;
        }
    }

    private IpPrefix PrefixOf(ulong at)
    {
        bool isV6 = Mix(at, 0) % 100 < 15;
        (byte Length, int Share)[] lengths = isV6 ? lengthsV6 : lengthsV4;
        int pick = (int)(Mix(at, 1) % 1000);
        int chosen = 0;
        while (pick >= lengths[chosen].Share)
        {
            pick -= lengths[chosen++].Share;
        }

        Span<byte> address = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(address, Mix(at, 2));
        if (isV6)
        {
            // Some thousand /29s of 2000::/3, as registries give them.
            address[0] = 0x2A;
            address[2] &= 0x3F;
        }
        else
        {
            address[0] = (byte)(1 + address[0] % 223);
        }

        return IpPrefix.From(isV6 ? address : address[..4], lengths[chosen].Length);
    }
}
