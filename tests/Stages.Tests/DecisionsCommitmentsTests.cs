using Breakwater.Decisions;
using Breakwater.Decisions.Committing;
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

    [Fact]
    public void What_works_is_handed_over_by_who_promised_and_the_new_keeper_does_not_confirm_itself()
    {
        Decided<CommitmentEvent> Hand(Commitment commitment, string by) =>
            HandOver.Decide(
                commitment,
                new HandOver("a council", "the response ends"),
                Speaker(by),
                Day(2)
            );
        Commitment working = At(CommitmentState.Working);
        Assert.NotNull(Hand(At(CommitmentState.Delivered), Supplier).Refusal);
        Assert.NotNull(Hand(working, "a liaison").Refusal);
        Commitment handed = Then(working, Hand(working, Supplier));
        Assert.Equal("a council", handed.HandedOverTo);
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
