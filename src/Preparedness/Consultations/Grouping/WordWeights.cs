using System.Text;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>The words of a text, each with its weight; together of length one.</summary>
internal sealed class WordWeights
{
    private const int LettersMin = 4;

    /// <summary>Of few texts a word in half of them is what they speak of.</summary>
    private const int FewTexts = 10;

    private readonly string[] _words;
    private readonly double[] _weights;

    private WordWeights(IEnumerable<KeyValuePair<string, double>> weights)
    {
        KeyValuePair<string, double>[] ordered =
        [
            .. weights.OrderBy(word => word.Key, StringComparer.Ordinal),
        ];
        double length = Math.Sqrt(ordered.Sum(word => word.Value * word.Value));
        _words = [.. ordered.Select(word => word.Key)];
        _weights = [.. ordered.Select(word => length > 0 ? word.Value / length : 0)];
    }

    public static IReadOnlyList<WordWeights> Of(IReadOnlyList<string> texts, double commonShare)
    {
        string[][] words = [.. texts.Select(text => Words(text).ToArray())];
        var inTexts = words
            .SelectMany(each => each.Distinct(StringComparer.Ordinal))
            .GroupBy(word => word, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        int most = Math.Max(FewTexts, (int)(texts.Count * commonShare));
        return
        [
            .. words.Select(each => new WordWeights(
                each.GroupBy(word => word, StringComparer.Ordinal)
                    .Where(word => inTexts[word.Key] is > 1 and var count && count <= most)
                    .Select(word =>
                        KeyValuePair.Create(
                            word.Key,
                            (1 + Math.Log(word.Count()))
                                * Math.Log((double)texts.Count / inTexts[word.Key])
                        )
                    )
            )),
        ];
    }

    public static WordWeights Middle(IEnumerable<WordWeights> of) =>
        new(
            of.SelectMany(each => each._words.Zip(each._weights))
                .GroupBy(word => word.First, StringComparer.Ordinal)
                .Select(word => KeyValuePair.Create(word.Key, word.Sum(each => each.Second)))
        );

    /// <summary>The cosine; summed in the order of words, so that it is the same to the last bit.</summary>
    public double Likeness(WordWeights other)
    {
        double sum = 0;
        int i = 0;
        int j = 0;
        while (i < _words.Length && j < other._words.Length)
        {
            int order = string.CompareOrdinal(_words[i], other._words[j]);
            sum += order == 0 ? _weights[i] * other._weights[j] : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return sum;
    }

    public IReadOnlyList<string> Strongest(int count) =>
        [
            .. _words
                .Zip(_weights)
                .OrderByDescending(word => word.Second)
                .ThenBy(word => word.First, StringComparer.Ordinal)
                .Take(count)
                .Select(word => word.First),
        ];

    /// <summary>Words of some length; of scripts without spaces each two letters that follow one another.</summary>
    private static IEnumerable<string> Words(string text)
    {
        List<Term> terms = Terms.Of(text);
        for (int at = 0; at < terms.Count; at++)
        {
            if (!IsUnspaced(terms[at]))
            {
                if (terms[at].Text.Length >= LettersMin)
                {
                    yield return terms[at].Text;
                }
            }
            else if (at + 1 < terms.Count && IsUnspaced(terms[at + 1]))
            {
                yield return terms[at].Text + terms[at + 1].Text;
            }
        }
    }

    private static bool IsUnspaced(Term term) => Terms.IsUnspaced(Rune.GetRuneAt(term.Text, 0));
}
