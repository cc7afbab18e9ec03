using System.Buffers;
using Breakwater.Bgp;

namespace Breakwater.Fuzz;

/// <summary>Path attributes and messages about the session, by every reader that they have.</summary>
internal static class MessageTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("attributes", Seeds, ReadAttributes),
            new FuzzTarget("session", SessionSeeds, ReadSession),
        ];

    private static ulong ReadAttributes(byte[] input)
    {
        var outcome = new Outcome();
        foreach (int asnOctets in (int[])[4, 2])
        {
            outcome.Add(PathAttributes.Read(input, asnOctets, out PathAttributes attributes));
            Walk(attributes, ref outcome);
            var faults = new List<AttributeFault>();
            AttributeAction action = PathAttributes.Read(
                input,
                new AttributeReading(asnOctets, IsMessage: true),
                faults,
                out attributes
            );
            if (faults.Count > 64 || action > AttributeAction.None != faults.Count > 0)
            {
                throw new InvalidOperationException($"{faults.Count} faults for {action}");
            }

            Walk(attributes, ref outcome);
        }

        return outcome.Value;
    }

    /// <summary>Everything a consumer can ask of attributes.</summary>
    public static void Walk(in PathAttributes attributes, ref Outcome outcome)
    {
        foreach (AttributeType type in Enum.GetValues<AttributeType>())
        {
            outcome.Add(attributes.Has(type));
        }

        int octets = 0;
        AttributeCursor cursor = attributes.GetEnumerator();
        while (cursor.MoveNext())
        {
            octets += cursor.Current.Value.Length;
            outcome.Add(cursor.Current.IsKnown);
        }

        if (octets > attributes.Raw.Length)
        {
            throw new InvalidOperationException("values longer than the attributes");
        }

        WalkPath(attributes.AsPath, ref outcome);
        WalkCommunities(attributes, ref outcome);
        outcome.Add(attributes.Origin is null);
        outcome.Add(attributes.MultiExitDisc is null);
        outcome.Add(attributes.LocalPref is null);
        outcome.Add(attributes.IsAtomicAggregate);
        outcome.Add(attributes.Aggregator is null);
        outcome.Add(attributes.OriginatorId is null);
        outcome.Add(attributes.OnlyToCustomer is null);
        outcome.Add(attributes.NextHop.Length);
        WalkPrefixes(attributes.MpReach, ref outcome);
        WalkPrefixes(attributes.MpUnreach, ref outcome);
    }

    private static void WalkPath(in AsPath path, ref Outcome outcome)
    {
        long numbers = 0;
        foreach (AsSegment segment in path)
        {
            outcome.Add((long)segment.Kind);
            outcome.AddCount(segment.Count);
            for (int i = 0; i < segment.Count; i++)
            {
                numbers = unchecked(numbers + segment[i].Number);
            }
        }

        outcome.Add(numbers == 0);
        outcome.Add(path.TryOrigin(out _));
        outcome.Add(path.IsEmpty);
    }

    private static void WalkCommunities(in PathAttributes attributes, ref Outcome outcome)
    {
        NumberList plain = attributes.Communities;
        for (int i = 0; i < plain.Count; i++)
        {
            outcome.Add(new Community(plain[i]).ToString().Length == 0);
        }

        ExtendedCommunityList extended = attributes.ExtendedCommunities;
        for (int i = 0; i < extended.Count; i++)
        {
            outcome.Add(extended[i].IsTransitive);
        }

        LargeCommunityList large = attributes.LargeCommunities;
        for (int i = 0; i < large.Count; i++)
        {
            outcome.Add(large[i].ToString().Length == 0);
        }

        NumberList clusters = attributes.ClusterList;
        for (int i = 0; i < clusters.Count; i++)
        {
            outcome.Add(clusters[i] == 0);
        }
    }

    private static void WalkPrefixes(in MpPrefixes prefixes, ref Outcome outcome)
    {
        outcome.Add((long?)prefixes.Family ?? -1);
        outcome.Add(prefixes.GlobalNextHop.Length);
        outcome.Add(prefixes.LinkLocalNextHop.Length);
        if (prefixes.Family is not { } family)
        {
            return;
        }

        foreach (bool hasPathIds in (bool[])[false, true])
        {
            var cursor = new NlriCursor(prefixes.Prefixes, family, hasPathIds);
            int count = 0;
            while (cursor.MoveNext())
            {
                count++;
                if (cursor.Current.Prefix.Length != cursor.Current.Length)
                {
                    throw new InvalidOperationException("a prefix of another length");
                }
            }

            outcome.AddCount(count);
            outcome.Add(cursor.Fault);
        }
    }

    /// <summary>The first octet is the type, the rest the body of a BGP message.</summary>
    private static ulong ReadSession(byte[] input)
    {
        if (input.Length is 0 or > 60_000)
        {
            return 0;
        }

        int length = input.Length + 18;
        var octets = new ArrayBufferWriter<byte>();
        new MrtWriter(octets).Message(
            1,
            2,
            MrtTargets.Four,
            [
                .. Enumerable.Repeat((byte)0xFF, 16),
                (byte)(length >> 8),
                (byte)(length & 0xFF),
                .. input,
            ]
        );
        var faults = new MrtFaults();
        var reader = new MrtReader(octets.WrittenMemory, faults);
        var visitor = new SessionWalk();
        MrtDecoder.ReadAll(reader, ref visitor);
        visitor.Outcome.AddCount(faults.Count);
        return visitor.Outcome.Value;
    }

    private struct SessionWalk() : IRouteVisitor
    {
        public Outcome Outcome = new();

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) => Outcome.Add(1);

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) => Outcome.Add(2);

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) => Outcome.Add(3);

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) => Outcome.Add(4);

        public void SessionMessage(in MrtRecord record, in BgpPeer peer, in SessionMessage message)
        {
            Outcome.Add((long)message.Type);
            Outcome.Add(message.Fault);
            if (message.TryOpen(out BgpOpen open))
            {
                CapabilityCursor capabilities = open.Capabilities;
                while (capabilities.MoveNext())
                {
                    Outcome.Add((long)capabilities.Current.Code);
                    Outcome.AddCount(capabilities.Current.Value.Length);
                }

                Outcome.Add(capabilities.Fault);
                Outcome.Add((long?)open.Role ?? -1);
                Outcome.Add(open.Asn.Number == 0);
            }

            if (message.TryNotification(out BgpNotification notification))
            {
                Outcome.Add(notification.Name);
                Outcome.Add(notification.CeaseName);
                Outcome.Add(notification.ToString().Length == 0);
                Outcome.AddCount(notification.ShutdownCommunication.Length);
            }

            if (message.TryRouteRefresh(out BgpRouteRefresh refresh))
            {
                Outcome.Add((long)refresh.Kind);
            }
        }
    }

    private static IReadOnlyList<byte[]> Seeds() =>
        [
            [.. MrtTargets.Common().Attributes],
            [
                .. MrtTargets
                    .Common()
                    .Attribute(0xC0, AttributeType.As4Path, [2, 1, 0, 1, 0, 1])
                    .Attribute(0xC0, AttributeType.As4Aggregator, [0, 1, 0, 1, 192, 0, 2, 9])
                    .Attributes,
            ],
            [
                .. MrtTargets
                    .Common()
                    .MpReach(new byte[32], [MrtTargets.Prefix6])
                    .MpUnreach([MrtTargets.Prefix6], pathId: 7)
                    .Attributes,
            ],
        ];

    private static IReadOnlyList<byte[]> SessionSeeds() =>
        [
            // OPEN with route refresh, multiprotocol, four-octet AS, add-path and role.
            [
                1,
                .. (byte[])[4, 0x5B, 0xA0, 0, 180, 10, 0, 0, 1, 31, 2, 29],
                .. (byte[])[2, 0, 1, 4, 0, 1, 0, 1, 65, 4, 0, 0, 0xFB, 0xF4],
                .. (byte[])[69, 4, 0, 1, 1, 3, 9, 1, 3, 64, 2, 0x40, 120],
            ],
            // RFC 9072: extended optional parameters.
            [1, 4, 0x5B, 0xA0, 0, 180, 10, 0, 0, 1, 255, 255, 0, 5, 2, 0, 2, 2, 0],
            [3, 6, 2, 5, .. "hello"u8],
            [4],
            [5, 0, 1, 0, 1],
            [2, 0, 0, 0, 0],
        ];
}
