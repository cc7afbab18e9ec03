using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>What can be wrong with a set of VRPs as a feed.</summary>
public enum VrpTrouble
{
    /// <summary>No VRP at all: a fault of the validator or its connection, never a statement about the world.</summary>
    Empty,

    /// <summary>Nobody knows when it was made.</summary>
    AgeUnknown,

    /// <summary>Older than the limit.</summary>
    Stale,

    /// <summary>Made after the moment that it is used for, by more than the limit.</summary>
    FromLater,

    /// <summary>A trust anchor lost so much of its VRPs at once that its repository is the likelier cause.</summary>
    AnchorLost,

    /// <summary>VRPs are about to run out.</summary>
    Expiring,
}

/// <summary>One thing wrong with a set of VRPs.</summary>
/// <param name="TrustAnchor">Whose VRPs; null for the whole set.</param>
/// <param name="Affected">How many VRPs, of <paramref name="Of"/>.</param>
public sealed record VrpFinding(
    VrpTrouble Trouble,
    string? TrustAnchor,
    int Affected,
    int Of,
    string Reason
);

/// <summary>Limits. The first four are those of BGPalerter.</summary>
public sealed record VrpHealthRules
{
    public Duration StaleAfter { get; init; } = Duration.FromMinutes(120);

    public Duration ExpiryWarning { get; init; } = Duration.FromHours(2);

    /// <summary>Share of its VRPs that a trust anchor may lose between two sets.</summary>
    public double LostShareMax { get; init; } = 0.2;

    /// <summary>The same for AFRINIC, whose few VRPs change more at a time.</summary>
    public double LostShareMaxAfrinic { get; init; } = 0.5;

    /// <summary>A trust anchor with fewer VRPs than this before is not judged: one holder may own a fifth of them.</summary>
    public int AnchorVrpsMin { get; init; } = 20;
}

/// <summary>Health of VRPs as a feed.</summary>
public static class VrpHealth
{
    /// <param name="before">The set in use until now; null for the first one.</param>
    /// <param name="at">The moment that the set is to be used for.</param>
    public static IReadOnlyList<VrpFinding> Check(
        VrpSet? before,
        VrpSet now,
        Instant at,
        VrpHealthRules? rules = null
    )
    {
        rules ??= new VrpHealthRules();
        var findings = new List<VrpFinding>();
        if (now.Count == 0)
        {
            findings.Add(new VrpFinding(VrpTrouble.Empty, null, 0, 0, "the set holds no VRP"));
        }

        if (now.At is not { } made)
        {
            findings.Add(
                new VrpFinding(
                    VrpTrouble.AgeUnknown,
                    null,
                    now.Count,
                    now.Count,
                    "the sources do not say when they were made"
                )
            );
        }
        else if (at - made > rules.StaleAfter)
        {
            findings.Add(
                new VrpFinding(
                    VrpTrouble.Stale,
                    null,
                    now.Count,
                    now.Count,
                    $"made {Words(at - made)} before"
                )
            );
        }
        else if (made - at > rules.StaleAfter)
        {
            findings.Add(
                new VrpFinding(
                    VrpTrouble.FromLater,
                    null,
                    now.Count,
                    now.Count,
                    $"made {Words(made - at)} after"
                )
            );
        }

        if (before is not null)
        {
            AddLost(before, now, at, rules, findings);
        }

        AddExpiring(now, at, rules, findings);
        return findings;
    }

    /// <summary>A duration in its largest unit: <c>26 h</c>.</summary>
    public static string Words(Duration age) =>
        age.TotalHours < 2
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalMinutes)} min")
        : age.TotalDays < 3
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalHours)} h")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalDays)} d");

    private static void AddLost(
        VrpSet before,
        VrpSet now,
        Instant at,
        VrpHealthRules rules,
        List<VrpFinding> findings
    )
    {
        HashSet<(IpPrefix, byte, Asn)> there =
        [
            .. now.Rows.ToArray().Where(row => row.IsInForce(at)).Select(Key),
        ];
        foreach (IGrouping<string, Vrp> anchor in Anchors(before))
        {
            var were = anchor.Select(Key).Distinct().ToList();
            int lost = were.Count(key => !there.Contains(key));
            double most = anchor.Key.Contains("afrinic", StringComparison.OrdinalIgnoreCase)
                ? rules.LostShareMaxAfrinic
                : rules.LostShareMax;
            if (were.Count >= rules.AnchorVrpsMin && lost >= most * were.Count)
            {
                findings.Add(
                    new VrpFinding(
                        VrpTrouble.AnchorLost,
                        anchor.Key,
                        lost,
                        were.Count,
                        $"{lost} of {were.Count} VRPs were deleted or ran out; suspect the repository or the validator, not the operators"
                    )
                );
            }
        }
    }

    private static void AddExpiring(
        VrpSet now,
        Instant at,
        VrpHealthRules rules,
        List<VrpFinding> findings
    )
    {
        foreach (IGrouping<string, Vrp> anchor in Anchors(now))
        {
            int expiring = anchor.Count(row =>
                row.NotAfter >= at && row.NotAfter <= at + rules.ExpiryWarning
            );
            if (expiring > 0)
            {
                findings.Add(
                    new VrpFinding(
                        VrpTrouble.Expiring,
                        anchor.Key,
                        expiring,
                        anchor.Count(),
                        $"{expiring} VRPs run out within {Words(rules.ExpiryWarning)}"
                    )
                );
            }
        }
    }

    private static IEnumerable<IGrouping<string, Vrp>> Anchors(VrpSet set) =>
        set
            .Rows.ToArray()
            .GroupBy(row => row.TrustAnchor ?? "")
            .OrderBy(group => group.Key, StringComparer.Ordinal);

    private static (IpPrefix, byte, Asn) Key(Vrp row) => (row.Prefix, row.MaxLength, row.Asn);
}
