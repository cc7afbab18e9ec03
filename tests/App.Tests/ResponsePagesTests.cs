using System.Net;
using System.Text.RegularExpressions;
using Breakwater.App.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The pages of the response, as people without scripts use them.</summary>
public sealed class ResponsePagesTests(ResponsePagesSite site) : IClassFixture<ResponsePagesSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_sees_public_responses_and_no_closely_held_ones()
    {
        string board = await site.Stranger.Read("/responses?lang=en");
        string own = await site.Planner.Read("/responses?lang=en");

        Assert.Contains("a town lost everything", board, StringComparison.Ordinal);
        Assert.DoesNotContain("closely held words", board, StringComparison.Ordinal);
        Assert.Contains("closely held words", own, StringComparison.Ordinal);
        using HttpResponseMessage one = await site.Stranger.Get($"/responses/{site.Closed}");
        using HttpResponseMessage none = await site.Stranger.Get("/responses/nothing");
        Assert.Equal(HttpStatusCode.NotFound, one.StatusCode);
        Assert.Equal(
            await none.Content.ReadAsStringAsync(Cancel),
            await one.Content.ReadAsStringAsync(Cancel)
        );
    }

    [Fact]
    public async Task A_representative_takes_a_position_by_form()
    {
        string id = await site.Open("Shall the tower be repaired first?");
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            site.Carrier,
            $"/act/decisions/{id}/take-position",
            ("stand", "object"),
            ("reason", "the road is closed"),
            ("origin", "reported")
        );

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        string page = await site.Carrier.Read(sent.Headers.Location!.ToString());
        Assert.Contains("the road is closed", page, StringComparison.Ordinal);
        Assert.Contains("role=\"status\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "the road is closed",
            (await site.Site.Public.Get($"decisions/{id}")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("fr", "une objection doit être motivée")]
    [InlineData("ar", "يحتاج الاعتراض إلى سبب")]
    public async Task A_reason_that_people_commonly_meet_is_told_in_their_language(
        string language,
        string told
    )
    {
        string id = await site.Open("Is a reason needed?");
        string path = $"/act/decisions/{id}/take-position";
        string seen = await site.Carrier.Read($"{path}?lang={language}");
        using HttpResponseMessage sent = await site.Carrier.Post(
            $"{path}?lang={language}",
            [
                .. ResponsePagesSite.Hidden(seen),
                ("stand", "object"),
                ("reason", ""),
                ("origin", "reported"),
            ]
        );
        string page = await sent.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.DoesNotContain("an objection needs", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_without_a_translation_says_that_it_is_English_and_values_stay_as_they_are()
    {
        PageTexts arabic = PageTexts.For("ar");
        Assert.Equal(
            "<span class=\"own\" lang=\"en\" dir=\"ltr\">a rare reason</span>",
            arabic.Refused("a rare reason")
        );
        Assert.Contains(
            "<span class=\"own\" lang=\"en\" dir=\"ltr\">the deadline</span>",
            arabic.Refused("the deadline is missing"),
            StringComparison.Ordinal
        );
        Assert.StartsWith("<", PageTexts.For("en").Refused("a <b>rare</b> reason"));
        Assert.DoesNotContain("<b>", PageTexts.For("en").Refused("<b>x</b> is missing"));
    }

    [Fact]
    public async Task On_a_telephone_the_menu_is_closed_and_says_where_one_is()
    {
        string page = await site.Stranger.Read("/fuel-depots?lang=en");
        Match menu = Assert.Single(
            Regex.Matches(page, "<details class=\"menu\"><summary>(.*?)</summary>")
        );
        Assert.Contains("Fuel", menu.Groups[1].Value, StringComparison.Ordinal);
        // Within the first screen, without any script: the form for reports is not in the menu.
        Assert.Matches("</details>\\s*<a href=\"/act/reports", page);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_form_is_told_and_loses_nothing()
    {
        string id = await site.Open("Who speaks first?");
        string path = $"/act/decisions/{id}/take-position";
        string seen = await site.Carrier.Read($"{path}?lang=en");
        ApiClient other = await site.Site.As(Role.Representative, "families");
        Answered first = await other.Do(
            "decisions",
            id,
            "take-position",
            new { Stand = "support", Reason = "" }
        );
        Assert.Equal(HttpStatusCode.OK, first.Status);

        (string, string)[] typed = [("stand", "object"), ("reason", "typed with care")];
        using HttpResponseMessage late = await site.Carrier.Post(
            path,
            [.. ResponsePagesSite.Hidden(seen), .. typed]
        );
        string back = await late.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Contains("it has changed since you saw it", back, StringComparison.Ordinal);
        Assert.Contains("typed with care", back, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "typed with care",
            (await site.Site.Public.Get($"decisions/{id}")).Text,
            StringComparison.Ordinal
        );
        using HttpResponseMessage again = await site.Carrier.Post(
            path,
            [.. ResponsePagesSite.Hidden(back), .. typed]
        );
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task A_form_without_proof_is_refused_and_does_nothing()
    {
        string id = await site.Open("Without proof?");
        string path = $"/act/decisions/{id}/take-position";
        string seen = await site.Carrier.Read($"{path}?lang=en");
        using HttpResponseMessage sent = await site.Carrier.Post(
            path,
            [
                .. ResponsePagesSite.Hidden(seen).Where(field => field.Name != "page-proof"),
                ("stand", "support"),
                ("reason", "forged words"),
            ]
        );

        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.Empty((await site.Site.Public.Get($"decisions/{id}")).State["positions"]!.AsArray());
    }

    [Fact]
    public async Task The_same_form_sent_twice_does_it_once()
    {
        string path = "/act/clearances/open-clearance";
        string seen = await site.Planner.Read($"{path}?lang=en");
        (string, string)[] fields =
        [
            .. ResponsePagesSite.Hidden(seen),
            ("permit", "import"),
            ("authority", "customs"),
            ("about", "sent once"),
            ("place.country", "SD"),
            ("remindAfterDays", "3"),
            ("escalateAfterDays", "7"),
            ("escalateTo", "the coordinator"),
            ("origin", "reported"),
            ("marking.distribution", "public"),
            ("marking.tlp", "clear"),
        ];
        using HttpResponseMessage once = await site.Planner.Post(path, fields);
        using HttpResponseMessage twice = await site.Planner.Post(path, fields);

        Assert.Equal(HttpStatusCode.SeeOther, once.StatusCode);
        Assert.Equal(once.Headers.Location, twice.Headers.Location);
        string board = await site.Planner.Read("/clearances?lang=en&q=once");
        Assert.Single(Regex.Matches(board, "sent once"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_the_rest_is_kept()
    {
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            site.Planner,
            "/act/clearances/open-clearance",
            ("permit", "import"),
            ("authority", "kept words"),
            ("place.country", "nowhere at all"),
            ("remindAfterDays", "three")
        );
        string back = await sent.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Contains("id=\"remindAfterDays-wrong\"", back, StringComparison.Ordinal);
        Assert.Contains("id=\"place-wrong\"", back, StringComparison.Ordinal);
        Assert.Contains("kept words", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_may_not_do_is_listed_with_the_reason_and_not_offered()
    {
        string stranger = await site.Stranger.Read($"/decisions/{site.Decision}?lang=en");
        string carrier = await site.Carrier.Read($"/decisions/{site.Decision}?lang=en");
        using HttpResponseMessage form = await site.Stranger.Get(
            $"/act/decisions/{site.Decision}/take-position?lang=en"
        );

        Assert.DoesNotContain(
            $"/act/decisions/{site.Decision}/",
            stranger,
            StringComparison.Ordinal
        );
        Assert.Contains("sign in first", stranger, StringComparison.Ordinal);
        Assert.Contains("/take-position?lang=en", carrier, StringComparison.Ordinal);
        Assert.Contains("Acknowledge for a workstream", carrier, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, form.StatusCode);
        Assert.DoesNotContain(
            "<form class=\"stack\"",
            await form.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task INV_04_No_answer_is_neither_consent_nor_refusal_and_has_an_age()
    {
        string id = await site.Open("Who has answered?");
        ApiClient planner = await site.Site.As(Role.Planner, "relief");
        Answered silent = await planner.Do(
            "decisions",
            id,
            "ask-consent",
            new { Party = "the authority", AskedAt = site.Site.Clock.Now }
        );
        Assert.True(silent.Status == HttpStatusCode.OK, silent.Text);
        Answered denied = await planner.Do(
            "decisions",
            id,
            "record-consent",
            new
            {
                Party = "the neighbour",
                Consent = "denied",
                AskedAt = site.Site.Clock.Now,
                Reason = "no",
            }
        );
        Assert.True(denied.Status == HttpStatusCode.OK, denied.Text);
        string page = await site.Stranger.Read($"/decisions/{id}?lang=en");

        Assert.Single(Regex.Matches(page, "class=\"consent no-answer\">no answer<"));
        Assert.Single(Regex.Matches(page, "class=\"consent denied\">denied<"));
        Assert.Contains("neither consent nor refusal", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INV_04_The_silence_of_an_authority_has_an_age_on_every_page()
    {
        ApiClient planner = await site.Site.As(Role.Planner, "relief");
        Answered opened = await planner.Start(
            "clearances",
            new
            {
                Permit = "spectrum",
                Authority = "the regulator",
                About = "two channels for the town",
                Place = Place.OfCountry("SD"),
                Waiting = Array.Empty<string>(),
                RemindAfterDays = 30,
                EscalateAfterDays = 60,
                EscalateTo = "the coordinator",
                Origin = "reported",
                Marking = Marking.Public,
            }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        Answered asked = await planner.Do(
            "clearances",
            opened.Id,
            "ask-authority",
            new { AskedAt = site.Site.Clock.Now - Duration.FromDays(5), Channel = "letter" }
        );
        Assert.True(asked.Status == HttpStatusCode.OK, asked.Text);

        foreach (string path in (string[])["/clearances", $"/clearances/{opened.Id}"])
        {
            string page = await site.Stranger.Read($"{path}?lang=en");
            Assert.Contains("<span class=\"n\">5</span> days", page, StringComparison.Ordinal);
            Assert.Contains("neither consent nor refusal", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task INV_01_Every_notification_says_that_protection_never_depends_on_it()
    {
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            site.Planner,
            "/act/notifications/prepare-notification",
            ("mission", "mission-1"),
            ("party", "a party"),
            ("area.country", "SD"),
            ("answerHours", "24"),
            ("marking.distribution", "community"),
            ("marking.tlp", "green")
        );

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        string page = await site.Planner.Read(sent.Headers.Location!.ToString());
        Assert.Contains("never depends on it", page, StringComparison.Ordinal);
        Assert.Contains(
            "never depends on it",
            await site.Planner.Read("/notifications?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Anybody_reports_by_form_without_an_account_and_gets_a_code_word_once()
    {
        const string path = "/act/reports/submit-report";
        string form = await site.Stranger.Read($"{path}?lang=en");
        Assert.Contains(
            "Who you are and where you send from is not kept",
            form,
            StringComparison.Ordinal
        );
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            site.Stranger,
            path,
            ("place.country", "SD"),
            ("state", "down"),
            ("observer", "resident")
        );
        string taken = await sent.Content.ReadAsStringAsync(Cancel);

        Assert.True(sent.StatusCode == HttpStatusCode.OK, taken);
        Assert.Contains("class=\"once\"", taken, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", taken, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task INV_05_Civilians_and_responders_are_never_summed()
    {
        string page = await site.Stranger.Read("/commitments?lang=en");

        Assert.Contains("data-label=\"Civilians\"", page, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Responders\"", page, StringComparison.Ordinal);
        foreach (string sum in (string[])["1,010", "320", "1,330"])
        {
            Assert.DoesNotContain($">{sum}<", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task INV_06_No_pledge_is_counted_as_working()
    {
        string page = await site.Stranger.Read("/commitments?lang=en");
        string pledge = await site.Stranger.Read("/commitments/pledge-1?lang=en");
        string works = await site.Stranger.Read("/commitments/works-1?lang=en");

        Assert.Matches("total-pledged\">.*?>1<.*?>1,000<.*?>10<", page);
        Assert.Matches("total-working\">.*?>1<.*?>300<.*?>20<", page);
        Assert.Matches(
            "other than the supplier: <span class=\"n\">1</span> of <span class=\"n\">2</span>",
            page
        );
        Assert.Contains("This is not service", pledge, StringComparison.Ordinal);
        Assert.DoesNotContain("This is not service", works, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pseudonyms_are_shown_to_the_community_alone()
    {
        string author = ApiSite.PersonOf(Role.Planner, "relief");
        string stranger = await site.Stranger.Read($"/decisions/{site.Decision}?lang=en");
        string carrier = await site.Carrier.Read($"/decisions/{site.Decision}?lang=en");

        Assert.DoesNotContain(author, History(stranger), StringComparison.Ordinal);
        Assert.Contains(author, History(carrier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("fr", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task Every_board_subject_and_form_answers_in_three_languages_without_a_script(
        string language,
        string direction
    )
    {
        string[] paths =
        [
            .. Catalogue.Known.Kinds.Select(Addresses.Of),
            $"/responses/{site.Response}",
            $"/decisions/{site.Decision}",
            "/commitments/works-1",
            "/organisations/relief",
            .. Catalogue.Known.Kinds.SelectMany(kind =>
                kind.Commands.Where(command => command.IsStart)
                    .Select(command => Addresses.Of(kind, command, null))
            ),
            .. Catalogue
                .Known.Of("decision")!
                .Commands.Where(command => !command.IsStart)
                .Select(command => $"/act/decisions/{site.Decision}/{command.Name}"),
        ];
        foreach (string path in paths)
        {
            using HttpResponseMessage answer = await site.Planner.Get($"{path}?lang={language}");
            string html = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden,
                $"{path}: {answer.StatusCode}"
            );
            Assert.Contains(
                $"<html lang=\"{language}\" dir=\"{direction}\">",
                html,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("aria-current=\"page\"", html, StringComparison.Ordinal);
            Assert.Contains($"{path}?lang=ar", html, StringComparison.Ordinal);
        }
    }

    private static string History(string html) =>
        html[html.LastIndexOf("<details>", StringComparison.Ordinal)..];
}
