using System.Globalization;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Law;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Law;

/// <summary>What was proposed for the disruption of a fact sheet, each fact with a button that takes it over as it stands.</summary>
internal static class ProposedPart
{
    private const int ShownMax = 40;
    private const int EvidenceShown = 6;

    /// <param name="back">Where to go on; null for the sheet itself.</param>
    public static async Task Write(
        Markup page,
        Visit visit,
        AskedSheet sheet,
        Response.Reading reading,
        string? back = null
    )
    {
        CommandKind command = sheet.Seen.Kind.Commands.First(one =>
            one.Request == typeof(AnswerFact)
        );
        if (sheet.Caller.WhyNot(sheet.Seen.Kind, command) is not null)
        {
            return;
        }

        IReadOnlyList<Proposal> may = await reading
            .Proposed(sheet.File, sheet.Words.Pack, sheet.Caller)
            .ConfigureAwait(false);
        if (may.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("proposed", texts.Html("norms.proposed"));
        page.Say(texts.Html("norms.proposed.is"), "quiet");
        foreach (Proposal proposal in may.Take(ShownMax))
        {
            page.Raw("<section class=\"remark\">\n");
            Tell(page, sheet.Words, proposal);
            Form(page, visit, sheet.Seen, command, proposal.Answer, back);
            page.Raw("</section>\n");
        }

        if (may.Count > ShownMax)
        {
            page.Say(texts.Html("norms.more", ("n", new Count(may.Count - ShownMax))), "quiet");
        }
    }

    private static void Tell(Markup page, LawWords words, Proposal proposal)
    {
        PageTexts texts = page.Texts;
        AnswerFact answer = proposal.Answer;
        page.Say(
            $"<strong>{words.Question(words.Pack.FactOf(answer.Fact)!)}</strong> {texts.Html(new Code(answer.Fact))}"
        );
        int more = answer.Evidence!.Count - EvidenceShown;
        page.Facts([
            (texts.Html("norms.proposed.value"), FactSheetView.Value(texts, answer.Value)),
            (
                texts.Html("norms.proposed.sure"),
                answer.Confidence is { } sure
                    ? texts.Html(new Number(sure, 2))
                    : texts.Html("norms.proposed.sure.none")
            ),
            (
                texts.Html("norms.proposed.source"),
                $"{texts.Html(new Free(answer.Source))} · {texts.Html(Word.Of("origin", proposal.Fact.Origin))}"
            ),
            (texts.Html("norms.proposed.because"), texts.Html(new Free(proposal.Fact.Because))),
            (
                texts.Html("field.fact-answer.evidence"),
                string.Join(" · ", answer.Evidence.Take(EvidenceShown).Select(page.Chain))
                    + (more > 0 ? $" · {texts.Html("norms.more", ("n", new Count(more)))}" : "")
            ),
        ]);
    }

    private static void Form(
        Markup page,
        Visit visit,
        Seen seen,
        CommandKind command,
        AnswerFact answer,
        string? back
    )
    {
        string value = Members.Kebab(answer.Value.ToString());
        page.Open(visit, Addresses.Of(seen.Kind, command, seen.Id))
            .Hidden("key", ActDoor.FreshKey())
            .Hidden(Accounts.Pages.Form.SeenVersion, Values.Plain(seen.Version))
            .Hidden("fact", answer.Fact)
            .Hidden("value", value)
            .Hidden("source", answer.Source)
            .Hidden("respondent", Members.Kebab(answer.Respondent.ToString()))
            .Hidden("evidence", string.Join('\n', answer.Evidence!));
        if (answer.Confidence is { } sure)
        {
            page.Hidden("confidence", sure.ToString(CultureInfo.InvariantCulture));
        }

        if (back is not null)
        {
            page.Hidden("back", back);
        }

        page.Raw(
            $"<p><button type=\"submit\" class=\"plainly\">{page.Texts.Html($"norms.proposed.take-{value}")}</button></p>\n</form>\n"
        );
    }
}
