using Breakwater.Decisions;
using Breakwater.Decisions.Continuity;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>Who will read it, widest first. Group and sealed records have no report: they never leave by this step.</summary>
public enum Audience
{
    Public,
    Partners,
    Community,
}

/// <summary>How many records of a kind an audience may not see. Says nothing of what is in them.</summary>
public sealed record Withheld(string Kind, int Count);

/// <summary>How long withheld sites last, by area only, and only when enough of them are counted together.</summary>
/// <param name="FirstHours">Whole hours until the first goes dark; null when every one is unknown.</param>
/// <param name="Unknown">Sites among them whose hours are unknown.</param>
public sealed record AreaPower(
    Place Place,
    int Sites,
    double? FirstHours,
    double? LastHours,
    Instant? FirstDarkAt,
    int Unknown,
    IReadOnlyList<Origin> Origins
);

/// <summary>The walk as one audience may see it. Text is composed from nothing else.</summary>
public sealed record Released(
    Walked Walk,
    Audience Audience,
    IReadOnlyList<Withheld> Withheld,
    IReadOnlyList<AreaPower> PowerByArea
)
{
    /// <summary>What is said where nothing is shown: that some is withheld is not that there is none.</summary>
    /// <param name="none">The text where nothing of these kinds is withheld.</param>
    internal Said None(string none, params IReadOnlyList<string> kinds) =>
        new(HoldsBackAny(kinds) ? "none-released" : none);

    internal bool HoldsBackAny(params IReadOnlyList<string> kinds) =>
        Withheld.Any(withheld => kinds.Contains(withheld.Kind));
}

/// <summary>Decides record by record what an audience may see, before any text is built; whatever is not allowed is denied.</summary>
public static class ReleaseCheck
{
    /// <summary>
    /// Withheld sites are shown only as a group of at least this many. Three: with two, each operator could subtract
    /// its own and know the other's.
    /// </summary>
    public const int SmallestGroupOfSites = 3;

    /// <summary>Smaller counts of people are shown as "fewer than", because a handful of people can be recognised.</summary>
    public const int SmallestGroupOfPeople = 10;

    /// <summary>What permits are counted as where they are withheld.</summary>
    internal const string Clearances = "clearance";

    /// <summary>What agreements in disruptions are counted as where they are withheld.</summary>
    internal const string Activations = "activation";

    /// <summary>What core-resource cases are counted as where they are withheld.</summary>
    internal const string Cases = "case";

    /// <summary>What findings are counted as where they are withheld.</summary>
    internal const string Findings = "finding";

    /// <summary>What the guard says of a reader of whom no more is known than the audience. An embargo is taken to run on.</summary>
    public static bool Allows(Marking? marking, Audience audience) =>
        ReaderIn(audience) is { } reader && Guard.May(reader, marking, Instant.MinValue);

    private static Reader? ReaderIn(Audience audience) =>
        audience switch
        {
            Audience.Public => Reader.Anonymous,
            Audience.Partners => new Reader { Circle = Circle.Partner },
            Audience.Community => new Reader { Circle = Circle.Community },
            _ => null,
        };

    /// <summary>The marking of what is composed for an audience: it may go no further than its readers.</summary>
    public static Marking MarkingOf(Audience audience) =>
        audience switch
        {
            Audience.Public => Marking.Public,
            Audience.Partners => new Marking(Distribution.Partners, Tlp.Clear),
            Audience.Community => new Marking(Distribution.Community, Tlp.Green),
            _ => Marking.Sealed,
        };

    public static Released For(Walked walk, Audience audience)
    {
        var sieve = new Sieve(audience);
        IReadOnlyList<Signal> signals = sieve.Keep(
            "signal",
            walk.Signals,
            signal => signal.Id,
            signal => signal.Marking,
            _ => []
        );
        Detection detection = Seen(walk, signals, sieve);
        Assessment assessment = Assessed(walk.Assessment, sieve);
        NormsTold? norms = Told(walk.Norms, sieve);
        IReadOnlyList<Plan> plans = sieve.Keep(
            "plan",
            walk.Plans,
            plan => plan.Id,
            plan => plan.Marking,
            plan =>
                plan.Needs.Concat(plan.Unserved.Select(unserved => unserved.NeedId))
                    .Concat(plan.Findings)
        );
        // By the names under which decisions are about them.
        IReadOnlyList<ContinuityCase> cases = sieve.Keep(
            Cases,
            walk.Cases,
            one => $"continuity-case/{one.Id}",
            one => one.Marking,
            one => one.Disruptions
        );
        IReadOnlyList<Decision> decisions = sieve.Keep(
            "decision",
            walk.Decisions,
            decision => decision.Id,
            decision => decision.Marking,
            decision => [decision.Subject]
        );
        IReadOnlyList<Commitment> commitments = sieve.Keep(
            "commitment",
            walk.Commitments,
            commitment => commitment.Id,
            commitment => commitment.Marking,
            commitment => [commitment.PlanId]
        );
        // Populations, funding figures and the outline carry no marking because their types hold published facts only.
        Walked released = walk with
        {
            Signals = signals,
            Detection = detection,
            Assessment = assessment,
            Plans = plans,
            Decisions = decisions,
            Commitments = commitments,
            Norms = norms,
            Activations = walk.Activations is null
                ? null
                : sieve.Keep(
                    Activations,
                    walk.Activations,
                    told => told.Id,
                    told => told.Marking,
                    told => [told.DisruptionId]
                ),
            Restorations = Restored(walk.Restorations, sieve),
            Cases = cases,
            Clearances = walk.Clearances is null
                ? null
                : sieve.Keep(
                    Clearances,
                    walk.Clearances,
                    clearance => clearance.Id,
                    clearance => clearance.Marking,
                    _ => []
                ),
        };
        IEnumerable<TimeToDark> heldBack = walk.Assessment.TimeToDark.Except(assessment.TimeToDark);
        return new Released(released, audience, sieve.Counts, ByArea([.. heldBack]));
    }

    /// <summary>Disruptions, and out of each whatever quotes a record that is held back.</summary>
    private static Detection Seen(Walked walk, IReadOnlyList<Signal> signals, Sieve sieve)
    {
        HashSet<string> hiddenFeeds = HiddenFeeds(walk.Signals, signals);
        var hiddenClaims = walk
            .Signals.Where(signal => sieve.HoldsBack(signal.Id))
            .OfType<ClaimSignal>()
            .Select(signal => signal.Claim)
            .ToHashSet();
        IReadOnlyList<Disruption> disruptions = sieve.Keep(
            "disruption",
            walk.Detection.Disruptions,
            disruption => disruption.Id,
            disruption => disruption.Marking,
            disruption => disruption.Signals
        );
        var blind = walk.Detection.Blind.Where(each => !hiddenFeeds.Contains(each.Feed)).ToList();
        sieve.Count("blind", walk.Detection.Blind.Count - blind.Count + walk.BlindWithheld);
        return new Detection(
            [
                .. disruptions.Select(disruption =>
                    disruption with
                    {
                        Claims =
                        [
                            .. disruption.Claims.Where(claim => !hiddenClaims.Contains(claim)),
                        ],
                        Links =
                        [
                            .. disruption.Links.Where(link => !sieve.HoldsBack(link.DisruptionId)),
                        ],
                        Sources =
                        [
                            .. disruption.Sources.Where(source =>
                                !hiddenFeeds.Contains(source.Name)
                            ),
                        ],
                    }
                ),
            ],
            blind
        );
    }

    private static Assessment Assessed(Assessment assessment, Sieve sieve) =>
        assessment with
        {
            Needs = sieve.Keep(
                "need",
                assessment.Needs,
                need => need.Id,
                need => need.Marking,
                need => need.Disruptions
            ),
            TimeToDark = sieve.Keep(
                "site",
                assessment.TimeToDark,
                site => site.SiteId,
                site => site.Marking,
                _ => []
            ),
        };

    /// <summary>A finding quotes what its facts were proposed from.</summary>
    private static NormsTold? Told(NormsTold? norms, Sieve sieve) =>
        norms is null
            ? null
            : norms with
            {
                Found = norms.Found with
                {
                    Facts = sieve.Keep(
                        "proposed-facts",
                        norms.Found.Facts,
                        facts => facts.Id,
                        facts => facts.Marking,
                        facts =>
                            facts.Facts.SelectMany(fact => fact.Evidence).Append(facts.Disruption)
                    ),
                    Findings = sieve.Keep(
                        Findings,
                        norms.Found.Findings,
                        finding => finding.Id,
                        finding => finding.Marking,
                        finding => [finding.Facts, finding.Disruption]
                    ),
                },
            };

    private static IReadOnlyList<Restoration> Restored(
        IReadOnlyList<Restoration> restorations,
        Sieve sieve
    ) =>
        [
            .. sieve
                .Keep(
                    "restoration",
                    restorations,
                    restoration => restoration.Id,
                    restoration => restoration.Marking,
                    restoration => [restoration.DisruptionId]
                )
                // A measurement stands without the commitments that it names.
                .Select(restoration =>
                    restoration with
                    {
                        Commitments =
                        [
                            .. restoration.Commitments.Where(id => !sieve.HoldsBack(id)),
                        ],
                    }
                ),
        ];

    private static HashSet<string> HiddenFeeds(
        IReadOnlyList<Signal> all,
        IReadOnlyList<Signal> released
    )
    {
        var hidden = all.SelectMany(NamesOfFeed).ToHashSet(StringComparer.Ordinal);
        hidden.ExceptWith(released.SelectMany(NamesOfFeed));
        return hidden;
    }

    /// <summary>Its source, and with its area where it is said to be blind.</summary>
    private static string[] NamesOfFeed(Signal signal) =>
        [signal.Source, Blind.NameOf(signal.Source, signal.Place)];

    /// <summary>Widest area first level only; areas with too few sites are pooled under their country or left out.</summary>
    private static List<AreaPower> ByArea(IReadOnlyList<TimeToDark> sites)
    {
        var byArea = sites
            .Where(site => site.Place.Country is not null)
            .GroupBy(site =>
                site.Place.Area is { Count: > 0 } area
                    ? Place.OfArea(site.Place.Country!, area[0])
                    : Place.OfCountry(site.Place.Country!)
            )
            .ToList();
        IEnumerable<IGrouping<Place, TimeToDark>> pooled = byArea
            .Where(group => group.Count() < SmallestGroupOfSites)
            .SelectMany(group => group)
            .GroupBy(site => Place.OfCountry(site.Place.Country!))
            .Where(group => group.Count() >= SmallestGroupOfSites);
        return
        [
            .. byArea
                .Where(group => group.Count() >= SmallestGroupOfSites)
                .Concat(pooled)
                .Select(group => Together(group.Key, [.. group]))
                .OrderBy(area => area.FirstHours ?? double.MaxValue)
                .ThenBy(area => area.Place.Key, StringComparer.Ordinal),
        ];
    }

    private static AreaPower Together(Place place, IReadOnlyList<TimeToDark> sites)
    {
        var known = sites.Where(site => site.Hours is not null).ToList();
        return new AreaPower(
            place,
            sites.Count,
            known.Count == 0 ? null : Math.Floor(known.Min(site => site.Hours!.Value)),
            known.Count == 0 ? null : Math.Floor(known.Max(site => site.Hours!.Value)),
            // To the hour, so that a single site's own sum cannot be recognised.
            known.Min(site => site.DarkAt)
                is { } at
                ? Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 3600 * 3600)
                : null,
            sites.Count - known.Count,
            [.. sites.Select(site => site.Origin).Distinct().Order()]
        );
    }
}
