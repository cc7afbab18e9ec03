using System.Collections.Frozen;
using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>Words that change what a text asks for: denials, stances, numbers, places, who and what is meant. They are data: <c>Data/guards.txt</c>.</summary>
internal static class GuardWords
{
    /// <summary>Longer ones are often mistyped, and looked at only where two texts differ.</summary>
    private const int ShortMax = 5;

    private static readonly FrozenDictionary<ulong, ulong[][]> _phrases = Read()
        .GroupBy(phrase => phrase[0].Hash)
        .ToFrozenDictionary(
            group => group.Key,
            group => group.Select(phrase => phrase.Select(term => term.Hash).ToArray()).ToArray()
        );

    /// <summary>Pairs of beginnings by which one word says the opposite of another: legal and illegal, inclusion and exclusion.</summary>
    private static readonly (string One, string Other)[] _opposites =
    [
        .. new[]
        {
            "un",
            "in",
            "im",
            "il",
            "ir",
            "dis",
            "non",
            "anti",
            "de",
            "mis",
            "mal",
            "لا",
            "غير",
            "не",
            "des",
        }.Select(negating => ("", negating)),
        ("in", "ex"),
        ("im", "ex"),
        ("pre", "post"),
        ("over", "under"),
        ("up", "down"),
        ("pro", "anti"),
        ("pro", "contra"),
    ];

    /// <summary>A number for all short guard words and figures of a text, in any order, each as often as it stands there.</summary>
    public static ulong Profile(IReadOnlyList<Term> terms)
    {
        ulong sum = 0;
        foreach (
            (int at, int length) in In(terms)
                .Where(guard => HasDigit(terms[guard.At]) || Letters(terms, guard) <= ShortMax)
        )
        {
            sum = unchecked(sum + Hashing.Mixed(Hashing.Of(terms.Skip(at).Take(length))));
        }

        return sum;
    }

    public static bool AreIn(IReadOnlyList<Term> terms) => In(terms).Any();

    /// <summary>True when one of two words is a guard word and the other is that word mistyped.</summary>
    public static bool AreOne(Term one, Term other) =>
        AreIn([one]) != AreIn([other])
        && Math.Min(one.Text.Length, other.Text.Length) >= ShortMax
        && Typing.IsSlip(one.Text, other.Text)
        && !HasDigit(one)
        && !HasDigit(other)
        && !AreOpposite(one.Text, other.Text);

    /// <summary>True when one of two words that stand in the same place denies what the other says.</summary>
    public static bool AreOpposite(string one, string other) =>
        _opposites.Any(pair => Are(one, other, pair) || Are(other, one, pair));

    private static bool Are(string one, string other, (string One, string Other) pair) =>
        one.Length > pair.One.Length + 2
        && one.StartsWith(pair.One, StringComparison.Ordinal)
        && other.StartsWith(pair.Other, StringComparison.Ordinal)
        && one.AsSpan(pair.One.Length).SequenceEqual(other.AsSpan(pair.Other.Length));

    private static IEnumerable<(int At, int Length)> In(IReadOnlyList<Term> terms)
    {
        for (int at = 0; at < terms.Count; )
        {
            int length = PhraseAt(terms, at);
            if (length > 0 || HasDigit(terms[at]))
            {
                length = Math.Max(1, length);
                yield return (at, length);
            }

            at += Math.Max(1, length);
        }
    }

    private static bool HasDigit(Term term) => term.Text.Any(char.IsAsciiDigit);

    private static int Letters(IReadOnlyList<Term> terms, (int At, int Length) guard) =>
        terms.Skip(guard.At).Take(guard.Length).Sum(term => term.Text.Length);

    /// <summary>How many words of the longest phrase that stands here; 0 for none.</summary>
    private static int PhraseAt(IReadOnlyList<Term> terms, int at)
    {
        int longest = 0;
        foreach (ulong[] phrase in _phrases.GetValueOrDefault(terms[at].Hash) ?? [])
        {
            if (
                phrase.Length > longest
                && at + phrase.Length <= terms.Count
                && phrase.Index().All(word => terms[at + word.Index].Hash == word.Item)
            )
            {
                longest = phrase.Length;
            }
        }

        return longest;
    }

    private static List<List<Term>> Read()
    {
        using Stream data = typeof(GuardWords).Assembly.GetManifestResourceStream("guards.txt")!;
        using var reader = new StreamReader(data);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .SelectMany(line => line.Split('|')[1..])
            .Concat(Countries.Names)
            .Select(Terms.Of)
            .Where(phrase => phrase.Count > 0)
            .ToList();
    }
}
