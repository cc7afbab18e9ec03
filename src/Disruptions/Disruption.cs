using System.Text.Json.Serialization;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What kind of loss. Who ordered it, and why, are claims and not kinds.</summary>
public enum DisruptionKind
{
    Outage,
    Shutdown,
    Throttling,
    Hijack,
    Leak,
    CableCut,
    Destruction,
    PowerLoss,
    RegistryFailure,
}

public enum DisruptionState
{
    /// <summary>Too little evidence, or only one healthy family of signals.</summary>
    Suspected,

    Confirmed,

    /// <summary>Healthy families disagree about whether anything is down at all.</summary>
    Contradictory,

    /// <summary>Over: no family that can see still sees it.</summary>
    Closed,
}

/// <summary>A loss of connectivity or of core-resource function, with everything that is said for and against it.</summary>
public sealed record Disruption
{
    public required string Id { get; init; }

    public required DisruptionKind Kind { get; init; }

    public required DisruptionState State { get; init; }

    public required Place Place { get; init; }

    /// <summary>The one operator that is cut, or null when it is not one.</summary>
    public string? Network { get; init; }

    /// <summary>The one service or site that is lost, such as <c>telegram</c>; null, and absent in JSON, for access as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    public required IReadOnlyList<Asn> Asns { get; init; }

    /// <summary>The first moment at which the loss is seen; the same as <c>onset.latest</c>.</summary>
    public required Instant Start { get; init; }

    /// <summary>Between the last sample seen normal and the first seen lost.</summary>
    public required InstantRange Onset { get; init; }

    /// <summary>Null while it lasts, or while nobody can see.</summary>
    public required InstantRange? End { get; init; }

    /// <summary>While no end is seen: the last moment at which anybody could see; null, and absent in JSON, otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? SeenUntil { get; init; }

    public required Confidence Confidence { get; init; }

    /// <summary>
    /// How many families that fail for different reasons could see, and stand behind the confidence. Families of one file
    /// that may have fallen with its scale are one. Null where it is not reckoned so, as for hijacks and bare claims.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? IndependentFamilies { get; init; }

    public required IReadOnlyList<Severity> Severity { get; init; }

    public required IReadOnlyList<SourceVerdict> Sources { get; init; }

    /// <summary>What others say about kind, cause and actor, side by side.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    public required IReadOnlyList<DisruptionLink> Links { get; init; }

    /// <summary>What a reader must know to read the numbers right.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What the judgement depends on, and what would change it.</summary>
    public IReadOnlyList<string> SubjectTo { get; init; } = [];

    /// <summary>How each area of the place fared, when it is judged by its areas; null, and absent in JSON, otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AreaView>? Areas { get; init; }

    /// <summary>How likely each kind is; null where kinds are not weighed (hijacks and leaks are what routes show).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KindLikelihoods? Kinds { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>Ids of the signals it was computed from.</summary>
    public required IReadOnlyList<string> Signals { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Name and version of the detector profile used.</summary>
    public required string Detector { get; init; }

    /// <summary>The routes of a hijack or a leak; null, and absent in JSON, for every other kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoutingFacts? Routing { get; init; }

    private bool IsLossOfAccess =>
        Kind
            is not (DisruptionKind.Hijack or DisruptionKind.Leak or DisruptionKind.RegistryFailure);

    /// <summary>True for the loss of an area in a disruption of the wider place that tells how each of its areas fared.</summary>
    public bool IsPartOf(Disruption wider)
    {
        ArgumentNullException.ThrowIfNull(wider);
        return wider.Areas is not null
            && !Place.Equals(wider.Place)
            && Place.IsWithin(wider.Place)
            && Network == wider.Network
            && Target == wider.Target
            && Onset.Earliest <= (wider.End?.Latest ?? Instant.MaxValue)
            && wider.Onset.Earliest <= (End?.Latest ?? Instant.MaxValue);
    }

    /// <summary>
    /// True for two tellings of one disruption: same place, network and service, and stretches that overlap. A claim may
    /// make an outage a shutdown; what routes or registries show stays what it is.
    /// </summary>
    public bool IsToldAgainBy(Disruption other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Kind == other.Kind || (IsLossOfAccess && other.IsLossOfAccess))
            && Network == other.Network
            && Target == other.Target
            && Place.Equals(other.Place)
            && Onset.Earliest <= (other.End?.Latest ?? Instant.MaxValue)
            && other.Onset.Earliest <= (End?.Latest ?? Instant.MaxValue);
    }
}

/// <summary>How deep and how long, for each family apart: units of different families do not add up.</summary>
/// <param name="DropShare">Greatest loss against the baseline, 0 to 1.</param>
/// <param name="Minutes">Time below the baseline so far.</param>
/// <param name="LatestDropShare">Median loss over the last day of it; null when nobody saw in that day.</param>
public sealed record Severity(
    SignalFamily Family,
    double DropShare,
    long Minutes,
    double? LatestDropShare = null
);

public enum Verdict
{
    Agrees,
    Disagrees,

    /// <summary>The source was silent or is not among the inputs: it says neither.</summary>
    Absent,
}

/// <summary>What one source says about a disruption.</summary>
/// <param name="Tag">The named reason for the weight: <c>probing_drop</c>, <c>announced_but_dark</c>, <c>no_samples</c>.</param>
/// <param name="Weight">Log-odds that the source brings, before its family is clamped.</param>
public sealed record SourceVerdict(
    string Name,
    SignalFamily Family,
    Verdict Verdict,
    string Tag,
    double Weight
)
{
    /// <summary>When this source saw the loss begin; null when it saw none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InstantRange? Onset { get; init; }

    /// <summary>When this source saw it return; null while it does not, or when it saw no loss.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InstantRange? End { get; init; }

    /// <summary>Greatest loss that this source saw, 0 to 1; null when it could not see.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DropShare { get; init; }

    /// <summary>Share of the time of the disruption in which the source could see, 0 to 1; null where it is not sampled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LiveShare { get; init; }

    /// <summary>True when what this source saw could be a change of its scale as well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MayBeScaleChange { get; init; }
}

public enum AreaState
{
    /// <summary>Lost, and not seen to return.</summary>
    Dark,

    /// <summary>Lost, and seen to return.</summary>
    Returned,

    /// <summary>Seen, and not lost.</summary>
    Up,

    /// <summary>Nobody could see: neither dark nor up.</summary>
    Blind,
}

/// <summary>How one area of a wider place fared during a disruption.</summary>
/// <param name="Onset">Null when no loss was seen.</param>
/// <param name="End">Null while it lasts, or when no loss was seen.</param>
/// <param name="DropShare">Greatest loss seen, 0 to 1; null when nobody could see.</param>
public sealed record AreaView(
    Place Place,
    AreaState State,
    InstantRange? Onset,
    InstantRange? End,
    double? DropShare
);

/// <param name="Relation"><c>follows</c>, <c>part-of</c>, <c>caused-by</c>.</param>
public sealed record DisruptionLink(string Relation, string DisruptionId);

/// <summary>A stretch of time in which a feed could not see. It is neither normal nor down (INV-15).</summary>
public sealed record Blind(string Feed, Instant From, Instant To, string Reason)
{
    /// <summary>The name where no feed could see.</summary>
    public const string EveryFeed = "every feed";

    /// <summary>What a feed is called where it is said to be blind: with its area, when it is about one.</summary>
    public static string NameOf(string source, Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Area is null ? source : $"{source} ({place})";
    }

    /// <summary>The place that could not be seen; null when the feed saw nothing anywhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Place? Place { get; init; }

    /// <summary>True when another says the same of this stretch, or of the stretch as it went on.</summary>
    public bool IsToldAgainBy(Blind other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Feed == other.Feed
            && Equals(Place, other.Place)
            && (
                From == other.From
                || (From >= other.From && To <= other.To && Reason == other.Reason)
            );
    }

    /// <summary>True when it hid a part of the disruption: a source of it is blind there, or a feed everywhere, while it lasts.</summary>
    public bool Hides(Disruption disruption)
    {
        ArgumentNullException.ThrowIfNull(disruption);
        return From < (disruption.End?.Latest ?? Instant.MaxValue)
            && To > disruption.Onset.Earliest
            && (
                Place is null
                || (
                    Place.Equals(disruption.Place)
                    && disruption.Sources.Any(source => source.Name == Feed)
                )
            );
    }
}

/// <summary>Reports that came in such numbers from one hand that together they weigh less than one.</summary>
/// <param name="Place">The place that they are about; null when they are about many.</param>
/// <param name="File">The input that they came in.</param>
public sealed record Flood(
    Place? Place,
    string File,
    int Reports,
    Instant From,
    Instant To,
    string Reason
)
{
    /// <summary>The hands that it came from.</summary>
    internal IReadOnlySet<string> Hands { get; init; } = new HashSet<string>();

    /// <summary>True for a report that is part of it.</summary>
    internal bool Takes(ReportSignal report) =>
        Hands.Contains(ReportFloods.HandOf(report))
        && (Place is null || Place.Equals(report.Place));
}

/// <summary>A departure in routing that was looked at and is explained by what speaks against a hijack. It is kept, never dropped.</summary>
/// <param name="Tags">Every reason for and against, with its points.</param>
public sealed record SetAside(
    Place Place,
    Asn Origin,
    IReadOnlyList<Asn> Expected,
    Instant From,
    double Score,
    IReadOnlyList<RoutingTag> Tags
)
{
    /// <summary>What its tags do not say; null when they say all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

/// <summary>Everything that detection found, where it could not look, and what it looked at and set aside.</summary>
public sealed record Detection(
    IReadOnlyList<Disruption> Disruptions,
    IReadOnlyList<Blind> Blind,
    IReadOnlyList<SetAside> SetAside
)
{
    public Detection(IReadOnlyList<Disruption> disruptions, IReadOnlyList<Blind> blind)
        : this(disruptions, blind, []) { }

    public IReadOnlyList<Flood> Floods { get; init; } = [];

    /// <summary>Stretches in which routes were unstable. They are no loss.</summary>
    public IReadOnlyList<Storm> Storms { get; init; } = [];
}
