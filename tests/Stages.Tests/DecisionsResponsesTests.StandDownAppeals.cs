using Breakwater.Decisions;
using Breakwater.Decisions.Responding;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What becomes of a stand-down when an appeal puts its question again.</summary>
public sealed partial class DecisionsResponsesTests
{
    private static readonly Decision Adopted = Agreed(DecisionKind.StandDown);

    private static readonly Decision Reopened = Adopted with { Outcome = DecisionOutcome.Open };

    private static readonly Decision Refused = Adopted with
    {
        Outcome = DecisionOutcome.NotAdopted,
        OutcomeReason = "1 class in favour",
    };

    private static Response Stood() => Then(Ending(Adopted), End(Adopted, "the money ended", []));

    private static Response FollowEnding(
        Response response,
        Decision decision,
        double hour,
        Response[]? others = null,
        Decision? activation = null
    ) =>
        Then(
            response,
            FollowStandDown.Decide(
                response,
                new FollowStandDown
                {
                    Decision = decision,
                    Activation = activation ?? Agreed(DecisionKind.Activation, "disruption-1"),
                    OnTheSame = others ?? [],
                },
                Officer,
                Hour(hour)
            )
        );

    private static Response Learnt(Response response) =>
        Then(
            response,
            RecordLesson.Decide(
                response,
                new RecordLesson("ask the families first", Workstream.Governance),
                Officer,
                Hour(80)
            )
        );

    private static Decided<ResponseEvent> Closing(Response response) =>
        CloseResponse.Decide(response, new CloseResponse("all is written down"), Officer, Hour(80));

    [Fact]
    public void While_an_appeal_has_its_stand_down_decided_again_a_response_stays_stood_down_and_says_so()
    {
        Response questioned = FollowEnding(Stood(), Reopened, 71);
        Assert.Equal(
            (ResponseState.StoodDown, "stand-down-reopened"),
            (questioned.State, questioned.Standing)
        );
        Assert.Null(questioned.DueAt);
        Assert.Equal(Bytes(questioned), Bytes(FollowEnding(questioned, Reopened, 72)));
        Assert.StartsWith(
            "its stand-down is being decided again",
            Why(Closing(Learnt(questioned))),
            StringComparison.Ordinal
        );

        Response upheld = FollowEnding(questioned, Adopted, 72);
        Assert.Equal("stood-down", upheld.Standing);
        Assert.Equal((Stood().StandDown!.Reason, Stood().DueAt), (upheld.EndReason, upheld.DueAt));
        Assert.Null(Closing(Learnt(upheld)).Refusal);
    }

    [Fact]
    public void A_response_whose_stand_down_falls_on_appeal_is_open_again_and_keeps_why()
    {
        Response open = FollowEnding(FollowEnding(Stood(), Reopened, 71), Refused, 76);
        Assert.Equal("active", open.Standing);
        Assert.Null(open.EndedAt);
        Assert.Empty(open.EndReason);
        Assert.Equal("the money ended", open.StandDown!.Reason);
        Assert.Equal(new FallenStandDown(Hour(76), "1 class in favour", null), open.StandDown.Fall);
        Assert.Equal(Bytes(open), Bytes(FollowEnding(open, Refused, 77)));
        Decision another = Adopted with { Id = "another" };
        Assert.Null(
            ProposeStandDown
                .Decide(
                    open,
                    new ProposeStandDown(another.Id, "the road is closed") { Decision = another },
                    Officer,
                    Hour(77)
                )
                .Refusal
        );
    }

    [Fact]
    public void The_clocks_of_a_response_that_is_open_again_go_on_from_its_activation()
    {
        Response open = FollowEnding(FollowEnding(Stood(), Reopened, 71), Refused, 76);
        Assert.Equal(Active().Clocks, open.Clocks);
        Assert.Equal(Active().DueAt, open.DueAt);
        Assert.Equal(Hour(76), Of(Elapsed(open, 76), ServiceClock.FirstService).RemindedAt);
        Response late = FollowEnding(FollowEnding(Stood(), Reopened, 71), Refused, 120);
        Assert.Equal(ClockState.Missed, Of(Elapsed(late, 120), ServiceClock.FirstService).State);
    }

    [Fact]
    public void A_response_that_was_closed_is_open_again_too_and_keeps_its_lessons()
    {
        Response closed = Then(Learnt(Stood()), Closing(Learnt(Stood())));
        Response questioned = FollowEnding(closed, Reopened, 81);
        Assert.Equal("stand-down-reopened", questioned.Standing);
        Assert.Equal("closed", FollowEnding(questioned, Adopted, 82).Standing);
        Response open = FollowEnding(questioned, Refused, 82);
        Assert.Equal("active", open.Standing);
        Assert.Single(open.Lessons);
    }

    [Fact]
    public void A_response_whose_stand_down_falls_stays_stood_down_while_another_runs_to_the_same_disruption()
    {
        Response questioned = FollowEnding(Stood(), Reopened, 71);
        Response second = Active() with { Id = "response-2" };
        Response stays = FollowEnding(questioned, Refused, 76, [questioned, second]);
        Assert.Equal("stood-down", stays.Standing);
        Assert.Equal("response-2 responds to it already", stays.StandDown!.Fall!.StaysDownBecause);
        Assert.Equal(Bytes(stays), Bytes(FollowEnding(stays, Refused, 77)));
        Assert.Null(Closing(Learnt(stays)).Refusal);

        // One that is proposed only may never run, and cannot while this one does.
        Response open = FollowEnding(questioned, Refused, 76, [Proposed("response-2")]);
        Assert.Equal("active", open.Standing);
        Decision decision = Agreed(DecisionKind.Activation, "disruption-1");
        Assert.Equal(
            "response-1 responds to it already",
            Why(Activate(Asked(decision, Proposed("response-2")), decision, open))
        );
    }

    [Fact]
    public void A_response_whose_stand_down_and_activation_both_fall_stays_stood_down()
    {
        Decision activation = Agreed(DecisionKind.Activation, "disruption-1") with
        {
            Outcome = DecisionOutcome.NotAdopted,
        };
        Response questioned = FollowEnding(Stood(), Reopened, 71);
        Response stays = FollowEnding(questioned, Refused, 76, activation: activation);
        Assert.Equal("stood-down", stays.Standing);
        Assert.Equal(
            "its activation did not stand on appeal",
            stays.StandDown!.Fall!.StaysDownBecause
        );
        // The next appeal may end otherwise.
        Response again = FollowEnding(stays, Reopened, 80, activation: activation);
        Assert.Equal("stand-down-reopened", again.Standing);
        Assert.Null(FollowEnding(again, Adopted, 81).StandDown!.Fall);
        Assert.Equal("active", FollowEnding(again, Refused, 81).Standing);
    }

    [Fact]
    public void A_response_that_ended_with_its_activation_is_open_again_when_that_is_adopted_after_all()
    {
        Decision decided = Agreed(DecisionKind.Activation, "disruption-1") with { Id = "first" };
        Decision open = decided with { Outcome = DecisionOutcome.Open };
        Decision fallen = decided with { Outcome = DecisionOutcome.NotAdopted };
        Response active = Then(Asked(decided), Activate(Asked(decided), decided));
        Response ended = Follow(Follow(Ending(Adopted, active), open, 61), fallen, 62);
        Assert.Equal(Bytes(ended), Bytes(FollowEnding(ended, fallen, 63, activation: fallen)));
        Response questioned = FollowEnding(ended, open, 64, activation: open);
        Assert.Equal("stand-down-reopened", questioned.Standing);
        Assert.Equal(
            "stood-down",
            FollowEnding(questioned, fallen, 65, activation: fallen).Standing
        );
        // That people are asked whether to stand down is no less true.
        Assert.Equal(
            "stand-down-proposed",
            FollowEnding(questioned, decided, 65, activation: decided).Standing
        );
    }

    [Fact]
    public void A_stand_down_that_nobody_has_carried_out_is_dropped_when_people_refuse_it_on_appeal()
    {
        Response asked = Ending(Adopted);
        Assert.Equal(Bytes(asked), Bytes(FollowEnding(asked, Reopened, 61)));
        Assert.Equal("active", FollowEnding(asked, Refused, 62).Standing);
    }

    [Fact]
    public void A_decision_on_which_a_stand_down_does_not_rest_changes_nothing()
    {
        foreach (Response response in (Response[])[Active(), Ending(Adopted), Stood()])
        {
            Assert.Equal(
                Bytes(response),
                Bytes(FollowEnding(response, Refused with { Id = "another" }, 76))
            );
        }
    }
}
