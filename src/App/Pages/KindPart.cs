using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>How likely each kind is, with the unknown in its place among them.</summary>
internal static class KindPart
{
    private const int ReasonsShown = 4;

    public static void Write(Markup page, Disruption disruption)
    {
        if (disruption.Kinds is not { } kinds)
        {
            return;
        }

        PageTexts texts = page.Texts;
        IEnumerable<(double Probability, GridRow Row)> rows = kinds
            .Kinds.Select(kind =>
                (
                    kind.Probability.Probability,
                    RowOf(
                        texts,
                        texts.Html(Word.Of("kind", kind.Kind)),
                        kind.Probability,
                        Reasons(texts, kind)
                    )
                )
            )
            .Append(
                (
                    kinds.Unknown.Probability,
                    RowOf(
                        texts,
                        texts.Words.Html("unknown"),
                        kinds.Unknown,
                        texts.Html("kinds.unknown")
                    )
                )
            );
        page.Head("kinds", texts.Html("kinds.title"))
            .Say(texts.Html("kinds.intro"), "quiet")
            .Grid(
                texts.Html("kinds.title"),
                ["likely-kind", "likelihood#", "reasons"],
                [.. rows.OrderByDescending(row => row.Probability).Select(row => row.Row)]
            );
    }

    private static GridRow RowOf(
        PageTexts texts,
        string kind,
        Confidence probability,
        string reasons
    ) => new([kind, texts.Html(new Share(probability.Probability)), reasons]);

    private static string Reasons(PageTexts texts, KindLikelihood kind) =>
        texts.Html(
            kind.Reasons.Count == 0
                ? new Said("nothing")
                : new Lines([
                    .. kind.Reasons.Take(ReasonsShown).Select(reason => texts.Reason(reason)),
                ])
        );
}
