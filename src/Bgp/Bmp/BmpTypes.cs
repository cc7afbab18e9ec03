namespace Breakwater.Bgp;

/// <summary>Types of BMP messages (RFC 7854 section 4.1).</summary>
public enum BmpType : byte
{
    RouteMonitoring = 0,
    StatisticsReport = 1,
    PeerDown = 2,
    PeerUp = 3,
    Initiation = 4,
    Termination = 5,
    RouteMirroring = 6,
}

/// <summary>Types of peers (RFC 7854 section 4.2, RFC 9069 section 4.1).</summary>
public enum BmpPeerType : byte
{
    Global = 0,
    RouteDistinguisher = 1,
    Local = 2,
    LocRib = 3,
}

/// <summary>
/// Which of a router's tables a route is in. The same prefix of the same peer stands in several, so that what is read of
/// one must not be mixed with what is read of another.
/// </summary>
public enum BmpView : byte
{
    /// <summary>As the peer sent it, before import policy (RFC 7854 section 4.2, L flag clear).</summary>
    AdjRibInPrePolicy,

    /// <summary>After import policy (L flag set).</summary>
    AdjRibInPostPolicy,

    /// <summary>What the router would send to the peer, before export policy (RFC 8671 section 4, O flag).</summary>
    AdjRibOutPrePolicy,

    /// <summary>What the router sends to the peer.</summary>
    AdjRibOutPostPolicy,

    /// <summary>What the router chose (RFC 9069).</summary>
    LocRib,
}

/// <summary>Why a session ended (RFC 7854 section 4.9, RFC 9069 section 5.3). Unlisted numbers are kept.</summary>
public enum BmpPeerDownReason : byte
{
    None = 0,
    LocalNotification = 1,
    LocalWithoutNotification = 2,
    RemoteNotification = 3,
    RemoteWithoutNotification = 4,
    NoLongerMonitored = 5,
    LocalSystemClosed = 6,
}
