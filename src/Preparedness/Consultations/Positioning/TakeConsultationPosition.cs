using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations.Positioning;

/// <summary>
/// Says where one stands. A later position is put beside an earlier one and never over it; one that comes after the deadline is
/// kept as late, until rough consensus was declared.
/// </summary>
public sealed record TakeConsultationPosition(PositionStand Stand, string Reason)
{
    public const int CountMax = 1_000;
    public const int OfOneMax = 10;

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        TakeConsultationPosition command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("consultation");
        }

        bool isVoice = !Chairing.Speaks(by);
        string holder = isVoice ? by.Person : by.Organisation!;
        RecordedPosition[] own = [.. state.Positions.Where(each => each.Holder == holder)];
        bool isLate = state.IsLateAt(now);
        Refusal? no =
            Checks.Known(command.Stand, "stand")
            ?? (
                command.Stand == PositionStand.Object
                    ? RemarkRules.Short(command.Reason, "the reason of the objection")
                    : Checks.Text(command.Reason, "the reason")
            )
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                state.Phase == ConsultationPhase.Report
                    ? Refusal.WrongState(
                        "rough consensus was declared on the positions that stand; lodge an appeal, or dissent from a paragraph"
                    )
                : state.Phase != ConsultationPhase.Draft
                    ? Chairing.WrongPhase(state, "positions are taken on a draft")
                : own.Length >= OfOneMax
                    ? Refusal.TooMuch($"{OfOneMax} positions were taken by you already")
                : state.Positions.Count(each => each.IsVoice == isVoice) >= CountMax
                    ? Refusal.TooMuch($"{CountMax} positions were taken already")
                : null
            );
        return no is not null ? no
            : own is [.., var last]
            && last.Stand == command.Stand
            && last.Reason == command.Reason
            && last.Version == state.Versions.Count
            && last.IsLate == isLate
                ? Decided<ConsultationEvent>.Nothing
            : new ConsultationPositionTaken(
                now,
                by.Person,
                command.Stand,
                command.Reason,
                by.Organisation,
                by.Class,
                isVoice,
                isLate
            );
    }
}

/// <summary>The chairs say whether there is rough consensus, and why. They count nobody: every objection has an answer first.</summary>
public sealed record DeclareConsensus(ConsensusOutcome Outcome, string Reasons)
{
    /// <summary>How many inputs went nowhere so far; who calls counts them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Untraced { get; init; }

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        DeclareConsensus command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("consultation");
        }

        Remark? open = state.Remarks.FirstOrDefault(remark => remark.IsOpenObjection);
        bool isRough = command.Outcome == ConsensusOutcome.RoughConsensus;
        Refusal? no =
            Chairing.WhyNot(state, by, now)
            ?? Checks.Known(command.Outcome, "outcome")
            ?? Checks.Needed(command.Reasons, "the reasons")
            ?? (
                state.Phase != ConsultationPhase.Draft
                    ? Chairing.WrongPhase(state, "consensus is declared on a draft")
                : !state.ArePositionsClosed && now < state.PositionsUntil
                    ? Refusal.WrongState("the time for positions has not passed")
                : isRough && open is not null
                    ? Refusal.WrongState(
                        $"objection {open.Number} is not answered; say what becomes of it first"
                    )
                : isRough && command.Untraced > 0
                    ? Refusal.WrongState(
                        $"{command.Untraced} inputs go nowhere; name them in a paragraph, or set them aside with the reason"
                    )
                : state
                    .PositionsNow()
                    .Any(position =>
                        position.Holder == by.Person && position.Stand == PositionStand.Object
                    )
                    ? Refusal.NotAllowed("who objects does not declare")
                : null
            );
        return no is not null
            ? no
            : new ConsensusDeclared(
                now,
                by.Person,
                command.Outcome,
                command.Reasons,
                [
                    .. state
                        .PositionsNow()
                        .Where(position => position.Stand == PositionStand.Object)
                        .Select(position => position.Number),
                ],
                [
                    .. state
                        .Remarks.Where(remark => remark.Stands && remark.Kind != RemarkKind.Comment)
                        .Select(remark => remark.Number),
                ]
            );
    }
}
