namespace Breakwater.Bgp;

/// <summary>What a message of RIS Live is about.</summary>
public enum RisLiveKind : byte
{
    /// <summary>Not a message that can be read; <see cref="RisLiveMessage.Fault"/> says why.</summary>
    Malformed,
    Update,
    Open,
    Notification,
    Keepalive,
    RouteRefresh,

    /// <summary>The session between the collector and a peer came up or went down.</summary>
    PeerState,

    /// <summary>The server reports an error of its own, or of the subscription.</summary>
    ServerError,

    /// <summary>Answers of the server that carry nothing about routes: <c>pong</c>, <c>ris_subscribe_ok</c>.</summary>
    Answer,

    /// <summary>A type that is not known: counted and passed over.</summary>
    Unknown,
}

/// <summary>One message of RIS Live, made into MRT records. Spans live until the next message is read.</summary>
public readonly ref struct RisLiveMessage
{
    public RisLiveKind Kind { get; internal init; }

    public uint Seconds { get; internal init; }

    public uint Microseconds { get; internal init; }

    /// <summary>Default for messages that belong to no peer.</summary>
    public BgpPeer Peer { get; internal init; }

    /// <summary>Name of the collector, such as <c>rrc00</c>; empty when not given.</summary>
    public ReadOnlySpan<byte> Collector { get; internal init; }

    /// <summary>Zero or more whole BGP4MP_ET records, one after the other.</summary>
    public ReadOnlyMemory<byte> Records { get; internal init; }

    /// <summary>True when the session with the peer went down.</summary>
    public bool IsPeerDown { get; internal init; }

    /// <summary>
    /// What could not be used, or what disagrees between the octets and their JSON; null when nothing. A message with a
    /// fault may still carry records.
    /// </summary>
    public string? Fault { get; internal init; }

    /// <summary>True when it says something about routes or sessions, and not only that the feed lives.</summary>
    public bool CarriesRoutes => Kind is RisLiveKind.Update or RisLiveKind.PeerState;
}
