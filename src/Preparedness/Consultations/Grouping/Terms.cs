using System.Globalization;
using System.Text;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>
/// The words of a text. Scripts without spaces give a word for each letter; a number is one word whatever digits it is written
/// in; English contractions say <c>not</c>.
/// </summary>
internal static class Terms
{
    private static readonly Dictionary<string, string> _stems = new(StringComparer.Ordinal)
    {
        ["wo"] = "will",
        ["ca"] = "can",
        ["sha"] = "shall",
    };

    private static readonly HashSet<string> _contracted = new(StringComparer.Ordinal)
    {
        "dont",
        "cant",
        "wont",
        "isnt",
        "arent",
        "doesnt",
        "didnt",
        "shouldnt",
        "wouldnt",
        "couldnt",
        "mustnt",
        "hasnt",
        "havent",
        "wasnt",
        "werent",
        "cannot",
    };

    /// <summary>Arabic writes "and" and "so" as one with the denial behind them.</summary>
    private static readonly HashSet<string> _joined = new(StringComparer.Ordinal)
    {
        "ولا",
        "فلا",
        "وليس",
        "وليست",
        "ولن",
        "ولم",
        "وبدون",
        "وغير",
    };

    public static List<Term> Of(string text)
    {
        string folded = Folding.Of(text);
        var terms = new List<Term>();
        var word = new StringBuilder();
        bool isName = false;
        bool isStart = true;
        bool isShouting = IsShouting(text);
        int at = 0;
        while (at < folded.Length)
        {
            Rune rune = Rune.GetRuneAt(folded, at);
            int next = at + rune.Utf16SequenceLength;
            if (IsUnspaced(rune))
            {
                End();
                Add(terms, rune.ToString(), isName: false);
                isStart = false;
            }
            else if (Rune.IsLetterOrDigit(rune) || IsInWord(rune))
            {
                if (word.Length == 0)
                {
                    isName = !isStart && !isShouting && Rune.IsUpper(rune);
                }

                Append(word, rune);
            }
            else if (IsLink(folded, at, word))
            {
                next = LinkEnd(folded, at);
                word.Append("://").Append(Bare(folded[(at + 3)..next]));
            }
            else if (!JoinsDigits(folded, at, word))
            {
                bool isNot = rune.Value is '\'' && word is [.., 'n'] && IsLoneT(folded, next);
                End(isNot);
                next += isNot ? 1 : 0;
                isStart = isStart || rune.Value is '.' or '!' or '?' or '\n' or '؟' or '。';
            }
            else if (rune.Value == '.')
            {
                word.Append('.');
            }

            at = next;
        }

        End();
        return terms;

        void End(bool isNot = false)
        {
            if (word.Length == 0)
            {
                return;
            }

            string whole = word.ToString();
            word.Clear();
            isStart = false;
            if (isNot || _contracted.Contains(whole))
            {
                string stem =
                    whole == "cannot" ? "can"
                    : isNot ? whole[..^1]
                    : whole[..^2];
                Add(terms, _stems.GetValueOrDefault(stem, stem), isName: false);
                Add(terms, "not", isName: false);
            }
            else if (_joined.Contains(whole))
            {
                Add(terms, whole[..1], isName: false);
                Add(terms, whole[1..], isName: false);
            }
            else
            {
                Add(terms, whole, isName);
            }
        }
    }

    /// <summary>Scripts that put no space between words.</summary>
    public static bool IsUnspaced(Rune rune) =>
        rune.Value
            is (>= 0x0E00 and <= 0x0EFF) // Thai, Lao
                or (>= 0x1000 and <= 0x109F) // Myanmar
                or (>= 0x1780 and <= 0x17FF) // Khmer
                or (>= 0x3040 and <= 0x30FF) // Hiragana, Katakana
                or (>= 0x3400 and <= 0x9FFF) // Han
                or (>= 0x20000 and <= 0x3FFFF)
        && (Rune.IsLetterOrDigit(rune) || IsInWord(rune));

    private static void Add(List<Term> terms, string text, bool isName)
    {
        if (text.Length > 0)
        {
            terms.Add(new Term(text, Hashing.Of(text), isName));
        }
    }

    private static void Append(StringBuilder word, Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            word.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        }
        else
        {
            word.Append(Rune.ToLowerInvariant(rune).ToString());
        }
    }

    private static bool IsInWord(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark;

    private static bool IsLoneT(string text, int at) =>
        at < text.Length
        && text[at] is 't' or 'T'
        && (at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]));

    /// <summary>20,000 is one number, and 2.5 is not 25.</summary>
    private static bool JoinsDigits(string text, int at, StringBuilder word) =>
        text[at] is '.' or ',' or '٬' or '٫' or '\u00a0' or '\''
        && word is [.., >= '0' and <= '9']
        && at + 1 < text.Length
        && char.IsDigit(text[at + 1])
        && (text[at] is '.' or '٫' || DigitsFrom(text, at + 1) == 3);

    private static int DigitsFrom(string text, int at)
    {
        int count = 0;
        while (at + count < text.Length && count < 4 && char.IsDigit(text[at + count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsLink(string text, int at, StringBuilder word) =>
        text.AsSpan(at).StartsWith("://", StringComparison.Ordinal)
        && word.ToString() is "http" or "https";

    private static int LinkEnd(string text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Of a link its host and path: what follows them says how somebody came by it.</summary>
    private static string Bare(string link) =>
        link.Split('?', '#')[0].TrimEnd('/', '.', ',', ')').ToLowerInvariant();

    private static bool IsShouting(string text)
    {
        int upper = text.Count(char.IsUpper);
        return upper > 10 && upper > text.Count(char.IsLower);
    }
}
