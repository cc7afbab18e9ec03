using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Fact sheets on a running node: asked, answered and read as people without scripts use them.</summary>
public sealed partial class FactSheetsTests(ResponsePagesSite pages)
    : IClassFixture<ResponsePagesSite>
{
    private static LawPack Pack => LawAtHand.Read.Pack!;

    private ApiSite Site => pages.Site;

    [Fact]
    public async Task A_coordinator_answers_three_questions_and_reads_what_each_body_would_say()
    {
        using HttpResponseMessage opened = await ResponsePagesSite.Fill(
            pages.Planner,
            "/act/fact-sheets/open-fact-sheet",
            ("title", "A town lost its networks"),
            ("conduct", "2026-02-01/..")
        );
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        string id = Id().Match(opened.Headers.Location!.ToString()).Groups[1].Value;
        string interview = $"/fact-sheets/{id}/interview?as=documenter";
        var asked = new List<string>();
        for (int n = 0; n < 3; n++)
        {
            string html = await pages.Planner.Read($"{interview}&lang=en");
            string fact = FactField().Match(html).Groups[1].Value;
            FactTerm term = Pack.FactOf(fact)!;
            Assert.DoesNotContain(fact, asked);
            Assert.Contains(Html(term.Question), html, StringComparison.Ordinal);
            Assert.Contains(Html(term.Counts), html, StringComparison.Ordinal);
            Assert.Contains(Html(term.DoesNot), html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            using HttpResponseMessage answered = await pages.Planner.Post(
                $"/act/fact-sheets/{id}/answer-fact",
                [
                    .. ResponsePagesSite.Hidden(html),
                    ("source", "a notice of the regulator"),
                    ("assessor", term.Assessor ?? ""),
                    ("value", n == 2 ? "unknown" : "yes"),
                ]
            );
            Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
            Assert.StartsWith(
                interview,
                answered.Headers.Location!.ToString(),
                StringComparison.Ordinal
            );
            asked.Add(fact);
        }

        string sheet = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        Assert.Equal(3, Regex.Count(sheet, "<section class=\"remark\""));
        string findings = await pages.Planner.Read($"/fact-sheets/{id}/findings?lang=en");
        Assert.Contains("not legal advice", findings, StringComparison.Ordinal);
        Assert.Contains("no lawyer has reviewed", findings, StringComparison.Ordinal);
        Assert.Contains(Pack.Hash, findings, StringComparison.Ordinal);
        foreach (Profile body in Pack.Profiles)
        {
            Assert.Contains(Html(body.Body), findings, StringComparison.Ordinal);
        }

        JsonNode told = (
            await (await Site.As(Role.Planner, "relief")).Get($"fact-sheets/{id}/findings")
        ).Body!;
        Assert.Contains(told["factsHash"]!.GetValue<string>(), findings, StringComparison.Ordinal);
        JsonNode undetermined = told["standings"]!
            .AsArray()
            .First(one => one!["standing"]!.GetValue<string>() == "undetermined")!;
        string rule = undetermined["rule"]!.GetValue<string>();
        string one = await pages.Planner.Read($"/fact-sheets/{id}/findings/{rule}?lang=en");
        Assert.Contains("smallest set", one, StringComparison.Ordinal);
        Assert.Contains(Html(Pack.RuleOf(rule)!.Sources[0].Cite), one, StringComparison.Ordinal);
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            foreach (string format in (string[])["html", "md", "json"])
            {
                string brief = await pages.Planner.Read(
                    $"/fact-sheets/{id}/brief.{format}?lang={language}"
                );
                Assert.Contains(Pack.Hash, brief, StringComparison.Ordinal);
                Assert.Contains("A town lost its networks", brief, StringComparison.Ordinal);
            }
        }

        string contest = Html(
            $"/act/contests/contest-finding?aspect=reading&rule={rule}&profile=baseline&about={Uri.EscapeDataString($"fact-sheet/{id}")}&pack={Uri.EscapeDataString(Pack.Hash)}&lang=en"
        );
        Assert.Contains(contest, one, StringComparison.Ordinal);
        Assert.Contains(
            $"value=\"fact-sheet/{id}\"",
            await pages.Planner.Read(WebUtility.HtmlDecode(contest)),
            StringComparison.Ordinal
        );
        Assert.True(
            (await Site.Records.Rebuild(TestContext.Current.CancellationToken)).IsIdentical
        );
    }

    [Fact]
    public async Task What_is_agreed_contested_and_silent_stands_apart_with_sources_and_gaps()
    {
        string id = await Open(Marking.Public);
        ApiClient analyst = await Site.As(Role.LegalAnalyst, "university");
        // A shutdown outside a State's own territory: some bodies see jurisdiction there, others do not.
        foreach (
            string fact in (string[])
                [
                    "act.state",
                    "state.hr_treaty",
                    "jur.effective_control",
                    "m.restricts",
                    "m.blanket",
                ]
        )
        {
            await Answer(analyst, id, fact, "yes");
        }

        await Answer(analyst, id, "jur.own_territory", "no");
        string findings = await pages.Stranger.Read($"/fact-sheets/{id}/findings?lang=en");
        JsonNode told = (await Site.Public.Get($"fact-sheets/{id}/findings")).Body!;
        Assert.Contains(
            told["contested"]!.AsArray(),
            one => one!["rule"]!.GetValue<string>() == "IHRL-SHUTDOWN-PER-SE"
        );
        Assert.NotEmpty(told["gaps"]!.AsArray());
        foreach (JsonNode? contested in told["contested"]!.AsArray())
        {
            Assert.Contains(
                $"id=\"{contested!["rule"]!.GetValue<string>()}\"",
                findings,
                StringComparison.Ordinal
            );
        }

        foreach (JsonNode? gap in told["gaps"]!.AsArray())
        {
            Assert.Contains(
                $"id=\"{gap!["gap"]!.GetValue<string>()}\"",
                findings,
                StringComparison.Ordinal
            );
        }

        string before = await pages.Stranger.Read(
            $"/fact-sheets/{id}/findings?lang=en&as-of=1990-01-01"
        );
        Assert.Contains("1990-01-01", before, StringComparison.Ordinal);
        Assert.Contains("Not in force", before, StringComparison.Ordinal);
        using HttpResponseMessage never = await pages.Stranger.Get(
            $"/fact-sheets/{id}/findings?as-of=2999-01-01"
        );
        Assert.Equal(HttpStatusCode.BadRequest, never.StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await Site.Public.Get($"fact-sheets/{id}/findings?as-of=soon")).Status
        );
    }

    [Fact]
    public async Task A_guarded_question_is_put_to_the_desk_alone()
    {
        string id = await Open();
        ApiClient planner = await Site.As(Role.Planner, "relief");
        string[] guarded =
        [
            .. Pack.Facts.Where(fact => fact.Safety == Safety.Guarded).Select(fact => fact.Id),
        ];
        Assert.NotEmpty(guarded);
        foreach (string respondent in (string[])["field", "documenter"])
        {
            string skip = "";
            for (int n = 0; n < 40; n++)
            {
                string html = await pages.Planner.Read(
                    $"/fact-sheets/{id}/interview?as={respondent}&skip={skip}&lang=en"
                );
                if (FactField().Match(html) is not { Success: true } match)
                {
                    break;
                }

                Assert.DoesNotContain(match.Groups[1].Value, guarded);
                skip += $"{match.Groups[1].Value},";
            }

            string told = (
                await planner.Get($"fact-sheets/{id}/questions?respondent={respondent}")
            ).Text;
            Assert.All(
                guarded,
                fact => Assert.DoesNotContain($"\"{fact}\"", told, StringComparison.Ordinal)
            );
            Answered refused = await planner.Do(
                "fact-sheets",
                id,
                "answer-fact",
                new
                {
                    Fact = guarded[0],
                    Value = "yes",
                    Source = "a resident",
                    Respondent = respondent,
                }
            );
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        }

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await planner.Get($"fact-sheets/{id}/questions?respondent=anybody")).Status
        );
    }

    [Fact]
    public async Task Whoever_may_not_see_a_sheet_neither_reads_nor_counts_it()
    {
        string id = await Open(title: "closely held town");
        foreach (
            string path in (string[])
                [
                    $"/fact-sheets/{id}",
                    $"/fact-sheets/{id}/findings",
                    $"/fact-sheets/{id}/findings/IHRL-19-NECPROP",
                    $"/fact-sheets/{id}/interview?as=desk",
                    $"/fact-sheets/{id}/brief.html",
                ]
        )
        {
            using HttpResponseMessage page = await pages.Stranger.Get(path);
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        }

        string board = await pages.Stranger.Read("/fact-sheets?lang=en");
        Assert.DoesNotContain(id, board, StringComparison.Ordinal);
        Assert.DoesNotContain("closely held town", board, StringComparison.Ordinal);
        foreach (string what in (string[])["findings", "questions"])
        {
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await Site.Public.Get($"fact-sheets/{id}/{what}")).Status
            );
        }

        Assert.Contains(
            "closely held town",
            await pages.Planner.Read("/fact-sheets?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pages_of_norms_read_from_right_to_left_in_Arabic()
    {
        string id = await Open(Marking.Public);
        foreach (
            string path in (string[])
                [
                    "/norms",
                    "/norms/rules/IHRL-19-NECPROP",
                    $"/fact-sheets/{id}",
                    $"/fact-sheets/{id}/findings",
                    $"/fact-sheets/{id}/findings/IHRL-19-NECPROP",
                ]
        )
        {
            string html = await pages.Stranger.Read($"{path}?lang=ar");
            Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", html, StringComparison.Ordinal);
        }

        using HttpResponseMessage none = await pages.Stranger.Get("/norms/rules/NO-SUCH");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_page_of_a_rule_says_what_it_asks_where_it_is_written_and_who_reads_it_otherwise()
    {
        foreach (Rule rule in Pack.Rules)
        {
            string html = await pages.Stranger.Read($"/norms/rules/{rule.Id}?lang=en");
            Assert.Contains(Html(rule.Title), html, StringComparison.Ordinal);
            Assert.Contains(Html(rule.Sources[0].Cite), html, StringComparison.Ordinal);
            Assert.Contains("<h3>What it asks</h3>", html, StringComparison.Ordinal);
            Assert.All(
                rule.Stances,
                stance => Assert.Contains(stance.Profile, html, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task An_answer_is_withdrawn_with_its_reason_and_stays_in_sight()
    {
        string id = await Open();
        ApiClient analyst = await Site.As(Role.LegalAnalyst, "university");
        await Answer(analyst, id, "act.state", "yes");
        Answered withdrawn = await analyst.Do(
            "fact-sheets",
            id,
            "withdraw-answer",
            new { Number = 1, Reason = "it was another ministry" }
        );
        Assert.True(withdrawn.Status == HttpStatusCode.OK, withdrawn.Text);
        string page = await pages.Planner.Read($"/fact-sheets/{id}?lang=en");
        Assert.Contains("it was another ministry", page, StringComparison.Ordinal);
        Answered unknown = await analyst.Do(
            "fact-sheets",
            id,
            "answer-fact",
            new
            {
                Fact = "act.stat",
                Value = "yes",
                Source = "a notice",
                Respondent = "desk",
            }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Contains("Did you mean 'act.state'?", unknown.Text, StringComparison.Ordinal);
    }

    private static string Html(string text) => Publications.Spoken.Html(text);

    private async Task<string> Open(Marking? marking = null, string title = "a town")
    {
        ApiClient planner = await Site.As(Role.Planner, "relief");
        Answered opened = await planner.Start(
            "fact-sheets",
            new
            {
                Title = title,
                Conduct = "2026-02-01",
                Marking = marking,
            }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        return opened.Id;
    }

    private static async Task Answer(ApiClient who, string id, string fact, string value)
    {
        Answered answered = await who.Do(
            "fact-sheets",
            id,
            "answer-fact",
            new
            {
                Fact = fact,
                Value = value,
                Source = "a notice",
                Respondent = "desk",
                Assessor = "a legal analyst",
            }
        );
        Assert.True(answered.Status == HttpStatusCode.OK, answered.Text);
    }

    [GeneratedRegex("/fact-sheets/([0-9a-f]+)")]
    private static partial Regex Id();

    [GeneratedRegex("name=\"fact\" value=\"([^\"]+)\"")]
    private static partial Regex FactField();
}
