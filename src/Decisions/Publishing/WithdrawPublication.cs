using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Publishing;

/// <summary>One publisher takes a publication back, and it is gone; a second confirms that afterwards.</summary>
/// <param name="Reason">What readers are told in its place.</param>
public sealed record WithdrawPublication(string Reason)
{
    /// <param name="approval">Id of the approval by which a second confirms it.</param>
    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        WithdrawPublication command,
        string approval,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            FourEyes.Sign(by, out Signatory signatory)
            ?? (
                state is null ? Checks.Missing("publication")
                : state.State != PublicationState.Released
                    ? Refusal.WrongState(
                        $"the publication is {state.Standing}: nothing of it is public"
                    )
                : null
            )
            ?? Limits.Text("reason", command.Reason);
        return no is not null
            ? no
            : new PublicationWithdrawn(command.Reason, approval, signatory, now);
    }
}

/// <summary>A publication learns that another one corrects it.</summary>
public static class NoteReplaced
{
    public static Decided<PublicationEvent> Decide(
        PublicationFile? state,
        string by,
        Instant now
    ) =>
        state is { IsOut: true, ReplacedBy: null }
            ? new PublicationReplaced(by, now)
            : Decided<PublicationEvent>.Nothing;
}
