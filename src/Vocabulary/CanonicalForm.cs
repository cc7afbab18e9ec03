using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Breakwater.Vocabulary;

/// <summary>
/// Recognises JSON that is canonical as it stands (RFC 8785), so that it need not be written again. It may say no to what is;
/// it never says yes to what is not.
/// </summary>
internal static class CanonicalForm
{
    private const int DepthMax = 64;

    /// <summary>A decimal of so many digits comes back from a double with the same digits.</summary>
    private const int ExactDigits = 15;

    private static readonly SearchValues<byte> _decimal = SearchValues.Create("0123456789."u8);

    /// <summary>One object or array that is being read.</summary>
    /// <param name="From">Where the last name begins.</param>
    private record struct Level(int Children, int From, int Length);

    /// <param name="json">Valid JSON in UTF-8.</param>
    public static bool Is(ReadOnlySpan<byte> json)
    {
        Span<Level> levels = stackalloc Level[DepthMax + 1];
        int depth = 0;
        // What the tokens and the marks between them come to: anything longer has white space.
        long length = 0;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        while (reader.Read())
        {
            JsonTokenType token = reader.TokenType;
            if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                length++;
                depth--;
                continue;
            }

            if (token == JsonTokenType.PropertyName)
            {
                int from = (int)reader.TokenStartIndex + 1;
                if (
                    !IsPlain(in reader)
                    || !Follows(json, levels[depth], json.Slice(from, reader.ValueSpan.Length))
                )
                {
                    return false;
                }

                (levels[depth].From, levels[depth].Length) = (from, reader.ValueSpan.Length);
                length += reader.ValueSpan.Length + 3;
                continue;
            }

            length += levels[depth].Children++ > 0 && depth > 0 ? 1 : 0;
            switch (token)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    length++;
                    levels[++depth] = default;
                    break;
                case JsonTokenType.String when !reader.ValueIsEscaped:
                    length += reader.ValueSpan.Length + 2;
                    break;
                case JsonTokenType.Number when IsNumber(reader.ValueSpan):
                case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                    length += reader.ValueSpan.Length;
                    break;
                default:
                    return false;
            }
        }

        return length == json.Length;
    }

    /// <summary>In ASCII the order of octets is that of UTF-16.</summary>
    private static bool IsPlain(in Utf8JsonReader name) =>
        !name.ValueIsEscaped && Ascii.IsValid(name.ValueSpan);

    private static bool Follows(ReadOnlySpan<byte> json, Level level, ReadOnlySpan<byte> name) =>
        level.Children == 0 || json.Slice(level.From, level.Length).SequenceCompareTo(name) < 0;

    /// <summary>Plain decimals that a double holds exactly enough, and that is most numbers.</summary>
    internal static bool IsNumber(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text[0] == '-' ? text[1..] : text;
        int point = digits.IndexOf((byte)'.');
        return digits.Length <= ExactDigits
            && !digits.ContainsAnyExcept(_decimal)
            && !text.SequenceEqual("-0"u8)
            && (
                point < 0
                || (
                    digits[^1] != '0'
                    // Smaller ones are written with an exponent.
                    && !digits.StartsWith("0.00000"u8)
                )
            );
    }
}
