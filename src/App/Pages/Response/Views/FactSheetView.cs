using System.Globalization;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Law;
using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A fact sheet: where to go on, then fact by fact who says what. Sources that contradict each other stand side by side.</summary>
internal static class FactSheetView
{
    public static async Task Write(
        Markup page,
        Visit visit,
        Seen seen,
        Reading reading,
        Caller caller
    )
    {
        if (AskedSheet.FileOf(seen) is not { } file)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Say(texts.Html("norms.sheet.is"), "quiet");
        Ways(page, seen, file);
        page.Facts([
            .. First.Facts(page, seen, "Conduct", "DisruptionId", "Organisation", "OpenedAt"),
            (
                texts.Html("norms.burdens"),
                texts.Html(
                    file.Burdens is { AreClosed: true }
                        ? "norms.burdens.closed"
                        : "norms.burdens.open"
                )
                    + (
                        file.Burdens is { } word
                            ? $"<br>{texts.Html(new Free(word.Reason))} · {Values.Moment(texts, word.At)}"
                            : ""
                    )
            ),
        ]);
        page.Head("said", texts.Html("norms.said"));
        IGrouping<string, FactAnswer>[] said =
        [
            .. file
                .Said.GroupBy(answer => answer.Fact)
                .OrderBy(fact => fact.Key, StringComparer.Ordinal),
        ];
        if (said.Length == 0)
        {
            page.Say(texts.Html("norms.said.nothing"), "quiet");
        }

        LawWords? words = LawWords.For(texts);
        foreach (IGrouping<string, FactAnswer> fact in said)
        {
            Fact(page, seen, words, fact.Key, [.. fact], MayWithdraw);
        }

        if (words is not null)
        {
            await ProposedPart
                .Write(page, visit, new AskedSheet(seen, file, caller, words), reading)
                .ConfigureAwait(false);
        }

        Withdrawn(page, words, file);

        bool MayWithdraw(FactAnswer answer) =>
            file.State == FactSheetState.Open
            && answer.Organisation == caller.Participant.Organisation;
    }

    /// <summary>How many facts are said, and on how many sources contradict each other.</summary>
    public static string Told(PageTexts texts, Seen seen)
    {
        IGrouping<string, FactAnswer>[] said =
        [
            .. AskedSheet.FileOf(seen)?.Said.GroupBy(answer => answer.Fact) ?? [],
        ];
        int contradicted = said.Count(fact => IsContradicted([.. fact]));
        return contradicted == 0
            ? texts.Html(new Count(said.Length))
            : $"{texts.Html(new Count(said.Length))} · {texts.Html("norms.contradicted.n", ("n", new Count(contradicted)))}";
    }

    private static void Ways(Markup page, Seen seen, FactSheetFile file)
    {
        PageTexts texts = page.Texts;
        page.Raw("<ul class=\"acts\">\n");
        if (file.State == FactSheetState.Open)
        {
            page.Raw(
                $"<li>{page.Link(AskedSheet.InterviewOf(seen), texts.Html("norms.interview.go"))}</li>\n"
            );
        }

        page.Raw(
            $"<li>{page.Link(AskedSheet.FindingsOf(seen), texts.Html("norms.findings.go"))}</li>\n</ul>\n"
        );
    }

    private static void Fact(
        Markup page,
        Seen seen,
        LawWords? words,
        string id,
        IReadOnlyList<FactAnswer> answers,
        Func<FactAnswer, bool> mayWithdraw
    )
    {
        PageTexts texts = page.Texts;
        page.Raw($"<section class=\"remark\" id=\"{Spoken.Html(id)}\">\n");
        page.Say(
            $"<strong>{words?.Term(id) ?? texts.Html(new Code(id))}</strong> {texts.Html(new Code(id))}"
        );
        if (words?.Pack.FactOf(id) is null)
        {
            page.Say(texts.Html("norms.fact.gone"), "caution");
        }
        else if (IsContradicted(answers))
        {
            page.Say(texts.Html("norms.contradicted"), "caution");
        }

        page.Raw("<div class=\"sides\">\n");
        foreach (
            IGrouping<FactAnswerValue, FactAnswer> side in answers
                .GroupBy(answer => answer.Value)
                .OrderBy(side => side.Key)
        )
        {
            page.Raw(
                $"<div>\n<p><span class=\"state\">{Value(texts, side.Key)}</span></p>\n<ul class=\"plain\">\n"
            );
            foreach (FactAnswer answer in side)
            {
                page.Raw(
                    $"<li>{Who(page, answer)}{(mayWithdraw(answer) ? Withdraw(page, seen, answer) : "")}</li>\n"
                );
            }

            page.Raw("</ul>\n</div>\n");
        }

        page.Raw("</div>\n</section>\n");
    }

    private static string Who(Markup page, FactAnswer answer)
    {
        PageTexts texts = page.Texts;
        string[] all =
        [
            texts.Html(new Free(answer.Source)),
            Labels.Value(
                texts,
                typeof(RespondentRole),
                Members.Kebab(answer.Respondent.ToString())
            ),
            .. answer.Confidence is { } sure
                ? [texts.Html("norms.sure", ("n", new Number(sure, 2)))]
                : (string[])[],
            .. answer.Assessor is { } role
                ? [texts.Html("norms.assessed-by", ("role", new Free(role)))]
                : (string[])[],
            .. answer.TakenFrom is { } proposed
                ? [$"{texts.Html("norms.taken-over")} {page.Chain(proposed)}"]
                : (string[])[],
            .. answer
                .Evidence.Where(one => one != answer.TakenFrom)
                .Select(one => texts.Html(new Code(Values.Short(one)))),
            Values.Moment(texts, answer.At),
            .. answer.Organisation is { } organisation
                ? [Values.Organisation(page, organisation)]
                : (string[])[],
        ];
        return string.Join(" · ", all);
    }

    private static string Withdraw(Markup page, Seen seen, FactAnswer answer)
    {
        CommandKind command = seen.Kind.Commands.First(one =>
            one.Request == typeof(WithdrawAnswer)
        );
        string path =
            $"{Addresses.Of(seen.Kind, command, seen.Id)}?number={answer.Number.ToString(CultureInfo.InvariantCulture)}&amp;lang={page.Texts.Language}";
        return $" · <a href=\"{path}\">{Labels.Command(page.Texts, seen.Kind, command)}</a>";
    }

    private static void Withdrawn(Markup page, LawWords? words, FactSheetFile file)
    {
        PageTexts texts = page.Texts;
        FactAnswer[] withdrawn = [.. file.Answers.Where(answer => answer.Withdrawn is not null)];
        if (withdrawn.Length == 0)
        {
            return;
        }

        page.Head("withdrawn", texts.Html("norms.withdrawn"));
        page.Rows(
            texts.Html("norms.withdrawn"),
            [
                texts.Html("norms.fact"),
                texts.Html("norms.value"),
                texts.Html("field.answer-fact.source"),
                texts.Html("field.reason"),
                texts.Html("field.at"),
            ],
            [
                .. withdrawn.Select(answer => new GridRow([
                    words?.TermWithId(answer.Fact) ?? texts.Html(new Code(answer.Fact)),
                    Value(texts, answer.Value),
                    Who(page, answer),
                    texts.Html(new Free(answer.Withdrawn!.Reason)),
                    Values.Moment(texts, answer.Withdrawn.At),
                ])),
            ]
        );
    }

    public static string Value(PageTexts texts, FactAnswerValue value) =>
        Labels.Value(texts, typeof(FactAnswerValue), Members.Kebab(value.ToString()));

    private static bool IsContradicted(IReadOnlyList<FactAnswer> answers) =>
        answers.Any(answer => answer.Value == FactAnswerValue.Yes)
        && answers.Any(answer => answer.Value == FactAnswerValue.No);
}
