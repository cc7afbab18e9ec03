using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>Whether a server answers, as far as anybody looked.</summary>
public enum ServerReach
{
    /// <summary>Nobody looked, or nobody who looked could see.</summary>
    Unknown,

    Reached,

    NotReached,
}

/// <summary>A top-level domain, or the root, with everything that its name servers hang on. What is unknown is null or says so.</summary>
public sealed record CoreResource
{
    public required Place Place { get; init; }

    /// <summary>Two ASCII letters: a country code.</summary>
    public required bool IsCountryCode { get; init; }

    public required IReadOnlyList<CoreServer> Servers { get; init; }

    /// <summary>Distinct IPv4 addresses of all servers.</summary>
    public required int AddressesV4 { get; init; }

    public required int AddressesV6 { get; init; }

    /// <summary>Distinct /24s, in order.</summary>
    public required IReadOnlyList<IpPrefix> Blocks24 { get; init; }

    /// <summary>Distinct /48s, in order.</summary>
    public required IReadOnlyList<IpPrefix> Blocks48 { get; init; }

    /// <summary>Distinct covering prefixes in the table, in order; null when no address could be looked up.</summary>
    public required IReadOnlyList<IpPrefix>? Routes { get; init; }

    /// <summary>Distinct origins of those, in order; null when no address could be looked up.</summary>
    public required IReadOnlyList<Asn>? Origins { get; init; }

    /// <summary>Addresses of which no route and no absence of one is known: with any, prefixes and origins are not all there are.</summary>
    public required int AddressesOfUnknownRoute { get; init; }

    /// <summary>Countries that the addresses are registered in, in order; null when none is known. Not where the servers are.</summary>
    public required IReadOnlyList<string>? Countries { get; init; }

    /// <summary>Countries that the origin ASes are registered in, in order; null when none is known.</summary>
    public required IReadOnlyList<string>? OriginCountries { get; init; }

    public required IReadOnlyList<DelegationSigner> Signers { get; init; }

    /// <summary>Servers that answered, that did not, and of which it is not known.</summary>
    public required int Reached { get; init; }

    public required int NotReached { get; init; }

    public required int UnknownReach { get; init; }

    /// <summary>Id of the signal with the delegation.</summary>
    public required string Signal { get; init; }
}

public sealed record CoreServer(
    string Host,
    bool IsInBailiwick,
    IReadOnlyList<CoreAddress> Addresses,
    ServerReach Reach
);

/// <summary>An address of a server, its covering prefix, the origins of that, and where both are registered.</summary>
/// <param name="Block">Its /24 or /48.</param>
/// <param name="Route">Null when no covering prefix is known; <paramref name="RouteState"/> says whether there is none.</param>
/// <param name="IsVisible">True when more than half of the peers with a full table hold the prefix.</param>
/// <param name="Country">Country of registration of the address; null when unknown.</param>
public sealed record CoreAddress(
    string Address,
    IpPrefix Block,
    RouteState RouteState,
    IpPrefix? Route,
    bool IsVisible,
    IReadOnlyList<CoreOrigin> Origins,
    string? Country,
    ServerReach Reach
)
{
    /// <summary>The address as a prefix of full length.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IpPrefix Prefix => CoreAddresses.Of(Address);
}

/// <param name="PeerAses">Peer ASes that see this origin.</param>
/// <param name="Rpki">Unknown when there are no VRPs to ask.</param>
/// <param name="Country">Country of registration of the AS; null when unknown.</param>
public sealed record CoreOrigin(
    Asn Asn,
    int PeerAses,
    RouteValidity Rpki,
    string RpkiReason,
    string? Country
);

/// <summary>Text of addresses to prefixes of full length and their blocks.</summary>
public static class CoreAddresses
{
    public static IpPrefix Of(string address)
    {
        byte[] octets = System.Net.IPAddress.Parse(address).GetAddressBytes();
        return IpPrefix.From(octets, octets.Length * 8);
    }

    /// <summary>The /24 or /48: what is announced apart from others in practice.</summary>
    public static IpPrefix BlockOf(IpPrefix address)
    {
        int length = address.IsV6 ? 48 : 24;
        UInt128 mask = UInt128.MaxValue << (128 - length);
        return new IpPrefix(address.Bits & mask, (byte)length, address.IsV6);
    }
}

/// <summary>What is known beside the zone. Each part may be absent, and what it would tell is then unknown.</summary>
public sealed record CoreEvidence(
    RoutingView Routing,
    Registrations Registrations,
    IReadOnlyList<ServerProbes> Probes
)
{
    public static CoreEvidence None { get; } = new(RoutingView.None, Registrations.None, []);
}
