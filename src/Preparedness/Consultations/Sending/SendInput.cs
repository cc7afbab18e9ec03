using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations.Sending;

/// <summary>Answers a call. Whoever sends it says of themselves what they want, and may say nothing.</summary>
/// <param name="Language">Such as <c>en</c>.</param>
/// <param name="Class">Left out by those who do not want to say. An account's organisation has its own.</param>
public sealed record SendInput(
    string Text,
    string? Language = null,
    StakeholderClass? Class = null,
    string? Region = null
)
{
    /// <summary>Some 3,000 words: what is longer is a paper, which can be linked to.</summary>
    public const int LettersMax = 20_000;

    /// <summary>Who is not signed in.</summary>
    public const string Anybody = "anybody";

    private const int RegionMax = 100;

    public static Decided<ConsultationInputEvent> Decide(
        ConsultationInput? state,
        Consultation? consultation,
        string id,
        SendInput command,
        Participant by,
        Instant now,
        Origin origin = Origin.Reported
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("there is an input with that id already"))
            ?? WhyNot(consultation)
            ?? WhyNot(command);
        return no is not null
            ? no
            : new InputReceived(
                now,
                by.Person,
                id,
                consultation!.Id,
                Clean(command.Text),
                LanguageTag.Read(command.Language),
                by.Organisation is null ? command.Class : by.Class,
                by.Organisation is not null,
                Trimmed(command.Region),
                by.Organisation,
                consultation.Phase != ConsultationPhase.Call || now >= consultation.InputsUntil,
                origin,
                Marking.Public
            );
    }

    public static Refusal? WhyNot(SendInput command) =>
        string.IsNullOrWhiteSpace(Clean(command.Text ?? ""))
            ? Refusal.Invalid("the text is missing")
        : command.Text!.Length > LettersMax
            ? Refusal.Invalid(
                $"the text is longer than {LettersMax} characters; send the heart of it, and a link to the rest"
            )
        : !string.IsNullOrWhiteSpace(command.Language) && LanguageTag.Read(command.Language) is null
            ? Refusal.Invalid("the language is no language tag, such as en or ar")
        : command.Region is { Length: > RegionMax }
            ? Refusal.Invalid($"the region is longer than {RegionMax} characters")
        : command.Class is { } said ? Checks.Known(said, "class")
        : null;

    private static Refusal? WhyNot(Consultation? consultation) =>
        consultation is null ? Checks.Missing("consultation")
        : consultation.IsOver ? Refusal.WrongState("it is over; the next call is the place for it")
        : null;

    /// <summary>Control characters say nothing to a reader, and much to a terminal.</summary>
    private static string Clean(string text) =>
        new([
            .. text.ReplaceLineEndings("\n")
                .Trim()
                .Where(letter => !char.IsControl(letter) || letter is '\n' or '\t'),
        ]);

    private static string? Trimmed(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Clean(text);
}

/// <summary>Takes an input back: its author, by account or by receipt.</summary>
public sealed record WithdrawInput
{
    /// <summary>True when whoever asks showed the receipt; who calls checks it.</summary>
    [JsonIgnore]
    public bool HasReceipt { get; init; }

    public static Decided<ConsultationInputEvent> Decide(
        ConsultationInput? state,
        WithdrawInput command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("input")
            : Checks.Order(state.ChangedAt, now) is { } no ? no
            : !command.HasReceipt && (state.By == SendInput.Anybody || state.By != by.Person)
                ? Refusal.NotAllowed("only who sent it takes it back, by account or by receipt")
            : state.State == InputState.Withdrawn ? Decided<ConsultationInputEvent>.Nothing
            : new InputWithdrawn(now, by.Person);
    }
}

/// <summary>Shows an input to members only, because its text endangers somebody. It counts as before.</summary>
public sealed record WithholdInput(string Reason)
{
    /// <summary>The secretariat of the consultation; who calls reads it from the store.</summary>
    [JsonIgnore]
    public string? Secretariat { get; init; }

    public static Decided<ConsultationInputEvent> Decide(
        ConsultationInput? state,
        WithholdInput command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("input");
        }

        Refusal? no =
            Chairing.WhyNot(command.Secretariat ?? "", state.ChangedAt, by, now)
            ?? RemarkRules.Short(command.Reason, "the reason")
            ?? (
                state.State == InputState.Received
                    ? null
                    : Refusal.WrongState("its text is not shown to the public")
            );
        return no is not null ? no : new InputWithheld(now, by.Person, command.Reason);
    }
}
