using System.Buffers;
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
            new FuzzTarget("attributes", AttributeSeeds, ReadAttributes),
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

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] input)
    {
        for (int at = 0; at < input.Length; at += 7)
        {
            yield return input.AsMemory(at, Math.Min(7, input.Length - at));
        }
    }

    private static ulong ReadAttributes(byte[] input)
    {
        string? four = PathAttributes.Read(input, 4, out PathAttributes attributes);
        var outcome = new Outcome();
        outcome.Add(four);
        Walk(attributes, ref outcome);
        outcome.Add(PathAttributes.Read(input, 2, out attributes));
        Walk(attributes, ref outcome);
        return outcome.Value;
    }

    private static void Walk(in PathAttributes attributes, ref Outcome outcome)
    {
        foreach (AttributeType type in Enum.GetValues<AttributeType>())
        {
            outcome.Add(attributes.Has(type));
        }

        outcome.Add(attributes.AsPath.TryOrigin(out _));
        foreach (AsSegment segment in attributes.AsPath)
        {
            outcome.Add((long)segment.Kind);
            outcome.AddCount(segment.Count);
        }
    }

    public static IReadOnlyList<byte[]> Seeds()
    {
        BgpPeer four = new(new Asn(64500), (UInt128)0xC0000201 << 96, IsV6: false);
        BgpPeer six = new(new Asn(4_200_000_001), (UInt128)0x20010DB8 << 96, IsV6: true);
        _ = IpPrefix.TryParse("198.51.100.0/24", out IpPrefix prefix4);
        _ = IpPrefix.TryParse("203.0.113.128/25", out IpPrefix narrow4);
        _ = IpPrefix.TryParse("2001:db8:1::/48", out IpPrefix prefix6);
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

    private static IReadOnlyList<byte[]> AttributeSeeds() =>
        [
            [.. Common().Attributes],
            [.. Common().Attribute(0xC0, AttributeType.As4Path, [2, 1, 0, 1, 0, 1]).Attributes],
        ];

    private static BgpMessageWriter Common() =>
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
