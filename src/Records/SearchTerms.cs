using System.Globalization;
using System.Text;

namespace Breakwater.Records;

/// <summary>
/// Words as both stores index them. They are cut here and not in the databases, so that both find the same, and so that a
/// query consists of letters and digits alone and can hold no operator, whatever was typed.
/// </summary>
internal static class SearchTerms
{
    public const int QueryTermsMax = 16;
    private const int TermsMax = 2000;
    private const int RunesMax = 40;

    /// <summary>Of private use, so no word begins with it; SQLite's tokenizer takes all beyond ASCII as letters.</summary>
    private const char KindMark = '\uE000';

    /// <summary>Indexed beside the words, so that a word frequent in one kind costs nothing in a search of another.</summary>
    public static string OfKind(string kind) =>
        KindMark + kind.Replace("-", "", StringComparison.Ordinal);

    /// <summary>What a document is found by: its kind, and each of its words once.</summary>
    public static IReadOnlyList<string> OfDocument(string kind, string words) =>
        [OfKind(kind), .. Of(words).Distinct().Take(TermsMax)];

    /// <summary>
    /// The words as both databases can keep them: people paste NUL and half characters, which must not stop a report.
    /// </summary>
    public static string Keepable(string words) =>
        words.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
        || words.Contains('\0', StringComparison.Ordinal)
            ? string.Concat(words.EnumerateRunes().Where(rune => rune.Value != 0))
            : words;

    /// <summary>Runs of letters and digits in lower case, without marks; each character by itself in scripts without spaces.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var term = new StringBuilder();
        int runes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isAlone = IsIdeographic(rune.Value);
            if (Rune.IsLetterOrDigit(rune) && !isAlone)
            {
                if (++runes <= RunesMax)
                {
                    term.Append(Rune.ToLowerInvariant(rune).ToString());
                }

                continue;
            }

            if (IsMark(rune))
            {
                continue;
            }

            if (term.Length > 0)
            {
                yield return term.ToString();
            }

            term.Clear();
            runes = 0;
            if (isAlone)
            {
                yield return rune.ToString();
            }
        }

        if (term.Length > 0)
        {
            yield return term.ToString();
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark;

    /// <summary>Han, kana and hangul in the blocks of the Basic Multilingual Plane, and the supplementary ideographs.</summary>
    private static bool IsIdeographic(int point) =>
        point is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF)
        || point is (>= 0xAC00 and <= 0xD7AF) or (>= 0x20000 and <= 0x3FFFF);
}
