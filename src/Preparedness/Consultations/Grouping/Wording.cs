namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>A word as it is compared.</summary>
/// <param name="Text">Folded: without case, accents, vowel signs, direction marks.</param>
/// <param name="Hash">Of the text; words are told apart by it.</param>
/// <param name="IsName">Written with a capital where a sentence goes on.</param>
internal readonly record struct Term(string Text, ulong Hash, bool IsName);

/// <summary>What a text says in words that can be compared: its own, and what it quotes at length.</summary>
/// <param name="Guards">Of all that changes what is asked for, however often: guard words, numbers, countries.</param>
/// <param name="Exact">Of all words in their order.</param>
internal sealed record Wording(
    IReadOnlyList<Term> Own,
    IReadOnlyList<Term> Quoted,
    ulong Guards,
    ulong Exact
)
{
    /// <summary>Words of one text that are aligned one by one; what comes after them must be the same.</summary>
    public const int TermsMax = 3_000;

    /// <summary>A quotation of fewer words is a name or a figure of speech.</summary>
    private const int QuotedMin = 8;

    /// <summary>The words of both parts in the order of their numbers, to count quickly what two texts have in common.</summary>
    public IReadOnlyList<ulong> Sorted { get; } =
    [.. Own.Concat(Quoted).Select(term => term.Hash).Order()];

    public static Wording Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var own = new List<Term>();
        var quoted = new List<Term>();
        foreach (Passage passage in Passages.Of(text))
        {
            var terms = Terms.Of(passage.Text);
            (passage.IsQuoted && terms.Count >= QuotedMin ? quoted : own).AddRange(terms);
        }

        // Who only quotes says with it what is quoted.
        if (own.Count == 0)
        {
            (own, quoted) = (quoted, own);
        }

        return new Wording(
            own,
            quoted,
            unchecked(GuardWords.Profile(own) * 31 + GuardWords.Profile(quoted)),
            unchecked(Hashing.Of(own) * 31 + Hashing.Of(quoted))
        );
    }
}
