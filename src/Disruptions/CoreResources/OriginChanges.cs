using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>What changed in the routes to the servers of a core resource between two tables.</summary>
internal static class OriginChanges
{
    public static IEnumerable<Weakness> Between(
        CoreResource before,
        CoreResource after,
        DelegationSignal signal
    )
    {
        Dictionary<string, CoreAddress> old = before
            .Servers.SelectMany(server => server.Addresses)
            .DistinctBy(address => address.Address)
            .ToDictionary(address => address.Address, StringComparer.Ordinal);
        foreach (
            CoreAddress address in after
                .Servers.SelectMany(server => server.Addresses)
                .DistinctBy(address => address.Address)
        )
        {
            if (!old.TryGetValue(address.Address, out CoreAddress? known))
            {
                continue;
            }

            if (known.RouteState == RouteState.Routed && address.RouteState == RouteState.NotRouted)
            {
                yield return Weakness.Of(
                    signal,
                    WeaknessRank.Serious,
                    "route_lost",
                    $"{known.Route} to {address.Address} is gone from the table",
                    known.Route!.Value.ToString()
                );
            }

            List<CoreOrigin> came =
            [
                .. address.Origins.ExceptBy(known.Origins.Select(one => one.Asn), one => one.Asn),
            ];
            if (known.Origins.Count > 0 && came.Count > 0)
            {
                yield return OfOrigin(signal, known, address, came);
            }
        }

        // Fewer origins than before is told once for the whole, and only when both are known to the last address.
        if (
            before is { Origins: { } had, AddressesOfUnknownRoute: 0 }
            && after is { Origins: { } has, AddressesOfUnknownRoute: 0 }
            && has.Count < had.Count
        )
        {
            yield return Weakness.Of(
                signal,
                has.Count <= 1 ? WeaknessRank.OneFailure : WeaknessRank.Serious,
                "origins_lost",
                $"announced by {Names(has)}, before by {Names(had)}",
                [.. has.Select(asn => asn.ToString())]
            );
        }
    }

    private static Weakness OfOrigin(
        DelegationSignal signal,
        CoreAddress known,
        CoreAddress address,
        List<CoreOrigin> came
    )
    {
        bool isAuthorised = came.All(origin => origin.Rpki == RouteValidity.Valid);
        string rpki = string.Join(
            ", ",
            came.Select(origin =>
                origin.Rpki == RouteValidity.Unknown
                    ? $"{origin.Asn}: authorisation unknown, no VRPs"
                : origin.Rpki == RouteValidity.Valid ? $"{origin.Asn}: authorised"
                : $"{origin.Asn}: no valid ROA ({origin.RpkiReason})"
            )
        );
        return Weakness.Of(
            signal,
            isAuthorised ? WeaknessRank.Minor : WeaknessRank.Serious,
            isAuthorised ? "origin_changed" : "origin_changed_without_roa",
            $"{address.Route} to {address.Address} was announced by {Names([.. known.Origins.Select(one => one.Asn)])}, now by {Names([.. address.Origins.Select(one => one.Asn)])}; {rpki}",
            [.. came.Select(origin => origin.Asn.ToString())]
        );
    }

    private static string Names(IReadOnlyList<Asn> asns) =>
        asns.Count == 0 ? "nobody known" : string.Join(", ", asns);
}
