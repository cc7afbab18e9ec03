using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>What one announcement is, measured by what is expected of its prefix.</summary>
/// <param name="Suspect">The AS at which it departs: the origin, the neighbour or the one that exported; null when none can be named.</param>
/// <param name="Known">The expected prefix that was measured by; null when none covers the announcement.</param>
public readonly record struct Classified(HijackType Type, Asn? Suspect, IpPrefix? Known);

/// <summary>Classifies announcements in the dimensions of ARTEMIS.</summary>
public static class HijackClassification
{
    // A collector hears a route that its neighbour may hold at three hops: its own peer, the neighbour, the origin. From
    // the fourth on, somebody exported what he was told to keep.
    private const int HopsWithoutExport = 3;

    /// <param name="prefix">The announced prefix.</param>
    /// <param name="hops">ASes on the path, nearest first, as <see cref="CleanPath"/> gives them.</param>
    /// <param name="hasOrigin">False when the path ends in a set, so that nobody can be named its origin.</param>
    public static Classified Classify(
        IpPrefix prefix,
        ReadOnlySpan<uint> hops,
        bool hasOrigin,
        Expectations expectations
    )
    {
        ArgumentNullException.ThrowIfNull(expectations);
        IReadOnlyList<Expectation> rules = expectations.Covering(prefix);
        if (rules.Count == 0)
        {
            return default;
        }

        // The rule that is broken last on the way from the origin outwards is the one that the route was meant by.
        Classified best = default;
        int bestRank = -1;
        foreach (Expectation rule in rules)
        {
            Classified one = Measure(prefix, hops, hasOrigin, rule);
            int rank = Rank(one.Type);
            if (rank > bestRank)
            {
                (best, bestRank) = (one, rank);
            }
        }

        return best;
    }

    private static Classified Measure(
        IpPrefix prefix,
        ReadOnlySpan<uint> hops,
        bool hasOrigin,
        Expectation rule
    )
    {
        HijackedPrefix relation =
            rule.Origins is { Count: 0 } ? HijackedPrefix.Squatting
            : rule.Prefix == prefix ? HijackedPrefix.Exact
            : HijackedPrefix.SubPrefix;
        if (!hasOrigin || hops.IsEmpty)
        {
            return new Classified(
                new HijackType(relation, HijackedPath.None, 0, HijackedPolicy.None),
                null,
                rule.Prefix
            );
        }

        var origin = new Asn(hops[^1]);
        if (rule.Origins is { } origins && !Contains(origins, origin))
        {
            return new Classified(HijackType.Origin(relation), origin, rule.Prefix);
        }

        if (hops.Length < 2)
        {
            return new Classified(
                new HijackType(relation, HijackedPath.None, 0, HijackedPolicy.None),
                null,
                rule.Prefix
            );
        }

        var neighbour = new Asn(hops[^2]);
        if (rule.Neighbours is { } neighbours && !Contains(neighbours, neighbour))
        {
            return new Classified(
                new HijackType(relation, HijackedPath.Hop, 1, HijackedPolicy.None),
                neighbour,
                rule.Prefix
            );
        }

        bool isExported = rule.IsNotExported && hops.Length > HopsWithoutExport;
        return new Classified(
            new HijackType(
                relation,
                HijackedPath.None,
                0,
                isExported ? HijackedPolicy.NoExportViolated : HijackedPolicy.None
            ),
            isExported ? neighbour : null,
            rule.Prefix
        );
    }

    private static int Rank(HijackType type) =>
        type switch
        {
            { Path: HijackedPath.Hop, Hop: 0 } => 0,
            { Path: HijackedPath.Hop } => 1,
            { Policy: HijackedPolicy.NoExportViolated } => 2,
            _ => 3,
        };

    private static bool Contains(IReadOnlyList<Asn> asns, Asn asn)
    {
        for (int at = 0; at < asns.Count; at++)
        {
            if (asns[at] == asn)
            {
                return true;
            }
        }

        return false;
    }
}
