using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Needs;

/// <summary>From what was lost to who lacks what.</summary>
public static class NeedsFromDisruptions
{
    public const int MethodVersion = 1;

    /// <summary>Services by need, lowest bandwidth first: a first kilobit for many beats video for few.</summary>
    private static readonly Service[] _services = [Service.Messaging, Service.Voice, Service.Web];

    /// <summary>Disruptions with less confidence than this make no need; they stay on the list of disruptions.</summary>
    public const double ConfidenceFloor = 0.5;

    public static Assessment Assess(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Population> populations,
        IReadOnlyList<NetworkShare> shares,
        IReadOnlyList<Site> sites,
        Instant asOf
    )
    {
        ArgumentNullException.ThrowIfNull(disruptions);
        ArgumentNullException.ThrowIfNull(populations);
        ArgumentNullException.ThrowIfNull(shares);
        ArgumentNullException.ThrowIfNull(sites);
        List<Disruption> open =
        [
            .. disruptions
                .Where(disruption =>
                    disruption.End is null
                    // A blocked service cuts nobody off.
                    && disruption.Target is null
                    && (disruption.Severity.Count > 0 || disruption.Place.IsCoreResource)
                    && disruption.Confidence.Probability >= ConfidenceFloor
                    && disruption.Start <= asOf
                )
                .OrderBy(disruption => disruption.Id, StringComparer.Ordinal),
        ];
        List<Need> needs = [];
        foreach (Population population in NarrowestUsed(populations))
        {
            List<Disruption> here =
            [
                .. open.Where(disruption =>
                    population.Place.IsWithin(disruption.Place)
                    || disruption.Place.IsWithin(population.Place)
                ),
            ];
            if (here.Count > 0)
            {
                LostShare lost = LostShare.At(population.Place, here, shares);
                needs.AddRange(
                    _services.Select(service =>
                        NeedOf(population, populations, service, lost, here, asOf)
                    )
                );
            }
        }

        needs.AddRange(
            open.Where(disruption => disruption.Place.IsCoreResource)
                .Select(disruption => NeedOf(disruption, asOf))
        );
        needs.AddRange(NeedsFromRoutes.Assess(disruptions, populations, ConfidenceFloor, asOf));
        return new Assessment(asOf, Ranked(needs), TimeToDarkOf.Sites(sites, asOf));
    }

    /// <summary>Who hangs on a function of core resources is not counted anywhere: the need is there, its reach unknown.</summary>
    private static Need NeedOf(Disruption disruption, Instant asOf) =>
        new()
        {
            Id = ContentId.Of(
                "need",
                new
                {
                    place = disruption.Place,
                    disruptions = (string[])[disruption.Id],
                    asOf,
                    MethodVersion,
                }
            ),
            Place = disruption.Place,
            PlaceName = disruption.Place.Key,
            Pcode = null,
            Group = PopulationGroup.Residents,
            Service = Service.CoreFunction,
            Population = null,
            PopulationSource = "nobody counts who depends on it",
            WithoutService = null,
            ByNetwork = [],
            Sum = "how many depend on it is unknown",
            Since = disruption.Start,
            Priority = 0,
            PriorityReason = "",
            Conditions = [],
            Unknowns =
            [
                "how many people depend on it is unknown",
                disruption.Place.Tld is null
                    ? "which networks lose changes, transfers, certificates or reverse names is unknown"
                    : "how long answers stay in caches is unknown",
            ],
            Disruptions = [disruption.Id],
            Origin = disruption.Origin,
            Marking = disruption.Marking,
        };

    /// <summary>The count used for each area and group. A national count is used only where no narrower one of its group is.</summary>
    private static IEnumerable<Population> NarrowestUsed(IReadOnlyList<Population> populations)
    {
        List<Population> used = [.. populations.Where(population => population.IsUsed)];
        return used.Where(wide =>
                !used.Exists(narrow =>
                    narrow.Group == wide.Group
                    && !narrow.Place.Equals(wide.Place)
                    && narrow.Place.IsWithin(wide.Place)
                )
            )
            .OrderBy(population => population.Place.Key, StringComparer.Ordinal)
            .ThenBy(population => population.Group);
    }

    private static Need NeedOf(
        Population population,
        IReadOnlyList<Population> all,
        Service service,
        LostShare lost,
        List<Disruption> here,
        Instant asOf
    )
    {
        CountRange? without =
            population.Count is { } count && lost.Range is { } share
                ? new CountRange(Round(count.Low * share.Low), Round(count.High * share.High))
                : null;
        return new Need
        {
            Id = ContentId.Of(
                "need",
                new
                {
                    population,
                    service,
                    disruptions = here.Select(disruption => disruption.Id),
                    lost.Sum,
                    asOf,
                    MethodVersion,
                }
            ),
            Place = population.Place,
            PlaceName = population.Name,
            Pcode = population.Pcode,
            Group = population.Group,
            Service = service,
            Population = population.Count,
            PopulationSource = population.Source,
            WithoutService = without,
            ByNetwork = population.Count is { } people
                ?
                [
                    .. lost.ByNetwork.Select(part => new NetworkNeed(
                        part.Network,
                        new CountRange(Round(people.Low * part.Low), Round(people.High * part.High))
                    )),
                ]
                : [],
            Sum = lost.Sum,
            Since = here.Min(disruption => disruption.Start),
            Priority = 0,
            PriorityReason = "",
            Conditions = ["a handset that works", "power to charge it", "a price people can pay"],
            Unknowns = Unknowns(population, all, lost),
            Disruptions = [.. here.Select(disruption => disruption.Id)],
            Origin = (Origin)
                Math.Max(
                    (int)population.Origin,
                    Math.Max((int)lost.Origin, (int)here.Max(disruption => disruption.Origin))
                ),
            Marking = Marking.Strictest(here.Select(disruption => disruption.Marking)),
            AsOf = asOf,
        };
    }

    private static List<string> Unknowns(
        Population population,
        IReadOnlyList<Population> all,
        LostShare lost
    )
    {
        List<string> unknowns = [.. lost.Unknowns];
        if (population.Count is null)
        {
            unknowns.Add("how many people are here is unknown");
        }

        unknowns.AddRange(
            all.Where(other =>
                    !other.IsUsed
                    && other.Group == population.Group
                    && other.Place.Equals(population.Place)
                )
                .Select(other =>
                    other.Count is { } count
                        ? $"another count says {count.Low}{(count.High == count.Low ? "" : $" to {count.High}")} ({other.Source})"
                        : $"another source gives no count ({other.Source})"
                )
        );
        unknowns.Add(
            "how many had service before the disruption is unknown; the whole population is counted"
        );
        return unknowns;
    }

    /// <summary>Low-bandwidth services first; within one, the greater number; unknown numbers stand before zero.</summary>
    private static IReadOnlyList<Need> Ranked(List<Need> needs) =>
        [
            .. needs
                .OrderBy(need => need.Service)
                .ThenByDescending(need => need.WithoutService?.High ?? 1)
                .ThenBy(need => need.Place.Key, StringComparer.Ordinal)
                .ThenBy(need => need.Group)
                .Select(
                    (need, index) =>
                        need with
                        {
                            Priority = index + 1,
                            PriorityReason = need.WithoutService is null
                                ? "low bandwidth first; number unknown"
                                : "low bandwidth first, then most people",
                        }
                ),
        ];

    /// <summary>People to two digits: more would claim a census of the disconnected.</summary>
    private static long Round(double people)
    {
        if (people < 100)
        {
            return (long)people;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(people)) - 1);
        return (long)(Math.Round(people / unit, MidpointRounding.ToEven) * unit);
    }
}
