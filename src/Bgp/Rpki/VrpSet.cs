using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>Where VRPs came from.</summary>
/// <param name="Name">Of the file or the cache; never a path.</param>
/// <param name="Sha256">Of the file as received; null for VRPs that came over a session.</param>
/// <param name="At">When the validator made the export, as it says; else when it was received; null when neither is known.</param>
/// <param name="Count">VRPs read from it, duplicates included.</param>
public sealed record VrpSource(string Name, string? Sha256, Instant? At, int Count)
{
    /// <summary>True when the export itself says when it was made; else <see cref="At"/> is when it was received.</summary>
    public bool StatesTime { get; init; }
}

/// <summary>
/// VRPs to validate origins against. Immutable, safe for any number of threads, and the same for the same rows in any
/// order. Building sorts, in O(n log n); a lookup takes O(log n), whatever the rows are.
/// </summary>
public sealed class VrpSet
{
    private readonly Vrp[] rows;
    private readonly int v6From;
    private readonly VrpIndex v4;
    private readonly VrpIndex v6;

    private VrpSet(Vrp[] ordered, IReadOnlyList<VrpSource> sources, AspaSet aspas)
    {
        rows = ordered;
        Sources = sources;
        Aspas = aspas;
        v6From = Array.FindIndex(ordered, row => row.Prefix.IsV6) is >= 0 and var at
            ? at
            : ordered.Length;
        v4 = new VrpIndex(ordered.AsSpan(0, v6From));
        v6 = new VrpIndex(ordered.AsSpan(v6From));
    }

    /// <summary>Makes a set. Rows that are equal in all their members count once.</summary>
    public static VrpSet Of(
        IEnumerable<Vrp> vrps,
        IReadOnlyList<VrpSource>? sources = null,
        AspaSet? aspas = null
    )
    {
        Vrp[] ordered = [.. vrps];
        Array.Sort(ordered);
        int count = 0;
        foreach (Vrp row in ordered)
        {
            if (count == 0 || ordered[count - 1] != row)
            {
                ordered[count++] = row;
            }
        }

        return new VrpSet(ordered[..count], sources ?? [], aspas ?? AspaSet.Empty);
    }

    /// <summary>What several exports hold together.</summary>
    public static VrpSet Of(IReadOnlyList<VrpExport> exports) =>
        Of(
            exports.SelectMany(export => export.Vrps),
            [.. exports.Select(export => export.Source)],
            AspaSet.Of(exports.SelectMany(export => export.Aspas))
        );

    public int Count => rows.Length;

    public ReadOnlySpan<Vrp> Rows => rows;

    public IReadOnlyList<VrpSource> Sources { get; }

    public AspaSet Aspas { get; }

    /// <summary>The oldest of the times of the sources; null when one of them has none: its age is then unknown.</summary>
    public Instant? At =>
        Sources.Count > 0 && Sources.All(source => source.At is not null)
            ? Sources.Min(source => source.At)
            : null;

    /// <summary>How far the set is from a moment, before or after; null when its time is unknown.</summary>
    public Duration? AgeAt(Instant moment) =>
        At is not { } at ? null
        : moment >= at ? moment - at
        : at - moment;

    /// <summary>The rows whose sources do not say that they were out of force at that moment.</summary>
    public VrpSet InForce(Instant at) =>
        new([.. rows.Where(row => row.IsInForce(at))], Sources, Aspas);

    /// <summary>
    /// Origin validation (RFC 6811 section 2). An empty set says nothing: <see cref="RouteValidity.Unknown"/>.
    /// </summary>
    /// <param name="origin">The origin of the path, as <see cref="AsPath.TryOrigin"/> gives it; null when it has none: never valid.</param>
    public OriginValidity Validate(IpPrefix route, Asn? origin) =>
        rows.Length == 0
            ? new OriginValidity(RouteValidity.Unknown, ValidityReason.EmptyVrps)
            : (route.IsV6 ? v6 : v4).Validate(route, origin);

    /// <summary>
    /// The same at the time of an event: unknown when the set is farther from it than <paramref name="ageMax"/>, or when
    /// its time is unknown although a limit is set.
    /// </summary>
    public OriginValidity Validate(IpPrefix route, Asn? origin, Instant at, Duration ageMax) =>
        rows.Length > 0 && !(AgeAt(at) <= ageMax)
            ? new OriginValidity(RouteValidity.Unknown, ValidityReason.StaleVrps)
            : Validate(route, origin);

    /// <summary>All rows that cover a route, innermost prefix first, then by AS number.</summary>
    public IReadOnlyList<Vrp> Covering(IpPrefix route)
    {
        var covering = new List<Vrp>();
        int start = route.IsV6 ? v6From : 0;
        foreach (Range range in (route.IsV6 ? v6 : v4).Covering(route))
        {
            covering.AddRange(
                rows.AsSpan(start + range.Start.Value, range.End.Value - range.Start.Value)
            );
        }

        return covering;
    }
}
