namespace Breakwater.Bgp;

/// <summary>Record types of MRT (RFC 6396 section 4; 5 is of its predecessor, MRTd).</summary>
public enum MrtType : ushort
{
    Bgp = 5,
    TableDump = 12,
    TableDumpV2 = 13,
    Bgp4mp = 16,
    Bgp4mpEt = 17,
}

/// <summary>Subtypes of <see cref="MrtType.Bgp"/> (RFC 6396 appendix B.2.3).</summary>
internal enum LegacySubtype : ushort
{
    Null = 0,
    Update = 1,
    PrefUpdate = 2,
    StateChange = 3,
    Sync = 4,
    Open = 5,
    Notify = 6,
    Keepalive = 7,
}

/// <summary>Subtypes of <see cref="MrtType.TableDump"/> (RFC 6396 section 4.2).</summary>
internal enum TableDumpSubtype : ushort
{
    IPv4 = 1,
    IPv6 = 2,
}

/// <summary>Subtypes of <see cref="MrtType.TableDumpV2"/> (RFC 6396 section 4.3, RFC 6397, RFC 8050 section 4).</summary>
internal enum TableDumpV2Subtype : ushort
{
    PeerIndexTable = 1,
    IPv4Unicast = 2,
    IPv4Multicast = 3,
    IPv6Unicast = 4,
    IPv6Multicast = 5,
    Generic = 6,
    GeoPeerTable = 7,
    IPv4UnicastAddPath = 8,
    IPv4MulticastAddPath = 9,
    IPv6UnicastAddPath = 10,
    IPv6MulticastAddPath = 11,
    GenericAddPath = 12,
}

/// <summary>Subtypes of BGP4MP (RFC 6396 section 4.4, RFC 8050 section 3).</summary>
internal enum Bgp4mpSubtype : ushort
{
    StateChange = 0,
    Message = 1,

    /// <summary>A table entry (RFC 6396 appendix B.3.1 has retired it; OpenBGPD wrote it).</summary>
    Entry = 2,
    Snapshot = 3,
    MessageAs4 = 4,
    StateChangeAs4 = 5,
    MessageLocal = 6,
    MessageAs4Local = 7,
    MessageAddPath = 8,
    MessageAs4AddPath = 9,
    MessageLocalAddPath = 10,
    MessageAs4LocalAddPath = 11,
}
