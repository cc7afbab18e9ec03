using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Grouping;

/// <summary>One of a group's organisations would add another, or remove one that is not its own.</summary>
public sealed record ProposeGroupChange(string Organisation, GroupChangeKind Change, string Reason)
{
    /// <summary>The organisation, when it is to be added and is no vetted one here. Who calls looks that up.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public static Decided<SharingGroupEvent> Decide(
        SharingGroup? group,
        ProposeGroupChange command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            GroupWhyNot.Signs(by, out Signatory signatory)
            ?? Limits.Id("organisation", command.Organisation)
            ?? Limits.Defined("change", command.Change)
            ?? Limits.Text("reason", command.Reason)
            ?? WhyNot(group, command, signatory)
            ?? GroupWhyNot.Unknown(command.Unknown);
        return refusal is not null
            ? refusal
            : new GroupChangeProposed(
                command.Organisation,
                command.Change,
                command.Reason,
                signatory,
                now
            );
    }

    private static Refusal? WhyNot(
        SharingGroup? group,
        ProposeGroupChange command,
        Signatory signatory
    ) =>
        group is not { Organisations.Count: > 0 }
            ? Refusal.WrongState("there is no such group, or nobody is in it yet")
        : !group.Has(signatory.Organisation)
            ? Refusal.NotAllowed("only a member of the group proposes a change")
        : group.Has(command.Organisation) == (command.Change == GroupChangeKind.Add)
            ? Refusal.WrongState("that would change nothing")
        : command.Organisation == signatory.Organisation
            ? Refusal.NotAllowed("leave the group instead")
        : group.Changes.Any(change => change.Organisation == command.Organisation)
            ? Refusal.WrongState("a change of that organisation is proposed already")
        : group.Organisations.Count + group.Changes.Count >= Limits.ListMax
            ? Refusal.TooMuch($"a group has at most {Limits.ListMax} organisations and proposals")
        : null;
}

/// <summary>
/// A second person agrees. To add, that is another organisation of the group or the one that is added; to remove, another
/// one of the group, and never the one that is removed.
/// </summary>
public sealed record ConfirmGroupChange(string Organisation, GroupChangeKind Change)
{
    public static Decided<SharingGroupEvent> Decide(
        SharingGroup? group,
        ConfirmGroupChange command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal = GroupWhyNot.Signs(by, out Signatory signatory);
        GroupChange? change = group?.Changes.FirstOrDefault(change =>
            (change.Organisation, change.Change) == (command.Organisation, command.Change)
        );
        bool isConcerned = signatory.Organisation == command.Organisation;
        refusal ??=
            change is null ? Refusal.WrongState("nobody has proposed that")
            : now >= change.At + SharingGroup.ProposalStands
                ? Refusal.WrongState("the proposal is too old; propose it anew")
            : !(
                change.Change == GroupChangeKind.Add
                    ? isConcerned || group!.Has(signatory.Organisation)
                    : !isConcerned && group!.Has(signatory.Organisation)
            )
                ? Refusal.NotAllowed("your organisation has no say in this change")
            : FourEyes.WhyNotSecond(change.By, by);
        return refusal is not null ? refusal
            : command.Change == GroupChangeKind.Add
                ? new OrganisationAdded(command.Organisation, change!.By, signatory, now)
            : new OrganisationRemoved(command.Organisation, change!.By, signatory, now);
    }
}

/// <summary>A proposal is taken back by its organisation, or turned down by another of the group or by the one concerned.</summary>
public sealed record DropGroupChange(string Organisation, string Reason)
{
    public static Decided<SharingGroupEvent> Decide(
        SharingGroup? group,
        DropGroupChange command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            GroupWhyNot.Signs(by, out Signatory signatory)
            ?? Limits.Text("reason", command.Reason)
            ?? (
                group?.Changes.FirstOrDefault(change => change.Organisation == command.Organisation)
                    is not { } change
                    ? Refusal.WrongState("nobody has proposed that")
                // Whoever is to be removed does not stop that alone.
                : signatory.Organisation == command.Organisation
                && change.Change == GroupChangeKind.Remove
                    ? Refusal.NotAllowed("an organisation is no judge of itself")
                : signatory.Organisation != command.Organisation
                && !group.Has(signatory.Organisation)
                    ? Refusal.NotAllowed("your organisation has no say in this change")
                : null
            );
        return refusal is not null
            ? refusal
            : new GroupChangeDropped(command.Organisation, command.Reason, now);
    }
}

/// <summary>An organisation leaves a group; that needs nobody else.</summary>
public sealed record LeaveGroup
{
    public static Decided<SharingGroupEvent> Decide(
        SharingGroup? group,
        LeaveGroup command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            GroupWhyNot.Signs(by, out Signatory signatory)
            ?? (
                group?.Has(signatory.Organisation) == true
                    ? null
                    : Refusal.WrongState("your organisation is not in the group")
            );
        return refusal is not null
            ? refusal
            : new OrganisationLeft(signatory.Organisation, signatory, now);
    }
}
