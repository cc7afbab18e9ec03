using Breakwater.Decisions.Contesting;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.CommonPositionsFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>Anybody contests a finding; another organisation answers; what is sustained changes something that everybody can read.</summary>
public sealed class ContestsTests
{
    private static readonly string _pack = "sha256:" + new string('a', 64);
    private static readonly string _newPack = "sha256:" + new string('b', 64);
    private static readonly Participant _voice = Of(null, roles: Role.Reporter);

    private static ContestFinding Asked(string id = "contest-1") =>
        new(
            id,
            ContestAspect.Reading,
            "the body never said so",
            "undetermined under this profile",
            ["its general comment 37"],
            About: "disruption-1",
            Rule: "IHRL-19-NECPROP",
            Profile: "baseline",
            Pack: _pack
        );

    private static Contest Received(Participant? by = null, Instant? at = null) =>
        After<Contest, ContestEvent>(
            null,
            ContestFinding.Decide(null, Asked(), by ?? _voice, at ?? Now)
        );

    private static Contest Admitted(Contest state) =>
        After(state, AdmitContest.Decide(state, new AdmitContest("it names a source"), Pen, Now));

    private static Contest Answered(Contest state, Duration later = default)
    {
        Contest admitted = Admitted(state);
        return After(
            admitted,
            AnswerContest.Decide(admitted, new AnswerContest("it did, in 2020"), Pen, Now + later)
        );
    }

    private static Contest Decided(ContestOutcome outcome)
    {
        Contest answered = Answered(Received());
        return After(
            answered,
            DecideContest.Decide(answered, new DecideContest(outcome, "as shown"), Pen, Now)
        );
    }

    private static Decided<ContestEvent> Close(Contest state) =>
        CloseContest.Decide(state, new CloseContest(), Pen, Now);

    private static Decided<ContestEvent> Change(Contest state, string diff = "- old\n+ new") =>
        NameContestChange.Decide(
            state,
            new NameContestChange(
                ContestChangeKind.RuleVersion,
                "IHRL-19-NECPROP",
                _pack,
                _newPack,
                diff
            ),
            Pen,
            Now
        );

    [Fact]
    public void Anybody_contests_and_gets_a_number_that_follows_from_the_id()
    {
        Contest contest = Received();
        Assert.Matches("^C-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$", contest.Number);
        Assert.Equal(Contest.NumberOf("contest-1"), contest.Number);
        Assert.NotEqual(Contest.NumberOf("contest-2"), contest.Number);
        Assert.Equal(Marking.Public, contest.Marking);
        ReadsBack(contest);
    }

    [Fact]
    public void A_contest_names_its_finding_by_its_id_or_by_all_that_it_follows_from()
    {
        foreach (
            ContestFinding wrong in (ContestFinding[])
                [
                    Asked() with
                    {
                        Pack = null,
                    },
                    Asked() with
                    {
                        About = null,
                    },
                    Asked() with
                    {
                        Rule = "no rule",
                    },
                    Asked() with
                    {
                        Pack = "sha256:short",
                    },
                    Asked() with
                    {
                        Finding = "a finding\nin two lines",
                    },
                    Asked() with
                    {
                        Text = " ",
                    },
                    Asked() with
                    {
                        Proposed = null!,
                    },
                    Asked() with
                    {
                        Sources = [""],
                    },
                    Asked() with
                    {
                        Aspect = (ContestAspect)9,
                    },
                ]
        )
        {
            Refused(RefusalKind.Invalid, ContestFinding.Decide(null, wrong, _voice, Now));
        }

        Assert.Null(
            ContestFinding
                .Decide(
                    null,
                    Asked() with
                    {
                        Finding = "finding-1",
                        About = null,
                        Rule = null,
                        Profile = null,
                        Pack = null,
                    },
                    _voice,
                    Now
                )
                .Refusal
        );
        Refused(
            RefusalKind.TooMuch,
            ContestFinding.Decide(null, Asked() with { Waiting = 20 }, _voice, Now)
        );
    }

    [Fact]
    public void No_organisation_judges_its_own_contest()
    {
        Contest own = Received(Pen);
        Refused(
            RefusalKind.NotAllowed,
            AdmitContest.Decide(own, new AdmitContest("we are right"), Pen, Now)
        );
        Refused(
            RefusalKind.NotAllowed,
            AdmitContest.Decide(
                own,
                new AdmitContest("it looks right"),
                Of("families", roles: Role.Representative),
                Now
            )
        );
        Contest admitted = After(
            own,
            AdmitContest.Decide(own, new AdmitContest("it names a source"), Of("court"), Now)
        );
        Refused(
            RefusalKind.NotAllowed,
            AnswerContest.Decide(admitted, new AnswerContest("yes"), Pen, Now)
        );
    }

    [Fact]
    public void What_is_refused_stays_with_its_reason_until_another_organisation_admits_it()
    {
        Contest received = Received();
        Contest refused = After(
            received,
            RefuseContest.Decide(received, new RefuseContest("no source"), Pen, Now)
        );
        Assert.Equal("inadmissible", refused.Standing);
        Assert.Equal("no source", refused.Admission!.Reason);
        Refused(
            RefusalKind.NotAllowed,
            AdmitContest.Decide(refused, new AdmitContest("after all"), Pen, Now)
        );
        Assert.Equal(
            "admissible",
            After(
                refused,
                AdmitContest.Decide(refused, new AdmitContest("there is one"), Of("court"), Now)
            ).Standing
        );
    }

    [Fact]
    public void Nothing_is_decided_before_it_is_answered_and_nothing_is_skipped()
    {
        Contest received = Received();
        var outcome = new DecideContest(ContestOutcome.Rejected, "no");
        Refused(RefusalKind.WrongState, DecideContest.Decide(received, outcome, Pen, Now));
        Refused(
            RefusalKind.WrongState,
            AnswerContest.Decide(received, new AnswerContest("no"), Pen, Now)
        );
        Refused(
            RefusalKind.WrongState,
            DecideContest.Decide(Admitted(received), outcome, Pen, Now)
        );
        Refused(RefusalKind.WrongState, Close(Answered(received)));
        Refused(RefusalKind.WrongState, Change(Answered(received)));
    }

    [Fact]
    public void What_is_sustained_closes_once_its_change_is_named_with_the_difference()
    {
        foreach (
            ContestOutcome outcome in (ContestOutcome[])
                [ContestOutcome.Sustained, ContestOutcome.PartlySustained]
        )
        {
            Contest decided = Decided(outcome);
            Refused(RefusalKind.WrongState, Close(decided));
            Refused(RefusalKind.Invalid, Change(decided, " "));
            Refused(RefusalKind.Invalid, Change(decided, new string('d', 20_001)));
            Contest changed = After(decided, Change(decided));
            Contest closed = After(changed, Close(changed));
            Assert.Equal("closed", closed.Standing);
            Assert.Equal("- old\n+ new", closed.Change!.Diff);
            ReadsBack(closed);
        }
    }

    [Fact]
    public void What_is_rejected_changes_nothing_and_stays_with_its_reasons()
    {
        Contest decided = Decided(ContestOutcome.Rejected);
        Assert.Equal("rejected", decided.Standing);
        Refused(RefusalKind.WrongState, Change(decided));
        Contest closed = After(decided, Close(decided));
        Assert.Equal(
            (ContestOutcome.Rejected, "as shown", "the body never said so"),
            (closed.Outcome, closed.Decision!.Reason, closed.Text)
        );
    }

    [Fact]
    public void Of_contests_that_nobody_has_decided_or_answered_there_is_no_rate_and_no_time()
    {
        var rates = ContestRates.Of([Received()]);
        Assert.Null(rates.SustainedRate);
        Assert.Null(rates.MedianToAnswer);
        Assert.Equal((1, 1), (rates.Received, rates.Unanswered));
    }

    [Fact]
    public void The_rate_is_of_what_was_decided_and_the_median_of_what_was_answered()
    {
        Contest received = Received();
        var rates = ContestRates.Of([
            received,
            After(received, RefuseContest.Decide(received, new RefuseContest("no"), Pen, Now)),
            Answered(received, Duration.FromHours(1)),
            Answered(received, Duration.FromHours(100)),
            Answered(received, Duration.FromHours(5)),
            Decided(ContestOutcome.Sustained),
            Decided(ContestOutcome.PartlySustained),
            Decided(ContestOutcome.Rejected),
            Decided(ContestOutcome.Rejected),
        ]);
        Assert.Equal(0.25, rates.SustainedRate);
        Assert.Equal(
            (9, 1, 1, 1, 2, 1),
            (
                rates.Received,
                rates.Inadmissible,
                rates.Sustained,
                rates.PartlySustained,
                rates.Rejected,
                rates.Unanswered
            )
        );
        Assert.Equal(Duration.Zero, rates.MedianToAnswer);
        Assert.Equal(
            Duration.FromHours(3),
            ContestRates
                .Of([
                    Answered(received, Duration.FromHours(1)),
                    Answered(received, Duration.FromHours(5)),
                ])
                .MedianToAnswer
        );
    }
}
