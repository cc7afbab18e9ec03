using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// A response from the first report to its end, by people in eight roles and six organisations and by one who joined alone,
/// through the API and nothing else. Each step asserts that it was done and adds its sentence to the story. One file for each
/// phase: gathering, sensing, deciding, planning, fielding, ending.
/// </summary>
internal sealed partial class ResponseWalk(ApiSite site, Scenario scenario)
{
    private static readonly string[] _speakers =
    [
        "measurers",
        "relief",
        "carrier",
        "university",
        "families",
    ];

    private readonly List<string> _story = [];

    public string Response { get; private set; } = "";

    public IReadOnlyList<string> Commitments { get; private set; } = [];

    /// <summary>What happened, a sentence a line.</summary>
    public string Story => string.Join('\n', [.. _story, ""]);

    private Instant Now => site.Clock.Now;

    private Place Area => new() { Country = scenario.Country };

    private static Marking Community { get; } = new(Distribution.Community, Tlp.Green);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private void Tell(string sentence) => _story.Add(sentence);

    private ApiClient As(Role role, string organisation) =>
        site.As(role, organisation).GetAwaiter().GetResult();

    private ApiClient Analyst() => As(Role.Analyst, "measurers");

    private ApiClient Planner() => As(Role.Planner, "relief");

    private ApiClient Speaker(string organisation) => As(Role.Representative, organisation);

    /// <summary>Somebody who joined, speaks for nobody and has no role.</summary>
    private Task<ApiClient> Alone() => site.As("somebody-alone");

    private async Task<string> Standing(string plural, string id) =>
        (await Planner().Get($"{plural}/{id}")).Standing;

    private async Task<string> Ask(
        DecisionKind kind,
        string subject,
        IReadOnlyList<string> parties,
        IReadOnlyList<Workstream> affected
    ) =>
        Done(
            await Speaker("relief")
                .Start(
                    "decisions",
                    new
                    {
                        Kind = kind,
                        Question = $"{kind}?",
                        Subject = subject,
                        Parent = $"response/{Response}",
                        Stream = Workstream.Mechanism,
                        AffectedStreams = affected,
                        scenario.QuorumClasses,
                        ConsentParties = parties,
                        Deadline = Now + Duration.FromHours(48),
                        Marking = Marking.Public,
                    }
                )
        );

    private static Task<Answered> Say(ApiClient who, string decision, Stand stand, string reason) =>
        who.Do("decisions", decision, "take-position", new { Stand = stand, Reason = reason });

    /// <summary>All in favour but one, whose objection is answered.</summary>
    private async Task Vote(string decision, params IReadOnlyList<string> silent)
    {
        foreach (string organisation in _speakers.Except(silent))
        {
            bool objects = organisation == "university";
            Done(
                await Say(
                    Speaker(organisation),
                    decision,
                    objects ? Stand.Object : Stand.Support,
                    objects ? "too much is modelled" : "people are cut off"
                )
            );
        }

        Done(
            await Speaker("relief")
                .Do(
                    "decisions",
                    decision,
                    "answer-objection",
                    new { Stakeholder = "university", Text = "it is marked as modelled throughout" }
                )
        );
    }

    /// <returns>The id of what was done, where the answer has one.</returns>
    private static string Done(Answered answered)
    {
        Assert.True(
            answered.Status
                is HttpStatusCode.OK
                    or HttpStatusCode.Created
                    or HttpStatusCode.NoContent,
            $"{answered.Status}: {answered.Text}"
        );
        return answered.Body is JsonObject body && body["id"] is JsonValue id
            ? id.GetValue<string>()
            : "";
    }

    private static void Refused(HttpStatusCode with, Answered answered) =>
        Assert.True(answered.Status == with, $"{answered.Status} and not {with}: {answered.Text}");
}
