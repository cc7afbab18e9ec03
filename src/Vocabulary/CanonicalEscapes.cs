using System.Text.Encodings.Web;

namespace Breakwater.Vocabulary;

/// <summary>
/// The escapes of RFC 8785 section 3.2.2.2 and no others: control characters, the quotation mark and the backslash. The
/// encoders of the framework escape more, in upper-case digits, and would give other octets than the standard.
/// </summary>
internal sealed class CanonicalEscapes : JavaScriptEncoder
{
    private const string Digits = "0123456789abcdef";

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int i = 0; i < textLength; i++)
        {
            // A surrogate without its partner has no UTF-8 form; the caller replaces it.
            if (WillEncode(text[i]) || (char.IsSurrogate(text[i]) && !IsPair(text, i, textLength)))
            {
                return i;
            }

            i += char.IsHighSurrogate(text[i]) ? 1 : 0;
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar,
        char* buffer,
        int bufferLength,
        out int numberOfCharactersWritten
    )
    {
        string escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\b' => @"\b",
            '\t' => @"\t",
            '\n' => @"\n",
            '\f' => @"\f",
            '\r' => @"\r",
            < 0x20 => $"\\u00{Digits[unicodeScalar >> 4]}{Digits[unicodeScalar & 15]}",
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        numberOfCharactersWritten = escape.Length <= bufferLength ? escape.Length : 0;
        for (int i = 0; i < numberOfCharactersWritten; i++)
        {
            buffer[i] = escape[i];
        }

        return numberOfCharactersWritten > 0;
    }

    private static unsafe bool IsPair(char* text, int i, int length) =>
        char.IsHighSurrogate(text[i]) && i + 1 < length && char.IsLowSurrogate(text[i + 1]);
}
