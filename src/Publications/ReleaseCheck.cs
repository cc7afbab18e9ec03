using Breakwater.Decisions;
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
);

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

    /// <summary>The narrower of distribution and TLP wins.</summary>
    public static bool Allows(Marking? marking, Audience audience) =>
        marking is not null
        && audience switch
        {
            Audience.Public => marking is { Distribution: Distribution.Public, Tlp: Tlp.Clear },
            Audience.Partners => marking
                is { Distribution: Distribution.Public or Distribution.Partners, Tlp: Tlp.Clear },
            Audience.Community => marking
                is {
                    Distribution: Distribution.Public
                        or Distribution.Partners
                        or Distribution.Community,
                    Tlp: Tlp.Clear or Tlp.Green
                },
            _ => false,
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
        // A derived record is as strict as its inputs, whatever it says of itself; so ids that are withheld pull down
        // everything made from them.
        var withheldIds = new HashSet<string>(StringComparer.Ordinal);
        var withheld = new List<Withheld>();

        IReadOnlyList<T> Keep<T>(
            string kind,
            IEnumerable<T> records,
            Func<T, string> id,
            Func<T, Marking> marking,
            Func<T, IEnumerable<string>> inputs
        )
        {
            var kept = new List<T>();
            int count = 0;
            foreach (T record in records)
            {
                if (Allows(marking(record), audience) && !inputs(record).Any(withheldIds.Contains))
                {
                    kept.Add(record);
                }
                else
                {
                    withheldIds.Add(id(record));
                    count++;
                }
            }

            if (count > 0)
            {
                withheld.Add(new Withheld(kind, count));
            }

            return kept;
        }

        IReadOnlyList<Signal> signals = Keep(
            "signal",
            walk.Signals,
            signal => signal.Id,
            signal => signal.Marking,
            _ => []
        );
        HashSet<string> hiddenFeeds = HiddenFeeds(walk.Signals, signals);
        var hiddenClaims = walk
            .Signals.Except(signals)
            .OfType<ClaimSignal>()
            .Select(signal => signal.Claim)
            .ToHashSet();
        IReadOnlyList<Disruption> disruptions = Keep(
            "disruption",
            walk.Detection.Disruptions,
            disruption => disruption.Id,
            disruption => disruption.Marking,
            disruption => disruption.Signals
        );
        var blind = walk.Detection.Blind.Where(blind => !hiddenFeeds.Contains(blind.Feed)).ToList();
        if (blind.Count < walk.Detection.Blind.Count)
        {
            withheld.Add(new Withheld("blind", walk.Detection.Blind.Count - blind.Count));
        }

        IReadOnlyList<Need> needs = Keep(
            "need",
            walk.Assessment.Needs,
            need => need.Id,
            need => need.Marking,
            need => need.Disruptions
        );
        IReadOnlyList<TimeToDark> sites = Keep(
            "site",
            walk.Assessment.TimeToDark,
            site => site.SiteId,
            site => site.Marking,
            _ => []
        );
        IReadOnlyList<Plan> plans = Keep(
            "plan",
            walk.Plans,
            plan => plan.Id,
            plan => plan.Marking,
            plan => plan.Needs.Concat(plan.Unserved.Select(unserved => unserved.NeedId))
        );
        IReadOnlyList<Decision> decisions = Keep(
            "decision",
            walk.Decisions,
            decision => decision.Id,
            decision => decision.Marking,
            decision => [decision.Subject]
        );
        IReadOnlyList<Commitment> commitments = Keep(
            "commitment",
            walk.Commitments,
            commitment => commitment.Id,
            commitment => commitment.Marking,
            commitment => [commitment.PlanId]
        );
        IReadOnlyList<Restoration> restorations = Keep(
            "restoration",
            walk.Restorations,
            restoration => restoration.Id,
            restoration => restoration.Marking,
            restoration => [restoration.DisruptionId]
        );

        // Populations, funding figures and the outline carry no marking because their types hold published facts only.
        Walked released = walk with
        {
            Signals = signals,
            Detection = new Detection(
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
                                .. disruption.Links.Where(link =>
                                    !withheldIds.Contains(link.DisruptionId)
                                ),
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
            ),
            Assessment = walk.Assessment with { Needs = needs, TimeToDark = sites },
            Plans = plans,
            Decisions = decisions,
            Commitments = commitments,
            Restorations =
            [
                .. restorations.Select(restoration =>
                    restoration with
                    {
                        Commitments =
                        [
                            .. restoration.Commitments.Where(id => !withheldIds.Contains(id)),
                        ],
                    }
                ),
            ],
        };
        return new Released(
            released,
            audience,
            withheld,
            ByArea([.. walk.Assessment.TimeToDark.Except(sites)])
        );
    }

    private static HashSet<string> HiddenFeeds(
        IReadOnlyList<Signal> all,
        IReadOnlyList<Signal> released
    )
    {
        var hidden = all.Select(signal => signal.Source).ToHashSet(StringComparer.Ordinal);
        hidden.ExceptWith(released.Select(signal => signal.Source));
        return hidden;
    }

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
