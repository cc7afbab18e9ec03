using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Approving;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Sealing;

/// <summary>Ciphertext was handed out to custodians: that it happened, and never what it says.</summary>
internal sealed record Unsealed(
    string Approval,
    string Subject,
    string Hash,
    string By,
    string Second,
    Instant At
);

/// <summary>
/// The one way in which ciphertext leaves a node, by API and by verb alike: by an approval of two custodians of different
/// organisations, who still are custodians and hold shares, that binds exactly what leaves and is used up by it.
/// </summary>
internal static class Unsealing
{
    /// <summary>Stages that the approval is used and that ciphertext was handed out; hand it out once that is on record.</summary>
    /// <param name="by">Who has it handed out: one of the two custodians.</param>
    /// <param name="author">Who asks the node to: the custodian, or the operator on behalf of it.</param>
    /// <returns>What to hand out; or why not. Where the approval is void by now, that is staged.</returns>
    public static async Task<(UnsealingRequest? Given, Refusal? Refusal)> Stage(
        Workspace work,
        Roll roll,
        Loaded<Approval> at,
        UnsealingRequest found,
        Participant by,
        string author,
        Instant now
    )
    {
        if (
            at.State is { State: ApprovalState.Approved } approved
            && await WhyNot(roll, found.Custody, approved).ConfigureAwait(false) is { } unfit
        )
        {
            return (null, unfit);
        }

        if (Use(work, at, found.Hash, by, author, now) is { } refusal)
        {
            return (null, refusal);
        }

        Approval approval = at.State!;
        Signatory second = approval.Second!;
        work.Record(
            $"unsealing/{approval.Id}",
            0,
            [
                Draft.Of(
                    nameof(Unsealed),
                    new Unsealed(
                        approval.Id,
                        approval.Subject,
                        approval.Hash,
                        by.Person,
                        second.Person,
                        now
                    ),
                    approval.Marking,
                    author
                ),
            ]
        );
        return (
            found with
            {
                Approval = new UnsealingApproval(
                    approval.Id,
                    approval.Hash,
                    approval.Reason,
                    approval.By,
                    second
                ),
            },
            null
        );
    }

    /// <summary>Stages the use of an approval; when something else is there now than was approved, that the approval is void.</summary>
    public static Refusal? Use(
        Workspace work,
        Loaded<Approval> at,
        string hash,
        Participant by,
        string author,
        Instant now
    )
    {
        Decided<ApprovalEvent> decided = UseApproval.Decide(
            at.State,
            new UseApproval(hash),
            by,
            now
        );
        if (decided.Refusal is { } refusal)
        {
            return refusal;
        }

        work.Stage(at, decided.Events, author);
        return decided.Events is [ApprovalUsed]
            ? null
            : Refusal.WrongState(
                "something else is there now than was approved, so the approval is void; propose it anew"
            );
    }

    /// <summary>Whether both who approved still are custodians of the organisations for which they did, and hold shares.</summary>
    private static async Task<Refusal?> WhyNot(Roll roll, Custody custody, Approval approval)
    {
        foreach (Signatory signatory in new[] { approval.By, approval.Second! })
        {
            (Participant now, _) = await roll.Of(signatory.Person).ConfigureAwait(false);
            if (!now.Is(Role.Custodian) || now.Organisation != signatory.Organisation)
            {
                return Refusal.NotAllowed(
                    $"{signatory.Person} is no custodian of {signatory.Organisation} any more; propose it anew"
                );
            }

            if (!custody.Holders.Contains(signatory.Person, StringComparer.Ordinal))
            {
                return Refusal.NotAllowed(
                    $"{signatory.Person} holds no share of {custody.Id}; two who do approve"
                );
            }
        }

        return null;
    }
}
