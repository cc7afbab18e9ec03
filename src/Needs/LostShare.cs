using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Needs;

/// <summary>The share of people at a place who lost access, as a range, with the sum that gives it.</summary>
/// <param name="Range">Null when it cannot be said.</param>
internal sealed record LostShare(
    (double Low, double High)? Range,
    string Sum,
    IReadOnlyList<string> Unknowns,
    Origin Origin,
    IReadOnlyList<(string Network, double Low, double High)> ByNetwork
)
{
    /// <summary>
    /// A disruption of the whole place counts by its depth. A disruption of one network counts by its depth times the
    /// network's share of subscribers; a network whose share is unknown widens the range instead of counting as zero.
    /// </summary>
    public static LostShare At(
        Place place,
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<NetworkShare> shares
    )
    {
        var terms = new List<string>();
        var unknowns = new List<string>();
        var byNetwork = new List<(string Network, double Low, double High)>();
        (double Low, double High) whole = (0, 0);
        (double Low, double High) networks = (0, 0);
        Origin origin = Origin.Measured;
        foreach (Disruption disruption in NarrowestOfNetwork(place, disruptions))
        {
            if (Depth(disruption) is not { } depth)
            {
                continue;
            }

            if (!place.IsWithin(disruption.Place))
            {
                whole.High = Math.Max(whole.High, depth.High);
                unknowns.Add($"how much of this area lies in {disruption.Place} is unknown");
                terms.Add($"{disruption.Place}, a part of it: {Percent(depth)} of access lost");
                continue;
            }

            if (disruption.Network is not { } network)
            {
                whole = (Math.Max(whole.Low, depth.Low), Math.Max(whole.High, depth.High));
                terms.Add($"whole place: {Percent(depth)} of access lost");
            }
            else if (ShareOf(network, place, shares) is { } share)
            {
                networks.Low += share.Share * depth.Low;
                networks.High += share.Share * depth.High;
                origin = (Origin)Math.Max((int)origin, (int)share.Origin);
                terms.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{network}: {share.Share * 100:0} % of subscribers × {Percent(depth)} lost"
                    )
                );
                byNetwork.Add((network, share.Share * depth.Low, share.Share * depth.High));
            }
            else
            {
                networks.High = 1;
                unknowns.Add($"the share of {network} among subscribers here is unknown");
                terms.Add($"{network}: share unknown");
            }
        }

        return terms.Count == 0
            ? new LostShare(
                null,
                "the depth of the loss is unknown",
                ["the depth of the loss is unknown"],
                origin,
                byNetwork
            )
            : new LostShare(
                // The networks are part of the whole place: the two views are not added.
                (
                    Math.Min(Math.Max(whole.Low, networks.Low), 1),
                    Math.Min(Math.Max(whole.High, networks.High), 1)
                ),
                string.Join("; ", terms),
                unknowns,
                origin,
                byNetwork
            );
    }

    /// <summary>
    /// Depth of the loss of access on its last day, or at its worst when nobody saw that day, from the families that see access; routing alone bounds it only from below, because
    /// access can be dark behind routes that stay up.
    /// </summary>
    private static (double Low, double High)? Depth(Disruption disruption)
    {
        List<double> access =
        [
            .. disruption
                .Severity.Where(severity =>
                    severity.Family is SignalFamily.Probing or SignalFamily.Application
                )
                .Select(severity => severity.LatestDropShare ?? severity.DropShare),
        ];
        if (access.Count > 0)
        {
            return (access.Min(), access.Max());
        }

        return disruption.Severity.Count > 0
            ? (disruption.Severity.Min(severity => severity.DropShare), 1)
            : null;
    }

    /// <summary>A network seen both nationwide and here counts once: as seen here, or in the narrowest area around.</summary>
    private static IEnumerable<Disruption> NarrowestOfNetwork(
        Place place,
        IReadOnlyList<Disruption> disruptions
    ) =>
        disruptions
            .Where(disruption => disruption.Network is null)
            .Concat(
                disruptions
                    .Where(disruption => disruption.Network is not null)
                    .GroupBy(disruption => disruption.Network, StringComparer.Ordinal)
                    .Select(group =>
                        group
                            .OrderByDescending(disruption => place.IsWithin(disruption.Place))
                            .ThenByDescending(disruption => disruption.Place.Key.Length)
                            .ThenBy(disruption => disruption.Id, StringComparer.Ordinal)
                            .First()
                    )
            );

    private static NetworkShare? ShareOf(
        string network,
        Place place,
        IReadOnlyList<NetworkShare> shares
    ) =>
        shares
            .Where(share => share.Network == network && place.IsWithin(share.Place))
            .OrderByDescending(share => share.Place.Key.Length)
            .FirstOrDefault();

    private static string Percent((double Low, double High) depth) =>
        Math.Round(depth.Low * 100) == Math.Round(depth.High * 100)
            ? string.Create(CultureInfo.InvariantCulture, $"{depth.High * 100:0} %")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{depth.Low * 100:0} to {depth.High * 100:0} %"
            );
}
