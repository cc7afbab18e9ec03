using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>Opens a dossier on a disruption or on a response: on one of them.</summary>
public sealed record OpenDossier(
    string Id,
    string Name,
    string Purpose,
    string? DisruptionId,
    string? Response,
    Marking Marking
)
{
    /// <summary>Marking of what it is on. Who calls reads it from the store; null: it is not on record.</summary>
    [JsonIgnore]
    public Marking? MarkingOfSubject { get; init; }

    public static Decided<DossierEvent> Decide(
        Dossier? state,
        OpenDossier command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this dossier is open already"))
            ?? Checks.Id(command.Id, "the id of the dossier")
            ?? Wanting.Name("the name of the dossier", command.Name)
            ?? Wanting.Text("the purpose", command.Purpose)
            ?? Wanting.Marking(command.Marking)
            ?? (
                by.Organisation is null
                    ? Refusal.NotAllowed("only a member of an organisation can do this")
                : (command.DisruptionId is null) == (command.Response is null)
                    ? Refusal.Invalid("a dossier is on one disruption or on one response; name one")
                : Checks.Id(command.DisruptionId ?? command.Response, "what the dossier is on")
                    is { } bad
                    ? bad
                : command.MarkingOfSubject is null
                    ? Refusal.Invalid("what the dossier is on is not on record here")
                : null
            );
        return no is not null
            ? no
            : new DossierOpened(
                now,
                by.Person,
                by.Organisation!,
                command.Id,
                command.Name,
                command.Purpose,
                command.DisruptionId,
                command.Response,
                Marking.Strictest([command.Marking, command.MarkingOfSubject!])
            );
    }
}

/// <summary>Takes no more items.</summary>
public sealed record CloseDossier(string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        CloseDossier command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("dossier")
            : (Wanting.Text("the reason", command.Reason) ?? Checks.Order(state.ChangedAt, now))
                is { } no
                ? no
            : state.State == DossierState.Closed ? Decided<DossierEvent>.Nothing
            : by.Organisation != state.Organisation
                ? Refusal.NotAllowed("only the organisation that opened the dossier can close it")
            : new DossierClosed(now, by.Person, command.Reason);
    }
}
