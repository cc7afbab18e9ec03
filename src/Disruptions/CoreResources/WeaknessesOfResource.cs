using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What one state of a core resource shows: which single things it hangs on, and what else is weak in it.</summary>
internal static class WeaknessesOfResource
{
    /// <summary>Signatures that end sooner than this are told: the root zone's are renewed a week and more ahead.</summary>
    private static readonly Duration _signedMargin = Duration.FromDays(3);

    /// <param name="asOf">Now, for signatures; null leaves them unjudged.</param>
    /// <param name="staleRouting">When the table of routes was made if that is far from the zone; else null.</param>
    public static IEnumerable<Weakness> Of(
        CoreResource resource,
        DelegationSignal signal,
        Instant? asOf,
        Instant? staleRouting
    ) =>
        [
            .. Diversity(resource, signal),
            .. OneRoute(resource, signal, staleRouting),
            .. Reach(resource, signal),
            .. Routes(resource, signal),
            .. Names(resource, signal),
            .. Signing(resource, signal, asOf),
        ];

    private static IEnumerable<Weakness> Diversity(CoreResource resource, DelegationSignal signal)
    {
        int blocks = resource.Blocks24.Count + resource.Blocks48.Count;
        int servers = resource.Servers.Count;
        if (servers == 1)
        {
            yield return One("one_server", "one name server alone", resource.Servers[0].Host);
        }
        else if (servers == 2)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                "two_servers",
                "two name servers alone",
                [.. resource.Servers.Select(server => server.Host)]
            );
        }

        if (blocks == 1)
        {
            IpPrefix block = resource.Blocks24.Concat(resource.Blocks48).Single();
            yield return One(
                "one_block",
                $"every address of every server lies in {block}",
                block.ToString()
            );
        }
        else if (resource.Blocks24.Count == 1)
        {
            yield return One(
                "one_block_v4",
                $"every IPv4 address of every server lies in {resource.Blocks24[0]}; who has no IPv6 hangs on that",
                resource.Blocks24[0].ToString()
            );
        }
        else if (resource.Blocks24.Count == 2)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                "two_blocks_v4",
                $"all IPv4 servers lie in two /24s, {resource.Blocks24[0]} and {resource.Blocks24[1]}",
                [.. resource.Blocks24.Select(block => block.ToString())]
            );
        }

        Weakness One(string tag, string text, string dependsOn) =>
            Weakness.Of(signal, WeaknessRank.OneFailure, tag, text, dependsOn);
    }

    /// <summary>
    /// One route and one origin are said only when every address could be looked up. A table of another time is not enough
    /// to say that one failure ends it now.
    /// </summary>
    private static IEnumerable<Weakness> OneRoute(
        CoreResource resource,
        DelegationSignal signal,
        Instant? stale
    )
    {
        if (
            resource.AddressesOfUnknownRoute > 0
            || resource.Blocks24.Count + resource.Blocks48.Count < 2
        )
        {
            yield break;
        }

        if (resource.Routes is [var route])
        {
            yield return One(
                "one_route",
                $"every address of every server is reached by one route, {route}",
                route.ToString()
            );
        }
        else if (
            resource.Blocks24.Count > 1
            && resource.Routes?.Where(one => !one.IsV6).ToList() is [var routeV4]
        )
        {
            yield return One(
                "one_route_v4",
                $"every IPv4 address of every server is reached by one route, {routeV4}; who has no IPv6 hangs on that",
                routeV4.ToString()
            );
        }

        if (resource.Origins is [var origin])
        {
            yield return One(
                "one_origin",
                $"every address of every server is announced by {origin} alone",
                origin.ToString()
            );
        }

        Weakness One(string tag, string text, string dependsOn) =>
            Weakness.Of(
                signal,
                stale is null ? WeaknessRank.OneFailure : WeaknessRank.Serious,
                tag,
                stale is { } at ? $"{text}, as of {at}" : text,
                dependsOn
            );
    }

    /// <summary>Fewer than all but one are reached: known only from servers that were asked.</summary>
    private static IEnumerable<Weakness> Reach(CoreResource resource, DelegationSignal signal)
    {
        int servers = resource.Servers.Count;
        if (resource.NotReached < 2 || resource.NotReached == servers)
        {
            yield break;
        }

        bool isLast = servers - resource.NotReached == 1;
        yield return Weakness.Of(
            signal,
            isLast ? WeaknessRank.OneFailure : WeaknessRank.Serious,
            isLast ? "one_server_left" : "servers_not_reached",
            Text(
                $"{resource.NotReached} of {servers} servers do not answer, {resource.Reached} do{(resource.UnknownReach > 0 ? $", {resource.UnknownReach} unknown" : "")}"
            ),
            [
                .. resource
                    .Servers.Where(server => server.Reach != ServerReach.NotReached)
                    .Select(server => server.Host),
            ]
        );
    }

    private static IEnumerable<Weakness> Routes(CoreResource resource, DelegationSignal signal)
    {
        CoreAddress[] addresses =
        [
            .. resource
                .Servers.SelectMany(server => server.Addresses)
                .DistinctBy(address => address.Address),
        ];
        List<string> unrouted =
        [
            .. addresses
                .Where(address => address.RouteState == RouteState.NotRouted)
                .Select(address => address.Address),
        ];
        if (unrouted.Count > 0)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                "address_not_routed",
                Text($"no route covers {unrouted.Count} of {addresses.Length} addresses"),
                unrouted
            );
        }

        List<string> invalid =
        [
            .. addresses
                .Where(address =>
                    address.Origins.Any(origin => origin.Rpki == RouteValidity.Invalid)
                )
                .Select(address =>
                    $"{address.Route} by {string.Join(", ", address.Origins.Where(origin => origin.Rpki == RouteValidity.Invalid).Select(origin => $"{origin.Asn} ({origin.RpkiReason})"))}"
                )
                .Distinct(),
        ];
        if (invalid.Count > 0)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                "rpki_invalid",
                "a route to a server has an origin that the RPKI does not authorise: networks that validate drop it",
                invalid
            );
        }

        if (Unauthorised(addresses, signal) is { } unauthorised)
        {
            yield return unauthorised;
        }
    }

    private static Weakness? Unauthorised(CoreAddress[] addresses, DelegationSignal signal)
    {
        List<string> routes =
        [
            .. addresses
                .Where(address =>
                    address.Origins.Count > 0
                    && address.Origins.All(origin => origin.Rpki == RouteValidity.NotFound)
                )
                .Select(address => address.Route!.Value.ToString())
                .Distinct(),
        ];
        return routes.Count == 0
            ? null
            : Weakness.Of(
                signal,
                WeaknessRank.Minor,
                "no_roa",
                Text(
                    $"the VRPs given cover {routes.Count} routes to servers not at all: a false origin is not told apart"
                ),
                routes
            );
    }

    private static IEnumerable<Weakness> Names(CoreResource resource, DelegationSignal signal)
    {
        if (resource.AddressesV6 == 0 && resource.AddressesV4 > 0)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Minor,
                "no_ipv6",
                "no server has an IPv6 address"
            );
        }

        if (resource.AddressesV4 == 0 && resource.AddressesV6 > 0)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                "no_ipv4",
                "no server has an IPv4 address"
            );
        }

        List<CoreServer> bare = [.. resource.Servers.Where(server => server.Addresses.Count == 0)];
        if (bare.Count > 0)
        {
            yield return Weakness.Of(
                signal,
                bare.Any(server => server.IsInBailiwick)
                    ? WeaknessRank.Serious
                    : WeaknessRank.Minor,
                "server_without_address",
                Text(
                    $"the zone has no address for {bare.Count} of {resource.Servers.Count} servers"
                ),
                [.. bare.Select(server => server.Host)]
            );
        }

        List<string> parents =
        [
            .. resource
                .Servers.Select(server => server.Host[(server.Host.LastIndexOf('.') + 1)..])
                .Distinct(),
        ];
        if (parents is [var parent] && signal.Place.Tld is { } tld && parent != tld)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Minor,
                "names_under_one",
                $"every server is named under .{parent}: who asks for their names again hangs on that",
                $".{parent}"
            );
        }
    }

    private static IEnumerable<Weakness> Signing(
        CoreResource resource,
        DelegationSignal signal,
        Instant? asOf
    )
    {
        if (signal.Place.Tld is not null && resource.Signers.Count == 0)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Minor,
                "no_ds",
                "not signed: forged answers are not told apart"
            );
        }

        if (resource.Signers.Count > 0 && resource.Signers.All(signer => signer.DigestType == 1))
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                "sha1_only",
                "every DS record is a SHA-1 digest, which validators may treat as not signed (RFC 9905)"
            );
        }

        if (
            resource.Signers.Count > 0
            && resource.Signers.All(signer => IsDeprecated(signer.Algorithm))
        )
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                "deprecated_algorithm",
                Text(
                    $"signed only with algorithms that are deprecated: {string.Join(", ", resource.Signers.Select(signer => signer.Algorithm).Distinct().Order())}"
                )
            );
        }

        if (asOf is { } now && signal.SignedUntil is { } until && until - now < _signedMargin)
        {
            yield return Weakness.Of(
                signal,
                WeaknessRank.Serious,
                until <= now ? "signature_expired" : "signature_ends",
                until <= now
                    ? $"a signature in this file ended at {until}: the file is old, or validators refuse the delegation"
                    : $"a signature in this file ends at {until}"
            );
        }
    }

    /// <summary>RSA/MD5, DSA, RSA with SHA-1 and GOST (RFC 8624 section 3.1, RFC 9905, RFC 9906).</summary>
    private static bool IsDeprecated(byte algorithm) => algorithm is 1 or 3 or 5 or 6 or 7 or 12;

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
