namespace Breakwater.Bgp;

/// <summary>
/// Sums over the elements of a message that do not depend on their order nor on how they are grouped, to compare two
/// spellings of one message.
/// </summary>
internal struct RouteFingerprint : IRouteVisitor
{
    private ulong announced;
    private ulong withdrawn;
    private ulong paths;
    private ulong origins;
    private ulong communities;
    private ulong multiExitDiscs;

    /// <returns>Null when equal, or what differs.</returns>
    public readonly string? DifferenceFrom(in RouteFingerprint other) =>
        announced != other.announced ? "announced prefixes"
        : withdrawn != other.withdrawn ? "withdrawn prefixes"
        : paths != other.paths ? "paths"
        : origins != other.origins ? "origins"
        : multiExitDiscs != other.multiExitDiscs ? "MED"
        : communities != other.communities ? "communities"
        : null;

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        unchecked
        {
            ulong prefix = HashOf(nlri);
            announced += prefix;
            paths += Mix(prefix, HashOf(attributes.AsPath));
            origins += Mix(prefix, (ulong)(attributes.Origin ?? 0) + 1);
            multiExitDiscs += Mix(prefix, HashOf(attributes.Value(AttributeType.MultiExitDisc)));
            communities += Mix(prefix, HashOf(attributes.Value(AttributeType.Communities)));
        }
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
        withdrawn = unchecked(withdrawn + HashOf(nlri));

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

    private static ulong HashOf(in Nlri nlri)
    {
        Vocabulary.IpPrefix prefix = nlri.Prefix;
        return unchecked(
            Mix(
                Mix((ulong)(prefix.Bits >> 64), (ulong)prefix.Bits),
                (ulong)prefix.Length * 2 + (prefix.IsV6 ? 1ul : 0ul)
            )
        );
    }

    /// <summary>A path cut into several sequences is the same path; the order inside a set says nothing.</summary>
    private static ulong HashOf(in AsPath path)
    {
        unchecked
        {
            ulong hash = 1;
            foreach (AsSegment segment in path)
            {
                bool isSet = segment.Kind is AsSegmentKind.Set or AsSegmentKind.ConfederationSet;
                ulong sum = 0;
                for (int i = 0; i < segment.Count; i++)
                {
                    ulong asn = Mix(segment[i].Number, 7);
                    sum += asn;
                    hash = isSet ? hash : Mix(hash, asn);
                }

                hash = isSet ? Mix(hash, sum ^ 0x5E7) : hash;
            }

            return hash;
        }
    }

    /// <summary>The attribute is a set of four-octet values; their order says nothing.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> values)
    {
        ulong sum = 0;
        for (; values.Length >= 4; values = values[4..])
        {
            sum = unchecked(
                sum + Mix(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(values), 11)
            );
        }

        return sum;
    }

    private static ulong Mix(ulong a, ulong b)
    {
        unchecked
        {
            // The finaliser of SplitMix64.
            ulong z = a * 0x9E3779B97F4A7C15 + b;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
    }
}
