using Breakwater.Decisions.Responding;
using Breakwater.Decisions.Scoping;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>What the mechanism is not for is said by two organisations, contested by anybody, and never hidden.</summary>
public sealed class DecisionsScopeTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 0, 0);

    private static Participant Of(string? organisation) =>
        new(
            $"somebody of {organisation}",
            organisation,
            StakeholderClass.Academia,
            new HashSet<Role> { Role.Analyst }
        );

    private static ScopeJudgement Then(ScopeJudgement? state, Decided<ScopeEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(state, ScopeJudgement.Apply)!;
    }

    private static ScopeJudgement Marked() =>
        Then(
            null,
            MarkOutOfScope.Decide(
                null,
                new MarkOutOfScope(
                    "disruption-1",
                    ScopeGround.MissingInfrastructure,
                    "there never was a network"
                )
                {
                    Disruption = RelapsesTests.Made,
                },
                Of("a"),
                _now
            )
        );

    private static ScopeJudgement Outside()
    {
        ScopeJudgement marked = Marked();
        return Then(marked, Confirm(marked, "b"));
    }

    private static Decided<ScopeEvent> Confirm(ScopeJudgement state, string by) =>
        ConfirmOutOfScope.Decide(state, new ConfirmOutOfScope("we looked too"), Of(by), _now);

    private static Decided<ScopeEvent> Reverse(ScopeJudgement state, string by) =>
        ReverseScope.Decide(state, new ReverseScope("there was one"), Of(by), _now);

    private static ScopeJudgement Contested(ScopeJudgement state, string? by) =>
        Then(
            state,
            ContestScope.Decide(state, new ContestScope("people had phones"), Of(by), _now)
        );

    [Fact]
    public void One_organisation_alone_puts_nothing_out_of_scope()
    {
        ScopeJudgement marked = Marked();
        Assert.Equal("marked", marked.Standing);
        Assert.Null(marked.WhyNot());
        Assert.Equal(RefusalKind.NotAllowed, Confirm(marked, "a").Refusal!.Kind);
    }

    [Fact]
    public void Confirmed_by_another_organisation_a_response_is_refused_with_the_reason()
    {
        Refusal no = Outside().WhyNot()!;
        Assert.Contains("there never was a network", no.Reason, StringComparison.Ordinal);
        Assert.Contains("contest", no.Reason, StringComparison.Ordinal);
        Assert.Equal(
            no,
            ProposeResponse
                .Decide(
                    null,
                    new ProposeResponse(
                        "response-1",
                        "disruption-1",
                        Place.OfCountry("SD"),
                        "help",
                        Marking.Public
                    )
                    {
                        OutOfScope = no,
                    },
                    Of("c"),
                    _now
                )
                .Refusal
        );
    }

    [Fact]
    public void Anybody_may_contest_it_once_and_somebody_who_has_not_spoken_answers()
    {
        ScopeJudgement contested = Contested(Outside(), null);
        Assert.Equal("contested", contested.Standing);
        Assert.NotNull(contested.WhyNot());
        Assert.Equal(
            RefusalKind.WrongState,
            ContestScope.Decide(contested, new ContestScope("again"), Of(null), _now).Refusal!.Kind
        );
        Assert.Equal(RefusalKind.NotAllowed, Confirm(contested, "b").Refusal!.Kind);
        Assert.Equal("out-of-scope", Then(contested, Confirm(contested, "c")).Standing);
    }

    [Fact]
    public void It_is_reversed_by_another_organisation_than_marked_it_and_can_be_marked_again()
    {
        ScopeJudgement outside = Outside();
        Assert.Equal(RefusalKind.NotAllowed, Reverse(outside, "a").Refusal!.Kind);
        ScopeJudgement inside = Then(outside, Reverse(outside, "c"));
        Assert.Null(inside.WhyNot());
        Assert.Equal("there was one", inside.Reversal!.Reason);
        Assert.Equal("in-scope", Then(Marked(), Reverse(Marked(), "a")).Standing);
    }

    [Fact]
    public void Who_waits_for_an_answer_is_not_forgotten_and_nobody_floods()
    {
        ScopeJudgement marked = Marked();
        Instant first = marked.DueAt!.Value;
        Assert.Equal(_now + Duration.FromDays(1), first);
        ScopeJudgement reminded = Then(marked, ScopeJudgement.Elapse(marked, first));
        Assert.Equal(_now + Duration.FromDays(2), reminded.DueAt);
        Assert.Null(Outside().DueAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_word_without_a_reason_is_none(string? reason)
    {
        ScopeJudgement outside = Outside();
        foreach (
            Decided<ScopeEvent> decided in new[]
            {
                ConfirmOutOfScope.Decide(Marked(), new ConfirmOutOfScope(reason!), Of("b"), _now),
                ContestScope.Decide(outside, new ContestScope(reason!), Of("b"), _now),
                ReverseScope.Decide(outside, new ReverseScope(reason!), Of("b"), _now),
                MarkOutOfScope.Decide(
                    null,
                    new MarkOutOfScope("disruption-1", ScopeGround.MissingInfrastructure, reason!),
                    Of("b"),
                    _now
                ),
            }
        )
        {
            Assert.Equal(RefusalKind.Invalid, decided.Refusal!.Kind);
        }
    }
}
