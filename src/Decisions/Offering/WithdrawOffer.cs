using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Offering;

/// <summary>The organisation that made an offer takes it back. What is pledged or cleared on it goes with it; what is delivered is there and stays.</summary>
public sealed record WithdrawOffer(string Reason)
{
    public static Decided<OfferEvent> Decide(
        StandingOffer? state,
        WithdrawOffer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("offer")
            : WhyNot(state, command.Reason, by, now) is { } no ? no
            : new OfferWithdrawn(now, by.Person, command.Reason);
    }

    internal static Refusal? WhyNot(
        StandingOffer state,
        string? reason,
        Participant by,
        Instant now
    ) =>
        state.State != OfferState.Open || state.EndsAt <= now
            ? Refusal.WrongState("the offer has ended")
        : by.Organisation is null || by.Organisation != state.Terms.Stakeholder
            ? Refusal.NotAllowed("only the organisation that made an offer can change it")
        : Checks.Needed(reason, "the reason") ?? Checks.Order(state.ChangedAt, now);
}
