using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Law;
using Breakwater.App.Pages.Response;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Findings;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Law;

/// <summary>One rule on a fact sheet: each outcome with the bodies that come to it, the smallest set of facts behind it, and the reasons.</summary>
internal sealed class FindingPage(Callers callers, Response.Reading reading)
{
    public const string Path = "/fact-sheets/{id}/findings/{rule}";

    public static string Of(Seen seen, string rule) =>
        $"{AskedSheet.FindingsOf(seen)}/{Uri.EscapeDataString(rule)}";

    public async Task Show(Visit visit)
    {
        if (await AskedSheet.Of(visit, callers, reading).ConfigureAwait(false) is not { } sheet)
        {
            return;
        }

        string given = visit.Http.Request.Query["as-of"].ToString();
        LocalDate? day = SheetAssessed.Day(given, reading.Now);
        if (
            sheet.Words.Pack.RuleOf((string)visit.Http.Request.RouteValues["rule"]!) is not { } rule
            || (given.Length > 0 && day is null)
        )
        {
            await Response.Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        Assessed assessed = SheetAssessed.Of(sheet.File, day)!;
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(sheet.Seen.Path, Titles.Html(page, sheet.Seen))} · <a href=\"{AskedSheet.FindingsOf(sheet.Seen)}?lang={texts.Language}{(day is null ? "" : $"&amp;as-of={given}")}\">{texts.Html("norms.findings")}</a></p>\n<h1>{sheet.Words.Rule(rule)}</h1>\n<p class=\"quiet\">{page.Link(RulePage.Of(rule.Id), texts.Html(new Code(rule.Id)))} · {sheet.Words.Regime(rule.Regime)}</p>\n"
        );
        FindingParts.Banner(page, sheet.Words);
        FindingParts.Sources(page, rule);
        foreach (
            IGrouping<string, Finding> alike in assessed
                .Findings.Where(finding => finding.Rule.Id == rule.Id)
                .GroupBy(Reasons, StringComparer.Ordinal)
        )
        {
            Alike(page, sheet, assessed, [.. alike]);
        }

        FindingParts.Versions(page, sheet.Words, assessed);
        await visit
            .Show(
                Layout.Page(
                    texts,
                    Of(sheet.Seen, rule.Id),
                    $"{texts.Plain("norms.findings")}: {rule.Id}",
                    page.ToString()
                )
            )
            .ConfigureAwait(false);

        // Bodies that read every part alike, with the same terms, are told once.
        string Reasons(Finding finding) =>
            $"{finding.Outcome} {string.Join('\n', finding.Basis.Select(part => $"{part.Name} {part.Clause} {part.Value} {string.Join(',', part.Facts)}"))}";
    }

    private static void Alike(
        Markup page,
        AskedSheet sheet,
        Assessed assessed,
        IReadOnlyList<Finding> alike
    )
    {
        PageTexts texts = page.Texts;
        LawWords words = sheet.Words;
        Finding one = alike[0];
        page.Raw("<section class=\"finding\">\n");
        page.Say(FindingParts.Outcome(words, one.Rule, one.Outcome));
        FindingParts.Bodies(
            page,
            words,
            assessed,
            one.Rule,
            [.. alike.Select(finding => finding.Profile)],
            profile =>
                $"{FindingParts.Body(words, texts, profile)} · {FindingParts.Contest(page, words.Pack, sheet.Seen, one.Rule.Id, profile)}"
        );
        FindingParts.Caveats(page, words, one);
        if (one.Outcome.IsReport())
        {
            page.Raw("</section>\n");
            return;
        }

        if (one.Missing.Count > 0)
        {
            page.Say(
                $"<strong>{texts.Html("norms.missing")}</strong><br>{FindingParts.Missing(words, texts, one.Missing)}"
            );
        }

        Set(page, words, assessed, one);
        page.Raw($"<details>\n<summary>{texts.Html("norms.why")}</summary>\n");
        foreach (Part part in one.Basis)
        {
            page.Raw($"<h4>{PartName(words, texts, part)}</h4>\n");
            new Conditions(
                page,
                words,
                assessed.ReadingOf(one.Profile),
                assessed.Facts,
                Burdens.Of(assessed, one.Rule, part)
            ).Write(part.Clause.Expression);
        }

        page.Raw("</details>\n</section>\n");
    }

    private static void Set(Markup page, LawWords words, Assessed assessed, Finding finding)
    {
        PageTexts texts = page.Texts;
        DeterminingSet set = DeterminingSets.Of(assessed.Evaluation, finding.Rule, finding.Profile);
        page.Raw(
            $"<details open>\n<summary>{texts.Html(finding.Outcome.IsDeterminate() ? "norms.set.rests-on" : "norms.set.could-settle")}</summary>\n"
        );
        if (set.Outcome is null || set.Facts.Count == 0)
        {
            page.Say(texts.Html(set.Outcome is null ? "norms.set.nothing" : "norms.set.no-fact"));
        }
        else
        {
            page.Items(
                set.Facts.Select(fact =>
                    $"{words.TermWithId(fact.Fact)}: <strong>{texts.Html(fact.Value ? "norms.value.yes" : "norms.value.no")}</strong>"
                )
            );
            page.Say(texts.Html(set.IsExact ? "norms.set.exact" : "norms.set.minimal"), "quiet");
        }

        page.Raw("</details>\n");
    }

    private static string PartName(LawWords words, PageTexts texts, Part part) =>
        part.Name.StartsWith("exception:", StringComparison.Ordinal)
            ? $"{texts.Html("norms.exception")} {words.Exception(part.Name["exception:".Length..])}"
            : texts.Html($"norms.{part.Name}");
}
