using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Proposes to respond to a disruption. People decide on the activation.</summary>
public sealed record ProposeResponse(
    string Id,
    string DisruptionId,
    Place Place,
    string Reason,
    Marking Marking
)
{
    /// <summary>Open responses to the same disruption. Who calls reads them from the store; who asks cannot set them.</summary>
    [JsonIgnore]
    public IReadOnlyList<Response> OnTheSame { get; init; } = [];

    /// <summary>Why nobody responds to the disruption; null when somebody may. Who calls asks the scope guard.</summary>
    [JsonIgnore]
    public Refusal? OutOfScope { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        ProposeResponse command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is not null)
        {
            return Refusal.WrongState("the response exists already");
        }

        Refusal? no =
            Checks.Id(command.Id, "the id")
            ?? Checks.Id(command.DisruptionId, "the disruption")
            ?? Checks.Needed(command.Reason, "the reason")
            ?? (
                command.Place is null || command.Marking is null
                    ? Refusal.Invalid("the place or the marking is missing")
                : by.Organisation is null
                    ? Refusal.NotAllowed("only a member of an organisation can do this")
                : null
            )
            ?? command.OutOfScope;
        if (no is not null)
        {
            return no;
        }

        return
            command.OnTheSame.FirstOrDefault(other =>
                other.IsOpen && other.DisruptionId == command.DisruptionId
            )
                is { } open
            ? Refusal.WrongState($"{open.Id} responds to it already")
            : new ResponseProposed(
                now,
                by.Person,
                by.Organisation,
                command.Id,
                command.DisruptionId,
                command.Place!,
                command.Reason,
                command.Marking!
            );
    }
}
