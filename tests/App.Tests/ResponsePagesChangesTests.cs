using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Forms that change what stands, sent back as a browser sends them, and what boards say is lacking or old.</summary>
public sealed partial class ResponsePagesChangesTests(ResponsePagesSite site)
    : IClassFixture<ResponsePagesSite>
{
    private static readonly Place Area = Place.OfCountry("SD");

    [Fact]
    public async Task An_offer_that_is_changed_by_form_keeps_all_that_nobody_changed()
    {
        ApiClient carrier = await site.Site.As(Role.Representative, "carrier");
        Answered made = await carrier.Start(
            "offers",
            new
            {
                Id = "kit-to-change",
                Terms = new Offer(
                    "kit-to-change",
                    "carrier",
                    "Satellite terminals",
                    3,
                    400,
                    Service.Messaging,
                    [PopulationGroup.Residents],
                    [Place.OfArea("SD", "Khartoum"), Area],
                    null,
                    0.5,
                    1_200.5m,
                    2,
                    site.Site.Clock.Now + Duration.FromDays(90),
                    [],
                    ["with a roof"],
                    0.25,
                    "a letter",
                    Origin.Reported
                ),
                Earmarks = (Earmark[])
                    [
                        new("for the north", Place.OfArea("SD", "Northern"), null),
                        new("for those displaced", null, PopulationGroup.Displaced),
                    ],
                Expires = site.Site.Clock.Now + Duration.FromDays(30) + Duration.FromSeconds(7),
                Marking = Marking.Public,
            }
        );
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        StandingOffer before = await Offer();

        string path = "/act/offers/kit-to-change/change-offer";
        string form = await site.Carrier.Read($"{path}?lang=en");
        using HttpResponseMessage sent = await site.Carrier.Post(
            path,
            [
                .. AsItStands(form).Where(field => field.Name != "reason"),
                ("reason", "only to say why"),
            ]
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal(
            CanonicalJson.Of(before with { ChangedAt = default }),
            CanonicalJson.Of(await Offer() with { ChangedAt = default })
        );

        async Task<StandingOffer> Offer() =>
            (await carrier.Get("offers/kit-to-change")).State.Deserialize<StandingOffer>(
                Json.Compact
            )!;
    }

    [Fact]
    public async Task A_mission_that_is_revised_by_form_keeps_its_sealed_crew_site_and_vehicle()
    {
        ApiClient carrier = await site.Site.As(Role.Representative, "carrier");
        Answered made = await carrier.Start(
            "missions",
            new
            {
                Terms = new
                {
                    Purpose = MissionPurpose.Repair,
                    For = "site/1",
                    Area,
                    Site = "a mast",
                    Crew = (string[])["somebody", "somebody else"],
                    Vehicle = "a red lorry",
                    CrewSize = 2,
                    Spares = Array.Empty<string>(),
                    Since = site.Site.Clock.Now,
                    Until = site.Site.Clock.Now + Duration.FromDays(1),
                    Clearances = (string[])["access"],
                    Organisations = (string[])["carrier"],
                    SafetyOfficers = Array.Empty<string>(),
                    CheckInMinutes = 60,
                    GraceMinutes = 30,
                },
                Origin = Origin.Reported,
                Marking = new Marking(Distribution.Community, Tlp.Green),
            }
        );
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        MissionTerms before = await Terms();

        string path = $"/act/missions/{made.Id}/revise-mission";
        string form = await site.Carrier.Read($"{path}?lang=en");
        Assert.Contains("Left empty, it stays as it is", form, StringComparison.Ordinal);
        using HttpResponseMessage sent = await site.Carrier.Post(
            path,
            [
                .. AsItStands(form)
                    .Where(field => field.Name is not ("terms.crewSize" or "reason")),
                ("terms.crewSize", "3"),
                ("reason", "one more to carry"),
            ]
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal(
            CanonicalJson.Of(before with { CrewSize = 3 }),
            CanonicalJson.Of(await Terms())
        );

        async Task<MissionTerms> Terms()
        {
            Document document = (await site.Site.Records.Document($"mission/{made.Id}"))!;
            return JsonSerializer.Deserialize<Mission>(document.Body.Span, Json.Compact)!.Terms;
        }
    }

    [Fact]
    public async Task What_a_decision_lacks_is_on_its_page_and_on_its_board_in_the_language_of_the_reader()
    {
        foreach (string path in (string[])[$"/decisions/{site.Decision}", "/decisions"])
        {
            string page = await site.Stranger.Read($"{path}?lang=en");
            Assert.Contains("What is still lacking", page, StringComparison.Ordinal);
            Assert.Contains("classes took part", Bare(page), StringComparison.Ordinal);
            Assert.Contains("has not acknowledged", Bare(page), StringComparison.Ordinal);
            Assert.Contains(
                "ont pris part",
                Bare(await site.Stranger.Read($"{path}?lang=fr")),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task The_board_of_commitments_says_how_old_a_promise_is_and_since_when_nobody_spoke_of_it()
    {
        string board = Bare(await site.Stranger.Read("/commitments?lang=en"));
        Assert.Contains("In this state for", board, StringComparison.Ordinal);
        Assert.Contains("Last word before", board, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_planner_is_not_offered_to_close_a_decision_or_to_answer_an_objection()
    {
        string page = await site.Planner.Read($"/decisions/{site.Decision}?lang=en");
        Assert.Contains("/ask-consent", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/{site.Decision}/close\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/answer-objection", page, StringComparison.Ordinal);
        Assert.Contains(
            "/answer-objection",
            await site.Carrier.Read($"/decisions/{site.Decision}?lang=en"),
            StringComparison.Ordinal
        );
    }

    private static string Bare(string html) => Regex.Replace(html, "<[^>]*>", "");

    /// <summary>What a browser sends of a form in which nobody typed anything.</summary>
    private static IEnumerable<(string Name, string Value)> AsItStands(string html) =>
        [
            .. ResponsePagesSite.Hidden(html),
            .. Inputs()
                .Matches(html)
                .Select(match => match.Value)
                .Where(tag => !tag.Contains("type=\"hidden\"", StringComparison.Ordinal))
                .Where(tag =>
                    !Choices().IsMatch(tag) || tag.Contains(" checked", StringComparison.Ordinal)
                )
                .Select(tag => (Attribute(tag, "name"), Attribute(tag, "value"))),
            .. Areas()
                .Matches(html)
                .Select(match =>
                    (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value))
                ),
            .. Selects()
                .Matches(html)
                .Select(match =>
                    (match.Groups[1].Value, Selected().Match(match.Groups[2].Value).Groups[1].Value)
                ),
        ];

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $" {name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input [^>]*name=\"[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("type=\"(radio|checkbox)\"")]
    private static partial Regex Choices();

    [GeneratedRegex("<textarea [^>]*name=\"([^\"]*)\"[^>]*>\n([^<]*)</textarea>")]
    private static partial Regex Areas();

    [GeneratedRegex("<select [^>]*name=\"([^\"]*)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option value=\"([^\"]*)\" selected>")]
    private static partial Regex Selected();
}
