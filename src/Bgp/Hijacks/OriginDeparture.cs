using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>An origin that a prefix is known to have.</summary>
/// <param name="Peers">Distinct peer ASes that held it when that was learned; 0 when it is not from routing data.</param>
public readonly record struct KnownOrigin(Asn Origin, int Peers);

/// <summary>A stretch in which one peer held the route.</summary>
/// <param name="Peer">Its AS number; 0 where the source does not tell it.</param>
/// <param name="Address">Its address.</param>
/// <param name="Feed">The collector it spoke to.</param>
/// <param name="To">Null while it holds it, and when its session was lost with the route.</param>
/// <param name="Next">The origin that the peer turned to; null when it withdrew, or holds it still.</param>
public sealed record PeerSpell(
    Asn Peer,
    string Address,
    string Feed,
    Instant From,
    Instant? To,
    SpellEnd End,
    Asn? Next,
    IReadOnlyList<Asn> Path,
    RecordPlace Begun,
    RecordPlace? Ended
);

/// <summary>
/// A prefix that was announced with an origin other than those known: what was seen, without a judgement. One departure
/// may pause; a pause longer than <see cref="HijackProfile.SameDepartureMinutes"/> makes two of it.
/// </summary>
public sealed record OriginDeparture
{
    public required IpPrefix Prefix { get; init; }

    /// <summary>0 when the paths end in a set and have no origin (RFC 6811 section 2).</summary>
    public required Asn Origin { get; init; }

    /// <summary>The known prefix: the same, or the one that covers it.</summary>
    public required IpPrefix KnownPrefix { get; init; }

    public required IReadOnlyList<KnownOrigin> Known { get; init; }

    public required ExpectationBasis Basis { get; init; }

    public required HijackType Type { get; init; }

    /// <summary>In order of time.</summary>
    public required IReadOnlyList<PeerSpell> Spells { get; init; }

    /// <summary>Distinct peer ASes that held the route.</summary>
    public required int PeersSeen { get; init; }

    /// <summary>Distinct peer ASes that said anything of the prefix, or hold the one that covers it.</summary>
    public required int PeersHearing { get; init; }

    public required DepartureFacts Facts { get; init; }

    [JsonIgnore]
    public Instant From => Spells[0].From;

    /// <summary>When the last peer let go of it; null while one holds it or was lost while it held it.</summary>
    [JsonIgnore]
    public Instant? To =>
        Spells.Any(spell => spell.To is null) ? null : Spells.Max(spell => spell.To);
}

/// <summary>What else is known of a departure, for its tags.</summary>
public sealed record DepartureFacts
{
    /// <summary>State of the route itself when it began.</summary>
    public OriginValidity Validity { get; init; }

    /// <summary>VRPs authorise one of the known origins.</summary>
    public bool IsKnownValid { get; init; }

    /// <summary>The dump read before already had the origin, at a minority of peers.</summary>
    public bool WasInBaseline { get; init; }

    /// <summary>How many separate times the window saw it depart, this one among them.</summary>
    public int Waves { get; init; } = 1;

    /// <summary>Every path to the departing origin leads through a known one.</summary>
    public bool IsBehindKnown { get; init; }

    /// <summary>Every path seen to the known origins leads through the departing one.</summary>
    public bool IsBeforeKnown { get; init; }

    /// <summary>Peers that turned to a known origin when they let go of it.</summary>
    public int PeersReturned { get; init; }

    /// <summary>Peers that had a known origin at least one bin of five minutes before this one came; 0 where a table says who is known.</summary>
    public int PeersBefore { get; init; }

    /// <summary>Nobody holds a known origin at the end, and somebody holds this one.</summary>
    public bool TookOver { get; init; }

    /// <summary>Distinct prefixes on which the same origin departs within the same ten minutes.</summary>
    public int PrefixesAtOnce { get; init; } = 1;

    /// <summary>Distinct sets of known origins among those prefixes.</summary>
    public int HoldersAtOnce { get; init; } = 1;

    /// <summary>No origin had twice the peers of the other, so which one departs is a guess.</summary>
    public bool IsMajorityUnclear { get; init; }

    /// <summary>
    /// Two origins, of which none is known to be the expected one: the later one may be a hijack, or the end of one.
    /// </summary>
    public bool IsUndecided { get; init; }

    /// <summary>A table dump read before holds the prefix, whatever the departure is measured by.</summary>
    public bool HasBaseline { get; init; }

    /// <summary>The prefix had no other origin in the window: the departure is from what the RPKI says alone.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The caller knows that both belong to one organisation.</summary>
    public bool IsSibling { get; init; }
}
