using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.Decisions.Contesting;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Common positions and contests on a running node, at the API and as people without scripts use them.</summary>
public sealed class InterpretingTests(ResponsePagesSite pages) : IClassFixture<ResponsePagesSite>
{
    private static readonly string _pack = "sha256:" + new string('a', 64);

    private static readonly object _both = new
    {
        Title = "On cuts during elections",
        Paragraphs = (object[])
            [
                new
                {
                    Text = "A State shall keep networks up.",
                    Rules = (string[])["IHRL-19-NECPROP"],
                },
                new { Text = "Registries are bound by nobody.", Gaps = (string[])["G-16"] },
            ],
    };

    private ApiSite Site => pages.Site;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_common_position_goes_from_draft_to_adoption_and_keeps_dissent_beside_the_paragraph()
    {
        ApiClient pen = await Site.As(Role.LegalAnalyst, "university");
        ApiClient carrier = await Site.As(Role.Representative, "carrier");
        ApiClient families = await Site.As(Role.Representative, "families");
        ApiClient alone = await Site.As("somebody-who-disagrees");
        string id = Done(await pen.Start("common-positions", _both)).Id;
        await Do(pen, id, "open-consultation");
        await Do(carrier, id, "endorse-version", new { Hash = await Hash(id) });
        await Do(alone, id, "dissent", new { Paragraph = "p-1", Text = "it asks too little" });
        await Do(
            families,
            id,
            "object-to-paragraph",
            new
            {
                Paragraph = "p-1",
                Text = "it is a wish",
                Alternative = "A State must keep networks up.",
            }
        );
        Answered put = await Do(
            pen,
            id,
            "put-version",
            new
            {
                Paragraphs = (object[])
                    [
                        new
                        {
                            Text = "A State must keep networks up.",
                            Rules = (string[])["IHRL-19-NECPROP"],
                            Id = "p-1",
                        },
                        new { Text = "Registries are bound by nobody.", Gaps = (string[])["G-16"] },
                    ],
                Note = "as the families asked",
            }
        );
        Assert.Equal("lapsed", put.State["endorsements"]![0]!["state"]!.GetValue<string>());
        Assert.Equal("p-2", put.State["paragraphs"]![1]!["id"]!.GetValue<string>());
        await Do(carrier, id, "endorse-version", new { Hash = await Hash(id) });
        await Do(families, id, "endorse-version", new { Hash = await Hash(id) });
        Answered early = await pen.Do("common-positions", id, "adopt-common-position");
        Assert.Equal(HttpStatusCode.Conflict, early.Status);
        Assert.Contains("objection 2", early.Text, StringComparison.Ordinal);
        await Do(
            pen,
            id,
            "answer-remark",
            new
            {
                Remark = 2,
                Text = "done",
                TakenUpIn = 2,
            }
        );
        Assert.Equal("adopted", (await Do(pen, id, "adopt-common-position")).Standing);

        JsonNode diff = (await Site.Public.Get($"common-positions/{id}/diff?from=1&to=2")).Body!;
        Assert.Contains(
            diff["paragraphs"]![0]!["text"]!.AsArray(),
            run =>
                run!["kind"]!.GetValue<string>() == "removed"
                && run["text"]!.GetValue<string>() == "shall "
        );
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            string changes = await Site.Stranger.GetStringAsync(
                $"/common-positions/{id}/versions/2?lang={language}",
                Cancel
            );
            Assert.Contains("<del>shall </del><ins>must </ins>", changes, StringComparison.Ordinal);
            string page = await Site.Stranger.GetStringAsync(
                $"/common-positions/{id}?lang={language}",
                Cancel
            );
            // Of version 1, in the section of the paragraph as it reads now, with the words it was about.
            Assert.Matches(
                "(?s)<section id=\"p-1\">.*A State must keep.*class=\"dissent\".*it asks too little.*A State shall keep.*</section>.*<section id=\"p-2\">",
                page
            );
            Assert.DoesNotContain("somebody-who-disagrees", page, StringComparison.Ordinal);
            Assert.DoesNotContain("legalanalyst-university", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        }

        Answered read = await Site.Public.Get($"common-positions/{id}");
        Assert.DoesNotContain("somebody-who-disagrees", read.Text, StringComparison.Ordinal);
        Assert.True((await Site.Records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task A_new_version_by_form_begins_with_the_latest_and_paragraphs_keep_their_ids()
    {
        ApiClient carrier = await Site.As(Role.Representative, "carrier");
        string id = Done(await carrier.Start("common-positions", _both)).Id;
        string path = $"/act/common-positions/{id}/put-version";
        string form = await pages.Carrier.Read($"{path}?lang=en");
        Assert.Contains("A State shall keep networks up.", form, StringComparison.Ordinal);
        Assert.Contains("value=\"p-2\"", form, StringComparison.Ordinal);
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            pages.Carrier,
            path,
            ("paragraphs.0.text", "A State shall keep all networks up."),
            ("paragraphs.0.rules", "IHRL-19-NECPROP\nDEROG"),
            ("paragraphs.0.id", "p-1"),
            ("paragraphs.1.text", "Registries are bound by nobody."),
            ("paragraphs.1.gaps", "G-16"),
            ("paragraphs.1.id", "p-2"),
            ("note", "all of them")
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        JsonNode state = (await Site.Public.Get($"common-positions/{id}")).State;
        Assert.Equal(
            [("p-1", 2), ("p-2", 1)],
            state["paragraphs"]!
                .AsArray()
                .Select(each => (each!["id"]!.GetValue<string>(), each["since"]!.GetValue<int>()))
        );
    }

    [Theory]
    [InlineData("9")]
    [InlineData("none")]
    [InlineData("2147483648")]
    public async Task A_version_that_does_not_stand_is_not_there(string number)
    {
        ApiClient pen = await Site.As(Role.LegalAnalyst, "university");
        string id = Done(await pen.Start("common-positions", _both)).Id;
        using HttpResponseMessage page = await pages.Stranger.Get(
            $"/common-positions/{id}/versions/{number}"
        );
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(
            number == "9" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest,
            (await Site.Public.Get($"common-positions/{id}/diff?to={number}")).Status
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Site.Public.Get("common-positions/none/diff")).Status
        );
    }

    [Fact]
    public async Task A_finding_is_contested_from_its_page_by_somebody_alone_and_answered_in_sight()
    {
        using Visitor alone = new(Site.Address);
        using (HttpResponseMessage made = await alone.Register("somebody-who-contests"))
        {
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }

        string path =
            $"/act/contests/contest-finding?rule=IHRL-19-NECPROP&profile=baseline&about=disruption-1&pack={Uri.EscapeDataString(_pack)}";
        string form = await alone.Read($"{path}&lang=en");
        foreach (string known in (string[])["IHRL-19-NECPROP", "baseline", "disruption-1", _pack])
        {
            Assert.Contains($"value=\"{known}\"", form, StringComparison.Ordinal);
        }

        using HttpResponseMessage empty = await alone.Post(
            "/act/contests/contest-finding?lang=fr",
            [
                .. ResponsePagesSite.Hidden(form),
                ("lang", "fr"),
                ("aspect", "reading"),
                ("text", "x"),
                ("proposed", "y"),
            ]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        form = await alone.Read($"{path}&lang=en");
        using HttpResponseMessage sent = await alone.Post(
            "/act/contests/contest-finding",
            [
                .. ResponsePagesSite.Hidden(form),
                ("aspect", "reading"),
                ("text", "the body never said so"),
                ("proposed", "undetermined"),
                ("sources", "its general comment\nits views"),
                ("about", "disruption-1"),
                ("rule", "IHRL-19-NECPROP"),
                ("profile", "baseline"),
                ("pack", _pack),
            ]
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        string id = Regex
            .Match(sent.Headers.Location!.ToString(), "/contests/([0-9a-f]+)")
            .Groups[1]
            .Value;

        ApiClient judge = await Site.As(Role.LegalAnalyst, "university");
        await Do(judge, id, "admit-contest", new { Reason = "it names its sources" }, "contests");
        Site.Clock.Now += Duration.FromHours(6);
        await Do(judge, id, "answer-contest", new { Text = "it did not, indeed" }, "contests");
        await Do(
            judge,
            id,
            "decide-contest",
            new { Outcome = ContestOutcome.Sustained, Reason = "as shown" },
            "contests"
        );
        Answered early = await judge.Do("contests", id, "close-contest");
        Assert.Equal(HttpStatusCode.Conflict, early.Status);
        await Do(
            judge,
            id,
            "name-contest-change",
            new
            {
                Kind = ContestChangeKind.RuleVersion,
                What = "IHRL-19-NECPROP",
                Before = _pack,
                After = _pack.Replace('a', 'b').Replace("shb", "sha", StringComparison.Ordinal),
                Diff = "- met\n+ undetermined <b>",
            },
            "contests"
        );
        Assert.Equal(
            "closed",
            (await Do(judge, id, "close-contest", new { }, "contests")).Standing
        );

        string page = await Site.Stranger.GetStringAsync($"/contests/{id}?lang=ar", Cancel);
        Assert.Contains("+ undetermined &lt;b&gt;", page, StringComparison.Ordinal);
        Assert.Contains(Contest.NumberOf(id), page, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody-who-contests", page, StringComparison.Ordinal);
        string board = await Site.Stranger.GetStringAsync("/contests?lang=en", Cancel);
        Assert.Contains("100%", board, StringComparison.Ordinal);
        Assert.Matches(">\\D*6(\\.0)?(<[^>]*>)? hours", board);
        JsonNode rates = (await Site.Public.Get("contest-rates")).Body!;
        Assert.Equal(1, rates["sustainedRate"]!.GetValue<double>());
        Assert.Equal("PT21600S", rates["medianToAnswer"]!.GetValue<string>());
        Assert.DoesNotContain(
            "somebody-who-contests",
            (await Site.Public.Get($"contests/{id}")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Whoever_floods_with_contests_waits_for_those_that_wait()
    {
        ApiClient alone = await Site.As("somebody-who-floods");
        for (int n = 0; n < ContestFinding.WaitingMax; n++)
        {
            Done(await alone.Start("contests", Contesting(n)));
        }

        Answered refused = await alone.Start("contests", Contesting(99));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Done(await (await Site.As("somebody-else")).Start("contests", Contesting(100)));
    }

    private static object Contesting(int n) =>
        new
        {
            Aspect = ContestAspect.Fact,
            Text = $"reason {n}",
            Proposed = "unknown",
            Finding = $"finding-{n}",
        };

    private async Task<string> Hash(string id) =>
        (await Site.Public.Get($"common-positions/{id}")).State["hash"]!.GetValue<string>();

    private static async Task<Answered> Do(
        ApiClient who,
        string id,
        string command,
        object? body = null,
        string plural = "common-positions"
    ) => Done(await who.Do(plural, id, command, body));

    private static Answered Done(Answered answered)
    {
        Assert.True(
            answered.Status is HttpStatusCode.OK or HttpStatusCode.Created,
            $"{answered.Status}: {answered.Text}"
        );
        return answered;
    }
}
