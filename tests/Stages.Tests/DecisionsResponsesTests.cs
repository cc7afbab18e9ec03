using Breakwater.Decisions;
using Breakwater.Decisions.Answering;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A response from its proposal to its lessons.</summary>
public sealed partial class DecisionsResponsesTests
{
    private static readonly Participant Officer = Speaker("a desk");

    private static ProposeResponse Proposal(string id = "response-1") =>
        new(id, "disruption-1", Place.OfCountry("SD"), "nobody covers civilians", Marking.Public);

    private static Response Proposed(string id = "response-1") =>
        Then<Response, ResponseEvent>(
            null,
            ProposeResponse.Decide(null, Proposal(id), Officer, Hour(0))
        );

    private static Decision Decided(
        DecisionKind kind,
        string subject,
        params (StakeholderClass Class, Stand Stand)[] stands
    ) =>
        DecisionsFixture.Elapsed(
            With(
                Opened(Question(kind, Math.Max(2, stands.Length)) with { Subject = subject }),
                stands
            ),
            48
        );

    private static Decision Agreed(DecisionKind kind, string subject = "response-1") =>
        Decided(
            kind,
            subject,
            (StakeholderClass.CivilSociety, Stand.Support),
            (StakeholderClass.TechnicalCommunity, Stand.Support),
            (StakeholderClass.AffectedCommunity, Stand.Support)
        );

    /// <summary>Asked while the decision was open, whatever came of it later.</summary>
    private static Response Asked(Decision decision, Response? from = null)
    {
        Response response = from ?? Proposed();
        return Then(response, Ask(response, decision with { Outcome = DecisionOutcome.Open }));
    }

    private static Decided<ResponseEvent> Ask(Response response, Decision decision) =>
        AskActivation.Decide(
            response,
            new AskActivation(decision.Id) { Decision = decision },
            Officer,
            Hour(1)
        );

    private static Decided<ResponseEvent> Activate(
        Response response,
        Decision decision,
        params Response[] others
    ) =>
        ActivateResponse.Decide(
            response,
            new ActivateResponse { Decision = decision, OnTheSame = others },
            Officer,
            Hour(48)
        );

    private static Response Active()
    {
        Decision decision = Agreed(DecisionKind.Activation, "disruption-1");
        return Then(Asked(decision), Activate(Asked(decision), decision));
    }

    private static MeasuredReturn Returned(double hour, bool isConfirmed = true) =>
        new(
            "restoration-1",
            "disruption-1",
            Place.OfCountry("SD"),
            "answers to probes",
            "a prober",
            Hour(hour),
            isConfirmed
        );

    private static Decided<ResponseEvent> Meet(
        Response response,
        ServiceClock which,
        MeasuredReturn? shown,
        double hour = 200
    ) =>
        MeetClock.Decide(
            response,
            new MeetClock(which, "restoration-1") { Return = shown },
            Officer,
            Hour(hour)
        );

    private static Response Elapsed(Response response, double hour) =>
        Elapsed<Response, ResponseEvent>(response, Hour(hour), Response.Elapse);

    private static Clock Of(Response response, ServiceClock which) =>
        response.Clocks.Single(clock => clock.Which == which);

    private static Commitment Kept(CommitmentState state) =>
        new()
        {
            Id = "commitment-1",
            PlanId = "plan-1",
            OfferId = "kit",
            Stakeholder = "a supplier",
            Asset = "kit",
            Place = Place.OfCountry("SD"),
            PlaceName = "Sudan",
            Networks = null,
            Service = Service.Web,
            Units = 1,
            Civilians = 1,
            Responders = 0,
            Until = null,
            State = state,
            History = [new CommitmentStep(state, Hour(50), "a letter", Origin.Reported)],
            Marking = Marking.Public,
        };

    [Fact]
    public void INV_03_An_activation_rests_on_a_quorum_across_classes_without_any_State()
    {
        Response active = Active();
        Assert.Equal(ResponseState.Active, active.State);
        Assert.DoesNotContain(StakeholderClass.Government, active.ActivatedByClasses);
        Assert.Equal(3, active.ActivatedByClasses.Count);
    }

    [Theory]
    [InlineData(StakeholderClass.Government)]
    [InlineData(StakeholderClass.CivilSociety)]
    public void The_request_of_one_State_or_one_class_activates_nothing(StakeholderClass only)
    {
        Decision decision = Decided(DecisionKind.Activation, "disruption-1", (only, Stand.Support));
        Assert.Equal(DecisionOutcome.NotAdopted, decision.Outcome);
        Assert.Equal("not-activated", Follow(Asked(decision), decision, 48).Standing);
    }

    [Fact]
    public void Another_disruption_of_the_same_kind_is_not_answered_with_an_old_activation()
    {
        Decision old = Opened(Question() with { Subject = "disruption-1" });
        Response later = Then<Response, ResponseEvent>(
            null,
            ProposeResponse.Decide(null, Proposal(), Officer, Hour(0.5))
        );
        Assert.Equal(
            "the decision was opened before this was proposed; open one for this proposal",
            Why(Ask(later, old))
        );
        // An appeal opens it again; it was still put for something else.
        Assert.NotNull(
            Ask(later, old with { ReopenedAt = Hour(1), Outcome = DecisionOutcome.Open }).Refusal
        );
        Assert.Equal(
            "the decision is closed already; open one for this proposal",
            Why(Ask(Proposed(), Agreed(DecisionKind.Activation, "disruption-1")))
        );
    }

    [Fact]
    public void A_response_follows_its_activation_by_itself_with_clocks_that_run_from_the_decision()
    {
        Decision decision = Agreed(DecisionKind.Activation, "disruption-1");
        Response followed = Follow(Asked(decision), decision, 48);
        Assert.Equal(Active().Clocks, followed.Clocks);
        Assert.All(followed.Clocks, clock => Assert.Equal(decision.DecidedAt, clock.Since));
        Assert.Equal(Decided<ResponseEvent>.Nothing, Activate(followed, decision));

        Response second = Then(
            Asked(decision, Proposed("response-2")),
            FollowActivation.Decide(
                Asked(decision, Proposed("response-2")),
                new FollowActivation { Decision = decision, OnTheSame = [followed] },
                Officer,
                Hour(48)
            )
        );
        Assert.Equal(
            ("not-activated", "response-1 responds to it already"),
            (second.Standing, second.EndReason)
        );
    }

    [Fact]
    public void A_stand_down_that_people_did_not_want_is_dropped_by_itself()
    {
        Decision refused = Decided(
            DecisionKind.StandDown,
            "response-1",
            (StakeholderClass.CivilSociety, Stand.Object),
            (StakeholderClass.Academia, Stand.Object)
        );
        Response Drop(Decision decision) =>
            Then(
                Ending(refused),
                FollowStandDown.Decide(
                    Ending(refused),
                    new FollowStandDown { Decision = decision },
                    Officer,
                    Hour(70)
                )
            );
        Assert.Equal("active", Drop(refused).Standing);
        Assert.Equal("stand-down-proposed", Drop(refused with { Id = "another" }).Standing);
        Assert.Equal("stand-down-proposed", Drop(Agreed(DecisionKind.StandDown)).Standing);
    }

    [Fact]
    public void Clocks_that_run_stop_with_the_response_and_what_was_missed_stays_missed()
    {
        Decision decision = Agreed(DecisionKind.StandDown);
        Response ending = Elapsed(Ending(decision), 97);
        Response stood = Then(
            ending,
            StandDown.Decide(
                ending,
                new StandDown("the money ended") { Decision = decision },
                Officer,
                Hour(100)
            )
        );
        Assert.Equal(
            [ClockState.Missed, ClockState.Stopped],
            stood.Clocks.Select(clock => clock.State)
        );
    }

    [Fact]
    public void A_second_response_to_the_same_disruption_is_refused_while_one_is_open()
    {
        Assert.Equal(
            "response-1 responds to it already",
            Why(
                ProposeResponse.Decide(
                    null,
                    Proposal("response-2") with
                    {
                        OnTheSame = [Proposed()],
                    },
                    Officer,
                    Hour(0)
                )
            )
        );
        Decision decision = Agreed(DecisionKind.Activation, "disruption-1");
        Assert.Equal(
            "response-1 responds to it already",
            Why(Activate(Asked(decision, Proposed("response-2")), decision, Active()))
        );
    }

    [Fact]
    public void An_activation_that_is_not_decided_or_about_something_else_activates_nothing()
    {
        Decision open = Opened(Question() with { Subject = "disruption-1" });
        Assert.Equal("the activation is not decided", Why(Activate(Asked(open), open)));
        Decision other = Agreed(DecisionKind.Activation, "disruption-2");
        Assert.NotNull(
            AskActivation
                .Decide(
                    Proposed(),
                    new AskActivation(other.Id) { Decision = other },
                    Officer,
                    Hour(1)
                )
                .Refusal
        );
        Assert.NotNull(Activate(Proposed(), Agreed(DecisionKind.Activation)).Refusal);
    }

    [Fact]
    public void An_activation_that_people_refused_ends_the_proposal()
    {
        Decision refused = Decided(
            DecisionKind.Activation,
            "disruption-1",
            (StakeholderClass.CivilSociety, Stand.Object),
            (StakeholderClass.Academia, Stand.Object)
        );
        Response ended = Then(Asked(refused), Activate(Asked(refused), refused));
        Assert.Equal("not-activated", ended.Standing);
        Assert.Null(ended.DueAt);
        Assert.False(ended.IsOpen);
    }

    [Fact]
    public void The_clocks_run_from_the_activation_and_say_by_themselves_that_they_were_missed()
    {
        Response active = Active();
        Assert.Equal(Hour(96), Of(active, ServiceClock.FirstService).Due);
        Assert.Equal(Hour(48 + (28 * 24)), Of(active, ServiceClock.ExtendedService).Due);
        Assert.Equal(Hour(72), active.DueAt);
        Response reminded = Elapsed(active, 73);
        Assert.Equal(Hour(73), Of(reminded, ServiceClock.FirstService).RemindedAt);
        Response escalated = Elapsed(reminded, 92);
        Assert.Equal(Hour(92), Of(escalated, ServiceClock.FirstService).EscalatedAt);
        Response missed = Elapsed(escalated, 97);
        Assert.Equal(ClockState.Missed, Of(missed, ServiceClock.FirstService).State);
        Response late = Elapsed(missed, 2_000);
        Assert.All(late.Clocks, clock => Assert.Equal(ClockState.Missed, clock.State));
        Assert.Null(late.DueAt);
    }

    [Fact]
    public void INV_19_A_clock_is_met_by_what_somebody_independent_measured_and_by_nothing_else()
    {
        Response active = Active();
        Assert.Equal(
            "nobody independent saw it at the last measurement of this response",
            Why(Meet(active, ServiceClock.FirstService, null))
        );
        Assert.NotNull(
            Meet(
                active,
                ServiceClock.FirstService,
                Returned(60) with
                {
                    DisruptionId = "disruption-2",
                }
            ).Refusal
        );
        Assert.Equal(
            "a return in part is not extended service",
            Why(Meet(active, ServiceClock.ExtendedService, Returned(60, isConfirmed: false)))
        );
        Response met = Then(
            active,
            Meet(active, ServiceClock.FirstService, Returned(60, isConfirmed: false))
        );
        Assert.Equal(ClockState.Met, Of(met, ServiceClock.FirstService).State);
    }

    [Fact]
    public void A_clock_that_was_called_missed_is_met_when_an_earlier_return_is_measured_later()
    {
        Response missed = Elapsed(Active(), 97);
        Response met = Then(missed, Meet(missed, ServiceClock.FirstService, Returned(95)));
        Assert.Equal(ClockState.Met, Of(met, ServiceClock.FirstService).State);
        Response late = Then(missed, Meet(missed, ServiceClock.FirstService, Returned(98)));
        Assert.Equal(ClockState.MetLate, Of(late, ServiceClock.FirstService).State);
    }

    [Fact]
    public void A_plan_is_adopted_by_its_decision_and_a_hand_on_it_keeps_author_and_reason()
    {
        Response active = Active();
        Response proposed = Then(
            active,
            ProposePlan.Decide(active, new ProposePlan("plan-1", "safest"), Officer, Hour(50))
        );
        Decided<ResponseEvent> Adopt(Decision decision) =>
            AdoptPlan.Decide(
                proposed,
                new AdoptPlan("plan-1") { Decision = decision },
                Officer,
                Hour(51)
            );
        Assert.NotNull(Adopt(Agreed(DecisionKind.PlanAdoption, "plan-2")).Refusal);
        Assert.NotNull(Adopt(Agreed(DecisionKind.Activation, "plan-1")).Refusal);
        Response adopted = Then(proposed, Adopt(Agreed(DecisionKind.PlanAdoption, "plan-1")));
        Assert.Equal("plan-1", adopted.AdoptedPlan);
        Assert.Equal("decision-1", Assert.Single(adopted.Plans).AdoptedBy);
        var placed = new FixedPlacement("kit", Place.OfCountry("SD"), 2);
        Decided<ResponseEvent> Hand(string reason, params FixedPlacement[] forbids) =>
            SetPlanHand.Decide(
                adopted,
                new SetPlanHand([placed], forbids, 100, reason),
                Officer,
                Hour(52)
            );
        Assert.NotNull(Hand(" ").Refusal);
        Assert.NotNull(Hand("both", placed).Refusal);
        HandOnPlan hand = Assert.Single(Then(adopted, Hand("the road is open")).Hands);
        Assert.Equal(("someone of a desk", "the road is open"), (hand.By, hand.Reason));
    }

    private static Response Follow(Response response, Decision decision, double hour) =>
        Then(
            response,
            FollowActivation.Decide(
                response,
                new FollowActivation
                {
                    Decision = decision,
                    Unfinished = Unfinished.Of([Kept(CommitmentState.Pledged)], ["web in SD"]),
                },
                Officer,
                Hour(hour)
            )
        );

    [Fact]
    public void While_an_appeal_has_its_activation_decided_again_a_response_goes_on_and_says_so()
    {
        Decision decided = Agreed(DecisionKind.Activation, "disruption-1");
        Decision open = decided with { Outcome = DecisionOutcome.Open };
        Response questioned = Follow(Active(), open, 60);
        Assert.Equal(
            (ResponseState.Active, "activation-reopened"),
            (questioned.State, questioned.Standing)
        );
        Assert.All(questioned.Clocks, clock => Assert.Equal(ClockState.Running, clock.State));
        Assert.Equal(Bytes(questioned), Bytes(Follow(questioned, open, 61)));

        Response upheld = Follow(questioned, decided, 70);
        Assert.Equal("active", upheld.Standing);
        Assert.Equal(Active().Clocks, upheld.Clocks);
    }

    [Fact]
    public void A_response_whose_activation_falls_on_appeal_ends_and_names_what_was_open()
    {
        Decision decided = Agreed(DecisionKind.Activation, "disruption-1");
        Response questioned = Follow(Active(), decided with { Outcome = DecisionOutcome.Open }, 60);
        Decision fallen = decided with
        {
            Outcome = DecisionOutcome.NotAdopted,
            OutcomeReason = "1 class in favour",
        };
        Response ended = Follow(questioned, fallen, 70);
        Assert.Equal("stood-down", ended.Standing);
        Assert.Equal("commitment-1", Assert.Single(ended.StandDown!.StillOpen));
        Assert.Equal("web in SD", Assert.Single(ended.StandDown.Unmeasured));
        Assert.Contains("1 class in favour", ended.EndReason, StringComparison.Ordinal);
        Assert.Equal(Bytes(Active()), Bytes(Follow(Active(), fallen, 70)));
        Assert.Equal(
            Bytes(questioned),
            Bytes(Follow(questioned, fallen with { Id = "another" }, 70))
        );
    }

    /// <summary>Two classes refused an activation, and an appeal put the question again.</summary>
    private static (Decision Refused, Response Again) PutAgain()
    {
        Decision refused = Decided(
            DecisionKind.Activation,
            "disruption-1",
            (StakeholderClass.CivilSociety, Stand.Object),
            (StakeholderClass.Academia, Stand.Object)
        );
        Response ended = Then(Asked(refused), Activate(Asked(refused), refused));
        Response again = Follow(ended, refused with { Outcome = DecisionOutcome.Open }, 60);
        return (refused, again);
    }

    [Fact]
    public void A_response_that_was_not_activated_is_proposed_again_when_an_appeal_reopens_the_question()
    {
        Response again = PutAgain().Again;
        Assert.Equal("proposed", again.Standing);
        Assert.Null(again.EndedAt);
        Assert.NotNull(again.DueAt);
    }

    [Fact]
    public void A_response_that_is_refused_again_when_the_question_was_put_again_ends_again()
    {
        (Decision refused, Response again) = PutAgain();
        Assert.Equal("not-activated", Follow(again, refused, 70).Standing);
    }

    [Fact]
    public void A_plan_that_bound_nobody_although_people_said_yes_is_not_carried_out()
    {
        Response proposed = Then(
            Active(),
            ProposePlan.Decide(Active(), new ProposePlan("plan-1", "safest"), Officer, Hour(50))
        );
        Refusal? refusal = AdoptPlan
            .Decide(
                proposed,
                new AdoptPlan("plan-1")
                {
                    Decision = Agreed(DecisionKind.PlanAdoption, "plan-1"),
                    IsUnpledged = true,
                },
                Officer,
                Hour(51)
            )
            .Refusal;
        Assert.Contains("nothing is pledged", refusal!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(47, false)]
    [InlineData(48, false)]
    [InlineData(49, true)]
    public void A_plan_whose_offer_was_over_before_people_said_yes_cannot_be_adopted(
        int lost,
        bool isAdopted
    )
    {
        Response active = Active();
        foreach (string plan in (string[])["plan-1", "plan-2"])
        {
            active = Then(
                active,
                ProposePlan.Decide(active, new ProposePlan(plan, plan), Officer, Hour(50))
            );
        }

        Response noted = Then(
            active,
            NoteLostOffer.Decide(
                active,
                new NoteLostOffer("kit", Hour(lost)) { PlanIds = ["plan-1", "plan-3"] },
                Officer,
                Hour(50)
            )
        );
        Assert.Equal([1, 0], noted.Plans.Select(plan => plan.LostOffers?.Count ?? 0));
        foreach (
            (string plan, bool may) in ((string, bool)[])[("plan-1", isAdopted), ("plan-2", true)]
        )
        {
            Decision decision = Agreed(DecisionKind.PlanAdoption, plan);
            Assert.Equal(Hour(48), decision.DecidedAt);
            Refusal? refusal = AdoptPlan
                .Decide(noted, new AdoptPlan(plan) { Decision = decision }, Officer, Hour(51))
                .Refusal;
            Assert.Equal(may, refusal is null);
        }
    }

    private static Response Ending(Decision decision, Response? from = null)
    {
        Response active = from ?? Active();
        return Then(
            active,
            ProposeStandDown.Decide(
                active,
                new ProposeStandDown(decision.Id, "it is over") { Decision = decision },
                Officer,
                Hour(60)
            )
        );
    }

    private static Decided<ResponseEvent> End(
        Decision decision,
        string reason,
        Commitment[] commitments,
        params string[] unmeasured
    ) =>
        StandDown.Decide(
            Ending(decision),
            new StandDown(reason)
            {
                Decision = decision,
                Unfinished = Unfinished.Of(commitments, unmeasured),
            },
            Officer,
            Hour(70)
        );

    [Fact]
    public void A_response_stands_down_when_all_is_ended_or_handed_over_and_measured()
    {
        Decision decision = Agreed(DecisionKind.StandDown);
        Assert.Equal("stand-down-proposed", Ending(decision).Standing);
        Commitment working = Kept(CommitmentState.Working);
        Assert.StartsWith(
            "1 commitments have neither ended nor been taken over, commitment-1 among them",
            Why(End(decision, "", [working])),
            StringComparison.Ordinal
        );
        Assert.NotNull(End(decision, "", [working with { HandedOverTo = "a council" }]).Refusal);
        Assert.StartsWith(
            "nobody independent has measured web in SD",
            Why(End(decision, "", [], "web in SD")),
            StringComparison.Ordinal
        );
        Assert.Null(
            End(
                decision,
                "",
                [
                    Kept(CommitmentState.Lapsed),
                    working with
                    {
                        HandedOverTo = "a council",
                        TakenOverAt = Hour(3),
                    },
                ]
            ).Refusal
        );
    }

    [Fact]
    public void INV_10_A_stand_down_names_the_questions_fuel_and_crews_that_go_on()
    {
        Decision decision = Agreed(DecisionKind.StandDown);
        Decision open = decision with { Id = "decision-2", Outcome = DecisionOutcome.Open };
        FuelRequest request = FuelFixture.Hospital with
        {
            Allocations = [new FollowedAllocation("d1", "a1", AllocationState.OnTheRoad, 5, 0)],
        };
        Unfinished unfinished = Unfinished.Nothing.With(
            [MissionsFixture.UnderWay().Now, MissionsFixture.Approved().Now],
            [FuelFixture.Hospital, request],
            [decision, open]
        );
        Assert.Equal(
            [
                $"mission/{MissionsFixture.UnderWay().Now.Id}",
                "fuel-request/q1",
                "decision/decision-2",
            ],
            unfinished.Underway
        );
        Decided<ResponseEvent> Down(string reason) =>
            StandDown.Decide(
                Ending(decision),
                new StandDown(reason) { Decision = decision, Unfinished = unfinished },
                Officer,
                Hour(61)
            );
        Assert.Equal(
            $"3 of its missions, fuel requests and questions go on, {unfinished.Underway[0]} among them; wait, or give a reason",
            Why(Down(""))
        );
        Assert.Equal(
            [new GoingOn("decision", 1), new GoingOn("fuel-request", 1), new GoingOn("mission", 1)],
            Then(Ending(decision), Down("the money ended")).StandDown!.GoesOn
        );
    }

    [Fact]
    public void INV_10_A_stand_down_with_something_open_keeps_its_reason_what_was_open_and_the_dissent()
    {
        Decision decision = With(
            Opened(Question(DecisionKind.StandDown, 3) with { Subject = "response-1" }),
            (StakeholderClass.CivilSociety, Stand.Support),
            (StakeholderClass.TechnicalCommunity, Stand.Support),
            (StakeholderClass.AffectedCommunity, Stand.Object)
        );
        decision = DecisionsFixture.Elapsed(
            Then(
                decision,
                AnswerObjection.Decide(
                    decision,
                    new AnswerObjection("a AffectedCommunity", "others go on with it"),
                    Officer,
                    Hour(2)
                )
            ),
            48
        );
        Response stood = Then(
            Ending(decision),
            End(decision, "the money ended", [Kept(CommitmentState.Working)], "web in SD")
        );
        Assert.Equal(["commitment-1"], stood.StandDown!.StillOpen);
        Assert.Equal(["web in SD"], stood.StandDown.Unmeasured);
        Assert.Equal("the money ended", stood.StandDown.Reason);
        Assert.Equal("as said", Assert.Single(stood.StandDown.Dissent).Reason);
    }

    [Fact]
    public void A_stand_down_that_people_refused_leaves_the_response_active()
    {
        Decision refused = Decided(
            DecisionKind.StandDown,
            "response-1",
            (StakeholderClass.AffectedCommunity, Stand.Object)
        );
        Response after = Then(Ending(refused), End(refused, "", []));
        Assert.Equal("active", after.Standing);
    }

    [Fact]
    public void A_response_closes_after_its_stand_down_and_not_without_a_lesson()
    {
        Decision decision = Agreed(DecisionKind.StandDown);
        Response stood = Then(Ending(decision), End(decision, "", []));
        Assert.Equal(Hour(70) + Duration.FromDays(7), stood.DueAt);
        Decided<ResponseEvent> Close(Response response) =>
            CloseResponse.Decide(
                response,
                new CloseResponse("all is written down"),
                Officer,
                Hour(80)
            );
        Assert.NotNull(Close(Active()).Refusal);
        Assert.Equal("no lesson is recorded; somebody learnt something", Why(Close(stood)));
        Response learnt = Then(
            stood,
            RecordLesson.Decide(
                stood,
                new RecordLesson("ask the families first", Workstream.Governance),
                Alone("a resident"),
                Hour(75)
            )
        );
        Response closed = Then(learnt, Close(learnt));
        Assert.Equal("closed", closed.Standing);
        Assert.Null(closed.DueAt);
    }

    [Fact]
    public void INV_09_Somebody_who_joined_alone_proposes_and_activates_nothing()
    {
        Decision decision = Agreed(DecisionKind.Activation, "disruption-1");
        Assert.All(
            (Decided<ResponseEvent>[])
                [
                    ProposeResponse.Decide(null, Proposal(), Alone("p"), Hour(0)),
                    ActivateResponse.Decide(
                        Asked(decision),
                        new ActivateResponse { Decision = decision },
                        Alone("p"),
                        Hour(48)
                    ),
                    RecordNeeds.Decide(Active(), new RecordNeeds(["need-1"]), Alone("p"), Hour(50)),
                ],
            refused => Assert.Equal(RefusalKind.NotAllowed, refused.Refusal!.Kind)
        );
    }

    [Fact]
    public void A_proposal_that_nobody_takes_up_is_reminded_of_less_and_less_often()
    {
        Response reminded = Elapsed(Proposed(), 12);
        Assert.Equal(Hour(24), reminded.DueAt);
        Assert.Equal(Hour(200), Elapsed(reminded, 100).DueAt);
    }

    [Fact]
    public void Needs_that_are_assessed_again_take_the_place_of_those_before()
    {
        Response once = Then(
            Active(),
            RecordNeeds.Decide(Active(), new RecordNeeds(["need-2", "need-1"]), Officer, Hour(50))
        );
        Assert.Equal(["need-1", "need-2"], once.Needs);
        Decided<ResponseEvent> same = RecordNeeds.Decide(
            once,
            new RecordNeeds(["need-1", "need-2"]),
            Officer,
            Hour(51)
        );
        Assert.Null(same.Refusal);
        Assert.Empty(same.Events);
        Assert.Equal(
            ["need-3"],
            Then(
                once,
                RecordNeeds.Decide(once, new RecordNeeds(["need-3"]), Officer, Hour(52))
            ).Needs
        );
    }
}
