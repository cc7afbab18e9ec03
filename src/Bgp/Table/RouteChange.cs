namespace Breakwater.Bgp;

/// <summary>Why a route came, changed or went.</summary>
public enum RouteCause : byte
{
    /// <summary>The peer announced it: what it held before under the same key is withdrawn implicitly (RFC 4271 section 9.1.4).</summary>
    Announced,

    /// <summary>The peer withdrew it, or announced it with attributes that RFC 7606 treats as a withdrawal.</summary>
    Withdrawn,

    /// <summary>A table dump has it.</summary>
    Table,

    /// <summary>It was stale since a reset of the session, and was not repeated afterwards.</summary>
    PeerReset,
}

/// <summary>What one element did to the table. The paths can be looked up until the table changes again.</summary>
/// <param name="Prefix">Number in <see cref="RouteTable.Prefixes"/>; -1 when the element was not kept: multicast, or past a limit.</param>
/// <param name="Peer">Number in <see cref="RouteTable.Peers"/>.</param>
/// <param name="PathId">Path identifier (RFC 7911); 0 on sessions without them.</param>
/// <param name="OldPath">The path before, in <see cref="RouteTable.Paths"/>; -1 when there was none.</param>
/// <param name="NewPath">The path now; -1 when there is none.</param>
/// <param name="WasStale">True when the route before was left over from a session that went down.</param>
public readonly record struct RouteChange(
    int Prefix,
    int Peer,
    uint PathId,
    int OldPath,
    int NewPath,
    RouteCause Cause,
    bool WasStale
)
{
    public static RouteChange NotKept { get; } = new(-1, -1, 0, -1, -1, default, false);

    public bool IsKept => Prefix >= 0;

    /// <summary>False for a repetition: the same path as before.</summary>
    public bool IsNewPath => OldPath != NewPath;
}

/// <summary>What a change of state did to the routes of a peer.</summary>
public enum SessionEffect : byte
{
    /// <summary>Neither into nor out of Established.</summary>
    None,

    /// <summary>The session is up: the peer will repeat its table.</summary>
    Up,

    /// <summary>
    /// The session went down (<c>peer_reset</c>): its routes are stale, which is neither held nor lost, until they are
    /// repeated, withdrawn or dropped.
    /// </summary>
    Reset,
}

/// <summary>A route that the table has.</summary>
/// <param name="IsStale">True when the session went down after the route was heard: it may hold or not.</param>
public readonly record struct HeldRoute(int Peer, uint PathId, int Path, bool IsStale);
