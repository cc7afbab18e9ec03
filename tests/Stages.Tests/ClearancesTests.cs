using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Permits asked of authorities. INV-04: silence has an age, and never becomes a yes.</summary>
public sealed class ClearancesTests
{
    [Fact]
    public void INV_04_No_answer_is_a_state_of_its_own_with_an_age_and_never_allows_anything()
    {
        Life<ClearanceFile, ClearanceEvent> life = Asked();
        for (int day = 1; day <= 400; day++)
        {
            Instant now = Noon + Duration.FromDays(day);
            life.Elapse(now);
            Assert.Equal("no-answer", life.Now.Standing);
            Assert.Equal(Duration.FromDays(day), life.Now.SilentFor(now));
            Assert.False(life.Now.AllowsAt(now));
            Assert.Equal(ClearanceAnswer.NoAnswer, life.Now.ToClearance().Answer);
        }
    }

    [Theory]
    [InlineData(ClearanceAnswer.NoAnswer)]
    [InlineData(ClearanceAnswer.NotAsked)]
    public void INV_04_Silence_cannot_be_entered_as_an_answer(ClearanceAnswer answer) =>
        Assert.Equal(
            RefusalKind.Invalid,
            Asked()
                .Try(state => AnswerClearance.Decide(state, Answer(answer), Ministry, Noon))
                ?.Kind
        );

    [Fact]
    public void INV_04_Not_asked_no_answer_denied_given_and_not_required_are_five_different_standings() =>
        Assert.Equal(
            ["not-asked", "no-answer", "denied", "given", "not-required"],
            [
                Opened().Now.Standing,
                Asked().Now.Standing,
                Answered(Answer(ClearanceAnswer.Denied, reason: "no")).Now.Standing,
                Answered(Answer(ClearanceAnswer.Given, Noon)).Now.Standing,
                Answered(Answer(ClearanceAnswer.NotRequired, reason: "exempt")).Now.Standing,
            ]
        );

    [Fact]
    public void Reminders_fall_due_at_the_stated_days_and_the_escalation_once()
    {
        Life<ClearanceFile, ClearanceEvent> life = Asked();
        for (int hour = 1; hour <= 24 * 60; hour++)
        {
            life.Elapse(In(hour));
        }

        Assert.Equal(
            [3, 6, 9, 12, 15, 18, 21, 24, 27, 30],
            life.Events.OfType<ClearanceReminderDue>().Select(due => due.DaysWithoutAnswer)
        );
        ClearanceEscalated escalated = Assert.Single(life.Events.OfType<ClearanceEscalated>());
        Assert.Equal((10, null), (escalated.DaysWithoutAnswer, escalated.By));
        Assert.Null(life.Now.DueAt);
    }

    [Fact]
    public void After_a_long_pause_one_reminder_falls_due_and_not_ten()
    {
        Life<ClearanceFile, ClearanceEvent> life = Asked().Elapse(Noon + Duration.FromDays(25));
        Assert.Single(life.Events.OfType<ClearanceReminderDue>());
        Assert.Single(life.Events.OfType<ClearanceEscalated>());
        Assert.Equal(Noon + Duration.FromDays(28), life.Now.DueAt);
    }

    [Fact]
    public void A_reminder_given_by_a_person_puts_the_next_one_off() =>
        Assert.Equal(
            Noon + Duration.FromDays(5),
            Asked()
                .Do(state =>
                    RemindAuthority.Decide(state, new("phone"), Lead, Noon + Duration.FromDays(2))
                )
                .Now.DueAt
        );

    [Fact]
    public void A_permit_expires_by_itself_at_its_end_and_allows_nothing_after()
    {
        Instant end = Noon + Duration.FromDays(20);
        Life<ClearanceFile, ClearanceEvent> life = Answered(
            Answer(ClearanceAnswer.Given, Noon, end)
        );
        Assert.True(life.Now.AllowsAt(end - Duration.FromSeconds(1)));
        Assert.False(life.Now.AllowsAt(end));
        life.Elapse(end + Duration.FromDays(3));
        Assert.Equal(
            (end, "expired"),
            (life.Events.OfType<ClearanceExpired>().Single().At, life.Now.Standing)
        );
        Assert.Equal(ClearanceAnswer.NotAsked, life.Now.ToClearance().Answer);
        Assert.Null(life.Now.ToClearance().EffectiveAt);
    }

    [Fact]
    public void INV_04_Plans_learn_when_a_permit_ends_and_take_a_withdrawn_one_as_never_given()
    {
        Instant end = Noon + Duration.FromDays(20);
        Life<ClearanceFile, ClearanceEvent> life = Answered(
            Answer(ClearanceAnswer.Given, Noon, end)
        );
        Assert.Equal(
            (Noon, end),
            (life.Now.ToClearance().EffectiveAt, life.Now.ToClearance().Until)
        );
        life.Do(state =>
            WithdrawClearance.Decide(state, new WithdrawClearance("not needed"), Lead, In(1))
        );
        Clearance withdrawn = life.Now.ToClearance();
        Assert.Equal(
            (ClearanceAnswer.NotAsked, null, null),
            (withdrawn.Answer, withdrawn.EffectiveAt, withdrawn.Until)
        );
    }

    [Fact]
    public void A_permit_that_is_not_in_force_yet_allows_nothing_yet()
    {
        ClearanceFile file = Answered(Answer(ClearanceAnswer.Given, In(24))).Now;
        Assert.False(file.AllowsAt(In(23)));
        Assert.True(file.AllowsAt(In(24)));
    }

    [Fact]
    public void INV_04_An_older_answer_that_is_written_down_later_opens_nothing()
    {
        Instant third = Noon + Duration.FromDays(3);
        AnswerClearance denial = Answer(ClearanceAnswer.Denied, reason: "closed") with
        {
            AnsweredAt = third,
        };
        Life<ClearanceFile, ClearanceEvent> life = Asked()
            .Do(state => AnswerClearance.Decide(state, denial, Ministry, third));
        AnswerClearance permit = Answer(ClearanceAnswer.Given, Noon) with
        {
            AnsweredAt = Noon + Duration.FromDays(1),
        };
        Instant fourth = Noon + Duration.FromDays(4);
        Refusal? Enter() =>
            life.Try(state => AnswerClearance.Decide(state, permit, Ministry, fourth));
        Assert.Contains("this answer is older", Enter()?.Reason, StringComparison.Ordinal);
        life.Do(state => AskAuthority.Decide(state, new(fourth, "letter"), Lead, fourth));
        Assert.Contains("this answer is older", Enter()?.Reason, StringComparison.Ordinal);
        Assert.False(life.Now.AllowsAt(fourth));
        permit = permit with { AnsweredAt = fourth };
        Assert.Null(Enter());
        Assert.True(life.Now.AllowsAt(fourth));
    }

    [Fact]
    public void A_denial_after_a_permit_revokes_it()
    {
        Life<ClearanceFile, ClearanceEvent> life = Answered(Answer(ClearanceAnswer.Given, Noon));
        Assert.True(life.Now.AllowsAt(Noon));
        life.Do(state =>
            AnswerClearance.Decide(
                state,
                Answer(ClearanceAnswer.Denied, reason: "revoked"),
                Ministry,
                In(1)
            )
        );
        Assert.Equal((false, "denied"), (life.Now.AllowsAt(In(1)), life.Now.Standing));
    }

    [Theory]
    [InlineData(ClearanceAnswer.Denied)]
    [InlineData(ClearanceAnswer.NotRequired)]
    public void A_denial_and_a_none_required_need_their_reason(ClearanceAnswer answer) =>
        Assert.NotNull(
            Asked().Try(state => AnswerClearance.Decide(state, Answer(answer), Ministry, Noon))
        );

    [Fact]
    public void A_permit_needs_its_beginning_and_ends_after_it()
    {
        Assert.NotNull(Refused(Answer(ClearanceAnswer.Given)));
        Assert.NotNull(Refused(Answer(ClearanceAnswer.Given, In(5), In(5))));
    }

    [Fact]
    public void What_others_say_that_an_authority_answered_needs_proof_and_is_told_apart()
    {
        AnswerClearance unproven = Answer(ClearanceAnswer.Given, Noon, proof: "");
        Life<ClearanceFile, ClearanceEvent> life = Asked();
        Assert.NotNull(life.Try(state => AnswerClearance.Decide(state, unproven, Lead, Noon)));
        Assert.Null(life.Try(state => AnswerClearance.Decide(state, unproven, Ministry, Noon)));
        Assert.True(life.Now.IsOwnWord);
        life.Do(state =>
            AnswerClearance.Decide(state, unproven with { Proof = "minutes" }, Lead, Noon)
        );
        Assert.False(life.Now.IsOwnWord);
    }

    [Fact]
    public void Asking_again_after_a_denial_begins_a_new_silence()
    {
        Life<ClearanceFile, ClearanceEvent> life = Answered(
            Answer(ClearanceAnswer.Denied, reason: "no")
        );
        life.Do(state => AskAuthority.Decide(state, new(In(24), "letter"), Lead, In(24)));
        Assert.Equal("no-answer", life.Now.Standing);
        Assert.Equal(Duration.FromHours(6), life.Now.SilentFor(In(30)));
        Assert.Equal("", life.Now.Reason);
    }

    [Fact]
    public void Asking_again_does_not_throw_away_a_permit_in_force() =>
        Assert.Equal(
            RefusalKind.WrongState,
            Answered(Answer(ClearanceAnswer.Given, Noon))
                .Try(state => AskAuthority.Decide(state, new(In(1), "letter"), Lead, In(1)))
                ?.Kind
        );

    [Fact]
    public void Who_waits_for_a_permit_is_listed_once()
    {
        Life<ClearanceFile, ClearanceEvent> life = Asked();
        foreach (string subject in (string[])["offer/o1", "mission/m1", "offer/o1"])
        {
            life.Do(state => WaitOnClearance.Decide(state, new(subject), Lead, Noon));
        }

        Assert.Equal(["mission/m1", "offer/o1"], life.Now.Waiting);
    }

    [Fact]
    public void Only_who_needs_a_permit_gives_it_up_and_then_it_allows_nothing()
    {
        Life<ClearanceFile, ClearanceEvent> life = Answered(Answer(ClearanceAnswer.Given, Noon));
        Assert.Equal(
            RefusalKind.NotAllowed,
            life.Try(state => WithdrawClearance.Decide(state, new("over"), Ministry, In(1)))?.Kind
        );
        life.Do(state => WithdrawClearance.Decide(state, new("over"), Lead, In(1)));
        Assert.Equal(
            ("withdrawn", false, null),
            (life.Now.Standing, life.Now.AllowsAt(In(1)), life.Now.DueAt)
        );
    }

    [Theory]
    [InlineData("at 15.60313, 32.52634 near the bridge")]
    [InlineData("lat=15.6031 lon=32.5263")]
    [InlineData("15°36'11\"N 32°31'35\"E")]
    [InlineData("٣٢٫٥٢٦ ، ١٥٫٦٠٣")]
    [InlineData("grid 36PVB 48123 25871")]
    [InlineData("7GV3JG4G+7G")]
    public void INV_07_A_text_that_reads_like_a_position_is_refused(string text) =>
        Assert.Contains("position", Refused(Answer(ClearanceAnswer.Denied, reason: text))!.Reason);

    [Theory]
    [InlineData("180.500 litres at 2.100 per hour")]
    [InlineData("1,500, 2,000 and 3,250 litres")]
    [InlineData("letter 12/2026-03, 14:30 UTC, room 4.125")]
    [InlineData("between AS64500 and the bridge; 3 splices, 2.5 km")]
    public void An_ordinary_text_is_no_position(string text) =>
        Assert.Null(Refused(Answer(ClearanceAnswer.Denied, reason: text)));

    [Fact]
    public void Any_commands_in_any_order_at_any_time_never_throw_and_only_an_answer_allows()
    {
        var reached = new Reached<ClearanceEvent>();
        Gen.Select(Gen.Int[0, 9], Gen.Int[-20, 200], Gen.Int[0, 8])
            .Array[0, 40]
            .Sample(
                steps =>
                {
                    Life<ClearanceFile, ClearanceEvent> life = NewClearance();
                    int hour = 0;
                    foreach ((int what, int hours, int which) in steps)
                    {
                        hour += hours;
                        Step(life, what, In(hour), which);
                        ClearanceEvent? last = life.Events.FindLast(happened =>
                            happened is ClearanceAnswered or ClearanceAsked
                        );
                        bool isAnswered =
                            last is ClearanceAnswered
                            {
                                Answer: ClearanceAnswer.Given or ClearanceAnswer.NotRequired
                            };
                        Assert.True(isAnswered || life.State?.AllowsAt(In(hour)) != true);
                    }

                    reached.Add(life.Events);
                },
                iter: 200
            );
        reached.AssertAll();
    }

    private static readonly string?[] _texts =
    [
        "letter",
        "offer/o1",
        "",
        null,
        " ",
        "\0",
        "\ud800",
        new string('x', 5_000),
        "15.60313, 32.52634",
    ];

    private static void Step(
        Life<ClearanceFile, ClearanceEvent> life,
        int what,
        Instant now,
        int which
    )
    {
        string text = _texts[which]!;
        Participant by = which % 2 == 0 ? Lead : Ministry;
        Instant other = now + Duration.FromHours((which * 40) - 60);
        life.Try(state =>
            what switch
            {
                0 or 1 => OpenClearance.Decide(
                    state,
                    new(
                        which > 1 ? text : "access",
                        text,
                        (ClearanceKind)which,
                        "authority",
                        null,
                        "entry",
                        which == 4 ? null! : Region,
                        which == 5 ? null! : [text],
                        which + 1,
                        which + 2,
                        "head",
                        Origin.Reported,
                        Partners
                    ),
                    by,
                    now
                ),
                2 => AskAuthority.Decide(state, new(other, text), by, now),
                3 => AskAuthority.Decide(state, new(now, "letter"), by, now),
                4 => RemindAuthority.Decide(state, new(text), by, now),
                5 => EscalateClearance.Decide(state, new("head", text), by, now),
                6 => AnswerClearance.Decide(
                    state,
                    new(
                        (ClearanceAnswer)which,
                        which == 3 ? Instant.MaxValue : now,
                        which % 3 == 0 ? now : null,
                        which % 4 == 0 ? Instant.MinValue : other,
                        which == 5 ? null! : [],
                        text,
                        "letter",
                        Origin.Reported
                    ),
                    by,
                    now
                ),
                7 => AnswerClearance.Decide(
                    state,
                    new(ClearanceAnswer.Given, now, now, other, [], "", "letter", Origin.Reported),
                    by,
                    now
                ),
                8 => WaitOnClearance.Decide(state, new(text), by, now),
                _ => which > 6
                    ? WithdrawClearance.Decide(state, new("over"), by, now)
                    : Decided<ClearanceEvent>.Nothing,
            }
        );
        life.Elapse(now);
    }

    private static Life<ClearanceFile, ClearanceEvent> Answered(AnswerClearance answer) =>
        Asked().Do(state => AnswerClearance.Decide(state, answer, Ministry, Noon));

    private static Refusal? Refused(AnswerClearance answer) =>
        Asked().Try(state => AnswerClearance.Decide(state, answer, Ministry, Noon));
}
