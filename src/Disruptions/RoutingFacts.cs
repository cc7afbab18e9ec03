using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>The routes behind a hijack: who announced, who was expected, who held it when.</summary>
public sealed record RoutingFacts
{
    /// <summary>In the dimensions of ARTEMIS: <c>E|0|-|-</c> is another origin of the very prefix, <c>S|0|-|-</c> of a part of it.</summary>
    public required HijackType Type { get; init; }

    public required IpPrefix Prefix { get; init; }

    /// <summary>The known prefix that is, or covers, the announced one.</summary>
    public required IpPrefix KnownPrefix { get; init; }

    /// <summary>Whose announcement departs. A suspicion of the route, not of the people: a slip looks the same.</summary>
    public required IReadOnlyList<Asn> SuspectOrigins { get; init; }

    public required IReadOnlyList<Asn> ExpectedOrigins { get; init; }

    /// <summary>How the expected origins are known: <c>configured</c>, <c>rpki</c>, <c>baseline</c> (a table dump) or <c>window</c>.</summary>
    public required ExpectationBasis ExpectedFrom { get; init; }

    public required RpkiVerdict Rpki { get; init; }

    /// <summary>One entry for each stretch in which a peer held the route.</summary>
    public required IReadOnlyList<RoutingPeer> Peers { get; init; }

    /// <summary>Distinct peer ASes that held it.</summary>
    public required int PeersSeen { get; init; }

    /// <summary>Distinct peer ASes that said anything of the prefix or of the one that covers it.</summary>
    public required int PeersHearing { get; init; }

    /// <summary>When somebody held it, without the pauses.</summary>
    public required IReadOnlyList<Episode> Episodes { get; init; }

    /// <summary>Every reason for and against, with its points.</summary>
    public required IReadOnlyList<RoutingTag> Tags { get; init; }

    /// <summary>Sum of the points: 1 to 3 low, 4 to 7 medium, from 8 on high.</summary>
    public required double Score { get; init; }
}

/// <param name="State"><c>valid</c>, <c>not-found</c>, <c>invalid</c> or <c>unknown</c>.</param>
/// <param name="Reason">With source and age: <c>invalid_as (vrps.json, 4372 VRPs, 12 minutes from the event)</c>, <c>unknown: no VRPs</c>.</param>
/// <param name="AgeMinutes">Of the VRPs at the event; null when they tell no time.</param>
public sealed record RpkiVerdict(
    RouteValidity State,
    string Reason,
    string? Source,
    long? AgeMinutes
);

/// <param name="Peer">AS number, 0 when the source does not tell it.</param>
/// <param name="To">Null while it holds the route, or when its session was lost.</param>
/// <param name="End">How it ended: <c>open</c>, <c>withdrawn</c>, <c>replaced</c> or <c>session-lost</c>.</param>
/// <param name="Path">The path it began with, nearest AS first, each AS once.</param>
public sealed record RoutingPeer(
    Asn Peer,
    string Address,
    string Feed,
    Instant From,
    Instant? To,
    SpellEnd End,
    IReadOnlyList<Asn> Path
);

/// <param name="To">Null while it lasts.</param>
public sealed record Episode(Instant From, Instant? To);
