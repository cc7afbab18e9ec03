using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>The chain of one delegation: name, server, address, covering prefix, origin AS, countries of registration.</summary>
internal sealed class CoreChain
{
    /// <summary>A table farther than this from the zone says nothing about which addresses have no route at that time.</summary>
    private static readonly Duration _routingAgeMax = Duration.FromDays(2);

    private readonly CoreEvidence evidence;
    private readonly Dictionary<string, CoreAddress> addresses = new(StringComparer.Ordinal);
    private readonly bool isRoutingOfThatTime;

    /// <param name="zoneAt">When the zone was made; null when unknown.</param>
    public CoreChain(CoreEvidence evidence, ProbedReach reach, Instant? zoneAt)
    {
        this.evidence = evidence;
        Reach = reach;
        isRoutingOfThatTime =
            zoneAt is { } zone
            && evidence.Routing.At is { } table
            && (zone > table ? zone - table : table - zone) <= _routingAgeMax;
    }

    public ProbedReach Reach { get; }

    /// <summary>When the table was made, if that is not near the zone; null when it is, or without a table.</summary>
    public Instant? StaleRouting =>
        evidence.Routing.HasRoutes && !isRoutingOfThatTime
            ? evidence.Routing.At ?? NodaConstants.UnixEpoch
            : null;

    public CoreResource Of(DelegationSignal signal)
    {
        CoreServer[] servers = [.. signal.NameServers.Select(ServerOf)];
        CoreAddress[] all =
        [
            .. servers
                .SelectMany(server => server.Addresses)
                .DistinctBy(address => address.Address),
        ];
        bool isLookedUp = all.Any(address => address.RouteState != RouteState.Unknown);
        return new CoreResource
        {
            Place = signal.Place,
            IsCountryCode =
                signal.Place.Tld is [var first, var second]
                && char.IsAsciiLetter(first)
                && char.IsAsciiLetter(second),
            Servers = servers,
            AddressesV4 = all.Count(address => !address.Block.IsV6),
            AddressesV6 = all.Count(address => address.Block.IsV6),
            Blocks24 = Distinct(all.Where(address => !address.Block.IsV6).Select(one => one.Block)),
            Blocks48 = Distinct(all.Where(address => address.Block.IsV6).Select(one => one.Block)),
            Routes = isLookedUp
                ? Distinct(all.Where(one => one.Route is not null).Select(one => one.Route!.Value))
                : null,
            Origins = isLookedUp
                ?
                [
                    .. all.SelectMany(address => address.Origins)
                        .Select(origin => origin.Asn)
                        .Distinct()
                        .OrderBy(asn => asn.Number),
                ]
                : null,
            AddressesOfUnknownRoute = all.Count(one => one.RouteState == RouteState.Unknown),
            Countries = Known(all.Select(address => address.Country)),
            OriginCountries = Known(
                all.SelectMany(address => address.Origins).Select(origin => origin.Country)
            ),
            Signers = signal.Signers,
            Reached = servers.Count(server => server.Reach == ServerReach.Reached),
            NotReached = servers.Count(server => server.Reach == ServerReach.NotReached),
            UnknownReach = servers.Count(server => server.Reach == ServerReach.Unknown),
            Signal = signal.Id,
        };
    }

    private CoreServer ServerOf(NameServer server)
    {
        CoreAddress[] own = [.. server.Addresses.Select(AddressOf)];
        ServerReach reach =
            own.Any(address => address.Reach == ServerReach.Reached) ? ServerReach.Reached
            : own.Length > 0 && own.All(address => address.Reach == ServerReach.NotReached)
                ? ServerReach.NotReached
            // Without an address in the zone, a server below the domain that it serves cannot be found by anybody.
            : own.Length == 0 && server.IsInBailiwick ? ServerReach.NotReached
            : ServerReach.Unknown;
        return new CoreServer(server.Host, server.IsInBailiwick, own, reach);
    }

    private CoreAddress AddressOf(string text)
    {
        if (addresses.TryGetValue(text, out CoreAddress? known))
        {
            return known;
        }

        IpPrefix address = CoreAddresses.Of(text);
        AddressRoute route = evidence.Routing.RouteOf(address);
        if (route.State == RouteState.NotRouted && !isRoutingOfThatTime)
        {
            // A table of another time does not say that there is no route now.
            route = AddressRoute.Unknown;
        }

        ServerReach probed = Reach[address].State;
        var found = new CoreAddress(
            text,
            CoreAddresses.BlockOf(address),
            route.State,
            route.Prefix,
            route.IsVisible,
            [
                .. route.Origins.Select(origin => new CoreOrigin(
                    origin.Asn,
                    origin.PeerAses,
                    origin.Validity.State,
                    origin.Validity.ReasonWord,
                    evidence.Registrations.CountryOf(origin.Asn)
                )),
            ],
            evidence.Registrations.CountryOf(address),
            probed == ServerReach.Unknown && route.State == RouteState.NotRouted
                ? ServerReach.NotReached
                : probed
        );
        addresses.Add(text, found);
        return found;
    }

    private static List<IpPrefix> Distinct(IEnumerable<IpPrefix> prefixes) =>
        [.. prefixes.Distinct().Order()];

    private static List<string>? Known(IEnumerable<string?> countries)
    {
        List<string> known =
        [
            .. countries.OfType<string>().Distinct().Order(StringComparer.Ordinal),
        ];
        return known.Count > 0 ? known : null;
    }
}
