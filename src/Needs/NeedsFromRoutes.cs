using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Needs;

/// <summary>
/// Who lacks what where nobody is cut off: routes that lead elsewhere, and one service that is blocked. Peers of collectors are no
/// people, so how many are hit is unknown, and said with what bounds there are.
/// </summary>
internal static class NeedsFromRoutes
{
    private const int MethodVersion = 1;

    public static IEnumerable<Need> Assess(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Population> populations,
        double confidenceFloor,
        Instant asOf
    )
    {
        List<Disruption> open =
        [
            .. disruptions
                .Where(disruption =>
                    disruption.End is null
                    && disruption.Start <= asOf
                    && disruption.Confidence.Probability >= confidenceFloor
                )
                .OrderBy(disruption => disruption.Id, StringComparer.Ordinal),
        ];
        return
        [
            .. open.Where(disruption => disruption.Routing is not null)
                .GroupBy(disruption =>
                    string.Join(
                        '+',
                        disruption.Routing!.SuspectOrigins.Select(asn => asn.ToString())
                    )
                )
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => OfRoutes([.. group], asOf)),
            .. open.Where(disruption => disruption is { Target: not null, Place.Country: not null })
                .Select(disruption => OfService(disruption, populations, asOf)),
        ];
    }

    private static Need OfRoutes(List<Disruption> hijacks, Instant asOf)
    {
        double[] shares =
        [
            .. hijacks
                .Where(hijack => hijack.Routing!.PeersHearing > 0)
                .Select(hijack => hijack.Routing!.PeersSeen / (double)hijack.Routing.PeersHearing),
        ];
        Place place = hijacks[0].Asns is [var origin, ..] ? Place.OfAsn(origin) : hijacks[0].Place;
        return New(
            place,
            Service.CoreFunction,
            null,
            hijacks,
            null,
            "nobody counts whose routes they are",
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"users anywhere whose networks take these routes: {hijacks.Count} prefixes, known places do not bound them"
                ),
                shares.Length == 0
                    ? "how many peers of collectors hold the routes is unknown"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"from {shares.Min() * 100:0.#} to {shares.Max() * 100:0.#} % of the peers of collectors hold them; that is no share of people"
                    ),
            ],
            asOf
        );
    }

    private static Need OfService(
        Disruption blocked,
        IReadOnlyList<Population> populations,
        Instant asOf
    )
    {
        Population? around = populations.FirstOrDefault(one =>
            one is { IsUsed: true, Group: PopulationGroup.Residents }
            && one.Place.Equals(blocked.Place)
        );
        return New(
            blocked.Place,
            Service.Web,
            blocked.Target,
            [blocked],
            around,
            around?.Source ?? "no count of people is among the inputs",
            [
                around?.Count is { } count
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"how many use {blocked.Target} is unknown; at most everybody there, {count.Low} to {count.High}"
                    )
                    : $"how many use {blocked.Target} is unknown",
                "nobody is cut off: other services work",
            ],
            asOf
        );
    }

    private static Need New(
        Place place,
        Service service,
        string? target,
        List<Disruption> disruptions,
        Population? population,
        string source,
        List<string> unknowns,
        Instant asOf
    ) =>
        new()
        {
            Id = ContentId.Of(
                "need",
                new
                {
                    place,
                    service,
                    target,
                    disruptions = disruptions.Select(disruption => disruption.Id),
                    asOf,
                    MethodVersion,
                }
            ),
            Place = place,
            PlaceName = population?.Name ?? place.Key,
            Pcode = population?.Pcode,
            Group = PopulationGroup.Residents,
            Service = service,
            Target = target,
            Population = population?.Count,
            PopulationSource = source,
            WithoutService = null,
            ByNetwork = [],
            Sum = "how many are hit is unknown",
            Since = disruptions.Min(disruption => disruption.Start),
            Priority = 0,
            PriorityReason = "",
            Conditions = [],
            Unknowns = unknowns,
            Disruptions = [.. disruptions.Select(disruption => disruption.Id)],
            Origin = disruptions.Max(disruption => disruption.Origin),
            Marking = Marking.Strictest(disruptions.Select(disruption => disruption.Marking)),
            AsOf = asOf,
        };
}
