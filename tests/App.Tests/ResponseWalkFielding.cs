using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Fuel for a site, trips of crews, and promises that become service.</summary>
internal sealed partial class ResponseWalk
{
    private const string Secret = "CREW-CANARY";

    private string _mission = "";

    /// <summary>No litre twice, and a witness who is neither depot nor carrier.</summary>
    public async Task Fuel()
    {
        ApiClient planner = Planner();
        string depot = Done(
            await planner.Start(
                "fuel-depots",
                new
                {
                    Parent = $"response/{Response}",
                    Name = "northern depot",
                    Fuel = "diesel",
                    Area,
                    Position = $"{Secret} depot",
                    Origin = Origin.Modelled,
                    Marking = Community,
                }
            )
        );
        Done(
            await planner.Do(
                "fuel-depots",
                depot,
                "receive-fuel",
                new
                {
                    Litres = 500m,
                    From = "a supplier",
                    Proof = "delivery note",
                    Origin = Origin.Modelled,
                }
            )
        );
        string request = Done(
            await planner.Start(
                "fuel-requests",
                new
                {
                    Parent = $"response/{Response}",
                    Site = "site-1",
                    Area,
                    Litres = 200m,
                    NeededBy = Now + Duration.FromDays(2),
                    Reason = "batteries last one day",
                    Origin = Origin.Modelled,
                    Marking = Community,
                }
            )
        );
        Refused(HttpStatusCode.Conflict, await Allocate(depot, request, "too-much", 501m));
        Refused(HttpStatusCode.Conflict, await Allocate(depot, "nobody-asked", "first", 200m));
        Done(await Allocate(depot, request, "first", 200m));
        Done(await planner.Do("fuel-depots", depot, "dispatch-fuel", new { Allocation = "first" }));
        object proof = new
        {
            Allocation = "first",
            Delivered = 190m,
            LossReason = "ten litres were spilt",
            Proof = "seen at the site",
            Origin = Origin.Reported,
        };
        Refused(
            HttpStatusCode.Forbidden,
            await Speaker("carrier").Do("fuel-depots", depot, "prove-delivery", proof)
        );
        Done(await As(Role.Analyst, "families").Do("fuel-depots", depot, "prove-delivery", proof));
        JsonArray followed = (await planner.Get($"fuel-requests/{request}")).State[
            "allocations"
        ]!.AsArray();
        Assert.Equal("delivered", followed[0]!["state"]!.GetValue<string>());
        Tell("Fuel is asked for; more than there is is refused; a family proves what arrived.");
    }

    /// <summary>A repair that waits for a yes on access and for no notification; and one that anybody in it can end.</summary>
    public async Task Travel()
    {
        _mission = await Plan(_silent);
        Refused(HttpStatusCode.Conflict, await Approve(_mission, "relief"));
        string access = await Request(ClearanceKind.Access, Now);
        Done(await Permit(access, ClearanceAnswer.Given, "the road is open"));
        Done(
            await Speaker("carrier")
                .Do(
                    "missions",
                    _mission,
                    "revise-mission",
                    new { Terms = Terms(access), Reason = "another road" }
                )
        );
        Done(await Approve(_mission, "relief"));
        Refused(HttpStatusCode.Conflict, await Command(_mission, "start-mission"));
        Done(await Approve(_mission, "families"));
        Tell(
            "A crew shall repair a site. Without a yes on access nobody approves it; with one, two do."
        );

        await Notified(_mission);
        Done(await Command(_mission, "start-mission"));
        await Watched();
        Done(
            await Command(
                _mission,
                "complete-mission",
                new
                {
                    Outcome = MissionOutcome.Repaired,
                    Casualties = new Casualties(0, 0, 0),
                    Note = "",
                    Origin = Origin.Reported,
                }
            )
        );
        Done(await Command(_mission, "close-mission", new { Lessons = "carry a second radio" }));
        Tell("The crew is late to check in; an alarm is raised, they answer, repair and return.");
        await Aborted(access);
    }

    /// <summary>From pledge to working, one step at a time; the supplier cannot say that it works.</summary>
    public async Task Deliver()
    {
        foreach (string commitment in Commitments)
        {
            Refused(
                HttpStatusCode.Conflict,
                await Step("carrier", commitment, CommitmentState.Working)
            );
            Done(await Step("carrier", commitment, CommitmentState.Cleared));
            Done(await Step("carrier", commitment, CommitmentState.Delivered));
            Refused(
                HttpStatusCode.Forbidden,
                await Step("carrier", commitment, CommitmentState.Working)
            );
            Done(await Step("families", commitment, CommitmentState.Working));
        }

        Tell(
            "What was pledged is cleared and delivered; that it works others say than who promised."
        );
    }

    /// <summary>A party that refuses changes nothing: not the mission, and not what is recorded of an asset's protection.</summary>
    private async Task Notified(string mission)
    {
        ApiClient lawyer = As(Role.LegalAnalyst, "university");
        string asset = Done(
            await lawyer.Start(
                "protections",
                new
                {
                    Asset = "exchange-1",
                    Status = ProtectionStatus.Civilian,
                    Basis = "it serves people",
                    Source = "an inspection",
                    Marking = Community,
                }
            )
        );
        ApiClient planner = Planner();
        string notification = Done(
            await planner.Start(
                "notifications",
                new
                {
                    Mission = mission,
                    Party = "a party to the conflict",
                    Area,
                    Details = $"{Secret} road",
                    AnswerHours = 24,
                    Marking = Community,
                }
            )
        );
        Done(
            await planner.Do(
                "notifications",
                notification,
                "send-notification",
                new
                {
                    SentAt = Now,
                    Channel = "letter",
                    Proof = "",
                }
            )
        );
        Answered sent = await planner.Get($"notifications/{notification}");
        Assert.Equal("no-answer", sent.Standing);
        Assert.Contains("asks for nothing", sent.Text, StringComparison.Ordinal);
        Done(
            await planner.Do(
                "notifications",
                notification,
                "answer-notification",
                new
                {
                    Answer = NotificationAnswer.Denied,
                    AnsweredAt = Now,
                    Reason = "no reason was given",
                    Origin = Origin.Reported,
                }
            )
        );
        Assert.Equal("civilian", await Standing("protections", asset));
        Tell("A party is told of it and refuses; the crew goes, and no asset is less protected.");
    }

    private async Task Watched()
    {
        Answered away = await Planner().Get($"missions/{_mission}");
        Assert.Equal("under-way", away.Standing);
        Assert.DoesNotContain(Secret, away.Text, StringComparison.Ordinal);
        await site.Pass(Duration.FromMinutes(91));
        Assert.Equal("alarm", await Standing("missions", _mission));
        Done(await Command(_mission, "check-in", new { Word = CheckInWord.AllWell }));
        Assert.Equal("under-way", await Standing("missions", _mission));
    }

    private async Task Aborted(string access)
    {
        string mission = await Plan(access);
        Done(await Approve(mission, "relief"));
        Done(await Approve(mission, "families"));
        Done(await Command(mission, "start-mission"));
        Refused(
            HttpStatusCode.Forbidden,
            await As(Role.Planner, "relief")
                .Do("missions", mission, "check-in", new { Word = "all-well" })
        );
        ApiClient watcher = As(Role.Operator, "measurers");
        Done(await watcher.Do("missions", mission, "abort-mission", new { Reason = "" }));
        Refused(
            HttpStatusCode.Conflict,
            await Command(mission, "close-mission", new { Lessons = "too early" })
        );
        Done(
            await Command(mission, "report-return", new { Casualties = new Casualties(0, 0, null) })
        );
        Done(await Command(mission, "close-mission", new { Lessons = "wait for the morning" }));
        Assert.Equal("closed", await Standing("missions", mission));
        Tell("A second crew is called back by who watches over it, and owes no reason.");
    }

    private async Task<string> Plan(string access) =>
        Done(
            await Speaker("carrier")
                .Start(
                    "missions",
                    new
                    {
                        Parent = $"response/{Response}",
                        Terms = Terms(access),
                        Origin = Origin.Reported,
                        Marking = Community,
                    }
                )
        );

    private object Terms(string access) =>
        new
        {
            Purpose = MissionPurpose.Repair,
            For = "site/site-1",
            Area,
            Site = $"{Secret} site",
            Crew = new[] { $"{Secret} first", $"{Secret} second" },
            Vehicle = (string?)null,
            CrewSize = 2,
            Spares = new[] { "a splice kit" },
            Since = Now,
            Until = Now + Duration.FromDays(2),
            Clearances = new[] { access },
            Organisations = new[] { "carrier" },
            SafetyOfficers = new[] { ApiSite.PersonOf(Role.Operator, "measurers") },
            CheckInMinutes = 60,
            GraceMinutes = 30,
        };

    private async Task<Answered> Approve(string mission, string organisation)
    {
        ApiClient by = Speaker(organisation);
        Answered read = await by.Get($"missions/{mission}");
        return await by.Do(
            "missions",
            mission,
            "approve-mission",
            new { TermsId = read.State["termsId"]!.GetValue<string>() }
        );
    }

    private Task<Answered> Command(string mission, string command, object? body = null) =>
        Speaker("carrier").Do("missions", mission, command, body);

    private Task<Answered> Allocate(string depot, string request, string name, decimal litres) =>
        Planner()
            .Do(
                "fuel-depots",
                depot,
                "allocate-fuel",
                new
                {
                    Allocation = name,
                    Request = request,
                    Site = "site-1",
                    Litres = litres,
                    Carrier = "carrier",
                    ExpiresAt = Now + Duration.FromDays(1),
                }
            );

    private Task<Answered> Step(string organisation, string commitment, CommitmentState to) =>
        Speaker(organisation)
            .Do(
                "commitments",
                commitment,
                "advance",
                new { To = to, Proof = $"seen by {organisation}" }
            );
}
