using System.Text.Json.Serialization;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Publishing;

/// <summary>One publisher would have a draft released, exactly as it is; a second, of another organisation, approves it.</summary>
public sealed record ProposeRelease(string Reason)
{
    /// <param name="approval">Id of the approval that is proposed with it.</param>
    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        string approval,
        Instant now
    ) =>
        Drafts.WhyNot(state) is { } no ? no
        : state!.Approved is ApprovalState.Proposed or ApprovalState.Approved
            ? Refusal.WrongState($"its release is proposed already: approval/{state.Approval}")
        : new ReleaseProposed(approval, now);
}

/// <summary>Makes public what two people approved, octet for octet.</summary>
public sealed record ReleasePublication
{
    /// <summary>Hash of what the node would release now.</summary>
    [JsonIgnore]
    public string? Hash { get; init; }

    /// <summary>Decisions on whether it shall be published.</summary>
    [JsonIgnore]
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>The publication that it replaces, as it stands; null for none.</summary>
    [JsonIgnore]
    public PublicationFile? Replaced { get; init; }

    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        ReleasePublication command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            FourEyes.Sign(by, out Signatory signatory)
            ?? Drafts.WhyNot(state)
            ?? (
                state!.Approval is null
                    ? Refusal.WrongState("nobody proposed its release; two people approve it first")
                : command.Hash != state.Hash
                    ? Refusal.WrongState(
                        "its octets are not kept here as they were composed; revise it, and have that approved"
                    )
                : command.Replaced?.ReplacedBy is { } newer
                    ? Refusal.WrongState(
                        $"publication/{newer} was released in place of the one that this corrects; discard it and correct the newer one"
                    )
                : WhyNot(command.Decisions, state)
            );
        return no is not null
            ? no
            : new PublicationReleased(state!.Hash, state.Approval!, signatory, now);
    }

    /// <summary>People who were asked whether it shall be published say so first, and of this draft. Their last word counts.</summary>
    private static Refusal? WhyNot(IReadOnlyList<Decision> decisions, PublicationFile state) =>
        decisions.FirstOrDefault(decision => decision.Outcome == DecisionOutcome.Open) is { } open
            ? Refusal.WrongState($"decision/{open.Id} on its publication is open")
        : decisions.MaxBy(decision => decision.DecidedAt) is not { } last ? null
        : last.Outcome != DecisionOutcome.Adopted
            ? Refusal.WrongState(
                $"decision/{last.Id} did not adopt its publication: {last.OutcomeReason}"
            )
        : last.DecidedAt < state.AsOf
            ? Refusal.WrongState(
                $"it was composed anew after decision/{last.Id}; put the question again"
            )
        : null;
}

/// <summary>A publication learns where its approval stands, in the same act.</summary>
public static class FollowApproval
{
    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        Approval approval,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(approval);
        return
            state is { State: PublicationState.Draft or PublicationState.Withdrawn }
            && state.Approval == approval.Id
            && state.Approved != approval.State
            && approval.State != ApprovalState.Used
            ? new PublicationApprovalMoved(approval.Id, approval.State, now)
            : Decided<PublicationEvent>.Nothing;
    }
}
