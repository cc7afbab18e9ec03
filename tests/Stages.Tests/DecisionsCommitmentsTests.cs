using Breakwater.Decisions;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Opening;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-06: a promise is not a delivery, a delivery is not yet service, and no step is skipped.</summary>
public sealed class DecisionsCommitmentsTests
{
    private const string Supplier = "supplier of kit";
    private static readonly Instant End = AsOf + Duration.FromDays(20);
    private static readonly Offer Kit = OfferOf("kit", until: End);
    private static readonly Lazy<Commitment> Pledged = new(() => Adopted([Kit]));

    /// <summary>What may follow each state, written out rather than computed.</summary>
    private static readonly Dictionary<CommitmentState, CommitmentState[]> Follows = new()
    {
        [CommitmentState.Pledged] =
        [
            CommitmentState.Cleared,
            CommitmentState.Lapsed,
            CommitmentState.Withdrawn,
        ],
        [CommitmentState.Cleared] =
        [
            CommitmentState.Delivered,
            CommitmentState.Lapsed,
            CommitmentState.Withdrawn,
        ],
        [CommitmentState.Delivered] =
        [
            CommitmentState.Working,
            CommitmentState.Lapsed,
            CommitmentState.Withdrawn,
        ],
        [CommitmentState.Working] =
        [
            CommitmentState.StillWorking,
            CommitmentState.Lapsed,
            CommitmentState.Withdrawn,
        ],
        [CommitmentState.StillWorking] =
        [
            CommitmentState.StillWorking,
            CommitmentState.Lapsed,
            CommitmentState.Withdrawn,
        ],
        [CommitmentState.Lapsed] = [],
        [CommitmentState.Withdrawn] = [],
    };

    private static (OpenDecision Adoption, Plan Plan) Adoption(IReadOnlyList<Offer> offers)
    {
        IReadOnlyList<Plan> plans = PlansFromNeeds.Optimise(Inputs([NeedOf(900)], offers)).Plans;
        OpenDecision adoption = DecisionsFromPlans
            .Open([Lost(1)], plans, [], 2, AsOf)
            .Single(decision => decision.Kind == DecisionKind.PlanAdoption);
        return (adoption, plans.Single(plan => plan.Id == adoption.Subject));
    }

    private static Decision Agreed(OpenDecision adoption) =>
        Closed(
            With(
                Opened(adoption),
                (StakeholderClass.CivilSociety, Stand.Support),
                (StakeholderClass.Academia, Stand.Support)
            )
        );

    private static Pledge PledgeOf(IReadOnlyList<Offer> offers, Duration? confirmEvery = null)
    {
        (OpenDecision adoption, Plan plan) = Adoption(offers);
        (IReadOnlyList<Pledge> pledges, Refusal? refusal) = PledgesFromPlan.Of(
            Agreed(adoption),
            plan,
            offers,
            confirmEvery
        );
        Assert.Null(refusal);
        return Assert.Single(pledges);
    }

    private static Commitment Adopted(IReadOnlyList<Offer> offers, Duration? confirmEvery = null) =>
        Then<Commitment, CommitmentEvent>(
            null,
            Pledge.Decide(null, PledgeOf(offers, confirmEvery), Speaker("a planner"), AsOf)
        );

    private static Decided<CommitmentEvent> Step(
        Commitment commitment,
        CommitmentState to,
        string by = "a liaison",
        double day = 1
    ) =>
        Advance.Decide(
            commitment,
            new Advance(to, "a letter"),
            Speaker(by),
            AsOf + Duration.FromDays(day)
        );

    private static Commitment At(CommitmentState state, Commitment? from = null)
    {
        Commitment commitment = from ?? Pledged.Value;
        while (commitment.State != state)
        {
            commitment = Then(commitment, Step(commitment, commitment.State + 1));
        }

        return commitment;
    }

    private static Instant Day(double days) => AsOf + Duration.FromDays(days);

    [Fact]
    public void INV_06_A_line_of_an_adopted_plan_becomes_a_pledge_and_nothing_more()
    {
        Commitment commitment = Pledged.Value;
        Assert.Equal(CommitmentState.Pledged, commitment.State);
        Assert.Equal(Supplier, commitment.Stakeholder);
        Assert.Equal(CommitmentState.Pledged, Assert.Single(commitment.History).State);
        Assert.Equal(End, commitment.Until);
    }

    [Fact]
    public void A_commitment_without_an_end_date_has_none_and_never_lapses_by_itself()
    {
        Commitment commitment = Elapsed(Adopted([OfferOf("kit")]), Day(1_000));
        Assert.Null(commitment.Until);
        Assert.Null(commitment.DueAt);
        Assert.Equal(CommitmentState.Pledged, commitment.State);
    }

    [Fact]
    public void Only_an_adopted_plan_can_be_committed_to()
    {
        (OpenDecision adoption, Plan plan) = Adoption([Kit]);
        Decision rejected = Elapsed(Opened(adoption), 48);
        Decision ofAnother = Agreed(adoption) with { Subject = "plan-other" };
        foreach (Decision decision in (Decision[])[Opened(adoption), rejected, ofAnother])
        {
            (IReadOnlyList<Pledge> pledges, Refusal? refusal) = PledgesFromPlan.Of(
                decision,
                plan,
                [Kit],
                null
            );
            Assert.Empty(pledges);
            Assert.Equal("only an adopted plan can be committed to", refusal!.Reason);
        }

        Assert.Equal(
            "the offer kit is not made any more",
            PledgesFromPlan.Of(Agreed(adoption), plan, [], null).Refusal!.Reason
        );
    }

    [Theory]
    [InlineData(CommitmentState.Pledged, CommitmentState.Delivered)]
    [InlineData(CommitmentState.Pledged, CommitmentState.Working)]
    [InlineData(CommitmentState.Cleared, CommitmentState.Working)]
    [InlineData(CommitmentState.Delivered, CommitmentState.StillWorking)]
    [InlineData(CommitmentState.Working, CommitmentState.Delivered)]
    public void INV_06_A_skipped_or_backward_step_is_refused_with_a_reason(
        CommitmentState from,
        CommitmentState to
    ) =>
        Assert.Equal(
            $"a commitment that is {from} cannot become {to}: no state is skipped",
            Why(Step(At(from), to))
        );

    [Theory]
    [InlineData(CommitmentState.Delivered, CommitmentState.Working)]
    [InlineData(CommitmentState.Working, CommitmentState.StillWorking)]
    public void INV_19_A_supplier_cannot_confirm_its_own_service(
        CommitmentState from,
        CommitmentState to
    )
    {
        Assert.Equal(
            "a supplier cannot confirm its own service; somebody else must see it work",
            Why(Step(At(from), to, Supplier))
        );
        Assert.Null(Step(At(from), to, "a liaison").Refusal);
    }

    [Fact]
    public void INV_19_Who_delivered_for_the_supplier_does_not_confirm_under_another_name()
    {
        Commitment cleared = At(CommitmentState.Cleared);
        Commitment delivered = Then(
            cleared,
            Advance.Decide(
                cleared,
                new Advance(CommitmentState.Delivered, "a letter"),
                Speaker(Supplier, person: "p"),
                Day(1)
            )
        );
        Assert.Equal(
            RefusalKind.NotAllowed,
            Advance
                .Decide(
                    delivered,
                    new Advance(CommitmentState.Working, "a letter"),
                    Speaker("a liaison", person: "p"),
                    Day(2)
                )
                .Refusal!.Kind
        );
    }

    [Fact]
    public void INV_09_Somebody_who_joined_alone_moves_no_commitment() =>
        Assert.Equal(
            RefusalKind.NotAllowed,
            Advance
                .Decide(
                    Pledged.Value,
                    new Advance(CommitmentState.Cleared, "a letter"),
                    Alone("someone"),
                    Day(1)
                )
                .Refusal!.Kind
        );

    [Fact]
    public void INV_06_After_its_end_date_a_commitment_is_lapsed_without_anybody_noticing()
    {
        foreach (CommitmentState state in Enum.GetValues<CommitmentState>().Take(5))
        {
            Commitment commitment = At(state);
            Assert.Equal(state, Elapsed(commitment, End - Duration.FromSeconds(1)).State);
            Assert.StartsWith(
                state >= CommitmentState.Working ? "it lapsed at" : "a commitment that is",
                Why(Step(commitment, CommitmentState.StillWorking, day: 30)),
                StringComparison.Ordinal
            );
            Commitment lapsed = Elapsed(commitment, Day(25));
            Assert.Equal(CommitmentState.Lapsed, lapsed.State);
            Assert.Equal(End, lapsed.History[^1].At);
            Assert.Null(lapsed.DueAt);
            Assert.NotNull(Step(lapsed, CommitmentState.Working, day: 30).Refusal);
        }
    }

    [Fact]
    public void INV_06_A_missed_confirmation_lapses_it_and_a_reminder_comes_before()
    {
        Commitment working = At(
            CommitmentState.Working,
            Adopted([OfferOf("kit")], Duration.FromDays(30))
        );
        Assert.Equal(Day(31), working.NextConfirmationBy);
        Assert.Equal(Day(25), working.DueAt);
        Commitment reminded = Elapsed(working, Day(26));
        Assert.Equal(Day(26), reminded.RemindedAt);
        Commitment confirmed = Then(
            reminded,
            Step(reminded, CommitmentState.StillWorking, day: 27)
        );
        Assert.Equal(Day(57), confirmed.NextConfirmationBy);
        Assert.Null(confirmed.RemindedAt);
        Commitment lapsed = Elapsed(confirmed, Day(60));
        Assert.Equal(CommitmentState.Lapsed, lapsed.State);
        Assert.Equal(Day(57), lapsed.History[^1].At);
    }

    [Fact]
    public void The_next_confirmation_may_be_due_earlier_than_agreed_and_not_later()
    {
        Commitment working = At(
            CommitmentState.Working,
            Adopted([OfferOf("kit")], Duration.FromDays(30))
        );
        Decided<CommitmentEvent> Confirm(double day) =>
            Advance.Decide(
                working,
                new Advance(CommitmentState.StillWorking, "seen", NextConfirmationBy: Day(day)),
                Speaker("a liaison"),
                Day(2)
            );
        Assert.Equal(Day(9), Then(working, Confirm(9)).NextConfirmationBy);
        Assert.NotNull(Confirm(33).Refusal);
        Assert.NotNull(Confirm(2).Refusal);
    }

    [Fact]
    public void A_commitment_that_does_not_work_by_the_day_of_the_plan_is_overdue_until_it_does()
    {
        Commitment pledged = Pledged.Value;
        Instant expected = pledged.ExpectedBy!.Value;
        Assert.True(expected < End);
        Commitment overdue = Elapsed(pledged, expected);
        Assert.True(overdue.IsOverdue);
        Assert.Equal(CommitmentState.Pledged, overdue.State);
        Commitment late = overdue;
        for (CommitmentState to = CommitmentState.Cleared; to <= CommitmentState.Working; to++)
        {
            Assert.True(late.IsOverdue);
            late = Then(late, Step(late, to, day: 19));
        }

        Assert.False(late.IsOverdue);
        Assert.False(Elapsed(At(CommitmentState.Working), expected).IsOverdue);
    }

    [Fact]
    public void Who_takes_a_promise_back_owes_nothing_any_more()
    {
        Commitment overdue = Elapsed(Pledged.Value, Pledged.Value.ExpectedBy!.Value);
        Commitment withdrawn = Then(
            overdue,
            Step(overdue, CommitmentState.Withdrawn, Supplier, day: 19)
        );
        Assert.True(overdue.IsOverdue);
        Assert.Equal((CommitmentState.Withdrawn, false), (withdrawn.State, withdrawn.IsOverdue));
    }

    [Fact]
    public void Only_who_promised_withdraws_and_nobody_else_ends_it_before_its_time()
    {
        Assert.Equal(
            "only who promised can withdraw",
            Why(Step(Pledged.Value, CommitmentState.Withdrawn))
        );
        Assert.Null(Step(Pledged.Value, CommitmentState.Withdrawn, Supplier).Refusal);
        Assert.StartsWith(
            "a commitment lapses by its end date or a missed confirmation",
            Why(Step(Pledged.Value, CommitmentState.Lapsed)),
            StringComparison.Ordinal
        );
        Commitment over = Pledged.Value with { Until = Day(1) };
        var lapsed = Assert.IsType<CommitmentLapsed>(
            Assert.Single(Step(over, CommitmentState.Lapsed, day: 2).Events)
        );
        Assert.Equal((LapseCause.EndDate, Day(1)), (lapsed.Cause, lapsed.Since));
    }

    [Fact]
    public void Cleared_may_hold_that_none_was_required_with_the_reason()
    {
        Commitment cleared = Then(
            Pledged.Value,
            Advance.Decide(
                Pledged.Value,
                new Advance(
                    CommitmentState.Cleared,
                    "it is software",
                    Clearing: Clearing.NoneRequired
                ),
                Speaker("a liaison"),
                Day(1)
            )
        );
        Assert.Equal(Clearing.NoneRequired, cleared.History[^1].Clearing);
        Assert.Equal("it is software", cleared.History[^1].Proof);
    }

    [Fact]
    public void A_step_needs_a_proof_and_its_evidence_is_hashes()
    {
        Decided<CommitmentEvent> Cleared(string proof, params string[] evidence) =>
            Advance.Decide(
                Pledged.Value,
                new Advance(CommitmentState.Cleared, proof, Evidence: evidence),
                Speaker("a liaison"),
                Day(1)
            );
        string hash = new('a', 64);
        Assert.Equal([hash], Then(Pledged.Value, Cleared("a letter", hash)).History[^1].Evidence);
        Assert.NotNull(Cleared(" ").Refusal);
        Assert.NotNull(Cleared("a letter", "x").Refusal);
        Assert.NotNull(Cleared("a letter", [null!]).Refusal);
        Assert.NotNull(Cleared("a letter", [.. Enumerable.Repeat(hash, 101)]).Refusal);
    }

    [Fact]
    public void What_is_earmarked_for_one_place_or_group_is_not_pledged_to_another()
    {
        Pledge pledge = PledgeOf([Kit]);
        Refusal? With(Place? place, PopulationGroup? group) =>
            Pledge
                .Decide(
                    null,
                    pledge with
                    {
                        Earmarks = [new Earmark("as the donor wishes", place, group)],
                    },
                    Speaker("a planner"),
                    AsOf
                )
                .Refusal;
        Assert.Null(With(pledge.Place, PopulationGroup.Displaced));
        Assert.NotNull(With(Place.OfCountry("ZZ"), null));
        Assert.NotNull(With(null, PopulationGroup.Responders));
    }

    private static Organisation Council(bool isVetted = true) =>
        new()
        {
            Id = "a council",
            Name = "The council",
            Class = StakeholderClass.Government,
            Mandate = "keeps the town running",
            Marking = Marking.Public,
            AppliedAt = AsOf,
            VettedAt = isVetted ? AsOf : null,
            Contacts = [],
            Members = [],
        };

    private static Decided<CommitmentEvent> Hand(
        Commitment commitment,
        string by = Supplier,
        Organisation? receiver = null
    ) =>
        HandOver.Decide(
            commitment,
            new HandOver("a council", "the response ends") { Receiver = receiver ?? Council() },
            Speaker(by),
            Day(2)
        );

    private static Decided<CommitmentEvent> Accept(Commitment commitment, string by) =>
        AcceptHandOver.Decide(commitment, new AcceptHandOver(), Speaker(by), Day(2));

    [Fact]
    public void A_hand_over_settles_nothing_until_the_organisation_that_receives_it_accepts()
    {
        Commitment working = At(CommitmentState.Working);
        Assert.Equal("it was handed over to nobody", Why(Accept(working, "a council")));
        Assert.NotNull(Hand(working, receiver: Council(isVetted: false)).Refusal);
        Assert.NotNull(
            HandOver
                .Decide(working, new HandOver("nobody", "it ends"), Speaker(Supplier), Day(2))
                .Refusal
        );
        Commitment handed = Then(working, Hand(working));
        Assert.Contains("handed over, not accepted", handed.Words, StringComparison.Ordinal);
        Assert.False(handed.IsTakenOver);
        Assert.Equal(
            "only the organisation that it was handed to can accept it",
            Why(Accept(handed, Supplier))
        );
        Commitment taken = Then(handed, Accept(handed, "a council"));
        Assert.Equal(Day(2), taken.TakenOverAt);
        Assert.Equal(Decided<CommitmentEvent>.Nothing, Accept(taken, "a council"));
        Assert.NotNull(
            HandOver
                .Decide(taken, new HandOver("another", "it ends"), Speaker(Supplier), Day(3))
                .Refusal
        );
    }

    [Fact]
    public void INV_19_Naming_an_organisation_as_keeper_does_not_stop_it_from_being_a_witness()
    {
        Commitment working = At(CommitmentState.Working);
        Commitment handed = Then(working, Hand(working));
        Assert.Null(Step(handed, CommitmentState.StillWorking, "a council", 3).Refusal);
    }

    private static Commitment Waiting() => Pledged.Value with { Clearances = ["import"] };

    private static Decided<CommitmentEvent> Clear(
        Commitment commitment,
        Clearing clearing,
        params Clearance[] permits
    ) =>
        Advance.Decide(
            commitment,
            new Advance(CommitmentState.Cleared, "a letter", Clearing: clearing)
            {
                Permits = permits,
            },
            Speaker("a liaison"),
            Day(1)
        );

    [Theory]
    [InlineData(ClearanceAnswer.NoAnswer, "no-answer")]
    [InlineData(ClearanceAnswer.NotAsked, "not-asked")]
    [InlineData(ClearanceAnswer.Denied, "denied")]
    public void INV_04_No_letter_clears_a_commitment_whose_clearance_does_not_allow_it(
        ClearanceAnswer answer,
        string standing
    )
    {
        foreach (Clearing clearing in Enum.GetValues<Clearing>())
        {
            Assert.Equal(
                $"clearance 'import' (Import) stands at {standing} and does not allow it now; no answer is not yes",
                Why(Clear(Waiting(), clearing, ClearanceOf("import", answer)))
            );
            Assert.Equal(
                "clearance 'import' was not asked for; no answer is not yes",
                Why(Clear(Waiting(), clearing))
            );
        }
    }

    [Fact]
    public void INV_04_A_commitment_is_cleared_while_each_of_its_permits_is_in_force()
    {
        Clearance given = ClearanceOf("import", ClearanceAnswer.Given, Day(0.5));
        Assert.Null(Clear(Waiting(), Clearing.Given, given).Refusal);
        Assert.Null(
            Clear(
                Waiting(),
                Clearing.NoneRequired,
                ClearanceOf("import", ClearanceAnswer.NotRequired)
            ).Refusal
        );
        Assert.NotNull(
            Clear(Waiting(), Clearing.Given, given with { EffectiveAt = Day(2) }).Refusal
        );
        Assert.NotNull(Clear(Waiting(), Clearing.Given, given with { Until = Day(1) }).Refusal);
    }

    [Fact]
    public void INV_04_A_cleared_commitment_says_which_permit_it_lost_until_it_has_it_back()
    {
        static Decided<CommitmentEvent> Follow(
            Commitment commitment,
            ClearanceAnswer answer,
            string standing
        ) =>
            FollowPermit.Decide(
                commitment,
                new FollowPermit
                {
                    Clearance = ClearanceOf("import", answer, AsOf),
                    Standing = standing,
                },
                Alone("clock"),
                Day(3)
            );
        Commitment cleared = Then(
            Waiting(),
            Clear(Waiting(), Clearing.Given, ClearanceOf("import", ClearanceAnswer.Given, AsOf))
        );
        Assert.Empty(Follow(Waiting(), ClearanceAnswer.Denied, "denied").Events);
        Assert.Empty(Follow(cleared, ClearanceAnswer.Given, "given").Events);
        Commitment lost = Then(cleared, Follow(cleared, ClearanceAnswer.Denied, "denied"));
        LostPermit permit = Assert.Single(lost.LostPermits!);
        Assert.Equal(
            ("import", "denied", Day(3)),
            (permit.Clearance, permit.Standing, permit.Since)
        );
        Assert.Empty(Follow(lost, ClearanceAnswer.Denied, "denied").Events);
        Assert.Equal(CommitmentState.Cleared, lost.State);
        Assert.Null(Then(lost, Follow(lost, ClearanceAnswer.Given, "given")).LostPermits);
    }

    [Fact]
    public void A_pledge_names_the_clearances_that_it_waits_for()
    {
        (OpenDecision adoption, Plan plan) = Adoption([Kit]);
        Plan waiting = plan with
        {
            Lines = [.. plan.Lines.Select(line => line with { Clearances = ["import"] })],
        };
        Pledge pledge = Assert.Single(
            PledgesFromPlan
                .Of(Agreed(adoption) with { Subject = waiting.Id }, waiting, [Kit], null)
                .Pledges
        );
        Commitment commitment = Then<Commitment, CommitmentEvent>(
            null,
            Pledge.Decide(null, pledge, Alone("clock"), AsOf)
        );
        Assert.Equal(["import"], commitment.Clearances);
    }

    [Fact]
    public void What_works_is_handed_over_by_who_promised_and_the_new_keeper_does_not_confirm_itself()
    {
        Commitment working = At(CommitmentState.Working);
        Assert.NotNull(Hand(At(CommitmentState.Delivered), Supplier).Refusal);
        Assert.NotNull(Hand(working, "a liaison").Refusal);
        Commitment handed = Then(working, Hand(working, Supplier));
        Assert.Equal("a council", handed.HandedOverTo);
        handed = Then(handed, Accept(handed, "a council"));
        Assert.NotNull(Step(handed, CommitmentState.StillWorking, "a council", 3).Refusal);
        Assert.Null(Step(handed, CommitmentState.StillWorking, day: 3).Refusal);
    }

    [Fact]
    public void A_step_before_the_one_it_follows_is_refused() =>
        Assert.Equal(
            "the step lies before the one it follows",
            Why(Step(At(CommitmentState.Cleared), CommitmentState.Delivered, day: 0))
        );

    [Fact]
    public void INV_06_Random_steps_follow_the_table_and_history_records_exactly_those_taken() =>
        Gen.Select(Gen.Enum<CommitmentState>(), Gen.Bool, Gen.Int[-1, 3])
            .Array[0, 25]
            .Sample(acts =>
            {
                Commitment commitment = Pledged.Value;
                var state = CommitmentState.Pledged;
                var taken = new List<CommitmentState> { state };
                int last = 0;
                int day = 0;
                foreach ((CommitmentState to, bool isSupplier, int later) in acts)
                {
                    day = Math.Max(0, day + later);
                    bool isOver = Day(day) >= End;
                    bool isConfirmation =
                        to is CommitmentState.Working or CommitmentState.StillWorking;
                    bool isAllowed =
                        Follows[state].Contains(to)
                        && day >= last
                        && !(isSupplier && isConfirmation)
                        && (isSupplier || to != CommitmentState.Withdrawn)
                        && (
                            to == CommitmentState.Withdrawn
                            || isOver == (to == CommitmentState.Lapsed)
                        );
                    Decided<CommitmentEvent> decided = Step(
                        commitment,
                        to,
                        isSupplier ? Supplier : "a liaison",
                        day
                    );
                    Assert.Equal(isAllowed, decided.Refusal is null);
                    commitment = Folded(commitment, decided)!;
                    // The same confirmation sent twice is one.
                    bool isRepeated =
                        to == CommitmentState.StillWorking && state == to && day == last;
                    if (isAllowed && !isRepeated)
                    {
                        (state, last) = (to, day);
                        taken.Add(to);
                    }

                    Assert.Equal(state, commitment.State);
                }

                Assert.Equal(taken, commitment.History.Select(step => step.State));
                Assert.All(
                    taken.Zip(taken.Skip(1)),
                    pair => Assert.Contains(pair.Second, Follows[pair.First])
                );
            });
}
