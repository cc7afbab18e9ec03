namespace Breakwater.Bgp;

/// <summary>How a spell ended.</summary>
public enum SpellEnd : byte
{
    /// <summary>The peer still held the route when the input ended.</summary>
    Open,

    /// <summary>The peer withdrew the prefix.</summary>
    Withdrawn,

    /// <summary>The peer announced the prefix with another origin (RFC 4271 section 9.1.4: it replaces the route).</summary>
    Replaced,

    /// <summary>The session went down: from then on the peer says neither.</summary>
    SessionLost,
}

/// <summary>Where in the inputs a message stands.</summary>
/// <param name="Input">Number that the caller gave the input.</param>
/// <param name="Row">Which record of the input, the first is 1.</param>
/// <param name="Offset">Where the record begins, in octets of the decompressed input.</param>
/// <param name="Length">Octets of the record.</param>
public readonly record struct RecordPlace(int Input, long Row, long Offset, int Length);

/// <summary>A stretch in which one peer held a prefix with one origin.</summary>
/// <param name="Session">Number of the session in the watch.</param>
/// <param name="Origin">AS number of the origin.</param>
/// <param name="Path">Number of the path it began with, in the watch.</param>
/// <param name="FromMicroseconds">Unix microseconds.</param>
/// <param name="ToMicroseconds">Unix microseconds; <see cref="long.MaxValue"/> while it is open.</param>
/// <param name="Next">The origin that replaced it, 0 when none did.</param>
internal readonly record struct RouteSpell(
    int Session,
    uint Origin,
    int Path,
    long FromMicroseconds,
    RecordPlace Begun,
    long ToMicroseconds,
    SpellEnd End,
    uint Next,
    RecordPlace Ended
)
{
    public bool IsOpen => ToMicroseconds == long.MaxValue;
}
