using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations.Calling;

/// <summary>Asks everybody. It is public from its first day.</summary>
/// <param name="AffectedStreams">Streams that the result touches.</param>
public sealed record CallConsultation(
    string Id,
    string Title,
    string Call,
    Workstream Stream,
    IReadOnlyList<Workstream> AffectedStreams,
    Instant InputsUntil,
    string? WorkArea = null,
    string? Cycle = null
)
{
    /// <summary>Ids of the work areas of its cycle, of all where it names none; who calls reads them from the store. Empty: none is on record.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> WorkAreas { get; init; } = [];

    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        CallConsultation command,
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
                    : Refusal.WrongState("there is a consultation with that id already")
            )
            ?? Chairing.WhyNotSpeak(by)
            ?? Checks.Id(command.Id, "the id")
            ?? Chairing.Title(command.Title)
            ?? Checks.Needed(command.Call, "the call")
            ?? Chairing.Streams(command.Stream, command.AffectedStreams)
            ?? Chairing.Ahead(command.InputsUntil, now, "the end of the call")
            ?? Chairing.Reference(command.WorkArea, "the work area")
            ?? (
                command.WorkArea is { } area
                && command.WorkAreas is [_, ..] known
                && !known.Contains(area)
                    ? Refusal.Invalid(
                        // Some may be marked closer than the caller may see, so none is named here.
                        "the work area is none of those of its cycle; the page of work areas has their ids"
                    )
                    : null
            )
            ?? Chairing.Reference(command.Cycle, "the cycle");
        return no is not null
            ? no
            : new ConsultationCalled(
                now,
                by.Person,
                command.Id,
                command.Title.Trim(),
                command.Call.Trim().ReplaceLineEndings("\n"),
                by.Organisation!,
                command.WorkArea,
                command.Cycle,
                command.Stream,
                Chairing.Others(command.Stream, command.AffectedStreams),
                command.InputsUntil,
                Marking.Public
            );
    }
}

/// <summary>Gives people more time. A call is never shortened: somebody may have counted on its end.</summary>
public sealed record ExtendInputs(Instant Until, string Reason)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        ExtendInputs command,
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
                state.Phase != ConsultationPhase.Call
                    ? Chairing.WrongPhase(state, "only an open call can be extended")
                : command.Until <= state.InputsUntil
                    ? Refusal.Invalid("the new end must lie after the old one")
                : null
            )
            ?? Chairing.Ahead(command.Until, now, "the end of the call")
            ?? RemarkRules.Short(command.Reason, "the reason");
        return no is not null
            ? no
            : new InputsExtended(now, by.Person, command.Until, command.Reason);
    }
}

/// <summary>Ends it without a report.</summary>
public sealed record CloseConsultation(string Reason)
{
    public static Decided<ConsultationEvent> Decide(
        Consultation? state,
        CloseConsultation command,
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
            ?? (state.IsOver ? Refusal.WrongState("it is over already") : null)
            ?? RemarkRules.Short(command.Reason, "the reason");
        return no is not null ? no : new ConsultationClosed(now, by.Person, command.Reason);
    }
}
