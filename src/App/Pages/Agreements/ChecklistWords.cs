using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Agreements;

/// <summary>Items and answers of the checklist as HTML in the language of a page.</summary>
internal static class ChecklistWords
{
    public static string Html(PageTexts texts, Wording words) =>
        texts.Html(
            words.In(texts.Language) is { } own ? new Native(own) : (Word)new Free(words.English)
        );

    public static string Answer(PageTexts texts, PlanAnswer answer) =>
        $"<strong>{ActivationsPart.Value(texts, answer)}</strong>";

    public static string Age(PageTexts texts, Duration? age) =>
        age is { } known
            ? texts.Html("checklist.age", ("n", new Count((long)Math.Floor(known.TotalDays))))
            : "—";

    public static string Evidence(Markup page, IReadOnlyList<PlanEvidence> evidence) =>
        evidence.Count == 0
            ? "—"
            : string.Join("<br>", evidence.Select(one => Evidence(page, one)));

    private static string Evidence(Markup page, PlanEvidence one)
    {
        PageTexts texts = page.Texts;
        string what = one.Kind switch
        {
            // It leads away from here, and nothing is told to where it leads.
            PlanEvidenceKind.Link =>
                $"<a href=\"{Spoken.Html(one.Reference)}\" rel=\"noreferrer nofollow\">{texts.Html(new Code(Short(one.Reference)))}</a>",
            PlanEvidenceKind.Document => texts.Html(new Code(one.Reference)),
            PlanEvidenceKind.Ledger => Values.Subject(page, one.Reference),
            _ => texts.Html(new Free(one.Reference)),
        };
        return one.Source is { } source ? $"{what} ({texts.Html(new Free(source))})" : what;
    }

    public static void Counts(
        Markup page,
        string title,
        IEnumerable<(string Name, AnswerCounts Counts)> rows
    )
    {
        PageTexts texts = page.Texts;
        page.Rows(
            title,
            [
                texts.Html("checklist.chapter"),
                ActivationsPart.Value(texts, PlanAnswer.Yes),
                ActivationsPart.Value(texts, PlanAnswer.Partly),
                ActivationsPart.Value(texts, PlanAnswer.No),
                ActivationsPart.Value(texts, PlanAnswer.Unknown),
                texts.Html("checklist.stale"),
            ],
            [
                .. rows.Select(row => new GridRow([
                    row.Name,
                    .. (
                        (int[])
                            [
                                row.Counts.Yes,
                                row.Counts.Partly,
                                row.Counts.No,
                                row.Counts.Unknown,
                                row.Counts.Stale,
                            ]
                    ).Select(count => texts.Html(new Count(count))),
                ])),
            ]
        );
    }

    /// <summary>Of what is known, and of everything with the unknown counted both ways.</summary>
    public static IEnumerable<(string Name, string Value)> Shares(
        PageTexts texts,
        AnswerCounts all
    ) =>
        [
            (
                texts.Html("checklist.known-share"),
                all.ShareOfKnown is { } share
                    ? texts.Html(new Share(share))
                    : texts.Html("checklist.nothing-known")
            ),
            (
                texts.Html("checklist.range"),
                texts.Html(
                    "checklist.between",
                    ("low", new Share(all.ShareLow)),
                    ("high", new Share(all.ShareHigh))
                )
            ),
        ];

    private static string Short(string address) =>
        address.Length > 60 ? address[..57] + "…" : address;
}
