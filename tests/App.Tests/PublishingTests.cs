using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.App.Tests.PublishingSite;

namespace Breakwater.App.Tests;

/// <summary>A report of a response on its way to the public, and back.</summary>
public sealed class PublishingTests : IAsyncLifetime, IDisposable
{
    private readonly CommandLine _stranger = new();
    private PublishingSite _made = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _made = await PublishingSite.Start();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    public void Dispose() => _stranger.Dispose();

    [Fact]
    public async Task One_person_cannot_publish_and_neither_can_two_of_one_organisation()
    {
        string draft = await _made.Prepared();
        Assert.Equal(HttpStatusCode.Conflict, (await _made.Release(draft)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _made.Approve(draft, "relief")).Status);
        await Colleague();
        JsonNode state = (await _made.State(draft)).State;
        Answered alike = await (await _made.Site.As("publisher-2")).Do(
            "approvals",
            state["approval"]!.GetValue<string>(),
            "approve",
            new { Hash = state["hash"]!.GetValue<string>() }
        );
        Assert.Equal(HttpStatusCode.Forbidden, alike.Status);
        Assert.Contains("another organisation", alike.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await _made.Release(draft)).Status);

        Done(await _made.Approve(draft));
        Assert.Equal("release-approved", (await _made.State(draft)).Standing);
        Done(await _made.Release(draft, "university"));
        Assert.Equal("released", (await _made.Site.Public.Get($"publications/{draft}")).Standing);
    }

    [Fact]
    public async Task An_analyst_prepares_and_a_publisher_proposes()
    {
        ApiClient analyst = await _made.Site.As(Role.Analyst, "measurers");
        string draft = Done(await _made.Prepare(analyst)).Id;
        Assert.Equal("draft", (await _made.State(draft)).Standing);
        object why = new { Reason = "people wait for it" };
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await analyst.Do("publications", draft, "propose-release", why)).Status
        );
        Done(
            await (await _made.Publisher("university")).Do(
                "publications",
                draft,
                "propose-release",
                why
            )
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await _made.Approve(draft)).Status);
        Done(await _made.Approve(draft, "relief"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await analyst.Do("publications", draft, "release-publication")).Status
        );
        Done(await _made.Release(draft));
    }

    [Fact]
    public async Task A_changed_draft_voids_what_was_approved_of_it()
    {
        string draft = await _made.Prepared();
        Done(await _made.Approve(draft));
        string before = (await _made.State(draft)).State["approval"]!.GetValue<string>();
        _made.Site.Clock.Now += Duration.FromMinutes(1);
        // An analyst may: it voids what publishers agreed on, and does not publish.
        Done(
            await (await _made.Site.As(Role.Analyst, "measurers")).Do(
                "publications",
                draft,
                "revise-publication",
                new { HarmNote = "looked at again" }
            )
        );
        Assert.Equal("draft", (await _made.State(draft)).Standing);
        ApiClient publisher = await _made.Publisher("relief");
        Assert.Equal("voided", (await publisher.Get($"approvals/{before}")).Standing);
        Assert.Equal(HttpStatusCode.Conflict, (await _made.Release(draft)).Status);

        Done(
            await publisher.Do("publications", draft, "propose-release", new { Reason = "again" })
        );
        Done(await _made.Approve(draft));
        Done(await _made.Release(draft));
    }

    [Fact]
    public async Task An_approval_is_used_up_and_none_is_made_by_hand()
    {
        string draft = await _made.Prepared();
        Done(await _made.Approve(draft));
        Done(await _made.Release(draft));
        JsonNode state = (await _made.State(draft)).State;
        ApiClient publisher = await _made.Publisher("relief");
        Assert.Equal(
            "used",
            (await publisher.Get($"approvals/{state["approval"]!.GetValue<string>()}")).Standing
        );
        Assert.Equal(HttpStatusCode.Conflict, (await _made.Release(draft)).Status);
        Done(await _made.Withdraw(draft));
        Assert.Equal(HttpStatusCode.Conflict, (await _made.Release(draft)).Status);

        Answered typed = await (await _made.Site.As(Role.Registrar, "relief")).Start(
            "approvals",
            new
            {
                Action = "publish",
                Subject = $"publication/{draft}",
                Hash = state["hash"]!.GetValue<string>(),
                Reason = "once more",
            }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, typed.Status);
        Assert.Contains("propose-release", typed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_approved_and_may_not_any_more_has_approved_nothing()
    {
        string draft = await _made.Prepared();
        Done(await _made.Approve(draft));
        Answered left = await (await _made.Publisher("university")).Do(
            "organisations",
            "university",
            "leave-organisation"
        );
        Assert.Equal(HttpStatusCode.NoContent, left.Status);
        Answered refused = await _made.Release(draft);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("may not any more", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_draft_is_public_and_nothing_closely_held_is_ever_in_it()
    {
        string draft = await _made.Prepared();
        Dictionary<string, string> reports = await _made.Reports(draft);
        HttpClient second = (await _made.Publisher("university")).Http;
        foreach ((string language, string report) in reports)
        {
            string document = $"/api/v1/publications/{draft}/document?lang={language}";
            Assert.Equal(HttpStatusCode.NotFound, (await _made.Read(document)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await _made.Read(report)).Status);
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await _made.Read($"{report}.tlog-proof")).Status
            );
            (HttpStatusCode status, byte[] octets) = await _made.Read(document, second);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain(
                Canary,
                Encoding.UTF8.GetString(octets),
                StringComparison.Ordinal
            );
        }

        foreach (
            string path in (string[])
                [
                    "/reports",
                    "/publications",
                    $"/publications/{draft}",
                    "/api/v1/publications",
                    $"/api/v1/publications/{draft}",
                    $"/api/v1/publications/{draft}/history",
                    $"/api/v1/publications/{draft}/proof",
                    "/",
                ]
        )
        {
            string told = await _made.Text(path);
            Assert.DoesNotContain(
                reports["en"]["/reports/".Length..],
                told,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(Canary, told, StringComparison.Ordinal);
        }

        Done(await _made.Approve(draft));
        Done(await _made.Release(draft));
        foreach (
            string path in reports.Values.Concat([
                "/reports",
                $"/publications/{draft}",
                $"/api/v1/publications/{draft}",
                $"/api/v1/publications/{draft}/history",
                "/",
            ])
        )
        {
            string told = await _made.Text(path);
            Assert.DoesNotContain(Canary, told, StringComparison.Ordinal);
            Assert.DoesNotContain("publisher-relief", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_released_is_octet_for_octet_what_was_approved_with_a_proof_that_holds_offline()
    {
        string draft = await _made.Prepared();
        HttpClient second = (await _made.Publisher("university")).Http;
        var approved = new Dictionary<string, byte[]>();
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            approved[language] = (
                await _made.Read($"/api/v1/publications/{draft}/document?lang={language}", second)
            ).Octets;
        }

        Done(await _made.Approve(draft));
        // Whatever comes on record meanwhile is not what was approved.
        await _made.Ask(DecisionKind.ScaleUp, $"response/{_made.Response}", null, "Later?");
        Done(await _made.Release(draft));
        foreach ((string language, string report) in await _made.Reports(draft))
        {
            byte[] html = (await _made.Read(report)).Octets;
            Assert.Equal(approved[language], html);
            Assert.Equal(
                html,
                (await _made.Read($"/api/v1/publications/{draft}/document?lang={language}")).Octets
            );
            byte[] proof = (await _made.Read($"{report}.tlog-proof")).Octets;
            Assert.Equal(
                proof,
                (await _made.Read($"/api/v1/publications/{draft}/proof?lang={language}")).Octets
            );
            string[] check =
            [
                "verify",
                "--proof",
                _stranger.Write($"{language}.tlog-proof", proof),
                "--file",
                _stranger.Write($"{language}.html", html),
                "--key",
                _made.Site.Records.Node.ToString(),
            ];
            Assert.True(
                _stranger.Run([.. check, "--json"]).Done().Json.GetProperty("holds").GetBoolean()
            );
            Assert.DoesNotContain(
                "publisher-relief",
                Encoding.UTF8.GetString(proof),
                StringComparison.Ordinal
            );
            _stranger.Write($"{language}.html", [.. html, (byte)' ']);
            Assert.Equal(1, _stranger.Run(check).ExitCode);
        }
    }

    [Fact]
    public async Task INV_04_INV_05_INV_06_INV_10_The_report_tells_dissent_silence_and_promises_as_what_they_are()
    {
        string draft = await _made.Released();
        string english = Regex.Replace(
            await _made.Text((await _made.Reports(draft))["en"]),
            "<[^>]*>",
            ""
        );
        Assert.Contains("the masts would be seen", english, StringComparison.Ordinal);
        Assert.Contains(
            "No answer is neither consent nor refusal",
            english,
            StringComparison.Ordinal
        );
        Assert.Contains("Of 1 commitments, 0 work", english, StringComparison.Ordinal);
        Assert.Contains("pledged", english, StringComparison.Ordinal);
        Assert.Contains("1,234", english, StringComparison.Ordinal);
        Assert.DoesNotContain("1,290", english, StringComparison.Ordinal);
        Assert.Contains("Residents without service", english, StringComparison.Ordinal);
        Assert.Contains("Responders without service", english, StringComparison.Ordinal);
        Assert.Contains("to reach the masts", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INV_15_A_closely_held_feed_that_was_blind_is_counted_and_never_told_as_seeing()
    {
        Instant now = _made.Site.Clock.Now;
        var blind = new Blind(
            Canary,
            now - Duration.FromHours(5),
            now - Duration.FromHours(1),
            Canary
        );
        await _made.Site.Records.Append(
            "blindness",
            0,
            [
                ProductRecorded
                    .Of("blind-1", "blind", blind, [])
                    .ToDraft(new Marking(Distribution.Community, Tlp.Green), "detector", []),
            ],
            Cancel
        );
        string report = (await _made.Reports(await _made.Released()))["en"];
        string english = Regex.Replace(await _made.Text(report), "<[^>]*>", "");
        Assert.DoesNotContain(Canary, english, StringComparison.Ordinal);
        Assert.DoesNotContain("No feed was blind", english, StringComparison.Ordinal);
        Assert.Contains("record (blind feeds) is withheld", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INV_10_A_sentence_leads_to_what_people_did()
    {
        string html = await _made.Text((await _made.Reports(await _made.Released()))["en"]);
        Match dissent = Regex.Match(html, "<p id=\"(p-[0-9a-f]+)\"[^>]*>Dissent:");
        Assert.True(dissent.Success);
        string chain = await _made.Text($"/explain/{dissent.Groups[1].Value[..10]}?lang=en");
        Assert.Contains("href=\"/decisions/", chain, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, chain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawal_is_immediate_says_why_and_escalates_after_a_day_also_after_a_restart()
    {
        string publication = await _made.Released();
        Dictionary<string, string> reports = await _made.Reports(publication);
        string code = await Sentence(reports["en"]);
        Assert.Equal(HttpStatusCode.OK, (await _made.Read($"/explain/{code}")).Status);
        Assert.Contains(reports["en"], await _made.Text("/"), StringComparison.Ordinal);

        Done(await _made.Withdraw(publication, "it names a place that it should not"));
        foreach (string report in reports.Values)
        {
            (HttpStatusCode status, byte[] octets) = await _made.Read(report);
            Assert.Equal(HttpStatusCode.Gone, status);
            Assert.Contains(
                "it names a place that it should not",
                Encoding.UTF8.GetString(octets),
                StringComparison.Ordinal
            );
            Assert.Contains(
                "2026-03-01",
                Encoding.UTF8.GetString(octets),
                StringComparison.Ordinal
            );
            Assert.Equal(HttpStatusCode.Gone, (await _made.Read($"{report}.tlog-proof")).Status);
        }

        Assert.Equal(
            HttpStatusCode.Gone,
            (await _made.Read($"/api/v1/publications/{publication}/document")).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await _made.Read($"/explain/{code}")).Status);
        Assert.DoesNotContain(reports["en"], await _made.Text("/"), StringComparison.Ordinal);
        Assert.Contains(
            "it names a place that it should not",
            await _made.Text("/reports?lang=en"),
            StringComparison.Ordinal
        );

        await _made.Site.Pass(Duration.FromHours(23));
        Assert.Equal("withdrawal-unconfirmed", await Standing(publication));
        await _made.Site.Restart();
        await _made.Site.Pass(Duration.FromHours(2));
        Assert.Equal("withdrawal-overdue", await Standing(publication));
        Assert.Contains(
            "OVERDUE",
            await _made.Text("/publications?lang=en"),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Gone, (await _made.Read(reports["en"])).Status);

        Assert.Equal(HttpStatusCode.Forbidden, (await _made.Approve(publication, "relief")).Status);
        Done(await _made.Approve(publication));
        Assert.Equal("withdrawn", await Standing(publication));
        Assert.True((await _made.Site.Records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task A_withdrawal_that_a_second_disputes_stands_all_the_same()
    {
        string publication = await _made.Released();
        Done(await _made.Withdraw(publication));
        Done(
            await (await _made.Publisher("university")).Do(
                "approvals",
                (await _made.State(publication)).State["approval"]!.GetValue<string>(),
                "refuse-approval",
                new { Reason = "nothing in it endangers anybody" }
            )
        );
        Assert.Equal("withdrawal-disputed", await Standing(publication));
        Assert.Equal(
            HttpStatusCode.Gone,
            (await _made.Read((await _made.Reports(publication))["en"])).Status
        );
    }

    [Fact]
    public async Task A_second_who_saw_something_else_confirms_nothing_and_the_withdrawal_still_falls_overdue()
    {
        string publication = await _made.Released();
        Done(await _made.Withdraw(publication));
        Answered mistaken = await (await _made.Publisher("university")).Do(
            "approvals",
            (await _made.State(publication)).State["approval"]!.GetValue<string>(),
            "approve",
            new { Hash = new string('0', 64) }
        );
        Assert.Equal(HttpStatusCode.Conflict, mistaken.Status);
        Assert.Equal("withdrawal-unconfirmed", await Standing(publication));
        await _made.Site.Pass(Duration.FromHours(25));
        Assert.Equal("withdrawal-overdue", await Standing(publication));
        Done(await _made.Approve(publication));
        Assert.Equal("withdrawn", await Standing(publication));
    }

    [Fact]
    public async Task INV_10_What_two_reports_both_say_is_explained_while_one_of_them_stands()
    {
        string first = await _made.Released();
        string report = (await _made.Reports(first))["en"];
        string[] codes = Codes(await _made.Text(report));
        _made.Site.Clock.Now += Duration.FromHours(1);
        string second = await _made.Released(first, "the count of people was of last year");
        string[] shared =
        [
            .. codes.Intersect(Codes(await _made.Text((await _made.Reports(second))["en"]))),
        ];
        Assert.NotEmpty(shared);
        Done(await _made.Withdraw(second));
        foreach (string code in shared)
        {
            Assert.Equal(
                (code, HttpStatusCode.OK),
                (code, (await _made.Read($"/explain/{code}")).Status)
            );
        }

        Done(await _made.Withdraw(first));
        foreach (string code in shared)
        {
            Assert.Equal(
                (code, HttpStatusCode.NotFound),
                (code, (await _made.Read($"/explain/{code}")).Status)
            );
        }
    }

    private static string[] Codes(string html) =>
        [
            .. Regex
                .Matches(html, "<p id=\"(p-[0-9a-f]+)\"")
                .Select(match => match.Groups[1].Value[..10]),
        ];

    [Fact]
    public async Task A_correction_names_what_it_replaces_and_that_one_leads_to_it()
    {
        string first = await _made.Released();
        string old = (await _made.Reports(first))["en"];
        byte[] octets = (await _made.Read(old)).Octets;
        Answered nameless = await _made.Prepare(await _made.Publisher("relief"), first);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.Status);

        _made.Site.Clock.Now += Duration.FromHours(1);
        string second = await _made.Released(first, "the count of people was of last year");
        string corrected = (await _made.Reports(second))["en"];
        string told = await _made.Text(corrected);
        Assert.Contains(old["/reports/".Length..], told, StringComparison.Ordinal);
        Assert.Contains("the count of people was of last year", told, StringComparison.Ordinal);

        using HttpResponseMessage answer = await _made.Site.Stranger.GetAsync(
            new Uri($"{old}?lang=en", UriKind.Relative),
            Cancel
        );
        Assert.Contains(
            $"<{corrected}>; rel=\"successor-version\"",
            answer.Headers.GetValues("Link")
        );
        string notice = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains($"href=\"{corrected}", notice, StringComparison.Ordinal);
        Assert.Equal(octets, (await _made.Read($"{old}?as-published")).Octets);
        Assert.Contains(
            "Corrected since",
            await _made.Text("/reports?lang=en"),
            StringComparison.Ordinal
        );
        Assert.Equal("replaced", await Standing(first));

        Answered again = await _made.Prepare(await _made.Publisher("relief"), first, "twice");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains(second, again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_who_follows_changes_hears_of_a_release_its_withdrawal_and_its_correction()
    {
        string first = await _made.Prepared();
        long before = await _made.Site.Records.Count();
        Done(await _made.Approve(first));
        Assert.DoesNotContain(
            first,
            await Changes(before, "\"kind\":\"baseline\""),
            StringComparison.Ordinal
        );
        before = await _made.Site.Records.Count();
        Done(await _made.Release(first));
        Assert.Contains("\"released\"", await Changes(before, first), StringComparison.Ordinal);
        before = await _made.Site.Records.Count();
        Done(await _made.Withdraw(first));
        Assert.Contains(
            "\"withdrawal-unconfirmed\"",
            await Changes(before, first),
            StringComparison.Ordinal
        );
        before = await _made.Site.Records.Count();
        string second = await _made.Released(first, "it named a place");
        Assert.Contains("\"released\"", await Changes(before, second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_people_are_asked_about_waits_for_their_yes()
    {
        string draft = await _made.Prepared();
        Done(await _made.Approve(draft));
        string decision = await _made.Ask(DecisionKind.PublicationApproval, $"publication/{draft}");
        Answered open = await _made.Release(draft);
        Assert.Equal(HttpStatusCode.Conflict, open.Status);
        Assert.Contains("is open", open.Text, StringComparison.Ordinal);
        foreach (string organisation in (string[])["relief", "families"])
        {
            await _made.Say(decision, organisation, Stand.Object, "it is too soon");
        }

        foreach (
            (string organisation, string by) in ((string, string)[])
                [("relief", "carrier"), ("families", "relief")]
        )
        {
            Done(
                await (await _made.Site.As(Role.Representative, by)).Do(
                    "decisions",
                    decision,
                    "answer-objection",
                    new { Stakeholder = organisation, Text = "we wait" }
                )
            );
        }

        Done(
            await (await _made.Site.As(Role.Representative, "relief")).Do(
                "decisions",
                decision,
                "close"
            )
        );
        Answered rejected = await _made.Release(draft);
        Assert.Equal(HttpStatusCode.Conflict, rejected.Status);
        Assert.Contains("did not adopt", rejected.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_released_once_people_said_yes_to_this_draft_and_not_to_an_older_one()
    {
        string draft = await _made.Prepared();
        await Adopt(await _made.Ask(DecisionKind.PublicationApproval, $"publication/{draft}"));
        _made.Site.Clock.Now += Duration.FromMinutes(1);
        ApiClient publisher = await _made.Publisher("relief");
        Done(
            await publisher.Do(
                "publications",
                draft,
                "revise-publication",
                new { HarmNote = "looked at again" }
            )
        );
        Done(
            await publisher.Do("publications", draft, "propose-release", new { Reason = "again" })
        );
        Done(await _made.Approve(draft));
        Answered older = await _made.Release(draft);
        Assert.Equal(HttpStatusCode.Conflict, older.Status);
        Assert.Contains("put the question again", older.Text, StringComparison.Ordinal);

        await Adopt(await _made.Ask(DecisionKind.PublicationApproval, $"publication/{draft}"));
        Done(await _made.Release(draft));
    }

    [Fact]
    public async Task Only_one_draft_of_a_response_is_open_and_a_harm_note_is_needed()
    {
        string draft = await _made.Prepared();
        ApiClient publisher = await _made.Publisher("relief");
        Assert.Equal(HttpStatusCode.Conflict, (await _made.Prepare(publisher)).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await publisher.Start("publications", new { _made.Response, HarmNote = " " })).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await publisher.Start("publications", new { Response = "none", HarmNote = "n" })
            ).Status
        );
        Done(
            await publisher.Do("publications", draft, "discard-draft", new { Reason = "too early" })
        );
        JsonNode state = (await _made.State(draft)).State;
        Assert.Equal(
            "voided",
            (await publisher.Get($"approvals/{state["approval"]!.GetValue<string>()}")).Standing
        );
        await _made.Prepared();
    }

    /// <summary>What the public hears after a moment of the ledger, until it hears a word.</summary>
    private async Task<string> Changes(long after, string until)
    {
        if (until.Contains("baseline", StringComparison.Ordinal))
        {
            // One that everybody may read, so that the feed has an end.
            Done(
                await (await _made.Site.As(Role.Planner, "relief")).Start(
                    "baselines",
                    new
                    {
                        Country = "TD",
                        Populations = Array.Empty<object>(),
                        NetworkShares = Array.Empty<object>(),
                        Sites = Array.Empty<object>(),
                        Reason = "nothing is known yet",
                    }
                )
            );
        }

        using HttpResponseMessage live = await _made.Site.Stranger.GetAsync(
            new Uri($"/api/v1/changes?after={after}", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            Cancel
        );
        using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(Cancel));
        var heard = new StringBuilder();
        while (await lines.ReadLineAsync(Cancel) is { } line)
        {
            heard.AppendLine(line);
            if (line.Contains(until, StringComparison.Ordinal))
            {
                break;
            }
        }

        return heard.ToString();
    }

    private async Task<string> Standing(string publication) =>
        (await _made.State(publication)).Standing;

    private async Task Adopt(string decision)
    {
        foreach (string organisation in (string[])["relief", "families"])
        {
            await _made.Say(decision, organisation, Stand.Support, "people wait for it");
        }

        Done(
            await (await _made.Site.As(Role.Representative, "relief")).Do(
                "decisions",
                decision,
                "close"
            )
        );
    }

    /// <summary>The code of some paragraph.</summary>
    private async Task<string> Sentence(string report)
    {
        string html = await _made.Text(report);
        int at = html.IndexOf("href=\"#p-", StringComparison.Ordinal) + "href=\"#".Length;
        return html[at..html.IndexOf('"', at)][..10];
    }

    /// <summary>A second publisher of relief.</summary>
    private async Task Colleague()
    {
        ApiClient registrar = await _made.Site.As(Role.Registrar, "relief");
        Done(
            await registrar.Do(
                "organisations",
                "relief",
                "invite-member",
                new { Person = "publisher-2" }
            )
        );
        Done(
            await (await _made.Site.As("publisher-2")).Do(
                "organisations",
                "relief",
                "join-organisation"
            )
        );
        object role = new { Person = "publisher-2", Role = Role.Publisher };
        Done(await registrar.Do("organisations", "relief", "propose-role", role));
        Done(
            await (await _made.Site.As(Role.Registrar, "measurers")).Do(
                "organisations",
                "relief",
                "confirm-role",
                role
            )
        );
    }
}
