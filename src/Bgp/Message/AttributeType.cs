namespace Breakwater.Bgp;

/// <summary>Type codes of path attributes (IANA registry "BGP Path Attributes"). Other numbers occur and are kept raw.</summary>
public enum AttributeType : byte
{
    Origin = 1,
    AsPath = 2,
    NextHop = 3,
    MultiExitDisc = 4,
    LocalPref = 5,
    AtomicAggregate = 6,
    Aggregator = 7,
    Communities = 8,
    OriginatorId = 9,
    ClusterList = 10,
    MpReach = 14,
    MpUnreach = 15,
    ExtendedCommunities = 16,
    As4Path = 17,
    As4Aggregator = 18,
    IPv6ExtendedCommunities = 25,
    LargeCommunities = 32,
    OnlyToCustomer = 35,
}

/// <summary>Values of ORIGIN (RFC 4271 section 5.1.1).</summary>
public enum RouteOrigin : byte
{
    Igp = 0,
    Egp = 1,
    Incomplete = 2,
}

/// <summary>How attributes are to be read, which depends on what carries them.</summary>
/// <param name="AsnOctets">2 or 4: the width of AS numbers in AS_PATH and AGGREGATOR (RFC 6793 section 3).</param>
/// <param name="IsMessage">
/// True for an UPDATE as a peer sent it: flags are checked, and ORIGIN, AS_PATH and NEXT_HOP must be there (RFC 7606
/// section 3). False for a table entry, which a router has accepted already and a collector has written in its own way,
/// and for a message that was built from a text which does not give everything.
/// </param>
public readonly record struct AttributeReading(int AsnOctets, bool IsMessage);
