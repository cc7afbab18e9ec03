using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Grouping;

/// <summary>Somebody would have a group of organisations, its own among them. It has no members before a second of them agrees.</summary>
/// <param name="Organisations">Ids of vetted organisations.</param>
/// <param name="Marking">Of the name and the list; null for the group alone.</param>
public sealed record ProposeGroup(
    string Id,
    string Name,
    IReadOnlyList<string> Organisations,
    Marking? Marking = null
)
{
    /// <summary>Those of them that are no vetted organisation here. Who calls looks that up.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public static Decided<SharingGroupEvent> Decide(
        SharingGroup? group,
        ProposeGroup command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            GroupWhyNot.Signs(by, out Signatory signatory)
            ?? (group is null ? null : Refusal.WrongState("there is a group with that id"))
            ?? Limits.Id("id", command.Id)
            ?? Limits.Text("name", command.Name, Limits.NameMax)
            ?? Limits.List("organisations", command.Organisations)
            ?? command
                .Organisations.Select(organisation => Limits.Id("an organisation", organisation))
                .FirstOrDefault(refusal => refusal is not null)
            ?? (
                command.Organisations.Distinct(StringComparer.Ordinal).Count()
                < command.Organisations.Count
                    ? Refusal.Invalid("an organisation is named twice")
                : command.Organisations.Count < 2
                    ? Refusal.Invalid("a group has two organisations at least")
                : !command.Organisations.Contains(signatory.Organisation)
                    ? Refusal.NotAllowed("only one of its organisations proposes a group")
                : null
            )
            ?? GroupWhyNot.Unknown(command.Unknown);
        return refusal is not null
            ? refusal
            : new GroupProposed(
                command.Id,
                command.Name,
                command.Organisations,
                command.Marking
                    ?? new Marking(Distribution.Group, Tlp.Green) { Group = command.Id },
                signatory,
                now
            );
    }
}

/// <summary>A second of the organisations agrees to the group.</summary>
public sealed record ConfirmGroup
{
    public static Decided<SharingGroupEvent> Decide(
        SharingGroup? group,
        ConfirmGroup command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            GroupWhyNot.Signs(by, out Signatory signatory)
            ?? (
                group is not { Proposed.Count: > 0 }
                    ? Refusal.WrongState("no group waits for a second organisation")
                : now >= group.ProposedAt + SharingGroup.ProposalStands
                    ? Refusal.WrongState("the proposal is too old; propose a group anew")
                : !group.Proposed.Contains(signatory.Organisation)
                    ? Refusal.NotAllowed("only one of its organisations confirms a group")
                : FourEyes.WhyNotSecond(group.ProposedBy, by)
            );
        return refusal is not null ? refusal : new GroupCreated(signatory, now);
    }
}

internal static class GroupWhyNot
{
    public static Refusal? Unknown(IReadOnlyList<string> unknown) =>
        unknown is [var first, ..]
            ? Refusal.Invalid($"there is no vetted organisation {first}")
            : null;

    public static Refusal? Signs(Participant by, out Signatory signatory) =>
        FourEyes.Sign(by, out signatory)
        ?? (
            Own.Speaks(by)
                ? null
                : Refusal.NotAllowed(
                    "only a registrar or representative speaks for its organisation"
                )
        );
}
