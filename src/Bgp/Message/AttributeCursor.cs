using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>One attribute as it was written, known or not.</summary>
public readonly ref struct AttributeOctets
{
    internal AttributeOctets(byte flags, AttributeType type, ReadOnlySpan<byte> value)
    {
        Flags = flags;
        Type = type;
        Value = value;
    }

    /// <summary>The octet of flags (RFC 4271 section 4.3): optional 0x80, transitive 0x40, partial 0x20, extended length 0x10.</summary>
    public byte Flags { get; }

    public AttributeType Type { get; }

    public ReadOnlySpan<byte> Value { get; }

    public bool IsOptional => (Flags & 0x80) != 0;

    public bool IsTransitive => (Flags & 0x40) != 0;

    /// <summary>A router on the way did not know the attribute and passed it on (RFC 4271 section 5).</summary>
    public bool IsPartial => (Flags & 0x20) != 0;

    /// <summary>True when this library has a reader for it.</summary>
    public bool IsKnown =>
        (byte)Type <= PathAttributes.IndexedMax && (PathAttributes.Known >> (byte)Type & 1) != 0;
}

/// <summary>Walks all attributes in the order in which they were written, malformed and repeated ones too.</summary>
public ref struct AttributeCursor
{
    private ReadOnlySpan<byte> rest;

    internal AttributeCursor(ReadOnlySpan<byte> raw) => rest = raw;

    public AttributeOctets Current { get; private set; }

    /// <summary>False at the end, and where the length of an attribute runs past the end.</summary>
    public bool MoveNext()
    {
        // RFC 4271 section 4.3: flags, type, then one octet of length, or two when the extended-length flag is set.
        int head = rest.IsEmpty || (rest[0] & 0x10) == 0 ? 3 : 4;
        if (rest.Length < head)
        {
            return false;
        }

        int length = head == 3 ? rest[2] : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (length > rest.Length - head)
        {
            return false;
        }

        Current = new AttributeOctets(rest[0], (AttributeType)rest[1], rest.Slice(head, length));
        rest = rest[(head + length)..];
        return true;
    }
}
