using System.Collections.Frozen;
using System.Text;

namespace Breakwater.Vocabulary;

/// <summary>
/// Countries and territories by the names that lists use for them. A name that is not in the table is unknown: it is never
/// guessed from a similar one, because Niger is not Nigeria.
/// </summary>
public static class Countries
{
    /// <summary>The longest name in words; longer texts are no names.</summary>
    private const int WordsMax = 12;

    private static readonly FrozenDictionary<string, Place> _byName;
    private static readonly FrozenDictionary<string, string> _byAlpha3;
    private static readonly FrozenSet<string> _codes;

    static Countries()
    {
        var byName = new Dictionary<string, Place>(StringComparer.Ordinal);
        var byAlpha3 = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in Lines().Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] fields = line.Split('|');
            string[] place = fields[0].Split('/');
            if (fields[1].Length > 0)
            {
                byAlpha3.Add(fields[1], place[0]);
            }

            foreach (string name in fields[2..])
            {
                // Spellings of one name fold to one key; one name for two places must not load.
                Place named = Place.OfArea(place[0], place[1..]);
                if (!byName.TryAdd(Folded(name), named) && !byName[Folded(name)].Equals(named))
                {
                    throw new InvalidOperationException($"'{name}' names two places");
                }
            }
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _byAlpha3 = byAlpha3.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _codes = _byName.Values.Select(place => place.Country!).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>All names, folded as they are compared.</summary>
    public static IReadOnlyList<string> Names => _byName.Keys;

    /// <summary>The place that a name means, or null. A country, or an area that lists name as one (<c>SO/Somaliland</c>).</summary>
    public static Place? OfName(string name) =>
        name.Length > 200 ? null : _byName.GetValueOrDefault(Folded(name));

    /// <summary>The alpha-2 code of an ISO 3166-1 alpha-3 code, or null.</summary>
    public static string? OfAlpha3(string code) => _byAlpha3.GetValueOrDefault(code.Trim());

    /// <summary>True for an assigned alpha-2 code in upper case, and for <c>XK</c>, which users assign to Kosovo.</summary>
    public static bool IsCode(string code) => _codes.Contains(code);

    /// <summary>A code as people write it, in upper case; null for anything else.</summary>
    public static string? OfCode(string? written) =>
        written is { Length: 2 } && written.ToUpperInvariant() is var code && IsCode(code)
            ? code
            : null;

    /// <summary>Every code that <see cref="IsCode"/> knows.</summary>
    public static IReadOnlyCollection<string> Codes => _codes;

    /// <summary>The countries that a text names, in order of the text; of names inside each other the longest one.</summary>
    public static IReadOnlyList<string> NamedIn(string text)
    {
        string[] words = Folded(text.Length > 500 ? text[..500] : text).Split(' ');
        List<string> named = [];
        for (int at = 0; at < words.Length; )
        {
            int length = Math.Min(WordsMax, words.Length - at);
            while (
                length > 0
                && !_byName.ContainsKey(string.Join(' ', words.AsSpan(at, length).ToArray()))
            )
            {
                length--;
            }

            if (length > 0)
            {
                named.Add(_byName[string.Join(' ', words[at..(at + length)])].Country!);
            }

            at += Math.Max(1, length);
        }

        return [.. named.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A name without case, accents and punctuation, so that spellings of one name are equal.</summary>
    private static string Folded(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (char letter in name)
        {
            char plain = Plain(char.ToLowerInvariant(letter));
            if (letter == '&')
            {
                letters.Append(" and ");
            }
            else if (char.IsLetterOrDigit(plain))
            {
                letters.Append(plain);
            }
            else if (letter is not ('\'' or '’' or '‘' or '`' or '.'))
            {
                letters.Append(' ');
            }
        }

        return string.Join(
            ' ',
            letters
                .ToString()
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word is not "the")
                .Select(word => word is "st" ? "saint" : word)
        );
    }

    /// <summary>String.Normalize needs data that an invariant build lacks; these are the letters that names of countries have.</summary>
    private static char Plain(char letter) =>
        letter switch
        {
            'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' => 'a',
            'ç' => 'c',
            'è' or 'é' or 'ê' or 'ë' => 'e',
            'ì' or 'í' or 'î' or 'ï' or 'ı' => 'i',
            'ñ' => 'n',
            'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' => 'o',
            'ù' or 'ú' or 'û' or 'ü' => 'u',
            _ => letter,
        };

    private static IEnumerable<string> Lines()
    {
        using Stream stream = typeof(Countries).Assembly.GetManifestResourceStream(
            "countries.txt"
        )!;
        using var text = new StreamReader(stream);
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
