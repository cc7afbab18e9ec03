using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>
/// A text without what copying, keyboards and telephones change: compatibility forms, accents, vowel signs, joining and direction
/// marks. Case stays, because names are known by it.
/// </summary>
/// <remarks>The executable has no tables of Unicode of its own (it runs in invariant mode), so those that are needed are data.</remarks>
internal static class Folding
{
    private static readonly FrozenDictionary<int, string> _folds = Read();

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsKept(rune))
            {
                folded.Append(Folded(rune));
            }
        }

        return folded.ToString();
    }

    private static string Folded(Rune rune) =>
        rune.Value switch
        {
            // Apostrophes and primes of all keyboards.
            0x2018 or 0x2019 or 0x02BC or 0x0060 or 0x00B4 => "'",
            // Alef wasla, alef maqsura and Persian yeh, teh marbuta, Persian kaf: written one for the other.
            0x0671 => "ا",
            0x0649 or 0x06CC => "ي",
            0x0629 => "ه",
            0x06A9 => "ك",
            _ when Rune.IsControl(rune) && rune.Value != '\n' => " ",
            _ => _folds.GetValueOrDefault(rune.Value) ?? rune.ToString(),
        };

    private static bool IsKept(Rune rune) =>
        rune.Value
            is not (
                (>= 0x0300 and <= 0x036F) // accents
                or (>= 0x0591 and <= 0x05C7) // Hebrew points
                or (>= 0x0610 and <= 0x061A) // Arabic signs
                or (>= 0x064B and <= 0x065F) // Arabic vowels, hamza above and below
                or 0x0670
                or 0x0640 // tatweel
            )
        && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;

    private static FrozenDictionary<int, string> Read()
    {
        using Stream data = typeof(Folding).Assembly.GetManifestResourceStream("folds.txt")!;
        using var reader = new StreamReader(data);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(' ').Select(Point).ToArray())
            .ToFrozenDictionary(
                points => points[0],
                points => string.Concat(points[1..].Select(char.ConvertFromUtf32))
            );
    }

    private static int Point(string hex) =>
        int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
