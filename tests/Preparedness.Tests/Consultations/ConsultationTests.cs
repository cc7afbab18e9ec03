using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Calling;
using Breakwater.Preparedness.Consultations.Drafting;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Preparedness.Consultations.Launching;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Preparedness.Consultations.Synthesising;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Consultations.ConsultationSteps;

namespace Breakwater.Preparedness.Tests.Consultations;

public sealed class ConsultationTests
{
    [Fact]
    public void INV_08_a_report_is_not_launched_before_each_stream_that_it_touches_has_acknowledged()
    {
        ConsultationSteps steps = Declared();
        steps.Now += Consultation.AppealWindow;
        Refused(
            LaunchReport.Decide(steps.State, new LaunchReport(), Chair, steps.Now),
            "norms, governance"
        );
        Refused(
            LaunchReport.Decide(
                steps.State,
                new LaunchReport { WaitsFor = [Workstream.Governance] },
                Chair,
                steps.Now
            ),
            "governance"
        );
        steps.Does(
            LaunchReport.Decide(steps.State, new LaunchReport { WaitsFor = [] }, Chair, steps.Now)
        );
        Assert.Equal("launched", steps.State.Standing);
    }

    [Fact]
    public void INV_09_a_newcomer_is_heard_and_joining_grants_nothing_else()
    {
        ConsultationSteps steps = InDraft();
        steps.Does(
            CommentOnDraft.Decide(
                steps.State,
                new CommentOnDraft("p-1", "say who pays"),
                Newcomer,
                steps.Now
            )
        );
        steps.Does(
            TakeConsultationPosition.Decide(
                steps.State,
                new TakeConsultationPosition(PositionStand.Support, ""),
                Newcomer,
                steps.Now
            )
        );
        Assert.True(Assert.Single(steps.State.Remarks).IsVoice);
        Assert.True(Assert.Single(steps.State.Positions).IsVoice);
        Assert.All(
            new[]
            {
                AnswerDraftRemark.Decide(
                    steps.State,
                    new AnswerDraftRemark(1, "no"),
                    Newcomer,
                    steps.Now
                ),
                DeclareConsensus.Decide(
                    steps.State,
                    new DeclareConsensus(ConsensusOutcome.RoughConsensus, "all"),
                    Newcomer,
                    steps.Now
                ),
                LaunchReport.Decide(steps.State, new LaunchReport(), Newcomer, steps.Now),
                SetInputsAside.Decide(
                    steps.State,
                    new SetInputsAside(["i1"], "no"),
                    Newcomer,
                    steps.Now
                ),
            },
            decided => Assert.Equal(RefusalKind.NotAllowed, decided.Refusal?.Kind)
        );
    }

    [Fact]
    public void INV_10_every_paragraph_traces_to_inputs()
    {
        ConsultationSteps steps = InSynthesis();
        Refused(steps.Putting(["i1"], []), "paragraph 2 comes from no input");
        Refused(steps.Putting(["i1", "nobody"]), "nobody");
        Refused(steps.Putting(["i1", "i1"]), "twice");
        steps.Put(["i1"], ["i2", "i3"]);
        Assert.Equal(2, steps.State.Paragraphs.Count);
    }

    [Fact]
    public void INV_10_every_input_shows_where_it_went_or_why_not_and_copies_go_where_the_first_goes()
    {
        ConsultationSteps steps = InSynthesis();
        steps.Put(["i1"]);
        steps.Does(
            SetInputsAside.Decide(
                steps.State,
                new SetInputsAside(["i2"], "is about another call")
                {
                    Known = new HashSet<string> { "i2" },
                },
                Chair,
                steps.Now
            )
        );
        InputTraces traces = TracesFromInputs.Trace(
            steps.State,
            [
                new("i1", Start, false),
                new("i2", Start, false),
                new("i3", Start, false),
                new("i4", Start, false),
                new("i5", Start, false, IsWithdrawn: true),
            ],
            InputGroups.None with
            {
                Groups = [new InputGroup("i1", [new InputCopy("i4", Start, true)], 2)],
            }
        );
        Assert.Equal(["p-1"], traces.Of("i1")!.Paragraphs);
        Assert.Equal(
            ("i1", "p-1"),
            (traces.Of("i4")!.CopyOf, traces.Of("i4")!.Paragraphs.Single())
        );
        Assert.Equal("is about another call", traces.Of("i2")!.Reason);
        Assert.Equal(TracesFromInputs.TakenBack, traces.Of("i5")!.Reason);
        Assert.Equal(["i3"], traces.Untraced.Select(trace => trace.Input));
        Assert.Equal(2, traces.Behind("p-1"));
    }

    [Fact]
    public void Nothing_goes_on_while_inputs_go_nowhere()
    {
        ConsultationSteps steps = InSynthesis();
        steps.Put(["i1"]);
        Refused(
            OpenDraft.Decide(
                steps.State,
                new OpenDraft(steps.Now + Duration.FromDays(9)) { Untraced = 2 },
                Chair,
                steps.Now
            ),
            "2 inputs go nowhere"
        );
        ConsultationSteps later = Declared();
        later.Now += Consultation.AppealWindow;
        Refused(
            LaunchReport.Decide(
                later.State,
                new LaunchReport { WaitsFor = [], Untraced = 1 },
                Chair,
                later.Now
            ),
            "1 inputs go nowhere"
        );
    }

    [Fact]
    public void All_that_came_late_can_be_set_aside_by_one_reason_and_what_comes_after_it_cannot()
    {
        ConsultationSteps steps = InSynthesis();
        steps.Does(
            SetInputsAside.Decide(
                steps.State,
                new SetInputsAside([], "came late", OfLate: true),
                Chair,
                steps.Now
            )
        );
        InputTraces traces = TracesFromInputs.Trace(
            steps.State,
            [
                new("a", steps.Now, true),
                new("b", steps.Now + Duration.FromHours(1), true),
                new("c", Start, false),
            ],
            InputGroups.None
        );
        Assert.Equal(["b", "c"], traces.Untraced.Select(trace => trace.Input));
    }

    [Fact]
    public void A_late_input_is_kept_and_marked()
    {
        ConsultationSteps steps = InSynthesis();
        Decided<ConsultationInputEvent> sent = SendInput.Decide(
            null,
            steps.State,
            "x",
            new SendInput("late words"),
            Newcomer,
            steps.Now
        );
        Assert.True(Assert.IsType<InputReceived>(Assert.Single(sent.Events)).IsLate);
    }

    [Fact]
    public void Each_act_has_the_moment_from_which_it_can_be_done()
    {
        ConsultationSteps steps = InSynthesis();
        Assert.Null(steps.State.DeclarableFrom);
        steps = InDraft();
        Assert.Equal(steps.State.PositionsUntil, steps.State.DeclarableFrom);
        Assert.False(steps.State.IsLateAt(steps.State.DeclarableFrom!.Value - Duration.Epsilon));
        Assert.True(steps.State.IsLateAt(steps.State.DeclarableFrom!.Value));
        Assert.Null(steps.State.LaunchableFrom);
        steps = Declared();
        Instant from = steps.State.LaunchableFrom!.Value;
        Assert.Equal(steps.Now + Consultation.AppealWindow, from);
        var launch = new LaunchReport { WaitsFor = [] };
        Refused(
            LaunchReport.Decide(steps.State, launch, Chair, from - Duration.Epsilon),
            "the time for appeals has not passed"
        );
        Assert.Null(LaunchReport.Decide(steps.State, launch, Chair, from).Refusal);
    }

    [Fact]
    public void What_no_stage_offers_is_refused_there()
    {
        ConsultationSteps launched = Declared();
        launched.Now += Consultation.AppealWindow;
        launched.Does(
            LaunchReport.Decide(
                launched.State,
                new LaunchReport { WaitsFor = [] },
                Chair,
                launched.Now
            )
        );
        (Type Act, Func<Consultation, Instant, Decided<ConsultationEvent>> Decide)[] acts =
        [
            (
                typeof(ExtendInputs),
                (state, now) =>
                    ExtendInputs.Decide(
                        state,
                        new ExtendInputs(now + Duration.FromDays(90), "asked for"),
                        Chair,
                        now
                    )
            ),
            (
                typeof(OpenDraft),
                (state, now) =>
                    OpenDraft.Decide(state, new OpenDraft(now + Duration.FromDays(20)), Chair, now)
            ),
            (
                typeof(CommentOnDraft),
                (state, now) =>
                    CommentOnDraft.Decide(state, new CommentOnDraft("p-1", "why"), Newcomer, now)
            ),
            (
                typeof(DissentFromDraft),
                (state, now) =>
                    DissentFromDraft.Decide(state, new DissentFromDraft("p-1", "no"), Newcomer, now)
            ),
            (
                typeof(TakeConsultationPosition),
                (state, now) =>
                    TakeConsultationPosition.Decide(
                        state,
                        new TakeConsultationPosition(PositionStand.Support, ""),
                        Carrier,
                        now
                    )
            ),
            (
                typeof(DeclareConsensus),
                (state, now) =>
                    DeclareConsensus.Decide(
                        state,
                        new DeclareConsensus(ConsensusOutcome.RoughConsensus, "all"),
                        Chair,
                        now
                    )
            ),
            (
                typeof(LodgeConsultationAppeal),
                (state, now) =>
                    LodgeConsultationAppeal.Decide(
                        state,
                        new LodgeConsultationAppeal("not heard"),
                        Newcomer,
                        now
                    )
            ),
            (
                typeof(LaunchReport),
                (state, now) =>
                    LaunchReport.Decide(state, new LaunchReport { WaitsFor = [] }, Chair, now)
            ),
            (
                typeof(CloseConsultation),
                (state, now) =>
                    CloseConsultation.Decide(state, new CloseConsultation("no need"), Chair, now)
            ),
        ];
        Assert.All(
            new[] { Called(), InSynthesis(), InDraft(), Declared(), launched },
            steps =>
                Assert.All(
                    acts.Where(act => !ActStages.Of(act.Act).Contains(steps.State.Phase)),
                    act =>
                        Assert.Equal(
                            RefusalKind.WrongState,
                            act.Decide(steps.State, steps.Now).Refusal?.Kind
                        )
                )
        );
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData(" AR ", "ar")]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData("zh-Hant-TW", "zh-Hant-TW")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_language_is_kept_as_its_tag(string? said, string? kept) =>
        Assert.Equal(
            kept,
            Assert
                .IsType<InputReceived>(
                    Assert.Single(
                        SendInput
                            .Decide(
                                null,
                                Called().State,
                                "x",
                                new SendInput("words", said),
                                Newcomer,
                                Start
                            )
                            .Events
                    )
                )
                .Language
        );

    [Theory]
    [InlineData("English")]
    [InlineData("en_US")]
    [InlineData("العربية")]
    [InlineData("en-")]
    [InlineData("en\n")]
    public void What_is_no_language_tag_is_refused_with_an_example(string said) =>
        Assert.Equal(
            said == "en\n" ? null : "the language is no language tag, such as en or ar",
            SendInput.WhyNot(new SendInput("words", said))?.Reason
        );

    [Fact]
    public void A_work_area_is_one_of_those_of_its_cycle_where_any_is_on_record()
    {
        var call = new CallConsultation(
            "c",
            "Repairs",
            "Who repairs?",
            Workstream.Mechanism,
            [],
            Start + Duration.FromDays(30),
            "a-2"
        );
        Assert.Null(CallConsultation.Decide(null, call, Chair, Start).Refusal);
        Assert.Null(
            CallConsultation
                .Decide(null, call with { WorkAreas = ["a-1", "a-2"] }, Chair, Start)
                .Refusal
        );
        Refused(
            CallConsultation.Decide(null, call with { WorkAreas = ["a-1"] }, Chair, Start),
            "the work area is none of those of its cycle; the page of work areas has their ids"
        );
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData(" \u0000\u0007 ", "missing")]
    public void An_empty_input_is_refused(string text, string because) =>
        Assert.Contains(
            because,
            SendInput
                .Decide(null, Called().State, "x", new SendInput(text), Newcomer, Start)
                .Refusal!.Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_megabyte_is_refused_with_what_to_do_and_control_characters_are_left_out()
    {
        Assert.Contains(
            "a link to the rest",
            SendInput
                .Decide(
                    null,
                    Called().State,
                    "x",
                    new SendInput(new string('a', 1 << 20)),
                    Newcomer,
                    Start
                )
                .Refusal!.Reason,
            StringComparison.Ordinal
        );
        Decided<ConsultationInputEvent> sent = SendInput.Decide(
            null,
            Called().State,
            "x",
            new SendInput("a\u0000b\u001b[31m مرحبا\n c"),
            Newcomer,
            Start
        );
        Assert.Equal(
            "ab[31m مرحبا\n c",
            Assert.IsType<InputReceived>(Assert.Single(sent.Events)).Text
        );
    }

    [Fact]
    public void A_position_after_the_deadline_is_kept_as_late_beside_the_one_in_time_and_refused_once_consensus_is_declared()
    {
        ConsultationSteps steps = InDraft();
        steps.Does(
            TakeConsultationPosition.Decide(
                steps.State,
                new TakeConsultationPosition(PositionStand.Support, ""),
                Carrier,
                steps.Now
            )
        );
        steps.Pass(Duration.FromDays(20));
        steps.Does(
            TakeConsultationPosition.Decide(
                steps.State,
                new TakeConsultationPosition(PositionStand.Object, "it costs too much"),
                Carrier,
                steps.Now
            )
        );
        Assert.Equal(
            [(PositionStand.Support, false), (PositionStand.Object, true)],
            steps.State.PositionsNow().Select(each => (each.Stand, each.IsLate))
        );
        steps.Does(
            DeclareConsensus.Decide(
                steps.State,
                new DeclareConsensus(
                    ConsensusOutcome.RoughConsensus,
                    "one objects, and is answered"
                ),
                Chair,
                steps.Now
            )
        );
        Assert.Equal([2], steps.State.Declared!.ObjectingPositions);
        Refused(
            TakeConsultationPosition.Decide(
                steps.State,
                new TakeConsultationPosition(PositionStand.Abstain, ""),
                Carrier,
                steps.Now
            ),
            "lodge an appeal"
        );
    }

    [Fact]
    public void Consensus_is_not_counted_and_not_declared_over_an_objection_without_an_answer()
    {
        ConsultationSteps steps = InDraft();
        steps.Does(
            ObjectToDraft.Decide(
                steps.State,
                new ObjectToDraft("p-1", "it is a wish", "Masts are repaired in a week."),
                Families,
                steps.Now
            )
        );
        steps.Pass(Duration.FromDays(20));
        var rough = new DeclareConsensus(ConsensusOutcome.RoughConsensus, "nearly all agree");
        Refused(
            DeclareConsensus.Decide(steps.State, rough, Chair, steps.Now),
            "objection 1 is not answered"
        );
        steps.Does(
            AnswerDraftRemark.Decide(
                steps.State,
                new AnswerDraftRemark(1, "a week is too short for islands"),
                Chair,
                steps.Now
            )
        );
        steps.Does(DeclareConsensus.Decide(steps.State, rough, Chair, steps.Now));
        Assert.Equal([1], steps.State.Declared!.Dissent);
    }

    [Fact]
    public void An_appeal_is_heard_by_people_who_took_no_part_and_one_that_is_upheld_opens_the_draft_again()
    {
        ConsultationSteps steps = Declared();
        steps.Does(
            LodgeConsultationAppeal.Decide(
                steps.State,
                new LodgeConsultationAppeal("nobody asked us"),
                Newcomer,
                steps.Now
            )
        );
        Refused(
            LaunchReport.Decide(steps.State, new LaunchReport { WaitsFor = [] }, Chair, steps.Now),
            "appeal 1 was not heard"
        );
        Refused(
            HearConsultationAppeal.Decide(
                steps.State,
                new HearConsultationAppeal(1, false, "they were asked"),
                Chair,
                steps.Now
            ),
            "took no part"
        );
        steps.Does(
            HearConsultationAppeal.Decide(
                steps.State,
                new HearConsultationAppeal(1, true, "they were not"),
                Carrier,
                steps.Now
            )
        );
        Assert.Equal(ConsultationPhase.Draft, steps.State.Phase);
        Assert.Null(steps.State.Declared);
        Assert.NotNull(Assert.Single(steps.State.Declarations).EndedAt);
    }

    [Fact]
    public void What_became_of_a_comment_is_on_record_with_the_version_that_took_it_up()
    {
        ConsultationSteps steps = InDraft();
        steps.Does(
            CommentOnDraft.Decide(
                steps.State,
                new CommentOnDraft("p-1", "say who pays"),
                Newcomer,
                steps.Now
            )
        );
        steps.Put(["i1"], ["i2"], ["i3"]);
        steps.Does(
            AnswerDraftRemark.Decide(
                steps.State,
                new AnswerDraftRemark(1, "in a paragraph of its own", 2),
                Chair,
                steps.Now
            )
        );
        Assert.Equal(
            (2, "in a paragraph of its own"),
            (steps.State.Remarks[0].Answer!.TakenUpIn, steps.State.Remarks[0].Answer!.Text)
        );
        Assert.Equal("p-2", steps.State.Diff(1, 2)!.Paragraphs.Single(each => each.Before == 2).Id);
    }
}
