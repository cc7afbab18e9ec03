using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

/// <summary>Says something of a paragraph.</summary>
/// <param name="Paragraph">Its id, such as <c>p-3</c>.</param>
public sealed record CommentOnParagraph(string Paragraph, string Text)
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        CommentOnParagraph command,
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
            by,
            now
        );
    }
}

/// <summary>Objects to a paragraph, and names the text that would do instead.</summary>
/// <param name="Alternative">Where nothing should stand in its place, that is said here.</param>
public sealed record ObjectToParagraph(string Paragraph, string Text, string Alternative)
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        ObjectToParagraph command,
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
                by,
                now,
                command.Alternative
            );
    }
}

/// <summary>Disagrees with a paragraph for good: it is printed beside it until its author takes it back.</summary>
/// <param name="Objection">Number of the author's own objection that it keeps; null for none.</param>
public sealed record Dissent(string Paragraph, string Text, int? Objection = null)
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        Dissent command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return
            state is not null
            && command.Objection is { } number
            && WhyNotKept(state, number, command.Paragraph, by) is { } no
            ? no
            : Remarking.Decide(
                state,
                RemarkKind.Dissent,
                command.Paragraph,
                command.Text,
                by,
                now,
                objection: command.Objection
            );
    }

    private static Refusal? WhyNotKept(
        CommonPosition state,
        int number,
        string paragraph,
        Participant by
    ) =>
        state.Remarks.FirstOrDefault(remark => remark.Number == number)
            is not { Kind: RemarkKind.Objection, Stands: true } objection
            ? Refusal.Invalid($"no objection {number} stands")
        : objection.By != by.Person
            ? Refusal.NotAllowed("only who objected keeps an objection as dissent")
        : objection.KeptAs is { } kept
            ? Refusal.WrongState($"the objection is kept as dissent {kept} already")
        : objection.Paragraph != paragraph
            ? Refusal.Invalid($"objection {number} is to paragraph {objection.Paragraph}")
        : null;
}

/// <summary>Says what became of a comment or an objection: taken up in a version, or not and why.</summary>
/// <param name="Remark">Its number.</param>
/// <param name="TakenUpIn">Number of the version that took it up; null when none does.</param>
/// <param name="Text">Why not; what was made of it.</param>
public sealed record AnswerRemark(int Remark, string Text, int? TakenUpIn = null)
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        AnswerRemark command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("common position");
        }

        Remark? remark = state.Remarks.FirstOrDefault(each => each.Number == command.Remark);
        Refusal? no =
            PenHolding.WhyNot(state, by, now)
            ?? (
                state.IsOver
                    ? Refusal.WrongState("it is superseded, and nothing new is said of it")
                    : RemarkRules.WhyNotAnswered(remark, command.Remark)
            )
            ?? (
                remark!.Organisation == by.Organisation
                    ? Refusal.NotAllowed("an organisation does not answer itself")
                    : null
            )
            ?? RemarkRules.Short(command.Text, "what became of it, and why,")
            ?? RemarkRules.WhyNotTakenUp(remark!, command.TakenUpIn, state.Versions.Count);
        return no is not null ? no
            : remark!.Answer is { } answer
            && answer.TakenUpIn == command.TakenUpIn
            && answer.Text == command.Text
                ? Decided<CommonPositionEvent>.Nothing
            : new RemarkAnswered(
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
public sealed record WithdrawRemark(int Remark)
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        WithdrawRemark command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("common position")
            : Checks.Order(state.ChangedAt, now) is { } no ? no
            : state.Remarks.FirstOrDefault(each => each.Number == command.Remark) is not { } remark
                ? Refusal.Invalid($"there is no remark {command.Remark}")
            : remark.By != by.Person ? Refusal.NotAllowed("only who said it takes it back")
            : !remark.Stands ? Decided<CommonPositionEvent>.Nothing
            : new RemarkWithdrawn(now, by.Person, command.Remark);
    }
}

internal static class Remarking
{
    /// <summary>For organisations, and as many for voices.</summary>
    public const int CountMax = 300;

    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        RemarkKind kind,
        string? paragraph,
        string? text,
        Participant by,
        Instant now,
        string? alternative = null,
        int? objection = null
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("common position");
        }

        Refusal? no =
            RemarkRules.Short(text, "what you say")
            ?? Checks.Order(state.ChangedAt, now)
            ?? WhyClosed(state, kind)
            ?? RemarkRules.WhyNotOn(state.Paragraphs, paragraph)
            ?? RemarkRules.WhyTooMuch(state.Remarks, by, !Acting.Counts(by), CountMax);
        if (no is not null)
        {
            return no;
        }

        return RemarkRules.IsSaid(state.Remarks, by, kind, paragraph, text, alternative)
            ? Decided<CommonPositionEvent>.Nothing
            : new ParagraphRemarked(
                now,
                by.Person,
                kind,
                by.Organisation,
                by.Class,
                !Acting.Counts(by),
                paragraph!,
                text!,
                alternative,
                objection
            );
    }

    private static Refusal? WhyClosed(CommonPosition state, RemarkKind kind) =>
        (state.State, kind) switch
        {
            (CommonPositionState.Consultation, _) => null,
            (CommonPositionState.Adopted, RemarkKind.Dissent) => null,
            (CommonPositionState.Draft, _) => Refusal.WrongState(
                "it is a draft still; it can be spoken to once its consultation is open"
            ),
            (CommonPositionState.Adopted, _) => Refusal.WrongState(
                "its text stands; say as dissent what stays wrong with it"
            ),
            _ => Refusal.WrongState("it is superseded, and nothing new is said of it"),
        };
}
