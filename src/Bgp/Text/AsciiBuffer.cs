using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Breakwater.Bgp;

/// <summary>
/// A line, or part of one, being written as ASCII into an array that is used again. Whoever appends has made room with
/// <see cref="Ensure"/> before: numbers are written in groups of four digits, so up to <see cref="Slack"/> octets past
/// the text are touched.
/// </summary>
internal sealed class AsciiBuffer
{
    /// <summary>What may be touched past the end of the text.</summary>
    private const int Slack = 64;

    /// <summary>"0000" to "9999", as the octets lie in memory on a little-endian machine.</summary>
    private static readonly uint[] groups = Groups();

    private byte[] octets = new byte[1024];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Text => octets.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Makes room for more text.</summary>
    public void Ensure(int more)
    {
        int needed = Count + more + Slack;
        if (needed > octets.Length)
        {
            Array.Resize(ref octets, Math.Max(needed, 2 * octets.Length));
        }
    }

    public void Append(byte octet) => octets[Count++] = octet;

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(octets.AsSpan(Count));
        Count += text.Length;
    }

    /// <summary>Appends text with room made for it. Control characters become question marks.</summary>
    public void Words(string words)
    {
        Ensure(Encoding.UTF8.GetMaxByteCount(words.Length) + 1);
        int from = Count;
        Count += Encoding.UTF8.GetBytes(words, octets.AsSpan(Count));
        foreach (ref byte octet in octets.AsSpan(from, Count - from))
        {
            octet = octet is < 0x20 and not (byte)'\n' or 0x7F ? (byte)'?' : octet;
        }
    }

    /// <summary>One named value on a line of its own, indented.</summary>
    public void Line(string name, string value)
    {
        Name(name);
        Words(value.Replace('\n', '?'));
        Append((byte)'\n');
    }

    /// <summary>The beginning of such a line.</summary>
    public void Name(string name)
    {
        Words("  ");
        Words(name.PadRight(20));
    }

    /// <summary>Takes back the last octet.</summary>
    public void Drop() => Count--;

    public void Number(uint number)
    {
        unchecked
        {
            if (number < 10_000)
            {
                Lead(number);
            }
            else if (number < 100_000_000)
            {
                uint high = number / 10_000;
                Lead(high);
                Group(number - high * 10_000);
            }
            else
            {
                uint high = number / 100_000_000;
                number -= high * 100_000_000;
                Lead(high);
                high = number / 10_000;
                Group(high);
                Group(number - high * 10_000);
            }
        }
    }

    /// <summary>At least six digits, as <c>%06u</c> prints microseconds.</summary>
    public void SixDigits(uint number)
    {
        for (uint limit = 100_000; limit > 1 && number < limit; limit /= 10)
        {
            Append((byte)'0');
        }

        Number(number);
    }

    /// <summary>An IPv4 address from its number.</summary>
    public void IPv4(uint address)
    {
        unchecked
        {
            Lead(address >> 24);
            octets[Count++] = (byte)'.';
            Lead(address >> 16 & 0xFF);
            octets[Count++] = (byte)'.';
            Lead(address >> 8 & 0xFF);
            octets[Count++] = (byte)'.';
            Lead(address & 0xFF);
        }
    }

    /// <summary>
    /// An IPv6 address as bgpdump prints it. RFC 5952 section 4.2.2 would not shorten a single zero, and would write few
    /// of the addresses below ::/96 with dots.
    /// </summary>
    public void IPv6(ReadOnlySpan<byte> address)
    {
        int start = -1;
        int length = 0;
        for (int at = 0; at < 8; at++)
        {
            int from = at;
            while (at < 8 && (address[2 * at] | address[2 * at + 1]) == 0)
            {
                at++;
            }

            if (at - from > length)
            {
                (start, length) = (from, at - from);
            }
        }

        bool hasDots =
            start == 0
            && (
                length == 6
                || length == 5 && address[10] == 0xFF && address[11] == 0xFF
                || length == 7 && (address[14] != 0 || address[15] != 1)
            );
        int words = hasDots ? 6 : 8;
        for (int at = 0; at < words; at++)
        {
            if (at == start)
            {
                Append("::"u8);
                at += Math.Min(length, words - start) - 1;
                continue;
            }

            if (at > 0 && at != start + length)
            {
                Append((byte)':');
            }

            Hexadecimal(BinaryPrimitives.ReadUInt16BigEndian(address[(2 * at)..]));
        }

        if (hasDots)
        {
            if (start + length < 6)
            {
                Append((byte)':');
            }

            IPv4(BinaryPrimitives.ReadUInt32BigEndian(address[12..]));
        }
    }

    /// <summary>An address of 4 or 16 octets.</summary>
    public void Address(ReadOnlySpan<byte> address)
    {
        if (address.Length == 4)
        {
            IPv4(BinaryPrimitives.ReadUInt32BigEndian(address));
        }
        else
        {
            IPv6(address);
        }
    }

    /// <summary>An address left-aligned, as in <see cref="BgpPeer.Address"/>.</summary>
    public void Address(UInt128 address, bool isV6)
    {
        if (isV6)
        {
            Span<byte> ordered = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(ordered, address);
            IPv6(ordered);
        }
        else
        {
            IPv4(unchecked((uint)(ulong)(address >> 96)));
        }
    }

    private void Hexadecimal(uint word)
    {
        for (
            int shift =
                word > 0xFFF ? 12
                : word > 0xFF ? 8
                : word > 0xF ? 4
                : 0;
            shift >= 0;
            shift -= 4
        )
        {
            Append("0123456789abcdef"u8[(int)(word >> shift & 0xF)]);
        }
    }

    /// <summary>The leading group: without its zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Lead(uint number)
    {
        unchecked
        {
            int digits =
                number < 10 ? 1
                : number < 100 ? 2
                : number < 1000 ? 3
                : 4;
            Write(groups[number] >> 8 * (4 - digits));
            Count += digits;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Group(uint number)
    {
        Write(groups[number]);
        Count += 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(uint four) =>
        BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(Count), four);

    private static uint[] Groups()
    {
        uint[] made = new uint[10_000];
        for (uint number = 0; number < made.Length; number++)
        {
            made[number] =
                0x30303030
                | number / 1000
                | number / 100 % 10 << 8
                | number / 10 % 10 << 16
                | number % 10 << 24;
        }

        return made;
    }
}
