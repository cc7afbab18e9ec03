using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Offering;

/// <summary>An organisation makes a capability available, with its terms.</summary>
/// <param name="Parent">The response that it is made for, as <c>response/…</c>; null for any.</param>
/// <param name="Expires">Until when it can be taken up.</param>
public sealed record MakeOffer(
    string Id,
    Offer Terms,
    IReadOnlyList<Earmark> Earmarks,
    Instant? Expires,
    Marking Marking,
    string? Parent = null
)
{
    public static Decided<OfferEvent> Decide(
        StandingOffer? state,
        MakeOffer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is not null)
        {
            return Refusal.WrongState("the offer is made already");
        }

        Refusal? no =
            Checks.Id(command.Id, "the id")
            ?? (command.Parent is null ? null : Checks.Id(command.Parent, "what it is part of"))
            ?? (command.Marking is null ? Refusal.Invalid("the marking is missing") : null)
            ?? OfferTerms.WhyNot(
                command.Id,
                command.Terms,
                command.Earmarks,
                command.Expires,
                by,
                now
            );
        return no is not null
            ? no
            : new OfferMade(
                now,
                by.Person,
                command.Id,
                command.Parent,
                command.Terms,
                command.Earmarks,
                command.Expires,
                command.Marking!
            );
    }
}
