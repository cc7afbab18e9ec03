using Breakwater.Decisions;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Positioning;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
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

    private static (Decision Adoption, Plan Plan) Adoption(IReadOnlyList<Offer> offers)
    {
        IReadOnlyList<Plan> plans = PlansFromNeeds.Optimise(Inputs([NeedOf(900)], offers)).Plans;
        Decision adoption = DecisionsFromPlans
            .Open([Lost(1)], plans, [], 1, AsOf)
            .Single(decision => decision.Kind == DecisionKind.PlanAdoption);
        return (adoption, plans.Single(plan => plan.Id == adoption.Subject));
    }

    private static Decision Agreed(Decision adoption) =>
        Close
            .On(
                TakePosition
                    .Take(
                        adoption,
                        new TakePosition(
                            new Stakeholder("s", "a group", StakeholderClass.CivilSociety),
                            Stand.Support,
                            "",
                            Origin.Reported
                        ),
                        AsOf
                    )
                    .Decision,
                AsOf
            )
            .Decision;

    private static Commitment Adopted(IReadOnlyList<Offer> offers)
    {
        (Decision adoption, Plan plan) = Adoption(offers);
        (IReadOnlyList<Commitment> commitments, CommitmentRefused? refusal) = Commit.To(
            Agreed(adoption),
            plan,
            offers,
            AsOf
        );
        Assert.Null(refusal);
        return commitments.Single();
    }

    private static (Commitment Commitment, CommitmentRefused? Refusal) Step(
        Commitment commitment,
        CommitmentState to,
        string by = "a liaison",
        int day = 1
    ) =>
        Advance.Step(
            commitment,
            new Advance(to, by, "a letter", Origin.Reported),
            AsOf + Duration.FromDays(day)
        );

    private static Commitment At(CommitmentState state)
    {
        Commitment commitment = Pledged.Value;
        while (commitment.State != state)
        {
            (commitment, CommitmentRefused? refusal) = Step(commitment, commitment.State + 1);
            Assert.Null(refusal);
        }

        return commitment;
    }

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
        Commitment commitment = Adopted([OfferOf("kit")]);
        Assert.Null(commitment.Until);
        Assert.Same(commitment, Advance.LapseIfOver(commitment, AsOf + Duration.FromDays(1_000)));
    }

    [Fact]
    public void Only_an_adopted_plan_can_be_committed_to()
    {
        (Decision adoption, Plan plan) = Adoption([Kit]);
        Decision rejected = Close.On(adoption, adoption.Deadline).Decision;
        Decision ofAnother = Agreed(adoption) with { Subject = "plan-other" };
        foreach (Decision decision in (Decision[])[adoption, rejected, ofAnother])
        {
            (IReadOnlyList<Commitment> commitments, CommitmentRefused? refusal) = Commit.To(
                decision,
                plan,
                [Kit],
                AsOf
            );
            Assert.Empty(commitments);
            Assert.Equal("only an adopted plan can be committed to", refusal!.Reason);
        }
    }

    [Theory]
    [InlineData(CommitmentState.Pledged, CommitmentState.Delivered)]
    [InlineData(CommitmentState.Pledged, CommitmentState.Working)]
    [InlineData(CommitmentState.Cleared, CommitmentState.Working)]
    [InlineData(CommitmentState.Delivered, CommitmentState.StillWorking)]
    [InlineData(CommitmentState.Working, CommitmentState.Delivered)]
    public void INV_06_A_skipped_or_backward_step_is_refused_with_a_reason_and_changes_nothing(
        CommitmentState from,
        CommitmentState to
    )
    {
        Commitment before = At(from);
        (Commitment after, CommitmentRefused? refusal) = Step(before, to);
        Assert.Same(before, after);
        Assert.Equal(
            $"a commitment that is {from} cannot become {to}: no state is skipped",
            refusal!.Reason
        );
    }

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
            Step(At(from), to, Supplier).Refusal!.Reason
        );
        Assert.Null(Step(At(from), to, "a liaison").Refusal);
    }

    [Fact]
    public void INV_06_After_its_end_date_a_commitment_is_lapsed_without_anybody_noticing()
    {
        foreach (CommitmentState state in Enum.GetValues<CommitmentState>().Take(5))
        {
            Commitment commitment = At(state);
            Assert.Same(commitment, Advance.LapseIfOver(commitment, End - Duration.FromSeconds(1)));
            Commitment lapsed = Advance.LapseIfOver(commitment, End);
            Assert.Equal(CommitmentState.Lapsed, lapsed.State);
            Assert.Equal(End, lapsed.History[^1].At);
            Assert.NotNull(Step(lapsed, CommitmentState.Working, day: 30).Refusal);
        }
    }

    [Fact]
    public void A_step_before_the_one_it_follows_is_refused() =>
        Assert.Equal(
            "the step lies before the one it follows",
            Step(At(CommitmentState.Cleared), CommitmentState.Delivered, day: 0).Refusal!.Reason
        );

    [Fact]
    public void INV_06_Random_steps_follow_the_table_and_history_records_exactly_those_taken() =>
        Gen.Select(Gen.Enum<CommitmentState>(), Gen.Bool, Gen.Int[-1, 3])
            .Array[0, 25]
            .Sample(acts =>
            {
                Commitment commitment = Pledged.Value;
                CommitmentState state = CommitmentState.Pledged;
                var taken = new List<CommitmentState> { state };
                int last = 0;
                int day = 0;
                foreach ((CommitmentState to, bool isSupplier, int later) in acts)
                {
                    day = Math.Max(0, day + later);
                    bool isAllowed =
                        Follows[state].Contains(to)
                        && day >= last
                        && !(
                            isSupplier
                            && to is (CommitmentState.Working or CommitmentState.StillWorking)
                        );
                    (commitment, CommitmentRefused? refusal) = Step(
                        commitment,
                        to,
                        isSupplier ? Supplier : "a liaison",
                        day
                    );
                    Assert.Equal(isAllowed, refusal is null);
                    if (isAllowed)
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
