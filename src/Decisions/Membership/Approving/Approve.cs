using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Approving;

/// <summary>A second person, of another organisation, says yes to what it saw.</summary>
/// <param name="Hash">
/// Of what the person saw. When that is not what was proposed, the proposal is void; what was done at once stands, and waits on.
/// </param>
public sealed record Approve(string Hash)
{
    public static Decided<ApprovalEvent> Decide(
        Approval? approval,
        Approve command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Second.WhyNot(approval, by, now, out Signatory signatory)
            ?? ApprovalWhyNot.Hash(command.Hash)
            ?? (
                approval!.Action == ApprovalAction.Withdraw && command.Hash != approval.Hash
                    ? Refusal.WrongState(
                        $"what was withdrawn has the hash {approval.Hash}; look at that, and confirm or refuse it"
                    )
                    : null
            );
        return refusal is not null ? refusal
            : command.Hash != approval!.Hash ? new ApprovalVoided(command.Hash, now)
            : new ApprovalGiven(signatory, now);
    }
}

/// <summary>A second person says no. A withdrawal that is refused still happened; publishing again takes two.</summary>
public sealed record RefuseApproval(string Reason)
{
    public static Decided<ApprovalEvent> Decide(
        Approval? approval,
        RefuseApproval command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Second.WhyNot(approval, by, now, out Signatory signatory)
            ?? Limits.Text("reason", command.Reason);
        return refusal is not null ? refusal : new ApprovalRefused(signatory, command.Reason, now);
    }
}

/// <summary>
/// Does what was approved, once. Who calls it acts only on <see cref="ApprovalUsed"/>: when what is there now has another
/// hash the approval is void instead.
/// </summary>
/// <param name="Hash">Of what would be done now.</param>
public sealed record UseApproval(string Hash)
{
    public static Decided<ApprovalEvent> Decide(
        Approval? approval,
        UseApproval command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? refusal =
            ApprovalWhyNot.Hash(command.Hash)
            ?? (
                approval
                    is not { State: ApprovalState.Approved, Action: not ApprovalAction.Withdraw }
                    ? Refusal.WrongState("there is no approval that could be used")
                : now >= approval.ExpiresAt
                    ? Refusal.WrongState("the approval is too old; propose it anew")
                : by.Organisation is null
                || (
                    by.Organisation != approval.By.Organisation
                    && by.Organisation != approval.Second?.Organisation
                )
                    ? Refusal.NotAllowed("only one of the two organisations uses the approval")
                : ApprovalRoles.WhyNotFirst(approval.Action, by)
            );
        return refusal is not null ? refusal
            : command.Hash != approval!.Hash ? new ApprovalVoided(command.Hash, now)
            : new ApprovalUsed(by.Person, now);
    }
}

/// <summary>Whether what was to be approved is still what it was: another hash makes the approval void, an equal one changes nothing.</summary>
/// <param name="Hash">As computed now from the thing itself; never as somebody typed it.</param>
public sealed record RecheckApproval(string Hash)
{
    public static Decided<ApprovalEvent> Decide(
        Approval? approval,
        RecheckApproval command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            ApprovalWhyNot.Hash(command.Hash)
            ?? FourEyes.Sign(by, out _)
            ?? (
                approval
                    is not {
                        State: ApprovalState.Proposed or ApprovalState.Approved,
                        Action: not ApprovalAction.Withdraw,
                    }
                    ? Refusal.WrongState("there is no approval that could become void")
                    : null
            );
        return refusal is not null ? refusal
            : command.Hash == approval!.Hash ? Decided<ApprovalEvent>.Nothing
            : new ApprovalVoided(command.Hash, now);
    }
}

internal static class Second
{
    public static Refusal? WhyNot(
        Approval? approval,
        Participant by,
        Instant now,
        out Signatory signatory
    ) =>
        FourEyes.Sign(by, out signatory)
        ?? (
            approval
                is not {
                    State: ApprovalState.Proposed
                        or ApprovalState.AtOnce
                        or ApprovalState.Escalated,
                }
                ? Refusal.WrongState("no approval waits for a second person")
            : approval.State == ApprovalState.Proposed && now >= approval.ExpiresAt
                ? Refusal.WrongState("the proposal is too old; propose it anew")
            : FourEyes.WhyNotSecond(approval.By, by)
                ?? ApprovalRoles.WhyNotSecond(approval.Action, by)
        );
}

/// <summary>Which roles propose, and which approve, each act. Doors let in whoever stands here, so that there is one table.</summary>
public static class ApprovalRoles
{
    private static readonly Dictionary<ApprovalAction, (Role[] First, Role[] Second)> _roles = new()
    {
        [ApprovalAction.Unseal] = ([Role.Custodian], [Role.Custodian]),
        [ApprovalAction.Publish] = ([Role.Publisher], [Role.Publisher, Role.Representative]),
        [ApprovalAction.Withdraw] = ([Role.Publisher], [Role.Publisher]),
        [ApprovalAction.Membership] = ([Role.Registrar], [Role.Registrar, Role.Representative]),
        [ApprovalAction.Keys] = ([Role.Custodian, Role.Operator], [Role.Custodian, Role.Operator]),
    };

    /// <summary>Whoever may propose by hand something that waits for a second.</summary>
    public static IReadOnlyList<Role> Proposing { get; } =
    [
        .. _roles
            .Where(pair => pair.Key is not (ApprovalAction.Publish or ApprovalAction.Withdraw))
            .SelectMany(pair => pair.Value.First)
            .Distinct()
            .Order(),
    ];

    /// <summary>Whoever may be the second on something.</summary>
    public static IReadOnlyList<Role> Seconding { get; } =
    [.. _roles.Values.SelectMany(pair => pair.Second).Distinct().Order()];

    /// <summary>Why an approval holds no more: one of the two left, or has the role no more. Null while both may.</summary>
    public static Refusal? WhyNotAnyMore(Approval approval, Participant first, Participant second)
    {
        ArgumentNullException.ThrowIfNull(approval);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return
            first.Organisation == approval.By.Organisation
            && second.Organisation == approval.Second?.Organisation
            && WhyNotFirst(approval.Action, first) is null
            && WhyNotSecond(approval.Action, second) is null
            ? null
            : Refusal.NotAllowed(
                "one of the two who approved it may not any more; revise it and propose it anew"
            );
    }

    internal static Refusal? WhyNotFirst(ApprovalAction action, Participant by) =>
        WhyNot(action, by, _roles.GetValueOrDefault(action).First ?? []);

    internal static Refusal? WhyNotSecond(ApprovalAction action, Participant by) =>
        WhyNot(action, by, _roles.GetValueOrDefault(action).Second ?? []);

    private static Refusal? WhyNot(ApprovalAction action, Participant by, Role[] roles) =>
        roles.Length == 0 ? Refusal.WrongState($"nobody does {action} any more")
        : !roles.Any(by.Is) ? Refusal.NotAllowed($"{action} is for {string.Join(" or ", roles)}")
        : action is ApprovalAction.Publish && by.Is(Role.LegalAnalyst)
            ? Refusal.NotAllowed("a legal analyst does not approve publication")
        : null;
}
