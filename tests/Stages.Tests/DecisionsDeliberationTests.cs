using Breakwater.Decisions;
using Breakwater.Decisions.Acknowledging;
using Breakwater.Decisions.Answering;
using Breakwater.Decisions.Appealing;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Opening;
using Breakwater.Decisions.Positioning;
using Breakwater.Decisions.Recusing;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Who may speak, who must be answered, who must have seen it, and what time does when nobody acts.</summary>
public sealed class DecisionsDeliberationTests
{
    private static readonly Participant Objector = Speaker("an objector");
    private static readonly Participant Jurist = Speaker(
        "a law clinic",
        StakeholderClass.Academia,
        null,
        Role.LegalAnalyst
    );

    private static Decision Supported(OpenDecision? question = null) =>
        With(
            Opened(question),
            (StakeholderClass.Academia, Stand.Support),
            (StakeholderClass.TechnicalCommunity, Stand.Support),
            (StakeholderClass.AffectedCommunity, Stand.Support)
        );

    private static Decision Contested() =>
        Then(Supported(), Take(Supported(), Objector, Stand.Object, "it endangers people"));

    private static Decided<DecisionEvent> Reply(
        Decision decision,
        Participant by,
        double hour = 2,
        string to = "an objector"
    ) =>
        AnswerObjection.Decide(
            decision,
            new AnswerObjection(to, "it is done at night"),
            by,
            Hour(hour)
        );

    private static Decided<DecisionEvent> Acknowledge(
        Decision decision,
        Participant? by = null,
        AcknowledgementAnswer answer = AcknowledgementAnswer.Notes,
        Workstream stream = Workstream.Norms,
        double hour = 2
    ) =>
        AcknowledgeDecision.Decide(
            decision,
            new AcknowledgeDecision(stream, answer, "seen"),
            by ?? Jurist,
            Hour(hour)
        );

    [Fact]
    public void An_objection_is_answered_before_a_decision_is_adopted_over_it()
    {
        Assert.StartsWith(
            "the objection of an objector is not answered; answer it first",
            Why(Closing(Contested())),
            StringComparison.Ordinal
        );
        Decision answered = Then(Contested(), Reply(Contested(), Speaker("a planner")));
        Decision closed = Closed(answered);
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Assert.EndsWith("1 objection on record", closed.OutcomeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_objection_is_not_outvoted_in_silence_by_the_deadline()
    {
        Decision late = Elapsed(Contested(), 48);
        Assert.Equal((DecisionOutcome.Open, Hour(48)), (late.Outcome, late.EscalatedAt));
        Assert.Equal(["the objection of an objector is not answered"], late.Lacking);
        Assert.StartsWith(
            "the objection of an objector is not answered; answer it first",
            Why(Closing(late, 49)),
            StringComparison.Ordinal
        );
        Assert.Equal(DecisionOutcome.Open, Elapsed(late, 1_000).Outcome);
        Decision answered = Then(late, Reply(late, Speaker("a planner"), hour: 50));
        Decision closed = Elapsed(answered, 50);
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Assert.Equal("it is done at night", Assert.Single(closed.Dissent).Answer);
    }

    [Fact]
    public void An_objection_that_stands_unanswered_holds_no_refusal_up()
    {
        Decision decision = With(
            Opened(),
            (StakeholderClass.Academia, Stand.Object),
            (StakeholderClass.CivilSociety, Stand.Object)
        );
        Decision closed = Elapsed(decision, 48);
        Assert.Equal(DecisionOutcome.NotAdopted, closed.Outcome);
        Assert.All(closed.Dissent, dissent => Assert.Null(dissent.Answer));
    }

    [Fact]
    public void An_objection_with_a_new_reason_wants_a_new_answer()
    {
        Decision answered = Then(Contested(), Reply(Contested(), Speaker("a planner")));
        Decision again = Then(answered, Take(answered, Objector, Stand.Object, "it is loud", 3));
        Assert.StartsWith(
            "the objection of an objector is not answered",
            Why(Closing(again, 4)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nobody_answers_their_own_objection_or_one_that_is_not_there()
    {
        Assert.Equal("nobody answers their own objection", Why(Reply(Contested(), Objector)));
        Assert.Equal("there is no such objection", Why(Reply(Supported(), Speaker("a planner"))));
    }

    [Fact]
    public void INV_10_Dissent_is_kept_with_the_outcome_and_its_answer()
    {
        Decision answered = Then(Contested(), Reply(Contested(), Speaker("a planner")));
        Dissent dissent = Assert.Single(Closed(answered).Dissent);
        Assert.Equal(
            new Dissent(
                "an objector",
                StakeholderClass.CivilSociety,
                "it endangers people",
                "it is done at night"
            ),
            dissent
        );
    }

    [Fact]
    public void INV_08_A_decision_that_touches_another_stream_cannot_close_before_it_acknowledges()
    {
        Decision decision = Supported(
            Question(DecisionKind.Activation, 2, Workstream.Norms, Workstream.Mechanism)
        );
        Assert.Equal("it touches norms and waits for the acknowledgement", Why(Closing(decision)));
        Decision late = Elapsed(decision, 48);
        Assert.Equal(DecisionOutcome.Open, late.Outcome);
        Assert.Equal(DecisionOutcome.Open, Elapsed(late, 1_000).Outcome);
        Decision seen = Then(late, Acknowledge(late, hour: 50));
        Assert.Equal(DecisionOutcome.Adopted, Elapsed(seen, 51).Outcome);
    }

    [Fact]
    public void INV_08_The_objection_of_a_stream_is_dissent_and_no_veto()
    {
        Decision decision = Supported(Question(DecisionKind.Activation, 2, Workstream.Norms));
        Decision objected = Then(
            decision,
            Acknowledge(decision, answer: AcknowledgementAnswer.Objects)
        );
        Decision closed = Closed(objected);
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Assert.Equal("the stream norms", Assert.Single(closed.Dissent).Who);
    }

    [Fact]
    public void INV_08_Only_who_speaks_for_a_stream_acknowledges_for_it_and_never_an_act_of_their_own()
    {
        Decision decision = Supported(Question(DecisionKind.Activation, 2, Workstream.Norms));
        Assert.Equal(
            "this role does not speak for norms",
            Why(Acknowledge(decision, Speaker("a planner")))
        );
        Participant opener = Speaker("an opener", roles: [Role.LegalAnalyst]);
        Assert.Equal("nobody acknowledges an act of their own", Why(Acknowledge(decision, opener)));
        Assert.Equal(
            "the decision does not touch governance",
            Why(Acknowledge(decision, Speaker("a council"), stream: Workstream.Governance))
        );
    }

    [Fact]
    public void INV_09_Anyone_joins_the_deliberation_and_moves_nothing_by_it()
    {
        Decision decision = Opened();
        foreach (StakeholderClass kind in Enum.GetValues<StakeholderClass>())
        {
            decision = Then(decision, Take(decision, Alone($"a {kind}", kind), Stand.Support));
        }

        Assert.Equal(7, decision.Positions.Count(position => position.IsVoice));
        Assert.StartsWith("0 classes took part", Why(Closing(decision)), StringComparison.Ordinal);
        Assert.Equal(DecisionOutcome.NotAdopted, Elapsed(decision, 48).Outcome);
        Participant alone = Alone("someone");
        Assert.All(
            (Decided<DecisionEvent>[])
                [
                    Closing(Supported(), by: alone),
                    Reply(Contested(), alone),
                    RecordConsent.Decide(
                        decision,
                        new RecordConsent("a regulator", Consent.Given, Hour(0), ""),
                        alone,
                        Hour(2)
                    ),
                ],
            refused => Assert.Equal(RefusalKind.NotAllowed, refused.Refusal!.Kind)
        );
    }

    [Fact]
    public void INV_09_The_objection_of_a_voice_is_answered_before_the_decision_closes_and_cannot_hold_it_up()
    {
        Decision decision = Then(
            Supported(),
            Take(Supported(), Alone("someone"), Stand.Object, "I live there")
        );
        Assert.Contains(
            "voice 1 is not answered",
            Why(Closing(decision)),
            StringComparison.Ordinal
        );
        Assert.Contains("the objection of voice 1 is not answered", decision.Lacking);
        Assert.Equal(
            DecisionOutcome.Adopted,
            Closed(Then(decision, Reply(decision, Speaker("a closer"), to: "voice 1"))).Outcome
        );

        Decision closed = Then(decision, Closing(decision, toVoices: "nobody is moved"));
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Dissent dissent = Assert.Single(closed.Dissent);
        Assert.Equal(("voice 1", "I live there", "nobody is moved"), Told(dissent));
        Assert.Equal(("voice 1", "I live there", null), Told(Elapsed(decision, 48).Dissent[0]));

        static (string, string, string?) Told(Dissent dissent) =>
            (dissent.Who, dissent.Reason, dissent.Answer);
    }

    [Fact]
    public void A_voice_has_a_number_and_no_name_and_keeps_it_when_it_says_something_else()
    {
        Decision decision = Opened();
        foreach (
            (string person, Stand stand) in (IEnumerable<(string, Stand)>)
                [
                    ("river", Stand.Support),
                    ("stone", Stand.Object),
                    ("river", Stand.Abstain),
                    ("stone", Stand.Recuse),
                    ("birch", Stand.Support),
                ]
        )
        {
            decision = Then(decision, Take(decision, Alone(person), stand));
        }

        Assert.Equal(
            [("voice 1", "river"), ("voice 2", "stone"), ("voice 3", "birch")],
            decision
                .Positions.Select(position => (position.Stakeholder, position.Person!))
                .OrderBy(pair => pair.Stakeholder, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Appeals_of_persons_leave_room_for_organisations()
    {
        Decision decision = Closed(Supported());
        for (int i = 0; i < LodgeAppeal.PersonsMax; i++)
        {
            decision = Then(
                decision,
                LodgeAppeal.Decide(decision, new LodgeAppeal("no"), Alone($"p{i}"), Hour(3))
            );
            decision = Then(
                decision,
                HearAppeal.Decide(
                    decision,
                    new HearAppeal(AppealState.Upheld, "heard"),
                    Speaker("a court"),
                    Hour(3)
                )
            );
        }

        Assert.Equal(
            RefusalKind.TooMuch,
            LodgeAppeal
                .Decide(decision, new LodgeAppeal("no"), Alone("one more"), Hour(3))
                .Refusal!.Kind
        );
        Assert.Null(
            LodgeAppeal
                .Decide(decision, new LodgeAppeal("no"), Speaker("somebody else"), Hour(3))
                .Refusal
        );
    }

    [Fact]
    public void Many_voices_leave_room_for_organisations()
    {
        Decision decision = Opened();
        for (int i = 0; i < TakePosition.PositionsMax; i++)
        {
            decision = Then(decision, Take(decision, Alone($"voice {i}"), Stand.Support));
        }

        Assert.Equal(
            RefusalKind.TooMuch,
            Take(decision, Alone("one more"), Stand.Support).Refusal!.Kind
        );
        Assert.Null(Take(decision, Speaker("an organisation"), Stand.Support).Refusal);
    }

    [Fact]
    public void A_person_speaks_for_one_organisation_in_one_class()
    {
        Decision decision = Then(
            Opened(),
            Take(Opened(), Speaker("one", person: "p"), Stand.Support)
        );
        foreach (
            Participant again in (Participant[])
                [
                    Speaker("two", person: "p"),
                    Speaker("one", StakeholderClass.Government, "p"),
                    Alone("p"),
                ]
        )
        {
            Assert.Equal(RefusalKind.NotAllowed, Take(decision, again, Stand.Object).Refusal!.Kind);
        }
    }

    [Fact]
    public void Another_person_of_the_same_organisation_changes_its_one_position()
    {
        Decision decision = Then(
            Opened(),
            Take(Opened(), Speaker("one", person: "p"), Stand.Support)
        );
        decision = Then(decision, Take(decision, Speaker("one", person: "q"), Stand.Object));
        Assert.Equal("q", Assert.Single(decision.Positions).Person);
    }

    [Fact]
    public void Who_recused_neither_votes_nor_answers_nor_closes_and_the_vote_given_before_falls_away()
    {
        Participant partner = Speaker("an organisation", person: "p");
        Decision decision = Then(Contested(), Take(Contested(), partner, Stand.Support));
        decision = Then(
            decision,
            Recuse.Decide(decision, new Recuse("we supply it", true), partner, Hour(1))
        );
        Assert.Equal(
            Stand.Recuse,
            decision.Positions.Single(one => one.Stakeholder == "an organisation").Stand
        );
        Participant colleague = Speaker("an organisation", person: "q");
        Assert.All(
            (Decided<DecisionEvent>[])
                [
                    Take(decision, colleague, Stand.Support, hour: 2),
                    Reply(decision, colleague),
                    Closing(decision, by: colleague),
                ],
            refused => Assert.Equal("who has recused takes no part", refused.Refusal!.Reason)
        );
    }

    [Fact]
    public void A_person_alone_can_recuse_while_the_organisation_goes_on()
    {
        Participant person = Speaker("an organisation", person: "p");
        Decision decision = Then(
            Opened(),
            Recuse.Decide(Opened(), new Recuse("my brother works there", false), person, Hour(1))
        );
        Assert.NotNull(Take(decision, person, Stand.Support).Refusal);
        Assert.Null(Take(decision, Speaker("an organisation", person: "q"), Stand.Support).Refusal);
    }

    [Fact]
    public void A_conflict_of_interest_is_on_record_with_the_position()
    {
        Decision decision = Then(
            Opened(),
            TakePosition.Decide(
                Opened(),
                new TakePosition(Stand.Support, "", "we would deliver it"),
                Objector,
                Hour(1)
            )
        );
        Assert.Equal("we would deliver it", Assert.Single(decision.Positions).Conflict);
    }

    [Fact]
    public void Who_declares_a_conflict_of_interest_is_heard_and_answered_and_not_counted()
    {
        Decision decision = With(Opened(), (StakeholderClass.Academia, Stand.Support));
        Decision Say(Decision on, Stand stand, string? conflict) =>
            Then(
                on,
                TakePosition.Decide(
                    on,
                    new TakePosition(stand, "it is ours", conflict),
                    Objector,
                    Hour(1)
                )
            );
        Decision interested = Say(decision, Stand.Support, "we would deliver it");
        Assert.StartsWith(
            "1 classes took part, 2 are needed",
            Why(Closing(interested)),
            StringComparison.Ordinal
        );
        Assert.Equal(DecisionOutcome.NotAdopted, Elapsed(interested, 48).Outcome);
        Assert.Equal(DecisionOutcome.Adopted, Closed(Say(interested, Stand.Support, null)).Outcome);

        Decision against = Say(Supported(), Stand.Object, "we compete with it");
        Assert.Contains("is not answered", Why(Closing(against)), StringComparison.Ordinal);
        Participant colleague = Speaker("an objector", person: "a colleague");
        Assert.Contains(
            "is not answered",
            Why(Closing(against, by: colleague, toVoices: "we know better")),
            StringComparison.Ordinal
        );
        Assert.Equal(DecisionOutcome.Adopted, Elapsed(against, 48).Outcome);
    }

    [Fact]
    public void A_decision_reminds_at_half_time_and_escalates_when_a_tenth_of_the_time_is_left()
    {
        Decision reminded = Elapsed(Opened(), 24);
        Assert.Equal(Hour(24), reminded.RemindedAt);
        Assert.Null(reminded.EscalatedAt);
        Assert.Equal(Hour(43.2), reminded.DueAt);
        Decision escalated = Elapsed(reminded, 44);
        Assert.Equal(Hour(44), escalated.EscalatedAt);
        var said = Assert.IsType<DecisionEscalated>(
            Assert.Single(Decision.Elapse(reminded, Hour(44)).Events)
        );
        Assert.Equal(["0 of 2 classes took part"], said.Lacking);
        Assert.Equal(Hour(48), escalated.DueAt);
    }

    [Fact]
    public void A_decision_that_lacks_nothing_reminds_nobody_and_closes_at_its_deadline()
    {
        Assert.Equal(Hour(48), Supported().DueAt);
        Decision closed = Elapsed(Supported(), 60);
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Assert.Null(closed.RemindedAt);
    }

    [Fact]
    public void After_a_long_sleep_the_node_says_the_most_pressing_thing_once()
    {
        Assert.IsType<DecisionEscalated>(Assert.Single(Decision.Elapse(Opened(), Hour(44)).Events));
        Assert.IsType<DecisionClosed>(Assert.Single(Decision.Elapse(Opened(), Hour(400)).Events));
    }

    [Fact]
    public void An_appeal_is_heard_by_people_and_organisations_that_took_no_part()
    {
        Participant replier = Jurist with { Roles = Objector.Roles };
        Decision closed = Closed(Then(Contested(), Reply(Contested(), replier)));
        Decision appealed = Then(
            closed,
            LodgeAppeal.Decide(closed, new LodgeAppeal("nobody asked us"), Alone("p"), Hour(3))
        );
        Decided<DecisionEvent> Hear(Participant by) =>
            HearAppeal.Decide(appealed, new HearAppeal(AppealState.Reopened, "true"), by, Hour(4));
        Assert.All(
            (Participant[])
                [
                    Objector,
                    Speaker("an objector", person: "a colleague"),
                    replier,
                    Speaker("a closer"),
                    Speaker("an opener"),
                    Speaker("another", person: "p"),
                    Alone("nobody"),
                ],
            by => Assert.Equal(RefusalKind.NotAllowed, Hear(by).Refusal!.Kind)
        );
        Decision reopened = Then(appealed, Hear(Speaker("a court")));
        Assert.Equal(DecisionOutcome.Open, reopened.Outcome);
        Assert.Equal(Hour(52), reopened.Deadline);
        Assert.Equal(
            "an objector",
            reopened.Positions.Single(p => p.Stand == Stand.Object).Stakeholder
        );
        Assert.Null(Take(reopened, Objector, Stand.Abstain, hour: 5).Refusal);
    }

    [Fact]
    public void Where_every_organisation_took_part_one_without_a_position_hears_the_appeal_and_if_none_is_left_the_refusal_says_what_to_do()
    {
        Decision closed = Closed(Supported());
        Decision appealed = Then(
            closed,
            LodgeAppeal.Decide(closed, new LodgeAppeal("nobody asked us"), Alone("p"), Hour(3))
        );
        string[] sides = [.. appealed.Positions.Select(position => position.Stakeholder)];
        Decided<DecisionEvent> Hear(Participant by, params string[] all) =>
            HearAppeal.Decide(
                appealed,
                new HearAppeal(AppealState.Upheld, "it was fair") { Organisations = all },
                by,
                Hour(4)
            );
        Participant colleague = Speaker("an opener", person: "a colleague");
        Assert.Null(Hear(colleague, [.. sides, "an opener"]).Refusal);
        Assert.NotNull(Hear(Speaker("an opener"), [.. sides, "an opener"]).Refusal);
        Assert.NotNull(Hear(colleague, [.. sides, "an opener", "a court"]).Refusal);
        Assert.Contains(
            "took no position",
            Why(Hear(Speaker(sides[0], person: "q"), [.. sides, "an opener"])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "vet another organisation",
            Why(Hear(Speaker(sides[0], person: "q"), sides)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(24 * 91)]
    public void The_time_to_appeal_is_neither_nothing_nor_without_end(int hours)
    {
        OpenDecision question = Question() with { AppealWindow = Duration.FromHours(hours) };
        Assert.Contains(
            "from 24 hours to 90 days",
            Why(OpenDecision.Decide(null, question, Objector, Hour(0))),
            StringComparison.Ordinal
        );
        Assert.Null(
            OpenDecision
                .Decide(
                    null,
                    question with
                    {
                        AppealWindow = OpenDecision.AppealMin,
                    },
                    Objector,
                    Hour(0)
                )
                .Refusal
        );
    }

    [Fact]
    public void An_appeal_that_is_upheld_leaves_the_decision_as_it_was_and_nobody_appeals_twice()
    {
        Decision closed = Closed(Supported());
        Decided<DecisionEvent> Lodge(Decision on, double hour = 3) =>
            LodgeAppeal.Decide(on, new LodgeAppeal("unfair"), Objector, Hour(hour));
        Decision appealed = Then(closed, Lodge(closed));
        Assert.Equal("this person or organisation has appealed already", Why(Lodge(appealed)));
        Decision heard = Then(
            appealed,
            HearAppeal.Decide(
                appealed,
                new HearAppeal(AppealState.Upheld, "it was fair"),
                Speaker("a court"),
                Hour(4)
            )
        );
        Assert.Equal(DecisionOutcome.Adopted, heard.Outcome);
        Assert.Equal(RefusalKind.NotAllowed, Lodge(heard, 5).Refusal!.Kind);
        Assert.StartsWith(
            "the time to appeal ended",
            Why(Lodge(closed, 200)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_appeal_that_nobody_hears_is_reminded_of()
    {
        Decision closed = Closed(Supported());
        Decision appealed = Then(
            closed,
            LodgeAppeal.Decide(closed, new LodgeAppeal("unfair"), Objector, Hour(3))
        );
        Assert.Equal(Hour(51), appealed.DueAt);
        Decision reminded = Elapsed(appealed, 60);
        Assert.Equal(Hour(60), Assert.Single(reminded.Appeals).RemindedAt);
    }

    [Fact]
    public void An_appeal_that_waits_keeps_nobody_from_appealing_and_all_are_heard_together()
    {
        Decision decision = Closed(Supported());
        foreach (
            Participant by in (Participant[])
                [Alone("somebody"), Speaker("a union"), Speaker("an operator")]
        )
        {
            decision = Then(
                decision,
                LodgeAppeal.Decide(decision, new LodgeAppeal("unfair"), by, Hour(3))
            );
        }

        Decision heard = Then(
            decision,
            HearAppeal.Decide(
                decision,
                new HearAppeal(AppealState.Upheld, "all three were read"),
                Speaker("a court"),
                Hour(4)
            )
        );
        Assert.Equal(3, heard.Appeals.Count(appeal => appeal.State == AppealState.Upheld));
    }

    [Fact]
    public void Organisations_that_nobody_vetted_appeal_as_persons_and_keep_no_representative_out()
    {
        Decision decision = Closed(Supported());
        Participant Founder(int i) =>
            Alone($"p{i}") with
            {
                Organisation = i == 0 ? "a union" : $"founded {i}",
            };
        for (int i = 0; i < LodgeAppeal.PersonsMax; i++)
        {
            decision = Then(
                decision,
                LodgeAppeal.Decide(decision, new LodgeAppeal("no"), Founder(i), Hour(3))
            );
        }

        Assert.Equal(
            RefusalKind.TooMuch,
            LodgeAppeal
                .Decide(decision, new LodgeAppeal("no"), Founder(LodgeAppeal.PersonsMax), Hour(3))
                .Refusal!.Kind
        );
        Assert.Null(
            LodgeAppeal.Decide(decision, new LodgeAppeal("no"), Speaker("a union"), Hour(3)).Refusal
        );
    }

    [Fact]
    public void An_appeal_that_nobody_hears_for_a_week_is_escalated_with_what_would_help()
    {
        Decision closed = Closed(Supported());
        Decision appealed = Then(
            closed,
            LodgeAppeal.Decide(closed, new LodgeAppeal("unfair"), Objector, Hour(3))
        );
        Decision reminded = Elapsed(Elapsed(appealed, 60), 160);
        Assert.Null(reminded.EscalatedAt);
        Assert.Equal(Hour(3 + (7 * 24)), reminded.DueAt);
        var said = Assert.IsType<DecisionEscalated>(
            Assert.Single(Decision.Elapse(reminded, Hour(172)).Events)
        );
        Assert.Equal("nobody has heard the appeal of 2024-02-09", said.Lacking[0]);
        Assert.Contains("vetted", said.Lacking[1], StringComparison.Ordinal);
        Decision escalated = Elapsed(reminded, 172);
        Assert.Equal(Hour(172), escalated.EscalatedAt);
        Assert.True(escalated.DueAt > Hour(172 + 24));
    }

    [Fact]
    public void One_class_alone_decides_nothing_so_a_quorum_is_at_least_two() =>
        Assert.Equal(
            "a quorum is 2 to 7 classes: one class alone decides nothing",
            Why(OpenDecision.Decide(null, Question(quorum: 1), Objector, Hour(0)))
        );

    [Theory]
    [InlineData(48, 28 * 24, true)]
    [InlineData(1, 2, true)]
    [InlineData(49, 28 * 24, false)]
    [InlineData(48, (28 * 24) + 1, false)]
    [InlineData(0, 28 * 24, false)]
    [InlineData(24, 24, false)]
    [InlineData(24, null, false)]
    [InlineData(null, 24, false)]
    public void Whoever_opens_an_activation_gives_its_clock_no_more_time_than_the_one_people_know(
        int? first,
        int? extended,
        bool isTaken
    )
    {
        OpenDecision question = Question() with
        {
            FirstServiceDue = first is { } a ? Hour(a) : null,
            ExtendedServiceDue = extended is { } b ? Hour(b) : null,
        };
        Decided<DecisionEvent> Open(OpenDecision with) =>
            OpenDecision.Decide(null, with, Objector, Hour(0));
        Assert.Equal(isTaken, Open(question).Refusal is null);
        Assert.StartsWith(
            "only an activation has a clock",
            Why(Open(question with { Kind = DecisionKind.StandDown })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_activation_starts_its_clock_with_its_outcome()
    {
        Decision closed = Closed(Supported());
        Assert.Equal(Hour(50), closed.FirstServiceDue);
        Assert.Equal(Hour(2 + (28 * 24)), closed.ExtendedServiceDue);
        Assert.Null(Closed(Supported(Question(DecisionKind.StandDown))).FirstServiceDue);
    }

    [Fact]
    public void INV_16_Of_two_that_were_written_on_one_state_the_second_is_refused_or_both_stand()
    {
        // The store refuses the second write of one version; decided again on the new state, both are kept.
        Decision before = Opened();
        Decided<DecisionEvent> first = Take(before, Speaker("one"), Stand.Support);
        Decision after = Then(before, first);
        Decision both = Then(after, Take(after, Speaker("two"), Stand.Object));
        Assert.Equal(["one", "two"], both.Positions.Select(position => position.Stakeholder));
        Decision changed = Then(both, Take(both, Speaker("one"), Stand.Object, "seen anew"));
        Assert.Equal(["two", "one"], changed.Positions.Select(position => position.Stakeholder));
    }

    [Fact]
    public void The_same_command_again_changes_nothing()
    {
        Decision decision = Then(Opened(), Take(Opened(), Objector, Stand.Object, "no"));
        Assert.Equal(
            Decided<DecisionEvent>.Nothing,
            Take(decision, Objector, Stand.Object, "no", 2)
        );
        Assert.NotNull(OpenDecision.Decide(decision, Question(), Objector, Hour(2)).Refusal);
    }

    [Fact]
    public void A_command_from_before_the_last_act_is_refused()
    {
        Decision decision = Then(Opened(), Take(Opened(), Objector, Stand.Object, "no", 5));
        Assert.Equal(
            "the step lies before the one it follows",
            Why(Take(decision, Speaker("two"), Stand.Support, hour: 4))
        );
    }

    [Fact]
    public void A_question_that_makes_no_sense_is_refused()
    {
        OpenDecision question = Question();
        Assert.All(
            (OpenDecision[])
                [
                    question with
                    {
                        Id = " ",
                    },
                    question with
                    {
                        Question = "",
                    },
                    question with
                    {
                        Question = new string('x', 4_001),
                    },
                    question with
                    {
                        Deadline = Hour(0),
                    },
                    question with
                    {
                        Deadline = Hour(24 * 400),
                    },
                    question with
                    {
                        QuorumClasses = 1,
                    },
                    question with
                    {
                        QuorumClasses = 8,
                    },
                    question with
                    {
                        ConsentParties = ["a", "a"],
                    },
                    question with
                    {
                        ConsentParties = [.. Enumerable.Range(0, 1_001).Select(i => $"{i}")],
                    },
                    question with
                    {
                        ConsentParties = null!,
                    },
                    question with
                    {
                        Marking = null!,
                    },
                    question with
                    {
                        Kind = (DecisionKind)99,
                    },
                    question with
                    {
                        AppealWindow = Duration.FromDays(-1),
                    },
                ],
            wrong =>
                Assert.Equal(
                    RefusalKind.Invalid,
                    OpenDecision.Decide(null, wrong, Objector, Hour(0)).Refusal!.Kind
                )
        );
    }
}
