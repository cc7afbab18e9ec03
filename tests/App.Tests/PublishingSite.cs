using System.Net;
using System.Text.Json.Nodes;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A response on record with somebody who objected, an authority that is silent, a promise, and texts that must not get out.</summary>
internal sealed class PublishingSite : IAsyncDisposable
{
    /// <summary>Stands in every closely held record of the response.</summary>
    public const string Canary = "CANARYpublishing19";

    private static readonly Place _sudan = Place.OfCountry("SD");
    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);

    private PublishingSite(ApiSite site) => Site = site;

    public ApiSite Site { get; }

    public string Response { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PublishingSite> Start()
    {
        var made = new PublishingSite(await ApiSite.Start());
        await made.Lose();
        await made.Respond();
        return made;
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    public Task<ApiClient> Publisher(string organisation) => Site.As(Role.Publisher, organisation);

    public Task<Answered> Prepare(
        ApiClient who,
        string? replaces = null,
        string? correction = null
    ) =>
        who.Start(
            "publications",
            new
            {
                Response,
                HarmNote = $"{Canary}: who is in that town could be found",
                Replaces = replaces,
                Correction = correction,
            }
        );

    public async Task<Answered> State(string publication) =>
        await (await Publisher("relief")).Get($"publications/{publication}");

    /// <summary>A draft that a publisher of relief proposed.</summary>
    public async Task<string> Prepared(string? replaces = null, string? correction = null) =>
        Done(await Prepare(await Publisher("relief"), replaces, correction)).Id;

    /// <summary>The publisher of the university says yes to what is there.</summary>
    public async Task<Answered> Approve(string publication, string by = "university")
    {
        JsonNode state = (await State(publication)).State;
        return await (await Publisher(by)).Do(
            "approvals",
            state["approval"]!.GetValue<string>(),
            "approve",
            new { Hash = state["hash"]!.GetValue<string>() }
        );
    }

    public async Task<Answered> Release(string publication, string by = "relief") =>
        await (await Publisher(by)).Do("publications", publication, "release-publication");

    public async Task<Answered> Withdraw(string publication, string reason = "it names a place") =>
        await (await Publisher("relief")).Do(
            "publications",
            publication,
            "withdraw-publication",
            new { Reason = reason }
        );

    public async Task<string> Released(string? replaces = null, string? correction = null)
    {
        string publication = await Prepared(replaces, correction);
        Done(await Approve(publication));
        Done(await Release(publication));
        return publication;
    }

    /// <summary>Addresses of its report among the reports, by language.</summary>
    public async Task<Dictionary<string, string>> Reports(string publication) =>
        (await State(publication)).State["documents"]!
            .AsArray()
            .ToDictionary(
                document => document!["language"]!.GetValue<string>(),
                document => $"/reports/{document!["publication"]!.GetValue<string>()}"
            );

    public async Task<(HttpStatusCode Status, byte[] Octets)> Read(
        string path,
        HttpClient? who = null
    )
    {
        using HttpResponseMessage answer = await (who ?? Site.Stranger).GetAsync(
            new Uri(path, UriKind.Relative),
            Cancel
        );
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    public async Task<string> Text(string path, HttpClient? who = null) =>
        System.Text.Encoding.UTF8.GetString((await Read(path, who)).Octets);

    public static Answered Done(Answered answered)
    {
        Assert.True(
            answered.Status is HttpStatusCode.OK or HttpStatusCode.Created,
            $"{answered.Status}: {answered.Text}"
        );
        return answered;
    }

    /// <summary>A question, open for two days.</summary>
    public async Task<string> Ask(
        DecisionKind kind,
        string subject,
        Marking? marking = null,
        string? question = null
    ) =>
        Done(
            await (await Site.As(Role.Planner, "relief")).Start(
                "decisions",
                new
                {
                    Kind = kind,
                    Question = question ?? $"{kind}?",
                    Subject = subject,
                    Parent = $"response/{Response}",
                    QuorumClasses = 2,
                    ConsentParties = kind == DecisionKind.ScaleUp
                        ? (string[])["the authority"]
                        : [],
                    Deadline = Site.Clock.Now + Duration.FromHours(48),
                    Marking = marking ?? Marking.Public,
                }
            )
        ).Id;

    public async Task Say(string decision, string organisation, Stand stand, string reason) =>
        Done(
            await (await Site.As(Role.Representative, organisation)).Do(
                "decisions",
                decision,
                "take-position",
                new { Stand = stand, Reason = reason }
            )
        );

    private async Task Lose()
    {
        Instant now = Site.Clock.Now;
        var disruption = Made.Disruption("disruption-1", _sudan, now - Duration.FromHours(5));
        await Site.Records.Append(
            "detections",
            0,
            [
                Product(disruption.Id, disruption, Marking.Public),
                Product(
                    "disruption-2",
                    disruption with
                    {
                        Id = "disruption-2",
                        Network = Canary,
                        Notes = [Canary],
                        Marking = _community,
                    },
                    _community
                ),
            ],
            Cancel
        );
    }

    private static Draft Product(string id, Disruption disruption, Marking marking) =>
        ProductRecorded.Of(id, "disruption", disruption, []).ToDraft(marking, "detector", []);

    private async Task Respond()
    {
        ApiClient planner = await Site.As(Role.Planner, "relief");
        Response = Done(
            await planner.Start(
                "responses",
                new
                {
                    DisruptionId = "disruption-1",
                    Place = _sudan,
                    Reason = "people cannot be reached",
                    Marking = Marking.Public,
                }
            )
        ).Id;
        string decision = await Ask(DecisionKind.ScaleUp, $"response/{Response}");
        await Say(decision, "carrier", Stand.Object, "the masts would be seen");
        await Say(decision, "families", Stand.Support, "we cannot call anybody");
        Done(
            await planner.Do(
                "decisions",
                decision,
                "ask-consent",
                new { Party = "the authority", AskedAt = Site.Clock.Now }
            )
        );
        await Ask(DecisionKind.ScaleUp, $"response/{Response}", _community, Canary);
        foreach (Marking marking in (Marking[])[Marking.Public, _community])
        {
            Done(
                await (await Site.As(Role.Representative, "carrier")).Start(
                    "clearances",
                    new
                    {
                        Permit = ClearanceKind.Access,
                        Authority = marking == _community ? Canary : "the authority",
                        AuthorityOrganisation = (string?)null,
                        About = "to reach the masts",
                        Place = _sudan,
                        Waiting = Array.Empty<string>(),
                        RemindAfterDays = 2,
                        EscalateAfterDays = 5,
                        EscalateTo = "the desk",
                        Origin = Origin.Reported,
                        Parent = $"response/{Response}",
                        Marking = marking,
                    }
                )
            );
        }

        await Pledge("pledge-1", "Satellite terminals", Marking.Public);
        await Pledge("pledge-2", Canary, _community);
        Done(
            await planner.Start(
                "missions",
                CanaryPlanting.Mission(Site, Canary) with
                {
                    Parent = $"response/{Response}",
                }
            )
        );
    }

    private async Task Pledge(string id, string asset, Marking marking)
    {
        var work = new Workspace(Site.Records);
        work.Stage<Commitment, CommitmentEvent>(
            new Loaded<Commitment>($"commitment/{id}", 0, null),
            [
                new CommitmentPledged(
                    Site.Clock.Now,
                    "somebody",
                    id,
                    $"response/{Response}",
                    "plan-1",
                    "offer-1",
                    "carrier",
                    asset,
                    _sudan,
                    "the country",
                    null,
                    Service.Messaging,
                    3,
                    1_234,
                    56,
                    [],
                    [],
                    null,
                    null,
                    null,
                    "the decision",
                    Origin.Reported,
                    marking
                ),
            ],
            "somebody"
        );
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
    }
}
