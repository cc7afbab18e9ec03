using System.Globalization;

namespace Breakwater.Vocabulary;

/// <summary>An autonomous system number (RFC 6793: 32 bits).</summary>
public readonly record struct Asn(uint Number)
{
    /// <summary>Reads <c>64500</c> or <c>AS64500</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Asn asn)
    {
        if (text.StartsWith("AS", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
        }

        bool isNumber = uint.TryParse(
            text,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out uint number
        );
        asn = new Asn(number);
        return isNumber;
    }

    public override string ToString() => $"AS{Number.ToString(CultureInfo.InvariantCulture)}";
}
