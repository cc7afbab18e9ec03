using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>The fields between the bars; empty past the last one.</summary>
internal ref struct TextFields(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> rest = line;

    public ReadOnlySpan<byte> Next()
    {
        int bar = rest.IndexOf((byte)'|');
        ReadOnlySpan<byte> field = bar < 0 ? rest : rest[..bar];
        rest = bar < 0 ? [] : rest[(bar + 1)..];
        return field;
    }

    public static bool TryPrefix(ReadOnlySpan<byte> field, out IpPrefix prefix)
    {
        prefix = default;
        int slash = field.IndexOf((byte)'/');
        if (
            slash < 0
            || !TryAddress(field[..slash], out UInt128 address, out bool isV6)
            || !TryNumber(field[(slash + 1)..], out uint length)
            || length > (isV6 ? 128u : 32u)
        )
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, address);
        prefix = IpPrefix.From(octets[..(isV6 ? 16 : 4)], (int)length);
        return true;
    }

    public static bool TryAddress(ReadOnlySpan<byte> field, out UInt128 address, out bool isV6)
    {
        address = default;
        isV6 = field.IndexOf((byte)':') >= 0;
        if (isV6)
        {
            Span<char> text = stackalloc char[64];
            Span<byte> octets = stackalloc byte[16];
            if (
                field.Length > text.Length
                || !IPAddress.TryParse(
                    text[..Encoding.ASCII.GetChars(field, text)],
                    out IPAddress? parsed
                )
                || !parsed.TryWriteBytes(octets, out _)
                || parsed.ScopeId != 0
            )
            {
                return false;
            }

            address = BinaryPrimitives.ReadUInt128BigEndian(octets);
            return true;
        }

        uint bits = 0;
        for (int part = 0; part < 4; part++)
        {
            int dot = part < 3 ? field.IndexOf((byte)'.') : field.Length;
            if (dot <= 0 || !TryNumber(field[..dot], out uint octet) || octet > 255)
            {
                return false;
            }

            bits = (bits << 8) | octet;
            field = part < 3 ? field[(dot + 1)..] : [];
        }

        address = (UInt128)bits << 96;
        return true;
    }

    public static bool TryNumber(ReadOnlySpan<byte> field, out uint number) =>
        Utf8Parser.TryParse(field, out number, out int used)
        && used == field.Length
        && field[0] is >= (byte)'0' and <= (byte)'9';
}
