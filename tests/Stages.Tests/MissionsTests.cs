using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Trips for repair and delivery: two approvals, an answer on access, a watch until the crew is back.</summary>
public sealed class MissionsTests
{
    private static readonly Casualties Nobody = new(0, 0, 0);

    [Fact]
    public void A_mission_needs_two_approvals_from_different_organisations()
    {
        Life<Mission, MissionEvent> life = Proposed();
        Assert.Null(Approve(life, First));
        Assert.Equal("proposed", life.Now.Standing);
        Assert.Equal(RefusalKind.NotAllowed, Approve(life, First)?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, Approve(life, Of("third", "coordinator"))?.Kind);
        Assert.Null(Approve(life, Second));
        Assert.Equal("approved", life.Now.Standing);
    }

    [Fact]
    public void Who_proposed_a_mission_does_not_approve_it() =>
        Assert.Equal(RefusalKind.NotAllowed, Approve(Proposed(), Lead)?.Kind);

    [Fact]
    public void Somebody_without_an_organisation_does_not_approve_it() =>
        Assert.Equal(RefusalKind.NotAllowed, Approve(Proposed(), Safety)?.Kind);

    [Fact]
    public void A_change_voids_the_approvals_and_an_approval_of_the_old_terms_is_refused()
    {
        Life<Mission, MissionEvent> life = Approved();
        string old = life.Now.TermsId;
        life.Do(state =>
            ReviseMission.Decide(
                state,
                new(Terms() with { CrewSize = 3 }, "one more to carry"),
                Lead,
                In(1)
            )
        );
        Assert.Equal(("proposed", 0), (life.Now.Standing, life.Now.Approvals.Count));
        Assert.Equal(
            RefusalKind.WrongState,
            life.Try(state => ApproveMission.Decide(state, new(old), [Given()], First, In(1)))?.Kind
        );
    }

    public static TheoryData<string> NotYes => ["not-asked", "no-answer", "denied", "expired"];

    [Theory]
    [MemberData(nameof(NotYes))]
    public void INV_04_Without_a_yes_on_access_a_mission_is_neither_approved_nor_started(
        string standing
    )
    {
        ClearanceFile access = standing switch
        {
            "not-asked" => Opened().Now,
            "no-answer" => Asked().Elapse(In(24 * 365)).Now,
            "denied" => Asked()
                .Do(state =>
                    AnswerClearance.Decide(
                        state,
                        Answer(ClearanceAnswer.Denied, reason: "no"),
                        Ministry,
                        Noon
                    )
                )
                .Now,
            _ => Given(until: In(1)),
        };
        Assert.Equal(
            RefusalKind.WrongState,
            Proposed()
                .Try(state =>
                    ApproveMission.Decide(state, new(state!.TermsId), [access], First, Noon)
                )
                ?.Kind
        );
        Assert.Equal(
            RefusalKind.WrongState,
            Approved().Try(state => StartMission.Decide(state, new(), [access], Lead, In(2)))?.Kind
        );
    }

    [Fact]
    public void A_mission_without_an_access_clearance_cannot_start_whatever_else_is_given()
    {
        MissionTerms terms = Terms(["import"]);
        ClearanceFile import = Given("import") with { Permit = ClearanceKind.Import };
        Life<Mission, MissionEvent> life = Proposed(terms);
        Assert.Contains(
            "access",
            life.Try(state =>
                ApproveMission.Decide(state, new(state!.TermsId), [import], First, Noon)
            )!.Reason
        );
        Assert.NotNull(Approved().Try(state => StartMission.Decide(state, new(), [], Lead, In(2))));
    }

    [Fact]
    public void Where_no_access_permit_is_required_the_answer_that_says_so_is_enough()
    {
        ClearanceFile none = Asked()
            .Do(state =>
                AnswerClearance.Decide(
                    state,
                    Answer(ClearanceAnswer.NotRequired, reason: "a public road"),
                    Lead,
                    Noon
                )
            )
            .Now;
        Life<Mission, MissionEvent> life = Approved();
        life.Do(state => StartMission.Decide(state, new(), [none], Lead, In(2)));
        Assert.Equal(
            "not-required",
            life.Events.OfType<MissionStarted>().Single().Relied.Single().Standing
        );
    }

    [Fact]
    public void A_mission_starts_inside_its_window_and_lapses_by_itself_after_it()
    {
        Life<Mission, MissionEvent> life = Approved();
        Assert.NotNull(
            life.Try(state => StartMission.Decide(state, new(), [Given()], Lead, In(1)))
        );
        life.Elapse(In(60));
        Assert.Equal("lapsed", life.Now.Standing);
        Assert.Equal(In(48), life.Events.OfType<MissionLapsed>().Single().At);
        Assert.NotNull(
            life.Try(state => StartMission.Decide(state, new(), [Given()], Lead, In(47)))
        );
    }

    [Fact]
    public void A_missed_check_in_reminds_then_alarms_after_the_grace_then_is_overdue()
    {
        Life<Mission, MissionEvent> life = UnderWay();
        Assert.Equal(In(3), life.Now.DueAt);
        life.Elapse(In(2.99)).Elapse(In(3));
        Assert.IsType<CheckInMissed>(life.Events[^1]);
        Assert.Equal("under-way", life.Now.Standing);
        life.Elapse(In(3.5));
        Assert.IsType<MissionAlarmRaised>(life.Events[^1]);
        Assert.Equal("alarm", life.Now.Standing);
        life.Elapse(In(4));
        Assert.IsType<MissionOverdue>(life.Events[^1]);
        Assert.Equal("overdue", life.Now.Standing);
        life.Elapse(In(5));
        Assert.Equal(2, Assert.IsType<MissionOverdue>(life.Events[^1]).Number);
    }

    [Fact]
    public void After_a_restart_nothing_that_was_missed_is_left_out() =>
        Assert.Equal(
            ["CheckInMissed", "MissionAlarmRaised", "MissionOverdue"],
            UnderWay().Elapse(In(20)).Events.TakeLast(3).Select(happened => happened.GetType().Name)
        );

    [Fact]
    public void A_crew_that_nobody_hears_of_is_called_overdue_until_a_stated_number()
    {
        Life<Mission, MissionEvent> life = UnderWay();
        for (int hour = 3; hour < 200; hour++)
        {
            life.Elapse(In(hour));
        }

        Assert.Equal(Mission.OverduesMax, life.Events.OfType<MissionOverdue>().Count());
        Assert.Equal("overdue", life.Now.Standing);
    }

    [Fact]
    public void A_check_in_ends_the_alarm_and_moves_the_next_one()
    {
        Life<Mission, MissionEvent> life = UnderWay().Elapse(In(4));
        Assert.Null(CheckInOf(life, Crew, CheckInWord.AllWell, In(4.5)));
        Assert.Equal(("under-way", In(5.5)), (life.Now.Standing, life.Now.DueAt!.Value));
    }

    [Fact]
    public void A_crew_that_asks_for_help_raises_the_alarm_at_once_and_delayed_does_not_end_it()
    {
        Life<Mission, MissionEvent> life = UnderWay();
        Assert.Null(CheckInOf(life, Crew, CheckInWord.NeedHelp, In(2.5)));
        Assert.Equal("alarm", life.Now.Standing);
        Assert.Null(CheckInOf(life, Crew, CheckInWord.Delayed, In(2.6)));
        Assert.Equal("alarm", life.Now.Standing);
        Assert.Null(CheckInOf(life, Crew, CheckInWord.AllWell, In(2.7)));
        Assert.Equal("under-way", life.Now.Standing);
    }

    [Fact]
    public void Only_those_in_a_mission_or_watching_over_it_check_in()
    {
        Assert.Null(CheckInOf(UnderWay(), Safety, CheckInWord.AllWell, In(2.5)));
        Assert.Equal(
            RefusalKind.NotAllowed,
            CheckInOf(UnderWay(), Stranger, CheckInWord.AllWell, In(2.5))?.Kind
        );
    }

    [Fact]
    public void Anybody_in_a_mission_and_a_safety_officer_may_abort_it_at_any_time_without_a_reason()
    {
        foreach (Participant person in (Participant[])[Lead, Crew, Safety])
        {
            foreach (
                Func<Life<Mission, MissionEvent>> begin in (Func<Life<Mission, MissionEvent>>[])
                    [() => Proposed(), () => Approved(), () => UnderWay()]
            )
            {
                Life<Mission, MissionEvent> life = begin();
                Assert.Null(
                    life.Try(state => AbortMission.Decide(state, new(""), person, In(2.5)))
                );
                Assert.Equal("aborted", life.Now.Standing);
            }
        }

        Assert.Equal(
            RefusalKind.NotAllowed,
            UnderWay().Try(state => AbortMission.Decide(state, new(""), Stranger, In(3)))?.Kind
        );
    }

    [Fact]
    public void The_watch_over_an_aborted_mission_goes_on_until_the_crew_is_back()
    {
        Life<Mission, MissionEvent> life = UnderWay()
            .Do(state => AbortMission.Decide(state, new(""), Crew, In(2.5)))
            .Elapse(In(4));
        Assert.Equal("overdue", life.Now.Standing);
        Assert.NotNull(life.Try(state => CloseMission.Decide(state, new("x"), Lead, In(5))));
        life.Do(state => ReportReturn.Decide(state, new(Nobody), Crew, In(5)));
        Assert.Equal(("aborted", null), (life.Now.Standing, life.Now.DueAt));
        life.Do(state => CloseMission.Decide(state, new("roads were mined"), Lead, In(6)));
        Assert.Equal("closed", life.Now.Standing);
    }

    [Fact]
    public void A_mission_ends_with_its_outcome_numbers_of_casualties_and_lessons()
    {
        Life<Mission, MissionEvent> life = UnderWay()
            .Do(state =>
                CompleteMission.Decide(
                    state,
                    new(MissionOutcome.Repaired, new(0, 1, null), "two splices", Origin.Reported),
                    Crew,
                    In(6)
                )
            );
        Assert.Equal(("completed", null), (life.Now.Standing, life.Now.DueAt));
        Assert.Equal(new Casualties(0, 1, null), life.Now.Casualties);
        life.Do(state => CloseMission.Decide(state, new("take more splices"), Lead, In(7)));
        Assert.Equal("closed", life.Now.Standing);
    }

    [Fact]
    public void A_permission_that_is_lost_under_way_raises_the_alarm()
    {
        Life<Mission, MissionEvent> life = UnderWay();
        ClearanceFile lost = Asked()
            .Do(state =>
                AnswerClearance.Decide(
                    state,
                    Answer(ClearanceAnswer.Denied, reason: "closed"),
                    Ministry,
                    In(2.1)
                )
            )
            .Now;
        life.Do(state => NotePermit.Decide(state, new(), lost, Lead, In(2.2)));
        Assert.Equal(("alarm", "denied"), (life.Now.Standing, life.Now.Permits[0].Standing));
        int events = life.Events.Count;
        life.Do(state => NotePermit.Decide(state, new(), lost, Lead, In(2.3)));
        Assert.Equal(events, life.Events.Count);
    }

    private static ClearanceFile AnsweredAt(double hour, ClearanceAnswer answer) =>
        Asked()
            .Do(state =>
                AnswerClearance.Decide(
                    state,
                    answer == ClearanceAnswer.Given
                        ? Answer(answer, Noon)
                        : Answer(answer, reason: "closed"),
                    Ministry,
                    In(hour)
                )
            )
            .Now;

    [Fact]
    public void All_is_well_gives_no_permit_back_and_the_alarm_stands_until_the_permit_is_there_again()
    {
        Life<Mission, MissionEvent> life = UnderWay();
        life.Do(state =>
            NotePermit.Decide(state, new(), AnsweredAt(2.1, ClearanceAnswer.Denied), Lead, In(2.2))
        );
        life.Do(state => CheckIn.Decide(state, new(CheckInWord.AllWell), Crew, In(2.3)));
        Assert.Equal(
            ("alarm", AlarmReason.PermitLost, In(2.2)),
            (life.Now.Standing, life.Now.Alarm, life.Now.AlarmSince)
        );
        life.Do(state =>
            NotePermit.Decide(state, new(), AnsweredAt(2.4, ClearanceAnswer.Given), Lead, In(2.5))
        );
        Assert.Equal(("under-way", null), (life.Now.Standing, life.Now.Alarm));
    }

    [Fact]
    public void A_call_for_help_stays_the_reason_when_a_check_in_is_missed_after_it()
    {
        Life<Mission, MissionEvent> life = UnderWay();
        life.Do(state =>
            NotePermit.Decide(state, new(), AnsweredAt(2.1, ClearanceAnswer.Denied), Lead, In(2.2))
        );
        life.Do(state => CheckIn.Decide(state, new(CheckInWord.NeedHelp), Crew, In(2.3)));
        life.Elapse(In(4));
        Assert.Equal(
            [AlarmReason.PermitLost, AlarmReason.HelpAskedFor, AlarmReason.CheckInMissed],
            life.Now.Alarms.Select(alarm => alarm.Reason)
        );
        Assert.Equal(AlarmReason.HelpAskedFor, life.Now.Alarm);
        life.Do(state => CheckIn.Decide(state, new(CheckInWord.AllWell), Crew, In(4.1)));
        Assert.Equal(AlarmReason.PermitLost, life.Now.Alarm);
    }

    [Fact]
    public void A_mission_is_never_marked_public() =>
        Assert.Equal(
            RefusalKind.Invalid,
            NewMission()
                .Try(state =>
                    ProposeMission.Decide(
                        state,
                        new("m1", null, Terms(), Origin.Reported, Marking.Public),
                        Lead,
                        Noon
                    )
                )
                ?.Kind
        );

    [Fact]
    public void A_crew_can_work_on_only_inside_the_terms_that_were_approved() =>
        Assert.NotNull(
            UnderWay()
                .Try(state => ReviseMission.Decide(state, new(Terms(), "longer"), Lead, In(3)))
        );

    private static Refusal? Approve(Life<Mission, MissionEvent> life, Participant by) =>
        life.Try(state => ApproveMission.Decide(state, new(state!.TermsId), [Given()], by, Noon));

    private static Refusal? CheckInOf(
        Life<Mission, MissionEvent> life,
        Participant by,
        CheckInWord word,
        Instant at
    ) => life.Try(state => CheckIn.Decide(state, new(word), by, at));
}
