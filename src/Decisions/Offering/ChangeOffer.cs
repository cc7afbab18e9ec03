using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Offering;

/// <summary>The organisation that made an offer changes its terms. What was pledged under the old ones stays as it was pledged.</summary>
public sealed record ChangeOffer(
    Offer Terms,
    IReadOnlyList<Earmark> Earmarks,
    Instant? Expires,
    string Reason
)
{
    public static Decided<OfferEvent> Decide(
        StandingOffer? state,
        ChangeOffer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("offer");
        }

        Refusal? no =
            WithdrawOffer.WhyNot(state, command.Reason, by, now)
            ?? OfferTerms.WhyNot(
                state.Id,
                command.Terms,
                command.Earmarks,
                command.Expires,
                by,
                now
            );
        if (no is not null)
        {
            return no;
        }

        var changed = new OfferChanged(
            now,
            by.Person,
            command.Terms,
            command.Earmarks,
            command.Expires,
            command.Reason
        );
        StandingOffer after = StandingOffer.Apply(state, changed) with
        {
            ChangedAt = state.ChangedAt,
        };
        byte[] before = CanonicalJson.Of(state);
        if (CanonicalJson.Of(after).AsSpan().SequenceEqual(before))
        {
            return Decided<OfferEvent>.Nothing;
        }

        StandingOffer asMany = after with
        {
            Terms = after.Terms with { Quantity = state.Terms.Quantity },
        };
        return changed with
        {
            MayLack =
                after.Terms.Quantity < state.Terms.Quantity
                || !CanonicalJson.Of(asMany).AsSpan().SequenceEqual(before),
        };
    }
}
