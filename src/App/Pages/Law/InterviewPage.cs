using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Law;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Law;

/// <summary>
/// One question at a time, the one that settles most for whoever is asked. Each answer is on record before the next question, so that
/// whoever stops goes on where they were. What is skipped stands in the address alone.
/// </summary>
internal sealed class InterviewPage(Callers callers, Response.Reading reading)
{
    public const string Path = "/fact-sheets/{id}/interview";

    private const int SkippedMax = 40;
    private const int SettlesShown = 6;

    public async Task Show(Visit visit)
    {
        if (await AskedSheet.Of(visit, callers, reading).ConfigureAwait(false) is not { } sheet)
        {
            return;
        }

        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(sheet.Seen.Path, Titles.Html(page, sheet.Seen))}</p>\n<h1>{texts.Html("norms.interview")}</h1>\n"
        );
        if (visit.Http.Request.Query["done"].ToString().Length > 0)
        {
            page.Raw(
                $"<p class=\"done\" role=\"status\">{texts.Html("norms.interview.kept")}</p>\n"
            );
        }

        CommandKind command = sheet.Seen.Kind.Commands.First(one =>
            one.Request == typeof(AnswerFact)
        );
        if (sheet.Caller.WhyNot(sheet.Seen.Kind, command) is not null)
        {
            page.Say(ActPage.WhyNot(texts, command, sheet.Caller), "caution");
        }
        else if (sheet.File.State == FactSheetState.Closed)
        {
            page.Say(texts.Html("norms.sheet.closed"), "caution");
        }
        else
        {
            RespondentRole? who = RespondentOf(visit);
            if (who is { } respondent)
            {
                Next(page, visit, sheet, command, respondent);
            }
            else
            {
                Choose(page, sheet);
            }

            await ProposedPart
                .Write(page, visit, sheet, reading, Here(sheet, who, Skipped(visit, sheet)))
                .ConfigureAwait(false);
        }

        page.Items([
            page.Link(sheet.Seen.Path, texts.Html("norms.interview.stop")),
            page.Link(AskedSheet.FindingsOf(sheet.Seen), texts.Html("norms.findings.go")),
        ]);
        await visit
            .Show(
                Layout.Page(
                    texts,
                    AskedSheet.InterviewOf(sheet.Seen),
                    texts.Plain("norms.interview"),
                    page.ToString()
                )
            )
            .ConfigureAwait(false);
    }

    private static RespondentRole? RespondentOf(Visit visit) =>
        Enum.GetValues<RespondentRole>()
            .Where(role =>
                Members.Kebab(role.ToString()) == visit.Http.Request.Query["as"].ToString()
            )
            .Select(role => (RespondentRole?)role)
            .FirstOrDefault();

    private static string[] Skipped(Visit visit, AskedSheet sheet) =>
        [
            .. visit
                .Http.Request.Query["skip"]
                .ToString()
                .Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Where(id => sheet.Words.Pack.FactOf(id) is not null)
                .Distinct()
                .Take(SkippedMax),
        ];

    private static void Choose(Markup page, AskedSheet sheet)
    {
        PageTexts texts = page.Texts;
        page.Say(texts.Html("norms.interview.who"));
        page.Raw("<ul class=\"acts\">\n");
        foreach (RespondentRole role in Enum.GetValues<RespondentRole>())
        {
            string word = Members.Kebab(role.ToString());
            page.Raw(
                $"<li><a href=\"{AskedSheet.InterviewOf(sheet.Seen)}?as={word}&amp;lang={texts.Language}\">{Labels.Value(texts, typeof(RespondentRole), word)}</a></li>\n"
            );
        }

        page.Raw("</ul>\n");
        page.Say(texts.Html("norms.interview.care"), "caution");
    }

    private static void Next(
        Markup page,
        Visit visit,
        AskedSheet sheet,
        CommandKind command,
        RespondentRole respondent
    )
    {
        PageTexts texts = page.Texts;
        string[] skipped = Skipped(visit, sheet);
        Assessed assessed = SheetAssessed.Of(sheet.File, null)!;
        Question[] open = [.. SheetAssessed.Questions(sheet.File, assessed, respondent)];
        Question? next = open.FirstOrDefault(one => !skipped.Contains(one.Fact.Id));
        page.Say(
            texts.Html(
                "norms.interview.so-far",
                (
                    "said",
                    new Count(sheet.File.Said.Select(answer => answer.Fact).Distinct().Count())
                ),
                ("open", new Count(open.Length))
            ),
            "quiet"
        );
        if (next is null)
        {
            page.Say(
                texts.Html(
                    skipped.Length > 0 && open.Length > 0
                        ? "norms.interview.all-skipped"
                        : "norms.interview.nothing-more"
                )
            );
            return;
        }

        Ask(page, sheet.Words, next);
        string here = Here(sheet, respondent, skipped);
        Form(page, visit, sheet, command, respondent, next.Fact, here);
        if (skipped.Length < SkippedMax)
        {
            page.Items([
                $"<a href=\"{Spoken.Html(visit.Address(Here(sheet, respondent, [.. skipped, next.Fact.Id])))}\">{texts.Html("norms.interview.skip")}</a>",
            ]);
        }
    }

    private static string Here(AskedSheet sheet, RespondentRole? respondent, string[] skipped) =>
        $"{AskedSheet.InterviewOf(sheet.Seen)}?as={(respondent is { } role ? Members.Kebab(role.ToString()) : "")}{(skipped.Length > 0 ? $"&skip={string.Join(',', skipped)}" : "")}";

    /// <summary>What could harm somebody stands before the question.</summary>
    private static void Ask(Markup page, LawWords words, Question question)
    {
        PageTexts texts = page.Texts;
        FactTerm fact = question.Fact;
        if (words.SafetyNote(fact) is { } note)
        {
            page.Raw(
                $"<p class=\"caution\"><strong>{texts.Html("norms.safety")}</strong> {note}</p>\n"
            );
        }

        page.Raw($"<h2 id=\"question\">{words.Question(fact)}</h2>\n");
        page.Facts([
            (texts.Html("norms.counts"), words.Counts(fact)),
            (texts.Html("norms.does-not"), words.DoesNot(fact)),
        ]);
        if (fact.Examples.Count > 0)
        {
            page.Say($"<strong>{texts.Html("norms.examples")}</strong>")
                .Items(fact.Examples.Select(each => texts.Html(new Free(each))));
        }

        if (fact.Pro.Count + fact.Contra.Count > 0)
        {
            page.Raw($"<details>\n<summary>{texts.Html("norms.factors")}</summary>\n");
            page.Items([
                .. fact.Pro.Select(each =>
                    $"{texts.Html("norms.pro")} {texts.Html(new Free(each))}"
                ),
                .. fact.Contra.Select(each =>
                    $"{texts.Html("norms.contra")} {texts.Html(new Free(each))}"
                ),
            ]);
            page.Raw("</details>\n");
        }

        string settles = string.Join(
            texts.Html("response.and"),
            question
                .Settles.Take(SettlesShown)
                .Select(id => words.Pack.RuleOf(id)!)
                .Select(rule => page.Link(RulePage.Of(rule.Id), words.Rule(rule)))
        );
        page.Say(
            $"{texts.Html("norms.interview.reach", ("n", new Count(question.Reach)))} {(settles.Length > 0 ? $"{texts.Html("norms.interview.settles", ("n", new Count(question.Settles.Count)))} {settles}" : "")}",
            "quiet"
        );
    }

    private static void Form(
        Markup page,
        Visit visit,
        AskedSheet sheet,
        CommandKind command,
        RespondentRole respondent,
        FactTerm fact,
        string here
    )
    {
        PageTexts texts = page.Texts;
        page.Open(visit, Addresses.Of(sheet.Seen.Kind, command, sheet.Seen.Id))
            .Hidden("key", ActDoor.FreshKey())
            .Hidden(Accounts.Pages.Form.SeenVersion, Values.Plain(sheet.Seen.Version))
            .Hidden("back", here)
            .Hidden("fact", fact.Id)
            .Hidden("respondent", Members.Kebab(respondent.ToString()))
            // The first button of a form is pressed by the Enter key: nobody says yes by leaving a field.
            .Raw("<button type=\"submit\" disabled hidden></button>\n");
        if (fact.IsEvaluative)
        {
            // Nobody is named as assessor who did not say so.
            Input(page, "assessor", "norms.assessor", "", isRequired: false);
        }

        Input(
            page,
            "source",
            "field.answer-fact.source",
            Source(sheet, respondent),
            isRequired: true
        );
        page.Raw("<p class=\"answers\">\n");
        foreach (FactAnswerValue value in Enum.GetValues<FactAnswerValue>())
        {
            string word = Members.Kebab(value.ToString());
            page.Raw(
                $"<button type=\"submit\" name=\"value\" value=\"{word}\">{texts.Html($"norms.answer.{word}")}</button>\n"
            );
        }

        page.Raw("</p>\n");
        page.Raw($"<details>\n<summary>{texts.Html("norms.interview.more")}</summary>\n");
        Input(
            page,
            "confidence",
            "norms.confidence",
            "",
            isRequired: false,
            "inputmode=\"decimal\" dir=\"ltr\""
        );
        page.Raw(
            $"<div class=\"field\"><label for=\"evidence\">{texts.Html("field.answer-fact.evidence")}</label>\n<textarea id=\"evidence\" name=\"evidence\" rows=\"3\" maxlength=\"10000\" dir=\"ltr\"></textarea></div>\n</details>\n</form>\n"
        );
    }

    /// <summary>As this respondent was named last, so that nobody types it again for every question.</summary>
    private static string Source(AskedSheet sheet, RespondentRole respondent) =>
        sheet
            .File.Said.LastOrDefault(answer =>
                answer.Respondent == respondent && answer.By == sheet.Caller.Participant.Person
            )
            ?.Source
        ?? $"interview, {Members.Kebab(respondent.ToString())}";

    private static void Input(
        Markup page,
        string name,
        string label,
        string value,
        bool isRequired,
        string attributes = "dir=\"auto\" maxlength=\"200\""
    ) =>
        page.Raw(
            $"<div class=\"field\"><label for=\"{name}\">{page.Texts.Html(label)}</label>\n<input id=\"{name}\" name=\"{name}\" type=\"text\" autocomplete=\"off\" {attributes}{(isRequired ? " required" : "")} value=\"{Spoken.Html(value)}\"></div>\n"
        );
}
