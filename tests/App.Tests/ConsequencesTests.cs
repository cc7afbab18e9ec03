using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What follows from one act in other subjects, in the same moment and as the store will have it again.</summary>
public sealed class ConsequencesTests : IAsyncLifetime
{
    private static readonly Place Area = Place.OfCountry("SD");

    private static readonly Marking Community = new(Distribution.Community, Tlp.Green);

    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_permit_that_is_lost_raises_the_alarm_of_a_mission_that_names_it_though_nobody_wrote_that_it_waits()
    {
        string access = await Access();
        string mission = await UnderWay(access);
        await Answer(access, ClearanceAnswer.Denied);
        Assert.Equal("alarm", (await (await Planner()).Get($"missions/{mission}")).Standing);
        await Answer(access, ClearanceAnswer.Given);
        Assert.Equal("under-way", (await (await Planner()).Get($"missions/{mission}")).Standing);
    }

    [Fact]
    public async Task INV_01_Who_was_told_of_a_mission_that_is_aborted_is_to_be_told_anew_and_no_protection_changes_by_it()
    {
        string mission = await UnderWay(await Access());
        ApiClient planner = await Planner();
        ApiClient lawyer = await _site.As(Role.LegalAnalyst, "university");
        string asset = Done(
            await lawyer.Start(
                "protections",
                new
                {
                    Asset = "mast-1",
                    Status = ProtectionStatus.Civilian,
                    Basis = "it serves homes",
                    Source = "a survey",
                    Marking = Community,
                }
            )
        );
        Answered protectedBefore = await lawyer.Get($"protections/{asset}");
        string told = await Told(planner, mission);
        Done(await planner.Do("missions", mission, "abort-mission", new { Reason = "shelling" }));
        Answered outdated = await planner.Get($"notifications/{told}");
        Assert.Equal("outdated", outdated.Standing);
        Assert.Equal("end", outdated.State["outdated"]!["because"]!.GetValue<string>());

        await _site.Restart();
        planner = await Planner();
        await _site.Pass(Duration.FromHours(3));
        Assert.Contains(
            "CorrectionReminded",
            (await planner.Get($"notifications/{told}/history")).Text,
            StringComparison.Ordinal
        );
        string cancelling = await Told(planner, mission);
        Answered corrected = await planner.Get($"notifications/{told}");
        Assert.Equal("corrected", corrected.Standing);
        Assert.Equal(cancelling, corrected.State["outdated"]!["correctedBy"]!.GetValue<string>());
        Assert.Equal(
            protectedBefore.Text,
            (
                await (await _site.As(Role.LegalAnalyst, "university")).Get($"protections/{asset}")
            ).Text
        );
    }

    private async Task<string> Told(ApiClient planner, string mission)
    {
        string notification = Done(
            await planner.Start(
                "notifications",
                new
                {
                    Mission = mission,
                    Party = "an armed force",
                    Area,
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
                    SentAt = _site.Clock.Now,
                    Channel = "liaison",
                    Proof = "",
                }
            )
        );
        return notification;
    }

    [Fact]
    public async Task A_scale_up_that_is_adopted_stands_in_the_response_with_its_words()
    {
        string response = await Proposed();
        await Vote(await Asked(response), Stand.Support);
        await _site.Pass(Duration.FromHours(49));
        Assert.Equal("active", (await _site.Public.Get($"responses/{response}")).Standing);

        string decision = Done(
            await (await Planner()).Start(
                "decisions",
                Question(DecisionKind.ScaleUp, $"response/{response}")
            )
        );
        await Vote(decision, Stand.Support);
        await _site.Pass(Duration.FromHours(49));
        Answered scaled = await _site.Public.Get($"responses/{response}");
        JsonNode scale = Assert.Single(scaled.State["scaleUps"]!.AsArray())!;
        Assert.Equal(decision, scale["decisionId"]!.GetValue<string>());
        Assert.Equal("ScaleUp?", scale["question"]!.GetValue<string>());
        string page = await _site.Stranger.GetStringAsync($"/responses/{response}", Cancel);
        Assert.Contains("ScaleUp?", page, StringComparison.Ordinal);
        Assert.Contains($"/decisions/{decision}", page, StringComparison.Ordinal);
        // What was decided is kept as a document that anybody can check.
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await _site.Stranger.GetAsync($"/api/v1/decisions/{decision}/record", Cancel)
            ).StatusCode
        );
    }

    [Theory]
    [InlineData(DecisionKind.Registry)]
    [InlineData(DecisionKind.Neutrality)]
    [InlineData(DecisionKind.Principle)]
    public async Task A_decision_without_an_effect_of_its_own_has_its_outcome_and_a_proof_that_anybody_can_check(
        DecisionKind kind
    )
    {
        string decision = Done(
            await (await Planner()).Start("decisions", Question(kind, "registry-1"))
        );
        await Vote(decision, Stand.Support);
        await _site.Pass(Duration.FromHours(49));
        Assert.Equal("adopted", (await _site.Public.Get($"decisions/{decision}")).Standing);
        foreach (string part in (string[])["record", "proof"])
        {
            using HttpResponseMessage told = await _site.Stranger.GetAsync(
                $"/api/v1/decisions/{decision}/{part}",
                Cancel
            );
            Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        }
    }

    [Fact]
    public async Task Two_allocations_of_one_request_that_expire_together_are_both_seen_to_have_expired()
    {
        ApiClient planner = await Planner();
        string depot = Done(
            await planner.Start(
                "fuel-depots",
                new
                {
                    Name = "northern depot",
                    Fuel = "diesel",
                    Area,
                    Position = "a yard",
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
                    Site = "site-1",
                    Area,
                    Litres = 200m,
                    NeededBy = _site.Clock.Now + Duration.FromDays(9),
                    Reason = "batteries last one day",
                    Origin = Origin.Modelled,
                    Marking = Community,
                }
            )
        );
        foreach (string allocation in (string[])["first", "second"])
        {
            Done(
                await planner.Do(
                    "fuel-depots",
                    depot,
                    "allocate-fuel",
                    new
                    {
                        Allocation = allocation,
                        Request = request,
                        Site = "site-1",
                        Litres = 50m,
                        Carrier = "carrier",
                        ExpiresAt = _site.Clock.Now + Duration.FromDays(1),
                    }
                )
            );
        }

        await _site.Pass(Duration.FromDays(2));
        JsonArray followed = (await planner.Get($"fuel-requests/{request}")).State[
            "allocations"
        ]!.AsArray();
        Assert.Equal(
            ["expired", "expired"],
            followed.Select(one => one!["state"]!.GetValue<string>())
        );
        Assert.True((await _site.Records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task A_response_runs_from_the_moment_in_which_people_decide_on_its_activation()
    {
        string response = await Proposed();
        string decision = await Asked(response);
        _site.Clock.Now += Duration.FromHours(3);
        Instant decided = _site.Clock.Now;
        await Vote(decision, Stand.Support);
        Done(await (await Speaker("relief")).Do("decisions", decision, "close"));
        Answered active = await _site.Public.Get($"responses/{response}");
        Assert.Equal("active", active.Standing);
        Assert.All(
            active.State["clocks"]!.AsArray(),
            clock => Assert.Equal(decided.ToString(), clock!["since"]!.GetValue<string>())
        );
        Done(await (await Speaker("relief")).Do("responses", response, "activate-response"));
    }

    [Fact]
    public async Task A_stand_down_that_people_refuse_is_not_proposed_any_more()
    {
        string response = await Proposed();
        string activation = await Asked(response);
        await Vote(activation, Stand.Support);
        ApiClient relief = await Speaker("relief");
        Done(await relief.Do("decisions", activation, "close"));
        string decision = Done(
            await relief.Start(
                "decisions",
                Question(DecisionKind.StandDown, $"response/{response}")
            )
        );
        Done(
            await relief.Do(
                "responses",
                response,
                "propose-stand-down",
                new { DecisionId = decision, Reason = "service is back" }
            )
        );
        await Vote(decision, Stand.Object);
        Done(await relief.Do("decisions", decision, "close"));
        Assert.Equal("active", (await _site.Public.Get($"responses/{response}")).Standing);
    }

    private Task<ApiClient> Planner() => _site.As(Role.Planner, "relief");

    private Task<ApiClient> Speaker(string organisation) =>
        _site.As(Role.Representative, organisation);

    private async Task<string> Proposed() =>
        Done(
            await (await Planner()).Start(
                "responses",
                new
                {
                    DisruptionId = "disruption-1",
                    Place = Area,
                    Reason = "people cannot be reached",
                    Marking = Marking.Public,
                }
            )
        );

    /// <summary>The decision on the activation of a response.</summary>
    private async Task<string> Asked(string response)
    {
        ApiClient planner = await Planner();
        string decision = Done(
            await planner.Start("decisions", Question(DecisionKind.Activation, "disruption-1"))
        );
        Done(
            await planner.Do("responses", response, "ask-activation", new { DecisionId = decision })
        );
        return decision;
    }

    private object Question(DecisionKind kind, string subject) =>
        new
        {
            Kind = kind,
            Question = $"{kind}?",
            Subject = subject,
            QuorumClasses = 2,
            Deadline = _site.Clock.Now + Duration.FromHours(48),
            Marking = Marking.Public,
        };

    private async Task Vote(string decision, Stand stand)
    {
        foreach (string organisation in (string[])["relief", "families"])
        {
            Done(
                await (await Speaker(organisation)).Do(
                    "decisions",
                    decision,
                    "take-position",
                    new { Stand = stand, Reason = "as seen" }
                )
            );
        }
    }

    /// <summary>A clearance on access, given, which nothing is written down to wait for.</summary>
    private async Task<string> Access()
    {
        ApiClient planner = await Planner();
        string access = Done(
            await planner.Start(
                "clearances",
                new
                {
                    Permit = ClearanceKind.Access,
                    Authority = "a ministry of transport",
                    About = "to enter the area",
                    Place = Area,
                    Waiting = Array.Empty<string>(),
                    RemindAfterDays = 3,
                    EscalateAfterDays = 10,
                    EscalateTo = "the coordinator",
                    Origin = Origin.Reported,
                    Marking = Community,
                }
            )
        );
        Done(
            await planner.Do(
                "clearances",
                access,
                "ask-authority",
                new { AskedAt = _site.Clock.Now, Channel = "letter" }
            )
        );
        await Answer(access, ClearanceAnswer.Given);
        return access;
    }

    private async Task Answer(string access, ClearanceAnswer answer)
    {
        Instant now = _site.Clock.Now;
        Done(
            await (await Planner()).Do(
                "clearances",
                access,
                "answer-clearance",
                new
                {
                    Answer = answer,
                    AnsweredAt = now,
                    EffectiveAt = answer == ClearanceAnswer.Given ? now : (Instant?)null,
                    Conditions = Array.Empty<string>(),
                    Reason = "as the road is",
                    Proof = "letter 12",
                    Origin = Origin.Reported,
                }
            )
        );
    }

    private async Task<string> UnderWay(string access)
    {
        ApiClient planner = await Planner();
        string mission = Done(
            await planner.Start(
                "missions",
                new
                {
                    Terms = new
                    {
                        Purpose = MissionPurpose.Repair,
                        For = "site/1",
                        Area,
                        Site = "a mast",
                        Crew = (string[])["somebody"],
                        CrewSize = 1,
                        Spares = Array.Empty<string>(),
                        Since = _site.Clock.Now,
                        Until = _site.Clock.Now + Duration.FromDays(1),
                        Clearances = (string[])[access],
                        Organisations = (string[])["relief"],
                        SafetyOfficers = Array.Empty<string>(),
                        CheckInMinutes = 60,
                        GraceMinutes = 30,
                    },
                    Origin = Origin.Reported,
                    Marking = Community,
                }
            )
        );
        foreach (string organisation in (string[])["carrier", "families"])
        {
            ApiClient second = await Speaker(organisation);
            Done(
                await second.Do(
                    "missions",
                    mission,
                    "approve-mission",
                    new
                    {
                        TermsId = (await second.Get($"missions/{mission}")).State[
                            "termsId"
                        ]!.GetValue<string>(),
                    }
                )
            );
        }

        Done(await planner.Do("missions", mission, "start-mission"));
        return mission;
    }

    private static string Done(Answered answered)
    {
        Assert.True(
            answered.Status is HttpStatusCode.OK or HttpStatusCode.Created,
            $"{answered.Status}: {answered.Text}"
        );
        return answered.Status == HttpStatusCode.Created ? answered.Id : "";
    }
}
