using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Calling;
using Breakwater.Preparedness.Consultations.Drafting;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Synthesising;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Consultations;

/// <summary>A consultation that a test takes from step to step.</summary>
internal sealed class ConsultationSteps
{
    public static readonly Instant Start = Instant.FromUtc(2025, 5, 1, 9, 0);
    public static readonly Participant Chair = Speaker(
        "chair",
        "secretariat",
        StakeholderClass.TechnicalCommunity
    );
    public static readonly Participant Carrier = Speaker(
        "ada",
        "carrier",
        StakeholderClass.PrivateSector
    );
    public static readonly Participant Families = Speaker(
        "bo",
        "families",
        StakeholderClass.AffectedCommunity
    );

    /// <summary>Joined alone, and speaks for nobody.</summary>
    public static readonly Participant Newcomer = new(
        "new",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role>()
    );

    public Consultation State { get; private set; } = null!;

    public Instant Now { get; set; } = Start;

    public static Participant Speaker(string person, string organisation, StakeholderClass of) =>
        new(person, organisation, of, new HashSet<Role> { Role.Representative });

    public static ConsultationSteps Called()
    {
        var steps = new ConsultationSteps();
        steps.Does(
            CallConsultation.Decide(
                null,
                new CallConsultation(
                    "c1",
                    "On masts",
                    "How should masts be repaired?",
                    Workstream.Mechanism,
                    [Workstream.Norms, Workstream.Governance],
                    Start + Duration.FromDays(30)
                ),
                Chair,
                Start
            )
        );
        return steps;
    }

    public static ConsultationSteps InSynthesis()
    {
        ConsultationSteps steps = Called();
        steps.Pass(Duration.FromDays(30));
        return steps;
    }

    public static ConsultationSteps InDraft()
    {
        ConsultationSteps steps = InSynthesis();
        steps.Put(["i1"], ["i2"]);
        steps.Does(
            OpenDraft.Decide(
                steps.State,
                new OpenDraft(steps.Now + Duration.FromDays(20)),
                Chair,
                steps.Now
            )
        );
        return steps;
    }

    public static ConsultationSteps Declared()
    {
        ConsultationSteps steps = InDraft();
        steps.Pass(Duration.FromDays(20));
        steps.Does(
            DeclareConsensus.Decide(
                steps.State,
                new DeclareConsensus(ConsensusOutcome.RoughConsensus, "every objection was met"),
                Chair,
                steps.Now
            )
        );
        return steps;
    }

    public void Put(params string[][] inputs) => Does(Putting(inputs));

    public Decided<ConsultationEvent> Putting(params string[][] inputs) =>
        PutConsultationText.Decide(
            State,
            new PutConsultationText(
                [
                    .. inputs.Select(
                        (named, at) =>
                            new TracedParagraphDraft($"Paragraph {at} of {inputs.Length}.", named)
                    ),
                ],
                "as the inputs say"
            )
            {
                Known = new HashSet<string> { "i1", "i2", "i3", "i4" },
            },
            Chair,
            Now
        );

    public void Pass(Duration time)
    {
        Now += time;
        Does(Consultation.Elapse(State, Now));
    }

    public void Does(Decided<ConsultationEvent> decided)
    {
        Assert.True(decided.Refusal is null, decided.Refusal?.Reason);
        State = decided.Events.Aggregate(State, Consultation.Apply);
    }

    public static void Refused(Decided<ConsultationEvent> decided, string because)
    {
        Assert.NotNull(decided.Refusal);
        Assert.Contains(because, decided.Refusal.Reason, StringComparison.Ordinal);
        Assert.Empty(decided.Events);
    }
}
