using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations.Drafting;

/// <summary>Says something of a paragraph.</summary>
/// <param name="Paragraph">Its id, such as <c>p-3</c>.</param>
public sealed record CommentOnDraft(string Paragraph, string Text)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        CommentOnDraft command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        return Remarking.Decide(
            state,
            RemarkKind.Comment,
            command.Paragraph,
            command.Text,
            null,
            by,
            now
        );
    }
}

/// <summary>Objects to a paragraph, and names the text that would do instead.</summary>
public sealed record ObjectToDraft(string Paragraph, string Text, string Alternative)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        ObjectToDraft command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        return RemarkRules.Short(command.Alternative, "the text that you ask for instead") is { } no
            ? no
            : Remarking.Decide(
                state,
                RemarkKind.Objection,
                command.Paragraph,
                command.Text,
                command.Alternative,
                by,
                now
            );
    }
}

/// <summary>Disagrees with a paragraph for good: it is printed with the report.</summary>
public sealed record DissentFromDraft(string Paragraph, string Text)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        DissentFromDraft command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        return Remarking.Decide(
            state,
            RemarkKind.Dissent,
            command.Paragraph,
            command.Text,
            null,
            by,
            now
        );
    }
}

/// <summary>
/// Says what became of a comment or an objection: taken up in a version, or not and why. The secretariat does, and of what its own people
/// said a representative of another organisation.
/// </summary>
/// <param name="TakenUpIn">Number of the version that took it up; null when none does.</param>
public sealed record AnswerDraftRemark(int Remark, string Text, int? TakenUpIn = null)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        AnswerDraftRemark command,
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

        Remark? remark = state.Remarks.FirstOrDefault(each => each.Number == command.Remark);
        Refusal? no =
            // What the secretariat says itself is answered by somebody else, or nobody could answer it.
            (
                remark?.Organisation == state.Secretariat
                    ? Chairing.WhyNotSpeak(by) ?? Checks.Order(state.ChangedAt, now)
                    : Chairing.WhyNot(state, by, now)
            )
            ?? (
                state.IsOver
                    ? Refusal.WrongState("it is over, and nothing new is said of it")
                    : RemarkRules.WhyNotAnswered(remark, command.Remark)
            )
            ?? (
                remark!.By == by.Person ? Refusal.NotAllowed("nobody answers a remark of their own")
                : remark.Organisation is { } organisation && organisation == by.Organisation
                    ? Refusal.NotAllowed(
                        "nobody answers a remark of their own organisation; a representative of another one does"
                    )
                : null
            )
            ?? RemarkRules.Short(command.Text, "what became of it, and why,")
            ?? RemarkRules.WhyNotTakenUp(remark!, command.TakenUpIn, state.Versions.Count);
        return no is not null
            ? no
            : new DraftRemarkAnswered(
                now,
                by.Person,
                by.Organisation,
                command.Remark,
                command.TakenUpIn,
                command.Text
            );
    }
}

/// <summary>Takes back what one said oneself. It stays on record that it was said.</summary>
public sealed record WithdrawDraftRemark(int Remark)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        WithdrawDraftRemark command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("consultation")
            : Checks.Order(state.ChangedAt, now) is { } no ? no
            : state.Remarks.FirstOrDefault(each => each.Number == command.Remark) is not { } remark
                ? Refusal.Invalid($"there is no remark {command.Remark}")
            : remark.By != by.Person ? Refusal.NotAllowed("only who said it takes it back")
            : state.IsOver ? Refusal.WrongState("it is over: what was launched stays as it was")
            : !remark.Stands ? Decided<ConsultationEvent>.Nothing
            : new DraftRemarkWithdrawn(now, by.Person, command.Remark);
    }
}

internal static class Remarking
{
    /// <summary>For organisations, and as many for voices.</summary>
    public const int CountMax = 500;

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        RemarkKind kind,
        string? paragraph,
        string? text,
        string? alternative,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("consultation");
        }

        Refusal? no =
            RemarkRules.Short(text, "what you say")
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                state.Phase == ConsultationPhase.Draft
                || (kind == RemarkKind.Dissent && state.Phase == ConsultationPhase.Report)
                    ? null
                    : Chairing.WrongPhase(
                        state,
                        "a paragraph can be spoken to while its draft is open; dissent until it is launched"
                    )
            )
            ?? RemarkRules.WhyNotOn(state.Paragraphs, paragraph)
            ?? RemarkRules.WhyTooMuch(state.Remarks, by, !Chairing.Speaks(by), CountMax);
        return no is not null ? no
            : RemarkRules.IsSaid(state.Remarks, by, kind, paragraph, text, alternative)
                ? Decided<ConsultationEvent>.Nothing
            : new DraftRemarked(
                now,
                by.Person,
                kind,
                by.Organisation,
                by.Class,
                !Chairing.Speaks(by),
                paragraph!,
                text!,
                alternative
            );
    }
}
