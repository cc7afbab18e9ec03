using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Approving;

/// <summary>One person would do something that takes two.</summary>
/// <param name="Hash">SHA-256 of exactly what is to be approved, lower-case hexadecimal.</param>
/// <param name="Marking">Of the approval itself; null for the community, and strictly so.</param>
public sealed record ProposeApproval(
    string Id,
    ApprovalAction Action,
    string Subject,
    string Hash,
    string Reason,
    Marking? Marking = null
)
{
    /// <summary>As a person proposes it. A release is proposed where its hash is known, so that nobody types one.</summary>
    public static Decided<ApprovalEvent> ByHand(
        Approval? approval,
        ProposeApproval command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Action == ApprovalAction.Publish
            ? Refusal.Invalid(
                "a release is proposed on its publication, which knows what is approved: propose-release"
            )
            : Decide(approval, command, by, now);
    }

    public static Decided<ApprovalEvent> Decide(
        Approval? approval,
        ProposeApproval command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            FourEyes.Sign(by, out Signatory signatory)
            ?? Limits.Defined("action", command.Action)
            ?? (
                command.Action switch
                {
                    ApprovalAction.Withdraw => Refusal.Invalid(
                        "a withdrawal is done at once and confirmed afterwards"
                    ),
                    ApprovalAction.WidenMarking => Refusal.Invalid(
                        "no marking is ever widened; make a new record that says what more may know"
                    ),
                    _ => null,
                }
            )
            ?? ApprovalWhyNot.Begun(
                approval,
                command.Id,
                command.Subject,
                command.Hash,
                command.Reason
            )
            ?? ApprovalRoles.WhyNotFirst(command.Action, by);
        return refusal is not null
            ? refusal
            : new ApprovalProposed(
                command.Id,
                command.Action,
                command.Subject,
                command.Hash,
                command.Reason,
                command.Marking ?? ApprovalWhyNot.Usual,
                signatory,
                now + Approval.Stands,
                now
            );
    }
}

/// <summary>One publisher takes a publication back at once: a harm that runs waits for nobody.</summary>
/// <param name="Hash">SHA-256 of what was published.</param>
public sealed record WithdrawAtOnce(
    string Id,
    string Subject,
    string Hash,
    string Reason,
    Marking? Marking = null
)
{
    public static Decided<ApprovalEvent> Decide(
        Approval? approval,
        WithdrawAtOnce command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            FourEyes.Sign(by, out Signatory signatory)
            ?? ApprovalWhyNot.Begun(
                approval,
                command.Id,
                command.Subject,
                command.Hash,
                command.Reason
            )
            ?? ApprovalRoles.WhyNotFirst(ApprovalAction.Withdraw, by);
        return refusal is not null
            ? refusal
            : new WithdrawnAtOnce(
                command.Id,
                command.Subject,
                command.Hash,
                command.Reason,
                command.Marking ?? ApprovalWhyNot.Usual,
                signatory,
                now
            );
    }
}

internal static class ApprovalWhyNot
{
    public static Marking Usual { get; } = new(Distribution.Community, Tlp.Green);

    public static Refusal? Begun(
        Approval? approval,
        string id,
        string subject,
        string hash,
        string reason
    ) =>
        (approval is null ? null : Refusal.WrongState("there is an approval with that id"))
        ?? Limits.Id("id", id)
        ?? Limits.Text("subject", subject, 2 * Limits.NameMax)
        ?? Hash(hash)
        ?? Limits.Text("reason", reason);

    public static Refusal? Hash(string? hash) =>
        hash is { Length: 64 } && hash.All(char.IsAsciiHexDigitLower)
            ? null
            : Refusal.Invalid("the hash is no SHA-256 in lower-case hexadecimal");
}
