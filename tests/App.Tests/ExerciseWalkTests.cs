using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications.AfterAction;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// An exercise as people hold it: accounts in eight roles and a reporter without one, at the pages alone, from the first message to
/// the report that the exercise makes of itself.
/// </summary>
public sealed partial class ExerciseWalkTests : IAsyncLifetime
{
    private const string Approved = "exercise-walk.verified.txt";

    private static readonly string[] _voters =
    [
        "representative-1",
        "representative-2",
        "representative-3",
    ];

    private ExerciseSite _site = null!;
    private string _response = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ExerciseSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_exercise_is_driven_through_the_pages_in_eight_roles_and_produces_its_own_report()
    {
        await _site.Control("start");
        await _site.Pass(Duration.FromHours(7));
        string report = await Report();
        await See("analyst-1", "briefing");
        await Act("analyst-1", $"/act/reports/{report}/open-triage");
        await Act("analyst-1", "/act/reports/inject-families-call/open-triage");
        await Unseal(report);
        await Activate();
        await Plan();
        await Roster();
        await _site.Pass(Duration.FromHours(14));
        await See("legal-analyst-1", "legal-question");
        await _site.Pass(Duration.FromHours(14));
        await See("publisher-1", "press-call");
        string released = await Publish();
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await Status(_site.Stranger(), $"/reports/{released}")
        );
        await _site.Pass(Duration.FromHours(60));

        Assert.Equal(RunState.Ended, (await _site.Run()).State);
        await Refused("planner-1", "/act/exercises/plan-exercise");
        await Told();
    }

    /// <summary>Somebody without an account.</summary>
    private async Task<string> Report()
    {
        Visitor reporter = _site.Stranger();
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            reporter,
            "/act/reports/submit-report",
            ("place.country", "SD"),
            ("place.area", "Khartoum"),
            ("state", "down")
        );
        string page = await sent.Content.ReadAsStringAsync(Cancel);
        Assert.True(sent.IsSuccessStatusCode, page);
        Assert.Contains("class=\"banner exercise\"", page, StringComparison.Ordinal);
        JsonNode reports = JsonNode.Parse(
            await (await _site.As("analyst-1")).Read("/api/v1/reports")
        )!;
        return reports["items"]!
            .AsArray()
            .Select(item => item!["id"]!.GetValue<string>())
            .Single(id => !id.StartsWith("inject-", StringComparison.Ordinal));
    }

    /// <summary>Two custodians practise what takes two: that a request to open something sealed is agreed to.</summary>
    private async Task Unseal(string report)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(report)));
        string approval = await Act(
            "custodian-1",
            "/act/approvals/propose-approval",
            ("action", "unseal"),
            ("subject", $"report/{report}"),
            ("hash", hash),
            ("reason", "somebody looks for their mother")
        );
        await Act("custodian-2", $"/act/approvals/{approval}/approve", ("hash", hash));
    }

    private async Task Activate()
    {
        string seen = await (await _site.As("planner-1")).Read("/?lang=en");
        string disruption = Disruption().Match(seen).Groups[1].Value;
        Assert.NotEmpty(disruption);
        _response = await Act(
            "planner-1",
            "/act/responses/propose-response",
            [
                ("disruptionId", disruption),
                ("place.country", "SD"),
                ("reason", "people cannot be reached"),
                .. Public(),
            ]
        );
        string decision = await Ask("activation", disruption, ("affectedStreams", "norms"));
        await Act(
            "planner-1",
            $"/act/responses/{_response}/ask-activation",
            ("decisionId", decision)
        );
        await _site.Pass(Duration.FromHours(1));
        await Vote(decision);
        await Act(
            "legal-analyst-1",
            $"/act/decisions/{decision}/acknowledge-decision",
            ("stream", "norms"),
            ("answer", "notes"),
            ("text", "relief and expression are touched")
        );
        await Act("representative-2", $"/act/decisions/{decision}/close");
        Assert.Equal("active", await Standing($"responses/{_response}"));
    }

    /// <summary>Needs, options, the choice of one, and one promise that is kept as somebody else saw it.</summary>
    private async Task Plan()
    {
        await Act("planner-1", $"/act/responses/{_response}/assess-needs");
        await Act("planner-1", $"/act/responses/{_response}/make-plans", ("budgetUsd", "2000000"));
        JsonNode response = await Seen($"responses/{_response}");
        string plan = response["state"]!["plans"]![0]!["planId"]!.GetValue<string>();
        string decision = await Ask("plan-adoption", plan);
        await Vote(decision);
        await Act("representative-2", $"/act/decisions/{decision}/close");
        await Act("planner-1", $"/act/responses/{_response}/adopt-plan", ("planId", plan));
        JsonArray commitments = (await Seen($"commitments?parent=response/{_response}"))[
            "items"
        ]!.AsArray();
        Assert.NotEmpty(commitments);
        JsonNode kept = commitments
            .Select(one => one!["state"]!)
            .First(state =>
                ExerciseSite
                    .Sudan.Offers.Single(offer => offer.Id == state["offerId"]!.GetValue<string>())
                    .Clearances.Count == 0
            );
        string id = kept["id"]!.GetValue<string>();
        string supplier = $"{kept["stakeholder"]!.GetValue<string>()}-speaker";
        await Advance(supplier, id, "cleared", "none-required");
        await Advance(supplier, id, "delivered", "given");
        await _site.Pass(Duration.FromHours(1));
        await Advance("representative-3", id, "working", "given");
    }

    private async Task Roster()
    {
        string at = Local(Duration.Zero);
        await Act(
            "registrar-1",
            "/act/duty-rosters/open-roster",
            ("name", "night watch"),
            ("roles", "analyst"),
            ("since", at),
            ("until", Local(Duration.FromDays(2))),
            ("warnBefore", "12")
        );
    }

    private async Task<string> Publish()
    {
        string id = await Act(
            "publisher-1",
            "/act/publications/prepare-publication",
            ("response", _response),
            ("harmNote", "nobody can be found by it")
        );
        JsonNode draft = (await Seen($"publications/{id}", "publisher-1"))["state"]!;
        await Act(
            "publisher-2",
            $"/act/approvals/{draft["approval"]!.GetValue<string>()}/approve",
            ("hash", draft["hash"]!.GetValue<string>())
        );
        await Act("publisher-1", $"/act/publications/{id}/release-publication");
        string publication = "";
        foreach (JsonNode? document in draft["documents"]!.AsArray())
        {
            publication = document!["publication"]!.GetValue<string>();
            string html = await (await _site.As("planner-1")).Read($"/reports/{publication}");
            Assert.Contains("class=\"banner exercise\"", html, StringComparison.Ordinal);
            Assert.Contains(
                document["language"]!.GetValue<string>() switch
                {
                    "fr" => "EXERCICE",
                    "ar" => "تمرين",
                    _ => "EXERCISE",
                },
                html,
                StringComparison.Ordinal
            );
        }

        return publication;
    }

    /// <summary>What the exercise says of itself, in every language, and without what differs from run to run.</summary>
    private async Task Told()
    {
        Visitor player = await _site.As("representative-1");
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            string html = await player.Read($"/exercise/report.html?lang={language}");
            Assert.Contains("class=\"banner exercise\"", html, StringComparison.Ordinal);
            Assert.Contains($"lang=\"{language}\"", html, StringComparison.Ordinal);
        }

        AfterActionReport report = await Exercises.Reporting.Compose(_site.Node.Records, Cancel);
        Assert.All(
            report.Figures,
            figure => Assert.Equal(figure.At is null, figure.Events.Count == 0)
        );
        string story = string.Join(
            '\n',
            [
                .. report.Figures.Select(figure =>
                    $"{figure.Key}: {(figure.At is { } at ? $"{at}, after {Math.Round(figure.Took!.Value.TotalMinutes)} minutes" : "never happened")}"
                ),
                .. report.Roles.Select(role =>
                    $"{Checks.Word(role.Role)}: {(role.Count == 0 ? "never acted" : string.Join(", ", role.Acts.Select(act => $"{act.Type} {act.Count}")))}"
                ),
                .. report.Missed.Select(one =>
                    $"missed: {one.What} of {one.Subject.Split('/')[0]}, {one.At}"
                ),
                .. report.NeverSeen.Select(one =>
                    $"never seen: {one.Kind} {one.Id} {string.Join(", ", one.Roles.Select(Checks.Word))}".TrimEnd()
                ),
                .. report.Injects.Select(one =>
                    $"inject {one.Inject.Id}: {Checks.Word(one.State)}, {one.FiredAt}, {one.Outcome}"
                ),
                "",
            ]
        );
        Assert.All(report.Roles, role => Assert.True(role.Count > 0, $"{role.Role} did nothing"));
        string approved = System.IO.Path.Combine(AppContext.BaseDirectory, Approved);
        await File.WriteAllTextAsync(
            approved.Replace("verified", "received", StringComparison.Ordinal),
            story,
            Cancel
        );
        Assert.Equal(await File.ReadAllTextAsync(approved, Cancel), story);
    }

    private async Task<string> Ask(
        string kind,
        string subject,
        params (string Name, string Value)[] more
    ) =>
        await Act(
            "representative-2",
            "/act/decisions/open-decision",
            [
                ("kind", kind),
                ("question", $"{kind}?"),
                ("subject", subject),
                ("parent", $"response/{_response}"),
                ("stream", "mechanism"),
                ("quorumClasses", "3"),
                ("deadline", Local(Duration.FromHours(24))),
                .. Public(),
                .. more,
            ]
        );

    private async Task Vote(string decision)
    {
        foreach (string voter in _voters)
        {
            await Act(
                voter,
                $"/act/decisions/{decision}/take-position",
                ("stand", "support"),
                ("reason", "people are cut off")
            );
        }
    }

    private async Task See(string player, string inject)
    {
        Visitor at = await _site.As(player);
        using HttpResponseMessage sent = await at.Send(
            "/exercise",
            "/exercise/seen",
            ("inject", inject)
        );
        Assert.DoesNotContain("why=", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private Task<string> Advance(string player, string commitment, string to, string clearing) =>
        Act(
            player,
            $"/act/commitments/{commitment}/advance",
            ("to", to),
            ("proof", $"seen by {player}"),
            ("clearing", clearing)
        );

    /// <summary>Fills in the form at an address and sends it.</summary>
    /// <returns>The id of what it was about.</returns>
    private async Task<string> Act(
        string player,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            await _site.As(player),
            path,
            fields
        );
        Assert.True(
            sent.StatusCode == HttpStatusCode.SeeOther,
            $"{player} at {path}: {sent.StatusCode} {Tags().Replace(await sent.Content.ReadAsStringAsync(Cancel), " ")}"
        );
        return sent.Headers.Location!.ToString().Split('?')[0].Split('/')[^1];
    }

    private async Task Refused(string player, string path)
    {
        using HttpResponseMessage sent = await ResponsePagesSite.Fill(
            await _site.As(player),
            path,
            ("name", "after the end")
        );
        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
    }

    private static async Task<HttpStatusCode> Status(Visitor visitor, string path)
    {
        using HttpResponseMessage answer = await visitor.Get(path);
        return answer.StatusCode;
    }

    private async Task<string> Standing(string path) =>
        (await Seen(path))["standing"]!.GetValue<string>();

    private async Task<JsonNode> Seen(string path, string player = "planner-1") =>
        JsonNode.Parse(await (await _site.As(player)).Read($"/api/v1/{path}"))!;

    private string Local(Duration later) =>
        LocalDateTimePattern
            .CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm")
            .Format((_site.Node.Clock.GetCurrentInstant() + later).InUtc().LocalDateTime);

    private static (string, string)[] Public() =>
        [("marking.distribution", "public"), ("marking.tlp", "clear")];

    [GeneratedRegex("/disruptions/([^\"?]+)")]
    private static partial Regex Disruption();

    [GeneratedRegex("<[^>]+>|\\s+")]
    private static partial Regex Tags();
}
