using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations.Synthesising;

/// <summary>Puts the whole text anew: a synthesis, or a new version of the draft. Each paragraph names the inputs that it comes from.</summary>
/// <param name="Note">What was changed and why.</param>
public sealed record PutConsultationText(
    IReadOnlyList<TracedParagraphDraft> Paragraphs,
    string Note
)
{
    public const int CountMax = 100;
    public const int InputsMax = 500;

    /// <summary>All ids that the paragraphs of one version name.</summary>
    public const int InputsOfAllMax = 5_000;
    public const int LettersMax = 100_000;

    /// <summary>Ids of all inputs; who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlySet<string> Known { get; init; } = new HashSet<string>();

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        PutConsultationText command,
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

        Refusal? no =
            Chairing.WhyNot(state, by, now)
            ?? (
                state.Phase is not (ConsultationPhase.Synthesis or ConsultationPhase.Draft)
                    ? Chairing.WrongPhase(
                        state,
                        "a text is put once the call has ended and until consensus is declared"
                    )
                : state.Versions.Count >= Consultation.VersionsMax
                    ? Refusal.TooMuch($"it has {Consultation.VersionsMax} versions already")
                : null
            )
            ?? Checks.Needed(command.Note, "the note on what was changed and why")
            ?? WhyNot(command);
        if (no is not null)
        {
            return no;
        }

        int number = state.Versions.Count + 1;
        (IReadOnlyList<TracedParagraph>? placed, no) = Placed(command, state, number);
        return no is not null ? no
            : placed!.SequenceEqual(state.Paragraphs) ? Decided<ConsultationEvent>.Nothing
            : new ConsultationTextPut(now, by.Person, placed!, command.Note);
    }

    private static (IReadOnlyList<TracedParagraph>? Placed, Refusal? Refusal) Placed(
        PutConsultationText command,
        Consultation state,
        int version
    ) =>
        NumberedParagraphs.Place(
            [
                .. command.Paragraphs.Select(draft =>
                    (
                        draft.Id,
                        new TracedParagraph(
                            "",
                            version,
                            draft.Text.Trim().ReplaceLineEndings("\n"),
                            [.. draft.Inputs.Select(id => id.Trim())]
                        )
                    )
                ),
            ],
            state.Paragraphs,
            (one, other) => one.Says(other),
            state
                .Wordings.Select(one => NumberedParagraphs.NumberOf(one.Id))
                .DefaultIfEmpty(0)
                .Max()
        );

    private static Refusal? WhyNot(PutConsultationText command) =>
        command.Paragraphs is not { Count: > 0 } ? Refusal.Invalid("paragraphs are missing")
        : command.Paragraphs.Count > CountMax ? Refusal.TooMuch($"more than {CountMax} paragraphs")
        : command
            .Paragraphs.Select((draft, at) => WhyNot(draft, at + 1, command.Known))
            .FirstOrDefault(refusal => refusal is not null)
            is { } no
            ? no
        : command.Paragraphs.Sum(draft => draft.Text.Length) > LettersMax
            ? Refusal.TooMuch($"the paragraphs have more than {LettersMax} characters")
        : command.Paragraphs.Sum(draft => draft.Inputs.Count) > InputsOfAllMax
            ? Refusal.TooMuch(
                $"the paragraphs name more than {InputsOfAllMax} inputs; name the first of each wording, its copies go where it goes"
            )
        : null;

    private static Refusal? WhyNot(
        TracedParagraphDraft? draft,
        int number,
        IReadOnlySet<string> known
    ) =>
        draft is null
            ? Refusal.Invalid($"paragraph {number} is empty")
            : Checks.Needed(draft.Text, $"the text of paragraph {number}")
                ?? (
                    draft.Inputs is not { Count: > 0 }
                        ? Refusal.Invalid(
                            $"paragraph {number} comes from no input; name the inputs, or leave it out"
                        )
                    : draft.Inputs.Count > InputsMax
                        ? Refusal.TooMuch(
                            $"paragraph {number} names more than {InputsMax} inputs; name the first of each wording, its copies go where it goes"
                        )
                    : draft.Inputs.FirstOrDefault(id => !known.Contains(id?.Trim() ?? ""))
                        is { } unknown
                        ? Refusal.Invalid(
                            $"paragraph {number} names an input that was not sent to this consultation: {unknown}"
                        )
                    : draft.Inputs.Select(id => id.Trim()).Distinct(StringComparer.Ordinal).Count()
                    != draft.Inputs.Count
                        ? Refusal.Invalid($"paragraph {number} names an input twice")
                    : null
                );
}

/// <summary>Says why inputs are taken up by no paragraph.</summary>
/// <param name="Inputs">Their ids; a copy goes where the first of its wording goes.</param>
/// <param name="OfLate">True for all that came late up to now, by one reason.</param>
public sealed record SetInputsAside(
    IReadOnlyList<string> Inputs,
    string Reason,
    bool OfLate = false
)
{
    public const int EntriesMax = 2_000;

    /// <summary>Ids of all inputs; who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlySet<string> Known { get; init; } = new HashSet<string>();

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        SetInputsAside command,
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

        Refusal? no =
            Chairing.WhyNot(state, by, now)
            ?? (
                state.IsOver ? Refusal.WrongState("it is over")
                : state.Phase == ConsultationPhase.Call
                    ? Chairing.WrongPhase(state, "nothing is set aside while the call is open")
                : state.Aside.Count >= EntriesMax
                    ? Refusal.TooMuch($"{EntriesMax} reasons were given already")
                : null
            )
            ?? Checks.Texts(command.Inputs, "inputs")
            ?? (
                command.Inputs.Count == 0 && !command.OfLate
                    ? Refusal.Invalid("name the inputs that it is about")
                : command.Inputs.FirstOrDefault(id => !command.Known.Contains(id.Trim()))
                    is { } unknown
                    ? Refusal.Invalid(
                        $"no input with that id was sent to this consultation: {unknown}"
                    )
                : null
            )
            ?? RemarkRules.Short(command.Reason, "the reason");
        return no is not null
            ? no
            : new InputsSetAside(
                now,
                by.Person,
                [.. command.Inputs.Select(id => id.Trim()).Distinct(StringComparer.Ordinal)],
                command.OfLate,
                command.Reason
            );
    }
}
