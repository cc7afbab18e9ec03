using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Conflicts;

/// <summary>A person says which branch of a conflict stands.</summary>
/// <param name="Version">The version of the subject in conflict, as it was seen on this node: what came since would be dropped unseen.</param>
public sealed record Settle(Keep Keep, string Reason, long Version)
{
    /// <summary>What the version of the subject is; filled in before it is decided.</summary>
    [JsonIgnore]
    public long Actual { get; init; }

    /// <summary>True while the subject's course on this node still holds the trunk; filled in before it is decided.</summary>
    [JsonIgnore]
    public bool HasTrunk { get; init; } = true;

    /// <summary>True when what arrived is the subject's course on this node already, by another way; filled in before it is decided.</summary>
    [JsonIgnore]
    public bool StandsAlready { get; init; }

    public static Decided<ConflictEvent> Decide(
        Conflict? state,
        Settle command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("conflict");
        }

        Refusal? no =
            Checks.Known(command.Keep, "branch")
            ?? Checks.Needed(command.Reason, "the reason")
            ?? (
                by.Organisation is null
                    ? Refusal.NotAllowed("only a member of an organisation can do this")
                : state.Settlement is not null
                    ? Refusal.WrongState("the conflict is settled already")
                : command.Version != command.Actual
                    ? Refusal.WrongState(
                        $"what is in conflict moved on here: it is at version {command.Actual}, and you saw {command.Version}; look at it again"
                    )
                : command is { StandsAlready: true, Keep: Keep.Ours }
                    ? Refusal.WrongState(
                        "the branch that arrived stands here already; only that one can be kept"
                    )
                : command is { HasTrunk: false, Keep: Keep.Theirs }
                    ? Refusal.WrongState(
                        "what both branches began from does not stand here any more; import their bundle again"
                    )
                : state.Ours.IsOf(by.Person, by.Organisation)
                != state.Theirs.IsOf(by.Person, by.Organisation)
                    ? Refusal.NotAllowed(
                        "your organisation wrote one of the two branches; somebody of another organisation settles it"
                    )
                : null
            )
            ?? Checks.Order(state.ChangedAt, now);
        return no is not null
            ? no
            : new ConflictSettled(now, by.Person, by.Organisation, command.Keep, command.Reason);
    }
}
