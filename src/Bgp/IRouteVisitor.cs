namespace Breakwater.Bgp;

/// <summary>
/// What a reader of routes does with each of them. Implemented as a struct, so that the compiler specialises the decoder
/// for it and nothing is allocated per element. Spans inside the arguments live only until the call returns.
/// </summary>
public interface IRouteVisitor
{
    /// <summary>A peer announced a route (RFC 4271 section 4.3). It replaces what the same peer said of the same prefix.</summary>
    void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    );

    /// <summary>A peer withdrew a route, or announced it with attributes that RFC 7606 treats as a withdrawal.</summary>
    void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri);

    /// <summary>A table dump holds this route of a peer.</summary>
    /// <param name="originatedAt">Unix seconds at which the peer announced it.</param>
    void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    );

    /// <summary>The session with a peer changed state (RFC 4271 section 8.2.2; Quagga also writes 7 and 8).</summary>
    void StateChanged(in MrtRecord record, in BgpPeer peer, SessionState from, SessionState to);

    /// <summary>
    /// A peer sent OPEN, NOTIFICATION, KEEPALIVE or ROUTE-REFRESH: nothing about routes. Visitors that do not care leave
    /// it out.
    /// </summary>
    void SessionMessage(in MrtRecord record, in BgpPeer peer, in SessionMessage message) { }
}

/// <summary>States of a BGP session as MRT numbers them (RFC 6396 section 4.4.1). Unlisted numbers occur and are kept.</summary>
public enum SessionState : ushort
{
    Unknown = 0,
    Idle = 1,
    Connect = 2,
    Active = 3,
    OpenSent = 4,
    OpenConfirm = 5,
    Established = 6,
    Clearing = 7,
    Deleted = 8,
}
