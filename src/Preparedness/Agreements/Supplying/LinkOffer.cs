using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Supplying;

/// <summary>
/// A party says that one of its offers rests on the agreement. Planning takes the offer, as it takes every other; the agreement says
/// why it is there.
/// </summary>
public sealed record LinkOffer(string OfferId)
{
    /// <summary>The organisation that makes the offer; null when no such offer is on record.</summary>
    [JsonIgnore]
    public string? OfferedBy { get; init; }

    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        LinkOffer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            AgreementRules.Standing(state, now)
            ?? AgreementRules.Acts(state!, by, null, null).No
            ?? Checks.Id(command.OfferId, "the offer")
            ?? (
                command.OfferedBy is null ? Refusal.Invalid("the offer is not on record")
                : command.OfferedBy != by.Organisation
                    ? Refusal.NotAllowed("a party links its own offers only")
                : state!.Offers.Count >= Agreement.OffersMax
                    ? Refusal.TooMuch($"at most {Agreement.OffersMax} offers rest on an agreement")
                : null
            );
        return no is not null ? no
            : state!.Offers.Contains(command.OfferId, StringComparer.Ordinal)
                ? Decided<AgreementEvent>.Nothing
            : new AgreementOfferLinked(now, by.Person, command.OfferId);
    }
}

/// <summary>An offer rests on the agreement no more.</summary>
public sealed record UnlinkOffer(string OfferId, string Reason)
{
    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        UnlinkOffer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            AgreementRules.Standing(state, now)
            ?? AgreementRules.Acts(state!, by, null, null).No
            ?? Checks.Id(command.OfferId, "the offer")
            ?? OpenText.Needed(command.Reason, "the reason");
        return no is not null ? no
            : !state!.Offers.Contains(command.OfferId, StringComparer.Ordinal)
                ? Refusal.WrongState("the offer does not rest on this agreement")
            : new AgreementOfferUnlinked(now, by.Person, command.OfferId, command.Reason);
    }
}
