using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

/// <summary>Begins a common position. It is public from its first draft.</summary>
public sealed record DraftCommonPosition(
    string Id,
    string Title,
    IReadOnlyList<ParagraphDraft> Paragraphs
)
{
    public const int TitleLengthMax = 200;

    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        DraftCommonPosition command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (
                state is null
                    ? null
                    : Refusal.WrongState("there is a common position with that id already")
            )
            ?? PenHolding.WhyNotSpeak(by)
            ?? Checks.Id(command.Id, "the id")
            ?? Checks.Needed(command.Title, "the title")
            ?? (
                command.Title.Length > TitleLengthMax
                    ? Refusal.Invalid($"the title is longer than {TitleLengthMax} characters")
                    : null
            )
            ?? Placing.WhyNot(command.Paragraphs);
        if (no is not null)
        {
            return no;
        }

        (IReadOnlyList<PositionParagraph>? placed, no) = Placing.Place(
            command.Paragraphs,
            [],
            0,
            1
        );
        return no is not null
            ? no
            : new CommonPositionDrafted(
                now,
                by.Person,
                command.Id,
                command.Title,
                by.Organisation!,
                placed!,
                CommonPosition.HashOf(command.Title, 1, placed!),
                Marking.Public
            );
    }
}

/// <summary>Puts the whole text anew. What is word for word as it was keeps its wording, and with it what stands behind it.</summary>
/// <param name="Note">What was changed and why.</param>
public sealed record PutVersion(IReadOnlyList<ParagraphDraft> Paragraphs, string Note)
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        PutVersion command,
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

        Refusal? no =
            PenHolding.WhyNot(state, by, now)
            ?? (
                state.State is not (CommonPositionState.Draft or CommonPositionState.Consultation)
                    ? Refusal.WrongState(
                        "its text stands; draft another position and let it supersede this one"
                    )
                : state.Versions.Count >= CommonPosition.VersionsMax
                    ? Refusal.TooMuch(
                        $"it has {CommonPosition.VersionsMax} versions already; draft another position and let it supersede this one"
                    )
                : null
            )
            ?? Checks.Needed(command.Note, "the note on what was changed and why")
            ?? Placing.WhyNot(command.Paragraphs);
        if (no is not null)
        {
            return no;
        }

        int number = state.Versions.Count + 1;
        (IReadOnlyList<PositionParagraph>? placed, no) = Placing.Place(
            command.Paragraphs,
            state.Paragraphs,
            state.Wordings.Max(wording => NumberedParagraphs.NumberOf(wording.Id)),
            number
        );
        return no is not null ? no
            : placed!.SequenceEqual(state.Paragraphs) ? Decided<CommonPositionEvent>.Nothing
            : new PositionVersionPut(
                now,
                by.Person,
                placed!,
                CommonPosition.HashOf(state.Title, number, placed!),
                command.Note
            );
    }
}

/// <summary>Asks everybody what they think of it.</summary>
public sealed record OpenConsultation
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        OpenConsultation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("common position")
            : PenHolding.WhyNot(state, by, now) is { } no ? no
            : state.State != CommonPositionState.Draft
                ? Refusal.WrongState($"it is past that: it stands at {state.Standing}")
            : new ConsultationOpened(now, by.Person);
    }
}

/// <summary>Who keeps the text: the organisation that drafted it, by people who read law or speak for it.</summary>
internal static class PenHolding
{
    public static Refusal? WhyNotSpeak(Participant by) =>
        by.Organisation is not null && (by.Is(Role.LegalAnalyst) || by.Is(Role.Representative))
            ? null
            : Refusal.NotAllowed(
                "only a legal analyst or a representative of an organisation can do this"
            );

    public static Refusal? WhyNot(CommonPosition state, Participant by, Instant now) =>
        WhyNotSpeak(by)
        ?? (
            by.Organisation != state.PenHolder
                ? Refusal.NotAllowed(
                    "only the organisation that drafted it keeps its text; object to a paragraph, or draft another position"
                )
                : null
        )
        ?? Checks.Order(state.ChangedAt, now);
}
