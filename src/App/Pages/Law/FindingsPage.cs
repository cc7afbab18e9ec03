using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Law;
using Breakwater.App.Pages.Response;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Law;

/// <summary>What each body would say on a fact sheet: agreed, contested side by side, undetermined with what is missing, and gaps.</summary>
internal sealed class FindingsPage(Callers callers, Response.Reading reading)
{
    public const string Path = "/fact-sheets/{id}/findings";

    public async Task Show(Visit visit)
    {
        if (await AskedSheet.Of(visit, callers, reading).ConfigureAwait(false) is not { } sheet)
        {
            return;
        }

        PageTexts texts = visit.Texts;
        string given = visit.Http.Request.Query["as-of"].ToString();
        LocalDate? day = given.Length > 0 ? SheetAssessed.Day(given, reading.Now) : null;
        bool isWrong = given.Length > 0 && day is null;
        Assessed assessed = SheetAssessed.Of(sheet.File, day)!;
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(sheet.Seen.Path, Titles.Html(page, sheet.Seen))}</p>\n<h1>{texts.Html("norms.findings")}</h1>\n"
        );
        FindingParts.Banner(page, sheet.Words);
        if (isWrong)
        {
            page.Raw($"<p role=\"alert\">{texts.Html("norms.as-of.wrong")}</p>\n");
        }

        FindingParts.Versions(page, sheet.Words, assessed);
        FindingParts.DayForm(page, AskedSheet.FindingsOf(sheet.Seen), isWrong ? "" : given);
        new Findings(page, sheet, assessed, isWrong ? "" : given).Write();
        await visit
            .Show(
                Layout.Page(
                    texts,
                    AskedSheet.FindingsOf(sheet.Seen),
                    texts.Plain("norms.findings"),
                    page.ToString()
                ),
                isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    private sealed class Findings(Markup page, AskedSheet sheet, Assessed assessed, string day)
    {
        private readonly LawWords words = sheet.Words;

        private PageTexts Texts => page.Texts;

        public void Write()
        {
            Contradicted();
            Short();
            Determinate("agreed", Standing.Agreed);
            Contested();
            Determinate("partly", Standing.PartlyUndetermined);
            Undetermined();
            page.Head("gaps", Texts.Html("norms.gaps"));
            FindingParts.Gaps(page, words, assessed.Gaps);
            Silent();
            BriefDoor.Links(page, sheet.Seen, day);
            page.Head("bodies", Texts.Html("norms.bodies"))
                .Items(assessed.Profiles.Select(id => FindingParts.Body(words, Texts, id)));
        }

        private void Contradicted()
        {
            string[] facts =
            [
                .. assessed
                    .Facts.All.Where(fact => fact.IsContradicted)
                    .Select(fact => words.TermWithId(fact.Fact)),
            ];
            if (facts.Length > 0)
            {
                page.Say(Texts.Html("norms.contradicted.here"), "caution").Items(facts);
            }
        }

        /// <summary>How many rules stand how, each with the way to them.</summary>
        private void Short() =>
            page.Items([
                $"<a href=\"#agreed\">{Texts.Html("norms.standing.agreed")}</a>: {Texts.Html(new Count(Of(Standing.Agreed).Length))}",
                $"<a href=\"#contested\">{Texts.Html("norms.standing.contested")}</a>: {Texts.Html(new Count(Of(Standing.Contested).Length))}",
                $"<a href=\"#partly\">{Texts.Html("norms.standing.partly")}</a>: {Texts.Html(new Count(Of(Standing.PartlyUndetermined).Length))}",
                $"<a href=\"#undetermined\">{Texts.Html("norms.standing.undetermined")}</a>: {Texts.Html(new Count(Of(Standing.Undetermined).Length))}",
                $"<a href=\"#gaps\">{Texts.Html("norms.gaps")}</a>: {Texts.Html(new Count(assessed.Gaps.Count))}",
                $"<a href=\"#brief\">{Texts.Html("norms.brief")}</a>",
            ]);

        /// <summary>What does not apply says nothing of what was done, and stands apart.</summary>
        private Spread[] Of(Standing standing) =>
            [
                .. assessed.Spreads.Where(spread =>
                    spread.Standing == standing
                    && (
                        standing is Standing.Contested or Standing.Undetermined
                        || Told(spread).Any()
                    )
                ),
            ];

        private static IEnumerable<(Outcome Outcome, IReadOnlyList<string> Profiles)> Told(
            Spread spread
        ) =>
            spread.Outcomes.Where(group =>
                group.Outcome.IsDeterminate() && group.Outcome != Outcome.NotApplicable
            );

        private void Determinate(string id, Standing standing)
        {
            page.Head(id, Texts.Html($"norms.standing.{id}"));
            Spread[] spreads = Of(standing);
            None(spreads.Length);
            foreach (Spread spread in spreads)
            {
                (Outcome outcome, IReadOnlyList<string> profiles) = Told(spread).First();
                Open(spread.Rule);
                bool isAll = profiles.Count == assessed.Profiles.Count;
                page.Say(
                    $"{FindingParts.Outcome(words, spread.Rule, outcome)} {(isAll ? Texts.Html("norms.every-body") : "")}"
                );
                if (!isAll)
                {
                    Bodies(spread.Rule, profiles);
                }

                FindingParts.Caveats(page, words, assessed.Of(spread.Rule.Id, profiles[0]));
                if (spread.Missing.Count > 0)
                {
                    page.Say(
                        $"{Texts.Html("norms.rest-lacks")}<br>{FindingParts.Missing(words, Texts, spread.Missing)}",
                        "quiet"
                    );
                }

                Close(spread);
            }
        }

        private void Contested()
        {
            page.Head("contested", Texts.Html("norms.standing.contested"));
            Spread[] spreads = Of(Standing.Contested);
            None(spreads.Length);
            if (spreads.Length > 0)
            {
                page.Say(Texts.Html("norms.no-votes"), "quiet");
            }

            foreach (Spread spread in spreads)
            {
                Open(spread.Rule);
                page.Raw("<div class=\"sides\">\n");
                foreach (
                    (Outcome outcome, IReadOnlyList<string> profiles) in spread.Outcomes.OrderBy(
                        group => !group.Outcome.IsDeterminate()
                    )
                )
                {
                    page.Raw("<div>\n");
                    page.Say(FindingParts.Outcome(words, spread.Rule, outcome));
                    Bodies(spread.Rule, profiles);
                    FindingParts.Caveats(page, words, assessed.Of(spread.Rule.Id, profiles[0]));
                    page.Raw("</div>\n");
                }

                page.Raw("</div>\n");
                page.Say(
                    $"<strong>{Texts.Html("norms.turns-on")}</strong> {string.Join(Texts.Semicolon, spread.TurnsOn.Select(words.TermWithId))}"
                );
                if (spread.Atoms.Count > 0)
                {
                    page.Say(
                        $"{Texts.Html("norms.atoms")}<br>{FindingParts.Missing(words, Texts, spread.Atoms)}",
                        "quiet"
                    );
                }

                Close(spread);
            }
        }

        private void Undetermined()
        {
            page.Head("undetermined", Texts.Html("norms.standing.undetermined"));
            Spread[] spreads = Of(Standing.Undetermined);
            None(spreads.Length);
            if (spreads.Length > 0)
            {
                page.Rows(
                    Texts.Html("norms.standing.undetermined"),
                    [Texts.Html("norms.rule"), Texts.Html("norms.missing")],
                    [
                        .. spreads.Select(spread => new GridRow([
                            To(spread.Rule, words.Rule(spread.Rule)),
                            FindingParts.Missing(words, Texts, spread.Missing),
                        ])),
                    ]
                );
            }
        }

        /// <summary>Rules that have no say here: they do not apply, or were not in force or not yet stated.</summary>
        private void Silent()
        {
            Rule[] outside =
            [
                .. assessed
                    .Spreads.Where(spread =>
                        spread.Standing is Standing.Agreed or Standing.PartlyUndetermined
                        && !Told(spread).Any()
                    )
                    .Select(spread => spread.Rule),
            ];
            Listed("norms.outside", outside);
            foreach (Outcome report in (Outcome[])[Outcome.NotInForce, Outcome.NotYetStated])
            {
                Listed(
                    $"norms.{report.Word().Replace('_', '-')}",
                    [
                        .. assessed
                            .Findings.Where(finding => finding.Outcome == report)
                            .Select(finding => finding.Rule)
                            .Distinct(),
                    ]
                );
            }
        }

        private void Listed(string key, Rule[] rules)
        {
            if (rules.Length > 0)
            {
                page.Raw(
                        $"<details>\n<summary>{Texts.Html(key)}: {Texts.Html(new Count(rules.Length))}</summary>\n"
                    )
                    .Items(rules.Select(rule => To(rule, words.Rule(rule))))
                    .Raw("</details>\n");
            }
        }

        private void Open(Rule rule) =>
            page.Raw(
                $"<section class=\"finding\" id=\"{rule.Id}\">\n<h3>{words.Rule(rule)}</h3>\n<p class=\"quiet\">{page.Link(RulePage.Of(rule.Id), Texts.Html(new Code(rule.Id)))} · {words.Regime(rule.Regime)}</p>\n"
            );

        private void Close(Spread spread)
        {
            FindingParts.Sources(page, spread.Rule);
            page.Raw(
                $"<details>\n<summary>{Texts.Html("norms.why-and-contest")}</summary>\n<p>{To(spread.Rule, Texts.Html("norms.why.go"))}</p>\n"
            );
            page.Items(
                spread
                    .Outcomes.SelectMany(group => group.Profiles)
                    .Select(profile =>
                        FindingParts.Contest(
                            page,
                            words.Pack,
                            sheet.Seen,
                            spread.Rule.Id,
                            profile,
                            $"{Texts.Html("norms.contest")}: {Texts.Html(new Code(profile))}"
                        )
                    )
            );
            page.Raw("</details>\n</section>\n");
        }

        private string To(Rule rule, string html) =>
            $"<a href=\"{FindingPage.Of(sheet.Seen, rule.Id)}?lang={Texts.Language}{(day.Length > 0 ? $"&amp;as-of={day}" : "")}\">{html}</a>";

        private void None(int count)
        {
            if (count == 0)
            {
                page.Say(Texts.Html("norms.none"), "quiet");
            }
        }

        private void Bodies(Rule rule, IReadOnlyList<string> profiles) =>
            FindingParts.Bodies(
                page,
                words,
                assessed,
                rule,
                profiles,
                one => FindingParts.Body(words, Texts, one)
            );
    }
}
