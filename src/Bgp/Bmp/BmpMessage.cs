using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>One BMP message. Spans live until the next one is read.</summary>
public readonly ref struct BmpMessage
{
    /// <summary>Numbers that are not listed occur; such messages are counted and passed over.</summary>
    public BmpType Type { get; internal init; }

    /// <summary>Null for messages about the router itself, and when the header is damaged.</summary>
    public BmpPeerHeader? Peer { get; internal init; }

    /// <summary>Unix time of the message: what the router says, else when it arrived.</summary>
    public uint Seconds { get; internal init; }

    public uint Microseconds { get; internal init; }

    /// <summary>Zero or more whole BGP4MP_ET records: the BGP messages and state changes that it holds.</summary>
    public ReadOnlyMemory<byte> Records { get; internal init; }

    public BmpPeerDownReason PeerDownReason { get; internal init; }

    /// <summary>
    /// Of Initiation, Termination and Peer Up: pairs of type and text; of a Statistics Report: pairs of type and number;
    /// of Route Mirroring: what is mirrored.
    /// </summary>
    public BmpValues Values { get; internal init; }

    /// <summary>What could not be used; a message with a fault may still carry records.</summary>
    public string? Fault { get; internal init; }

    /// <summary>True when it says something about routes or sessions.</summary>
    public bool CarriesRoutes => !Records.IsEmpty;
}

/// <summary>Walks type-length-value fields (RFC 7854 sections 4.4 and 4.8): two octets of type, two of length.</summary>
public ref struct BmpValues
{
    private ReadOnlySpan<byte> rest;

    internal BmpValues(ReadOnlySpan<byte> fields) => rest = fields;

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when the walk ended before the end of the fields.</summary>
    public bool IsCut { get; private set; }

    /// <summary>
    /// The number in a field of a Statistics Report: a counter of four octets, a gauge of eight, or a gauge after its
    /// address family (RFC 7854 section 4.8); null when it has another form.
    /// </summary>
    public readonly ulong? Number =>
        Value.Length switch
        {
            4 => BinaryPrimitives.ReadUInt32BigEndian(Value),
            8 => BinaryPrimitives.ReadUInt64BigEndian(Value),
            11 => BinaryPrimitives.ReadUInt64BigEndian(Value[3..]),
            _ => null,
        };

    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        int length = rest.Length < 4 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (rest.Length < 4 || length > rest.Length - 4)
        {
            IsCut = true;
            rest = [];
            return false;
        }

        Type = BinaryPrimitives.ReadUInt16BigEndian(rest);
        Value = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return true;
    }
}
