using System.Buffers;
using System.Buffers.Binary;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Fuzz;

/// <summary>MRT and the BGP messages in it.</summary>
internal static class MrtTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("mrt", Seeds, input => Read(input, recovers: false)),
            new FuzzTarget("mrt-recovering", Seeds, input => Read(input, recovers: true)),
            new FuzzTarget("geo-peers", GeoSeeds, ReadGeo),
        ];

    /// <summary>
    /// At once and, one input in eight because it is slow, in small pieces: both must see the same elements and faults.
    /// </summary>
    private static ulong Read(byte[] input, bool recovers)
    {
        MrtCount whole = MrtCount.Of(input, recovers);
        MrtCount pieces = input.Length % 8 == 0 ? MrtCount.Of(Pieces(input), recovers) : whole;
        if (
            (whole.Records, whole.Elements, whole.StateChanges, whole.Errors.Count)
            != (pieces.Records, pieces.Elements, pieces.StateChanges, pieces.Errors.Count)
        )
        {
            throw new InvalidOperationException("reading in pieces differs from reading at once");
        }

        var outcome = new Outcome();
        outcome.AddCount(whole.Records);
        outcome.AddCount(whole.Announcements);
        outcome.AddCount(whole.Withdrawals);
        outcome.AddCount(whole.RibEntries);
        outcome.AddCount(whole.StateChanges);
        outcome.AddCount(whole.Skipped);
        foreach (MrtFault fault in whole.Errors.Kept.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    public static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] input)
    {
        for (int at = 0; at < input.Length; at += 7)
        {
            yield return input.AsMemory(at, Math.Min(7, input.Length - at));
        }
    }

    public static BgpPeer Four { get; } =
        new(new Asn(64500), (UInt128)0xC0000201 << 96, IsV6: false);

    public static BgpPeer Six { get; } =
        new(new Asn(4_200_000_001), (UInt128)0x20010DB8 << 96, IsV6: true);

    public static IpPrefix Prefix4 { get; } = PrefixOf("198.51.100.0/24");

    public static IpPrefix Narrow4 { get; } = PrefixOf("203.0.113.128/25");

    public static IpPrefix Prefix6 { get; } = PrefixOf("2001:db8:1::/48");

    private static IpPrefix PrefixOf(string text) =>
        IpPrefix.TryParse(text, out IpPrefix prefix)
            ? prefix
            : throw new ArgumentException(text, nameof(text));

    /// <summary>The body of a GEO_PEER_TABLE (RFC 6397), damaged, in a record that is whole.</summary>
    private static ulong ReadGeo(byte[] input)
    {
        byte[] record = [0, 0, 0, 1, 0, 13, 0, 7, 0, 0, 0, 0, .. input];
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(8), input.Length);
        var faults = new MrtFaults();
        var decoder = new MrtDecoder(faults);
        var reader = new MrtReader(record, faults);
        var visitor = new ElementWalk();
        while (reader.Read(out MrtRecord read))
        {
            decoder.Decode(read, ref visitor);
        }

        var outcome = new Outcome();
        outcome.AddCount(faults.Count);
        outcome.Add(decoder.GeoPeers is null);
        foreach (GeoPeer peer in decoder.GeoPeers?.Peers ?? [])
        {
            outcome.Add(peer.IsPlaced);
            outcome.Add(peer.Peer.IsV6);
        }

        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> GeoSeeds() =>
        [
            [
                .. (byte[])[10, 0, 0, 1, 0, 2, .. "vw"u8],
                .. (byte[])[0x42, 0x28, 0, 0, 0x41, 0x20, 0, 0, 0, 2],
                .. (byte[])[2, 10, 0, 0, 2, 192, 0, 2, 1, 0, 0, 0xFB, 0xF4],
                .. (byte[])[0x42, 0x28, 0, 0, 0x41, 0x20, 0, 0],
                .. (byte[])[1, 10, 0, 0, 3, .. new byte[16], 0xFB, 0xF4],
                .. (byte[])[0x7F, 0xC0, 0, 0, 0x7F, 0xC0, 0, 0],
            ],
        ];

    public static IReadOnlyList<byte[]> Seeds()
    {
        (BgpPeer four, BgpPeer six) = (Four, Six);
        (IpPrefix prefix4, IpPrefix narrow4, IpPrefix prefix6) = (Prefix4, Narrow4, Prefix6);
        var updates = new ArrayBufferWriter<byte>();
        var mrt = new MrtWriter(updates);
        BgpMessageWriter message = Common();
        mrt.Message(1_700_000_000, 5, four, message.Update([narrow4], [prefix4]));
        mrt.Message(
            1_700_000_001,
            6,
            six,
            Common().MpReach(new byte[32], [prefix6]).Update([], [])
        );
        mrt.Message(
            1_700_000_001,
            7,
            six,
            new BgpMessageWriter().MpUnreach([prefix6]).Update([], [])
        );
        mrt.StateChange(1_700_000_002, 8, four, SessionState.Established, SessionState.Idle);
        var table = new ArrayBufferWriter<byte>();
        mrt = new MrtWriter(table);
        byte[] attributes = [.. Common().Attributes];
        mrt.PeerIndexTable(1_700_000_000, 1, [four, six]);
        mrt.RibRow(
            1_700_000_000,
            0,
            prefix4,
            [new(0, 1_600_000_000, attributes), new(1, 1_600_000_000, attributes)]
        );
        mrt.RibRow(1_700_000_000, 1, prefix6, [new(1, 1_600_000_000, attributes)]);
        return
        [
            [.. updates.WrittenSpan],
            [.. table.WrittenSpan],
            [.. updates.WrittenSpan, .. table.WrittenSpan],
        ];
    }

    public static BgpMessageWriter Common() =>
        new BgpMessageWriter()
            .Origin(RouteOrigin.Incomplete)
            .AsPath([64500, 64501, 4_200_000_002])
            .NextHop([192, 0, 2, 1])
            .MultiExitDisc(10)
            .LocalPref(100)
            .Attribute(0x40, AttributeType.AtomicAggregate, [])
            .Attribute(0xC0, AttributeType.Aggregator, [0, 0, 0xFB, 0xF4, 192, 0, 2, 9])
            .Communities([0xFFFFFF01, 0xFBF40001])
            .Attribute(0xC0, AttributeType.ExtendedCommunities, [0, 2, 0xFB, 0xF4, 0, 0, 0, 1])
            .LargeCommunities([64500, 1, 2])
            .Attribute(0x80, AttributeType.OriginatorId, [192, 0, 2, 7])
            .Attribute(0x80, AttributeType.ClusterList, [192, 0, 2, 8, 192, 0, 2, 9])
            .OnlyToCustomer(new Asn(64501))
            .Attribute(0xC0, (AttributeType)99, [1, 2, 3]);
}
