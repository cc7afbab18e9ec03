using System.Text.Json.Serialization;
using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Interpreting;

/// <summary>A paragraph as somebody hands it in.</summary>
/// <param name="Rules">Ids of rules, such as <c>IHRL-19-NECPROP</c>.</param>
/// <param name="Gaps">Ids of gaps, such as <c>G-09</c>.</param>
/// <param name="Id">Which paragraph of the latest version this goes on with; null for a new one, or for one that is word for word there.</param>
public sealed record ParagraphDraft(
    string Text,
    IReadOnlyList<string>? Rules = null,
    IReadOnlyList<string>? Sources = null,
    IReadOnlyList<string>? Gaps = null,
    string? Id = null
);

/// <summary>A paragraph of a common position, with the law that it is about.</summary>
public sealed record PositionParagraph(
    string Id,
    int Since,
    string Text,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Gaps
) : NumberedParagraph(Id, Since, Text)
{
    [JsonIgnore]
    public override IReadOnlyList<string> Cited => [.. Rules, .. Sources, .. Gaps];

    /// <summary>The same words on the same grounds.</summary>
    public bool Says(PositionParagraph other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Text == other.Text
            && Rules.SequenceEqual(other.Rules, StringComparer.Ordinal)
            && Sources.SequenceEqual(other.Sources, StringComparer.Ordinal)
            && Gaps.SequenceEqual(other.Gaps, StringComparer.Ordinal);
    }
}

/// <summary>What one version may hold.</summary>
internal static class Placing
{
    public const int CountMax = 50;
    public const int CitationsMax = 20;
    public const int SourceLengthMax = 500;

    /// <summary>Words and citations together; what is longer is two positions.</summary>
    public const int LettersMax = 24_000;

    public static Refusal? WhyNot(IReadOnlyList<ParagraphDraft>? drafts)
    {
        if (drafts is not { Count: > 0 })
        {
            return Refusal.Invalid("paragraphs are missing; a position has one at least");
        }

        if (drafts.Count > CountMax)
        {
            return Refusal.TooMuch(
                $"more than {CountMax} paragraphs; a position so long is better two"
            );
        }

        Refusal? no = drafts
            .Select((draft, at) => WhyNot(draft, at + 1))
            .FirstOrDefault(refusal => refusal is not null);
        return no
            ?? (
                drafts.Sum(Letters) > LettersMax
                    ? Refusal.TooMuch(
                        $"the paragraphs have more than {LettersMax} characters with what they cite; a position so long is better two"
                    )
                    : null
            );
    }

    /// <param name="latest">Paragraphs of the latest version.</param>
    /// <param name="lastNumber">Of all ids that were ever given.</param>
    public static (IReadOnlyList<PositionParagraph>? Placed, Refusal? Refusal) Place(
        IReadOnlyList<ParagraphDraft> drafts,
        IReadOnlyList<PositionParagraph> latest,
        int lastNumber,
        int version
    ) =>
        NumberedParagraphs.Place(
            [.. drafts.Select(draft => (draft.Id, New(draft, version)))],
            latest,
            (one, other) => one.Says(other),
            lastNumber
        );

    /// <summary>Without blanks at the ends, which nobody sees and which a form cuts off.</summary>
    private static PositionParagraph New(ParagraphDraft draft, int version) =>
        new(
            "",
            version,
            draft.Text.Trim().ReplaceLineEndings("\n"),
            Trimmed(draft.Rules),
            Trimmed(draft.Sources),
            Trimmed(draft.Gaps)
        );

    private static string[] Trimmed(IReadOnlyList<string>? cited) =>
        [.. (cited ?? []).Select(each => each.Trim())];

    private static Refusal? WhyNot(ParagraphDraft? draft, int number) =>
        draft is null
            ? Refusal.Invalid($"paragraph {number} is empty")
            : Checks.Needed(draft.Text, $"the text of paragraph {number}")
                ?? Cited(draft.Rules, $"rules of paragraph {number}", Citations.Rule)
                ?? Cited(draft.Sources, $"sources of paragraph {number}", Source)
                ?? Cited(draft.Gaps, $"gaps of paragraph {number}", Citations.Gap)
                ?? (
                    draft is { Rules: null or [], Sources: null or [], Gaps: null or [] }
                        ? Refusal.Invalid(
                            $"paragraph {number} cites nothing; name the rule, the source or the gap that it is about"
                        )
                        : null
                );

    private static Refusal? Cited(
        IReadOnlyList<string>? cited,
        string what,
        Func<string?, Refusal?> whyNot
    ) =>
        cited is null ? null
        : cited.Count > CitationsMax ? Refusal.TooMuch($"more than {CitationsMax} {what}")
        : cited.Distinct(StringComparer.Ordinal).Count() != cited.Count
            ? Refusal.Invalid($"one of the {what} stands twice")
        : cited.Select(each => whyNot(each?.Trim())).FirstOrDefault(refusal => refusal is not null);

    private static Refusal? Source(string? text) =>
        Checks.Needed(text, "one of the sources")
        ?? (
            text!.Length > SourceLengthMax
                ? Refusal.Invalid($"a source is longer than {SourceLengthMax} characters")
                : null
        );

    private static int Letters(ParagraphDraft draft) =>
        draft.Text.Length
        + (draft.Rules ?? [])
            .Concat(draft.Sources ?? [])
            .Concat(draft.Gaps ?? [])
            .Sum(each => each.Length);
}
