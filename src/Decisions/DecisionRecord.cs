using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>What one stakeholder, or one voice, said, without who the person is.</summary>
/// <param name="Answer">What an objection was answered; null for none.</param>
public sealed record RecordedPosition(
    string Stakeholder,
    StakeholderClass Class,
    bool IsVoice,
    Stand Stand,
    string Reason,
    string? Conflict,
    string? Answer
);

/// <param name="Text">What the stream said to it.</param>
public sealed record RecordedAcknowledgement(
    Workstream Stream,
    AcknowledgementAnswer Answer,
    string Text
);

/// <summary>
/// A decision as it was closed, for whoever may read it: the document that a proof goes with. It names no person, so that
/// a proof can go where the decision may go.
/// </summary>
public sealed record DecisionRecord
{
    /// <summary>Kind of the product that keeps it.</summary>
    public const string Kind = "decision-record";

    public required string DecisionId { get; init; }

    public required DecisionKind About { get; init; }

    public required string Question { get; init; }

    public required string Text { get; init; }

    public required string Subject { get; init; }

    public required int QuorumClasses { get; init; }

    public required DecisionOutcome Outcome { get; init; }

    public required string OutcomeReason { get; init; }

    public required Instant? DecidedAt { get; init; }

    public required Instant AppealUntil { get; init; }

    public required IReadOnlyList<RecordedPosition> Positions { get; init; }

    /// <summary>Dissent goes with the outcome wherever that goes (INV-10).</summary>
    public required IReadOnlyList<Dissent> Dissent { get; init; }

    /// <summary>What parties answered; silence is silence (INV-04).</summary>
    public required IReadOnlyList<ConsentRecord> Consents { get; init; }

    public required IReadOnlyList<RecordedAcknowledgement> Acknowledgements { get; init; }

    public required Origin Origin { get; init; }

    public static DecisionRecord Of(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new DecisionRecord
        {
            DecisionId = decision.Id,
            About = decision.Kind,
            Question = decision.Question,
            Text = decision.Text,
            Subject = decision.Subject,
            QuorumClasses = decision.QuorumClasses,
            Outcome = decision.Outcome,
            OutcomeReason = decision.OutcomeReason,
            DecidedAt = decision.DecidedAt,
            AppealUntil = decision.AppealUntil,
            Positions =
            [
                .. decision.Positions.Select(position => new RecordedPosition(
                    position.Stakeholder,
                    position.Class,
                    position.IsVoice,
                    position.Stand,
                    position.Reason,
                    position.Conflict,
                    position.Answer?.Text
                )),
            ],
            Dissent = decision.Dissent,
            Consents = decision.Consents,
            Acknowledgements =
            [
                .. decision.Acknowledgements.Select(said => new RecordedAcknowledgement(
                    said.Stream,
                    said.Answer,
                    said.Text
                )),
            ],
            Origin = decision.Origin,
        };
    }
}
