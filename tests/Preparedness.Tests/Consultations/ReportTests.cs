using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Drafting;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Preparedness.Consultations.Synthesising;
using Breakwater.Publications.Consultations;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Consultations.ConsultationSteps;

namespace Breakwater.Preparedness.Tests.Consultations;

/// <summary>What comes of a consultation: where each paragraph comes from, who disagrees, and what became of what was said.</summary>
public sealed class ReportTests
{
    private static readonly Participant _neighbour = Speaker(
        "cy",
        "carrier",
        StakeholderClass.PrivateSector
    );

    [Fact]
    public void INV_10_every_paragraph_of_a_report_names_its_inputs_and_counts_their_copies()
    {
        (ConsultationSteps steps, IReadOnlyList<ConsultationInput> inputs) = Heard();
        ConsultationReport report = Report(steps.State, inputs);
        Assert.Equal(steps.State.Paragraphs.Count, report.Paragraphs.Count);
        Assert.All(report.Paragraphs, paragraph => Assert.NotEmpty(paragraph.Inputs));
        Assert.All(
            report.Paragraphs.SelectMany(paragraph => paragraph.Inputs),
            named => Assert.Contains(inputs, input => input.Id == named)
        );
        // i1 was sent twice; the copy goes where the first goes.
        Assert.Equal([2, 1], report.Paragraphs.Select(paragraph => paragraph.Behind));
        Assert.Equal(("i1", 2), (report.Groups.Single().First, report.Groups.Single().Count));
        Assert.Equal((4, 3), (report.Inputs, report.Voices));
        Assert.All(
            Forms(report),
            form =>
                Assert.All(
                    report.Paragraphs,
                    paragraph =>
                        Assert.Contains(paragraph.Inputs[0], form, StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void Each_input_that_no_paragraph_takes_up_is_told_with_the_reason()
    {
        (ConsultationSteps steps, IReadOnlyList<ConsultationInput> inputs) = Heard();
        Assert.Equal(1, Report(steps.State, inputs).Untraced);
        steps.Does(
            SetInputsAside.Decide(
                steps.State,
                new SetInputsAside(["i4"], "it speaks of roads")
                {
                    Known = inputs.Select(input => input.Id).ToHashSet(),
                },
                Chair,
                steps.Now
            )
        );
        ConsultationReport report = Report(steps.State, inputs);
        Assert.Equal(0, report.Untraced);
        Assert.Equal(("it speaks of roads", 1), (report.Aside[0].Reason, report.Aside[0].Inputs));
        Assert.All(
            Forms(report),
            form => Assert.Contains("it speaks of roads", form, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Dissent_is_printed_at_its_paragraph_whatever_was_declared()
    {
        (ConsultationSteps steps, IReadOnlyList<ConsultationInput> inputs) = Heard();
        steps.Does(
            DissentFromDraft.Decide(
                steps.State,
                new DissentFromDraft("p-2", "Islands are forgotten."),
                Families,
                steps.Now
            )
        );
        Refused(
            AnswerDraftRemark.Decide(
                steps.State,
                new AnswerDraftRemark(1, "they are not"),
                Chair,
                steps.Now
            ),
            "a dissent is printed as it is"
        );
        steps.Pass(Duration.FromDays(20));
        steps.Does(
            DeclareConsensus.Decide(
                steps.State,
                new DeclareConsensus(ConsensusOutcome.RoughConsensus, "objections were met"),
                Chair,
                steps.Now
            )
        );
        ConsultationReport report = Report(steps.State, inputs);
        Assert.Empty(report.Paragraphs[0].Dissent);
        ReportRemark dissent = Assert.Single(report.Paragraphs[1].Dissent);
        Assert.Equal(
            (RemarkKind.Dissent, StakeholderClass.AffectedCommunity, "Islands are forgotten."),
            (dissent.Kind, dissent.Class, dissent.Text)
        );
        Assert.Equal("secretariat", report.Consensus!.By);
        Assert.All(
            Forms(report),
            form =>
            {
                Assert.Contains("Islands are forgotten.", form, StringComparison.Ordinal);
                // Class and organisation speak, and no person is named.
                Assert.DoesNotContain("\"bo\"", form, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void What_became_of_each_remark_is_told_and_that_nothing_did_too()
    {
        (ConsultationSteps steps, IReadOnlyList<ConsultationInput> inputs) = Heard();
        steps.Does(
            CommentOnDraft.Decide(
                steps.State,
                new CommentOnDraft("p-1", "Say who pays."),
                Newcomer,
                steps.Now
            )
        );
        steps.Does(
            CommentOnDraft.Decide(
                steps.State,
                new CommentOnDraft("p-1", "Say by when."),
                Families,
                steps.Now
            )
        );
        steps.Does(
            CommentOnDraft.Decide(
                steps.State,
                new CommentOnDraft("p-1", "Say it shorter."),
                Families,
                steps.Now
            )
        );
        steps.Does(
            AnswerDraftRemark.Decide(
                steps.State,
                new AnswerDraftRemark(1, "Payers differ by country."),
                Chair,
                steps.Now
            )
        );
        steps.Does(
            WithdrawDraftRemark.Decide(steps.State, new WithdrawDraftRemark(3), Families, steps.Now)
        );
        ConsultationReport report = Report(steps.State, inputs);
        Assert.Equal(
            [(1, "Payers differ by country."), (2, null)],
            report.Remarks.Select(remark => (remark.Number, remark.Answer))
        );
        Assert.Null(report.Remarks[0].Organisation);
        Assert.All(
            Forms(report),
            form =>
            {
                Assert.Contains("Payers differ by country.", form, StringComparison.Ordinal);
                Assert.Contains("Say by when.", form, StringComparison.Ordinal);
                Assert.Contains("Not answered yet.", form, StringComparison.Ordinal);
                Assert.DoesNotContain("Say it shorter.", form, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void A_report_on_inputs_that_nobody_sent_says_so()
    {
        (ConsultationSteps steps, IReadOnlyList<ConsultationInput> inputs) = Heard();
        Assert.All(
            Forms(Report(steps.State, inputs)),
            form => Assert.DoesNotContain("modelled", form, StringComparison.Ordinal)
        );
        ConsultationReport report = Report(
            steps.State,
            [.. inputs.Select(input => input with { Origin = Origin.Modelled })]
        );
        Assert.Equal(4, report.Modelled);
        Assert.All(
            Forms(report),
            form =>
                Assert.Contains(
                    "4 of the inputs are modelled: nobody sent them.",
                    form,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Nobody_answers_a_remark_of_their_own_organisation_and_one_of_the_secretariat_is_answered_by_another()
    {
        ConsultationSteps steps = InDraft();
        Participant secretary = Speaker(
            "second",
            "secretariat",
            StakeholderClass.TechnicalCommunity
        );
        foreach (Participant by in (Participant[])[Chair, Families])
        {
            steps.Does(
                CommentOnDraft.Decide(
                    steps.State,
                    new CommentOnDraft("p-1", "say who pays"),
                    by,
                    steps.Now
                )
            );
        }

        var ofSecretariat = new AnswerDraftRemark(1, "in the annex");
        Refused(
            AnswerDraftRemark.Decide(steps.State, ofSecretariat, Chair, steps.Now),
            "remark of their own"
        );
        Refused(
            AnswerDraftRemark.Decide(steps.State, ofSecretariat, secretary, steps.Now),
            "remark of their own organisation"
        );
        Refused(
            AnswerDraftRemark.Decide(steps.State, ofSecretariat, Newcomer, steps.Now),
            "only a representative"
        );
        // Of everybody else's remarks the secretariat says what became of them, and nobody else does.
        Refused(
            AnswerDraftRemark.Decide(
                steps.State,
                new AnswerDraftRemark(2, "in the annex"),
                _neighbour,
                steps.Now
            ),
            "only the organisation that keeps it"
        );
        steps.Does(AnswerDraftRemark.Decide(steps.State, ofSecretariat, Carrier, steps.Now));
        steps.Does(
            AnswerDraftRemark.Decide(
                steps.State,
                new AnswerDraftRemark(2, "in the annex"),
                secretary,
                steps.Now
            )
        );
        Assert.All(steps.State.Remarks, remark => Assert.NotNull(remark.Answer));
    }

    /// <summary>In draft, with four inputs of which one repeats the first and one is in no paragraph.</summary>
    private static (ConsultationSteps Steps, IReadOnlyList<ConsultationInput> Inputs) Heard()
    {
        ConsultationSteps steps = InDraft();
        Consultation call = Called().State;
        return (
            steps,
            [
                Sent(call, "i1", "Masts on islands are repaired by whoever is nearest to them."),
                Sent(call, "i2", "A fund pays for masts that serve fewer than a hundred people."),
                Sent(call, "i3", "Masts on islands are repaired by whoever is nearest to them."),
                Sent(call, "i4", "The road along the coast needs lamps before winter comes."),
            ]
        );
    }

    private static ConsultationInput Sent(Consultation call, string id, string text) =>
        SendInput
            .Decide(
                null,
                call,
                id,
                new SendInput(text, "en", StakeholderClass.CivilSociety, "TO"),
                Newcomer,
                Start + Duration.FromDays(1),
                Origin.Reported
            )
            .Events.Aggregate((ConsultationInput?)null, ConsultationInput.Apply)!;

    private static ConsultationReport Report(
        Consultation consultation,
        IReadOnlyList<ConsultationInput> inputs
    )
    {
        InputGroups groups = GroupsFromInputs.Find([
            .. inputs.Select(input => new InputText(input.Id, input.ReceivedAt, input.Text)),
        ]);
        return ConsultationReport.Of(
            consultation,
            inputs,
            groups,
            TracesFromInputs.Trace(
                consultation,
                [
                    .. inputs.Select(input => new TracedInput(
                        input.Id,
                        input.ReceivedAt,
                        input.IsLate
                    )),
                ],
                groups
            )
        );
    }

    private static string[] Forms(ConsultationReport report) =>
        [
            ConsultationReportHtml.Write(report, "en"),
            ConsultationReportMarkdown.Write(report, "en"),
        ];
}
