using Breakwater.Decisions;
using Breakwater.Plans;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary>Offers bound to a plan and how far each has come: a promise is not a delivery, a delivery is not service.</summary>
internal static class CommitmentPart
{
    public static void Write(Markup page, Plan plan, IReadOnlyList<Commitment> commitments)
    {
        PageTexts texts = page.Texts;
        page.Head("commitments", texts.Words.Html("section.commitments"));
        if (commitments.Count == 0)
        {
            page.Say(texts.Words.Html("commitments.none"));
            return;
        }

        int working = commitments.Count(commitment =>
            commitment.State is CommitmentState.Working or CommitmentState.StillWorking
        );
        page.Say(
                texts.Words.Html(
                    new Said(
                        "commitments.intro",
                        ("n", new Count(working)),
                        ("all", new Count(commitments.Count))
                    )
                )
            )
            .Grid(
                texts.Words.Html("table.commitments"),
                ["asset", "from-whom", "where", "commitment-state", "shown-by", "until"],
                [
                    .. commitments.Select(commitment => new GridRow(
                        [
                            texts.Html(
                                new Said(
                                    "plans.units",
                                    ("n", new Count(commitment.Units)),
                                    ("asset", new Free(commitment.Asset))
                                )
                            ),
                            texts.Html(new Free(commitment.Stakeholder)),
                            texts.Html(Word.Of(commitment.Place, commitment.PlaceName)),
                            $"<strong>{texts.Html(Word.Of("commitment", commitment.State))}</strong>",
                            History(texts, commitment),
                            texts.Html(
                                commitment.Until is { } until
                                    ? new Moment(until)
                                    : new Said("no-end-stated")
                            ),
                        ],
                        commitment.Id
                    )),
                ]
            );
    }

    private static string History(PageTexts texts, Commitment commitment) =>
        $"<ol class=\"steps\">{string.Concat(commitment.History.Select(step => $"<li>{texts.Html(Word.Of("commitment", step.State))}{texts.Comma}{texts.Html(new Moment(step.At))}: {texts.Html(new Free(step.Proof))} <span class=\"ref origin\">{texts.Html(Word.Of("origin", step.Origin))}</span></li>"))}</ol>";
}
