using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Breakwater.Bgp;

/// <summary>Subject key identifiers: hexadecimal in exports of validators, base64 without padding in SLURM (RFC 8416 section 3.3.2).</summary>
internal static class SkiText
{
    private const int Octets = 20;

    /// <summary>The identifier in upper-case hexadecimal; null when the text is not one of 20 octets.</summary>
    public static string? Read(ReadOnlySpan<byte> text)
    {
        Span<byte> octets = stackalloc byte[Octets + 4];
        if (text.Length == Octets * 2)
        {
            Span<byte> hex = octets[..Octets];
            for (int at = 0; at < Octets; at++)
            {
                if (
                    !byte.TryParse(
                        text.Slice(at * 2, 2),
                        NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture,
                        out hex[at]
                    )
                )
                {
                    return null;
                }
            }

            return Convert.ToHexString(hex);
        }

        // 20 octets are 27 letters of base64, and 28 with padding; Base64Url takes no + and /, so they are turned.
        if (text.Length is not (27 or 28))
        {
            return null;
        }

        Span<byte> letters = stackalloc byte[28];
        text.CopyTo(letters);
        letters = letters[..text.Length];
        letters.Replace((byte)'+', (byte)'-');
        letters.Replace((byte)'/', (byte)'_');
        // The status tells of other letters; TryDecodeFromUtf8 would throw.
        return
            Base64Url.DecodeFromUtf8(letters, octets, out _, out int count) == OperationStatus.Done
            && count == Octets
            ? Convert.ToHexString(octets[..Octets])
            : null;
    }
}
