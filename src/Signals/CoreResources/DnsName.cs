using System.Globalization;
using System.Text;

namespace Breakwater.Signals;

/// <summary>
/// A domain name in wire form (RFC 1035 section 3.1). Names are equal without regard to case (RFC 4343) and ordered
/// canonically (RFC 4034 section 6.1); the octets as written are kept beside.
/// </summary>
public sealed class DnsName : IEquatable<DnsName>, IComparable<DnsName>
{
    /// <summary>Octets of a name with its lengths, the root's among them (RFC 1035 section 2.3.4).</summary>
    public const int OctetsMax = 255;

    public const int LabelOctetsMax = 63;

    private readonly byte[] wire;
    private readonly byte[] folded;
    private byte[]? order;
    private string? text;

    private DnsName(byte[] wire)
    {
        this.wire = wire;
        folded = wire.AsSpan().IndexOfAnyInRange((byte)'A', (byte)'Z') < 0 ? wire : Fold(wire);
    }

    public static DnsName Root { get; } = new([0]);

    /// <summary>Octets as they were written.</summary>
    public ReadOnlySpan<byte> Wire => wire;

    /// <summary>The same in lower case: the canonical form (RFC 4034 section 6.2).</summary>
    public ReadOnlySpan<byte> Canonical => folded;

    public bool IsRoot => wire.Length == 1;

    /// <summary>Labels, the root's not among them.</summary>
    public int LabelCount
    {
        get
        {
            int count = 0;
            for (int at = 0; wire[at] != 0; at += wire[at] + 1)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>True when this is the other name or lies below it.</summary>
    public bool IsWithin(DnsName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int at = 0; at < wire.Length; at += wire[at] + 1)
        {
            if (folded.Length - at == other.folded.Length)
            {
                return folded.AsSpan(at).SequenceEqual(other.folded);
            }

            if (wire[at] == 0)
            {
                break;
            }
        }

        return false;
    }

    /// <summary>The last so many labels: <c>ns1.nic.example</c> and 1 give <c>example</c>.</summary>
    public DnsName Last(int labels)
    {
        int at = 0;
        for (int left = LabelCount - labels; left > 0; left--)
        {
            at += wire[at] + 1;
        }

        return at == 0 ? this : new DnsName(wire[at..]);
    }

    /// <summary>Reads a name in the form of a zone file, with escapes; without a dot at the end it is below the origin.</summary>
    /// <param name="origin">Null when a relative name cannot be taken.</param>
    /// <returns>Null, or why the text is no name.</returns>
    public static string? Read(ReadOnlySpan<byte> text, DnsName? origin, out DnsName name)
    {
        name = Root;
        if (text is [(byte)'.'])
        {
            return null;
        }

        if (text.IsEmpty)
        {
            return "a name is empty";
        }

        Span<byte> octets = stackalloc byte[OctetsMax + 1];
        int at = 1;
        int label = 0;
        bool isAbsolute = false;
        for (int from = 0; from < text.Length; )
        {
            byte octet = text[from];
            if (octet == (byte)'.')
            {
                if (at - label == 1)
                {
                    return "a name has an empty label";
                }

                octets[label] = (byte)(at - label - 1);
                label = at++;
                from++;
                isAbsolute = from == text.Length;
            }
            else
            {
                if (!ZoneText.TryOctet(text, ref from, out octet))
                {
                    return "a name has an escape that is neither \\DDD up to 255 nor \\ and a character";
                }

                if (at - label > LabelOctetsMax)
                {
                    return "a label is longer than 63 octets";
                }

                octets[at++] = octet;
            }

            if (at > OctetsMax)
            {
                return "a name is longer than 255 octets";
            }
        }

        octets[label] = (byte)(isAbsolute ? 0 : at - label - 1);
        return Complete(octets[..at], isAbsolute ? [] : origin?.wire, out name);
    }

    /// <param name="rest">The origin that a relative name is below; empty for one that is complete; null when there is none.</param>
    private static string? Complete(ReadOnlySpan<byte> octets, byte[]? rest, out DnsName name)
    {
        name = Root;
        if (rest is null)
        {
            return "a name does not end in a dot and there is no origin to complete it";
        }

        if (octets.Length + rest.Length > OctetsMax)
        {
            return "a name with its origin is longer than 255 octets";
        }

        name = new DnsName([.. octets, .. rest]);
        return null;
    }

    /// <summary>Reads a name from octets; compressed names are refused, as RDATA here holds none.</summary>
    /// <param name="used">Octets that the name takes.</param>
    public static bool TryReadWire(ReadOnlySpan<byte> octets, out DnsName name, out int used)
    {
        name = Root;
        used = 0;
        while (used < octets.Length && used < OctetsMax)
        {
            int length = octets[used];
            if (length > LabelOctetsMax || used + 1 + length > octets.Length)
            {
                return false;
            }

            used += 1 + length;
            if (length == 0)
            {
                name = used == 1 ? Root : new DnsName(octets[..used].ToArray());
                return used <= OctetsMax;
            }
        }

        return false;
    }

    public int CompareTo(DnsName? other) =>
        other is null ? 1 : Order.AsSpan().SequenceCompareTo(other.Order);

    public bool Equals(DnsName? other) =>
        other is not null
        && (ReferenceEquals(this, other) || folded.AsSpan().SequenceEqual(other.folded));

    public override bool Equals(object? obj) => Equals(obj as DnsName);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(folded);
        return hash.ToHashCode();
    }

    /// <summary>Lower case, without the dot at the end, what is not printable escaped; the root is a dot.</summary>
    public override string ToString() => text ??= IsRoot ? "." : Presented();

    public static bool operator ==(DnsName? left, DnsName? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(DnsName? left, DnsName? right) => !(left == right);

    public static bool operator <(DnsName left, DnsName right) => left.CompareTo(right) < 0;

    public static bool operator >(DnsName left, DnsName right) => left.CompareTo(right) > 0;

    public static bool operator <=(DnsName left, DnsName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DnsName left, DnsName right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// Labels from the right, each ended by 0. Octets 0 and 1 inside a label are written as two, so that the end of a
    /// label sorts before every octet: plain comparison then gives the canonical order.
    /// </summary>
    private byte[] Order
    {
        get
        {
            if (order is not null)
            {
                return order;
            }

            Span<int> starts = stackalloc int[128];
            int labels = 0;
            for (int at = 0; folded[at] != 0; at += folded[at] + 1)
            {
                starts[labels++] = at;
            }

            var key = new List<byte>(folded.Length + 4);
            while (labels > 0)
            {
                int at = starts[--labels];
                foreach (byte octet in folded.AsSpan(at + 1, folded[at]))
                {
                    if (octet <= 1)
                    {
                        key.Add(1);
                        key.Add((byte)(octet + 1));
                    }
                    else
                    {
                        key.Add(octet);
                    }
                }

                key.Add(0);
            }

            return order = [.. key];
        }
    }

    private string Presented()
    {
        var shown = new StringBuilder(folded.Length);
        for (int at = 0; folded[at] != 0; at += folded[at] + 1)
        {
            if (at > 0)
            {
                shown.Append('.');
            }

            foreach (byte octet in folded.AsSpan(at + 1, folded[at]))
            {
                if (octet is <= 0x20 or >= 0x7F)
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\{octet:000}");
                }
                else
                {
                    shown.Append(
                        octet is (byte)'.' or (byte)'\\' or (byte)'"' or (byte)';' ? "\\" : ""
                    );
                    shown.Append((char)octet);
                }
            }
        }

        return shown.ToString();
    }

    /// <summary>Lengths are at most 63, below every letter, so the whole name can be folded at once.</summary>
    private static byte[] Fold(byte[] octets)
    {
        byte[] lower = [.. octets];
        for (int at = 0; at < lower.Length; at++)
        {
            lower[at] = lower[at] is >= (byte)'A' and <= (byte)'Z'
                ? (byte)(lower[at] | 0x20)
                : lower[at];
        }

        return lower;
    }
}
