namespace Breakwater.Vocabulary;

/// <summary>The known word that a misspelt one most likely meant.</summary>
public static class Nearest
{
    /// <summary>"Did you mean 'title'?", or the list of known words when none is near.</summary>
    public static string Remedy(string word, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        string? nearest = Of(word, known);
        return nearest is not null
            ? $"Did you mean '{nearest}'?"
            : $"Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}";
    }

    /// <summary>The same with all of the known words, once: for a few of which any may be meant.</summary>
    public static string Choice(string word, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        string all = $"Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}";
        return Of(word, known) is { } nearest ? $"Did you mean '{nearest}'? {all}" : all;
    }

    /// <summary>Null when more than half of the word would have to change.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        // Anything this long is no misspelling; it also bounds the table below.
        if (word.Length > 80)
        {
            return null;
        }

        (string? word, int distance) best = known
            .Select(candidate => ((string?)candidate, Distance(word, candidate)))
            .OrderBy(candidate => candidate.Item2)
            .ThenBy(candidate => candidate.Item1, StringComparer.Ordinal)
            .FirstOrDefault((null, int.MaxValue));
        return
            best.word is not null
            && best.distance <= Math.Max(2, Math.Max(word.Length, best.word.Length) / 2)
            ? best.word
            : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        int[] beforeLast = [];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = last[j - 1] + (IsSame(a[i - 1], b[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                bool isSwap =
                    i > 1 && j > 1 && IsSame(a[i - 1], b[j - 2]) && IsSame(a[i - 2], b[j - 1]);
                row[j] = isSwap ? Math.Min(row[j], beforeLast[j - 2] + 1) : row[j];
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }

    private static bool IsSame(char a, char b) =>
        char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
