using Breakwater.Decisions.FactSheets;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>What is known of one incident, with who says so: nothing is averaged, nothing is asked of whom it could endanger.</summary>
public sealed class FactSheetsTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 8, 0);
    private static readonly Participant _planner = Of("relief");
    private static readonly FactTraits _plain = new(IsEvaluative: false, IsGuarded: false);
    private static readonly FactTraits _evaluative = new(IsEvaluative: true, IsGuarded: false);
    private static readonly FactTraits _guarded = new(IsEvaluative: false, IsGuarded: true);

    private static Participant Of(string? organisation, string person = "somebody") =>
        new(
            $"{person} of {organisation}",
            organisation,
            StakeholderClass.CivilSociety,
            new HashSet<Role> { Role.Planner }
        );

    private static OpenFactSheet Opening(Marking? marking = null, LocalDate? first = null) =>
        new("sheet-1", "A town lost its networks", "2026-02-01/..", Marking: marking)
        {
            Read = new ConductRead(first ?? new LocalDate(2026, 2, 1)),
        };

    private static FactSheetFile Opened(Marking? marking = null) =>
        After<FactSheetFile, FactSheetEvent>(
            null,
            OpenFactSheet.Decide(null, Opening(marking), _planner, _now)
        );

    private static Decided<FactSheetEvent> Answer(
        FactSheetFile state,
        FactAnswerValue value = FactAnswerValue.Yes,
        FactTraits? traits = null,
        string source = "an operator's notice",
        RespondentRole respondent = RespondentRole.Documenter,
        string? assessor = null,
        double? confidence = null,
        Participant? by = null
    ) =>
        AnswerFact.Decide(
            state,
            new AnswerFact("shut.total", value, source, respondent, confidence, null, assessor)
            {
                Traits = traits ?? _plain,
            },
            by ?? _planner,
            _now
        );

    private static FactSheetFile Answered(FactSheetFile state, Decided<FactSheetEvent> decided) =>
        After(state, decided);

    [Fact]
    public void A_fact_sheet_is_for_the_community_unless_it_says_otherwise()
    {
        Assert.Equal(OpenFactSheet.Usual, Opened().Marking);
        Assert.NotEqual(Distribution.Public, Opened().Marking.Distribution);
        Assert.Equal(Marking.Public, Opened(Marking.Public).Marking);
    }

    [Fact]
    public void Norms_are_asked_of_what_happened_and_never_of_what_somebody_plans()
    {
        Refusal no = Refused(
            RefusalKind.Invalid,
            OpenFactSheet.Decide(null, Opening(first: new LocalDate(2026, 3, 2)), _planner, _now)
        );
        Assert.Contains("plans", no.Reason, StringComparison.Ordinal);
        no = Refused(
            RefusalKind.Invalid,
            OpenFactSheet.Decide(null, Opening() with { Read = null }, _planner, _now)
        );
        Assert.Contains("2024-02-02/..", no.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", RefusalKind.Invalid)]
    [InlineData("the mast at 15.6331, 32.5330 fell", RefusalKind.Invalid)]
    public void A_title_is_there_and_names_no_position(string title, RefusalKind kind) =>
        Refused(kind, OpenFactSheet.Decide(null, Opening() with { Title = title }, _planner, _now));

    [Fact]
    public void A_disruption_that_is_named_must_be_on_record_and_nobody_alone_opens_a_sheet()
    {
        Refused(
            RefusalKind.Invalid,
            OpenFactSheet.Decide(
                null,
                Opening() with
                {
                    DisruptionId = "disruption-none",
                },
                _planner,
                _now
            )
        );
        Refused(RefusalKind.NotAllowed, OpenFactSheet.Decide(null, Opening(), Of(null), _now));
    }

    [Fact]
    public void Sources_that_contradict_each_other_are_all_kept()
    {
        FactSheetFile sheet = Opened();
        sheet = Answered(sheet, Answer(sheet));
        sheet = Answered(sheet, Answer(sheet, FactAnswerValue.No, source: "a ministry"));
        sheet = Answered(sheet, Answer(sheet, FactAnswerValue.Unknown, source: "a resident"));
        Assert.Equal(
            [FactAnswerValue.Yes, FactAnswerValue.No, FactAnswerValue.Unknown],
            sheet.Said.Select(answer => answer.Value)
        );
        Assert.Equal([1, 2, 3], sheet.Answers.Select(answer => answer.Number));
        ReadsBack(sheet);
    }

    [Fact]
    public void What_was_proposed_is_taken_over_as_it_stands_and_says_so()
    {
        var command = new AnswerFact(
            "shut.total",
            FactAnswerValue.Yes,
            "measured: made",
            RespondentRole.Desk,
            0.9,
            ["facts-0123456789abcdef", "disruption-1"]
        )
        {
            Traits = _plain,
        };
        FactSheetFile sheet = Answered(
            Opened(),
            AnswerFact.Decide(Opened(), command, _planner, _now)
        );
        Assert.Equal("facts-0123456789abcdef", sheet.Answers[0].TakenFrom);
        Assert.Equal(_planner.Person, sheet.Answers[0].By);
        ReadsBack(sheet);
        Refusal no = Refused(
            RefusalKind.Invalid,
            AnswerFact.Decide(Opened(), command with { IsAsProposed = false }, _planner, _now)
        );
        Assert.Contains("as it is offered", no.Reason, StringComparison.Ordinal);
        sheet = Answered(Opened(), Answer(Opened()));
        Assert.Null(sheet.Answers[0].TakenFrom);
    }

    [Fact]
    public void One_person_gives_one_answer_of_a_source_until_it_is_withdrawn()
    {
        FactSheetFile sheet = Opened();
        sheet = Answered(sheet, Answer(sheet));
        Refused(RefusalKind.WrongState, Answer(sheet, FactAnswerValue.No));
        sheet = Answered(
            sheet,
            WithdrawAnswer.Decide(sheet, new WithdrawAnswer(1, "mistaken"), _planner, _now)
        );
        sheet = Answered(sheet, Answer(sheet, FactAnswerValue.No));
        Assert.Equal(2, sheet.Answers.Count);
        Assert.Equal("mistaken", sheet.Answers[0].Withdrawn!.Reason);
        Assert.Equal(FactAnswerValue.No, Assert.Single(sheet.Said).Value);
    }

    [Fact]
    public void Only_the_organisation_that_gave_an_answer_withdraws_it_and_once()
    {
        FactSheetFile sheet = Opened();
        sheet = Answered(sheet, Answer(sheet));
        var withdraw = new WithdrawAnswer(1, "it was about another town");
        Refused(
            RefusalKind.NotAllowed,
            WithdrawAnswer.Decide(sheet, withdraw, Of("carrier"), _now)
        );
        Refused(
            RefusalKind.Invalid,
            WithdrawAnswer.Decide(sheet, withdraw with { Number = 2 }, _planner, _now)
        );
        sheet = Answered(
            sheet,
            WithdrawAnswer.Decide(sheet, withdraw, Of("relief", "a colleague"), _now)
        );
        Refused(RefusalKind.WrongState, WithdrawAnswer.Decide(sheet, withdraw, _planner, _now));
        ReadsBack(sheet);
    }

    [Fact]
    public void An_assessment_needs_the_role_that_made_it_and_not_knowing_needs_none()
    {
        FactSheetFile sheet = Opened();
        Refusal no = Refused(RefusalKind.Invalid, Answer(sheet, traits: _evaluative));
        Assert.Contains("role", no.Reason, StringComparison.Ordinal);
        Assert.Equal(
            "a legal analyst",
            Answered(sheet, Answer(sheet, traits: _evaluative, assessor: "a legal analyst"))
                .Answers[0]
                .Assessor
        );
        Assert.Null(Answer(sheet, FactAnswerValue.Unknown, _evaluative).Refusal);
    }

    [Fact]
    public void A_guarded_fact_is_said_by_the_desk_alone_and_never_where_everybody_reads_it()
    {
        FactSheetFile sheet = Opened();
        foreach (
            RespondentRole role in (RespondentRole[])
                [RespondentRole.Field, RespondentRole.Documenter]
        )
        {
            Refused(RefusalKind.NotAllowed, Answer(sheet, traits: _guarded, respondent: role));
        }

        Assert.Null(Answer(sheet, traits: _guarded, respondent: RespondentRole.Desk).Refusal);
        Refused(
            RefusalKind.NotAllowed,
            Answer(Opened(Marking.Public), traits: _guarded, respondent: RespondentRole.Desk)
        );
    }

    [Fact]
    public void A_fact_that_the_vocabulary_does_not_have_is_refused_with_the_nearest()
    {
        FactSheetFile sheet = Opened();
        Refusal no = Refused(
            RefusalKind.Invalid,
            AnswerFact.Decide(
                sheet,
                new AnswerFact("shut.totl", FactAnswerValue.Yes, "a notice", RespondentRole.Desk)
                {
                    Remedy = "Did you mean 'shut.total'?",
                },
                _planner,
                _now
            )
        );
        Assert.EndsWith("Did you mean 'shut.total'?", no.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Confidence_lies_between_nothing_and_certainty(double confidence) =>
        Refused(RefusalKind.Invalid, Answer(Opened(), confidence: confidence));

    [Fact]
    public void Burdens_are_open_until_somebody_says_why_they_are_closed()
    {
        FactSheetFile sheet = Opened();
        Assert.Null(sheet.Burdens);
        Assert.Empty(
            SetBurdens
                .Decide(sheet, new SetBurdens(false, "nobody was heard"), _planner, _now)
                .Events
        );
        Refused(
            RefusalKind.Invalid,
            SetBurdens.Decide(sheet, new SetBurdens(true, " "), _planner, _now)
        );
        sheet = Answered(
            sheet,
            SetBurdens.Decide(sheet, new SetBurdens(true, "the ministry was heard"), _planner, _now)
        );
        Assert.True(sheet.Burdens!.AreClosed);
        ReadsBack(sheet);
    }

    [Fact]
    public void Nothing_more_is_said_on_a_closed_sheet()
    {
        FactSheetFile sheet = Opened();
        sheet = Answered(
            sheet,
            CloseFactSheet.Decide(sheet, new CloseFactSheet("the court has it"), _planner, _now)
        );
        Assert.Equal("closed", sheet.Standing);
        Refused(RefusalKind.WrongState, Answer(sheet));
        Refused(
            RefusalKind.WrongState,
            CloseFactSheet.Decide(sheet, new CloseFactSheet("again"), _planner, _now)
        );
    }

    [Fact]
    public void A_sheet_takes_so_many_answers_and_no_more()
    {
        FactSheetFile sheet = Opened();
        FactAnswer one = Answered(sheet, Answer(sheet)).Answers[0];
        sheet = sheet with
        {
            Answers =
            [
                .. Enumerable
                    .Range(1, FactSheetFile.AnswersMax)
                    .Select(number => one with { Number = number, Source = $"source {number}" }),
            ],
        };
        Refused(RefusalKind.TooMuch, Answer(sheet));
    }
}
