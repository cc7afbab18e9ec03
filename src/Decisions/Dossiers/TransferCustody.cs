using System.Text.Json.Serialization;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>Offers the custody of an item to a role of another organisation. It stays where it is until that one accepts.</summary>
public sealed record OfferCustody(string ItemId, string To, Role ToRole, string Reason)
{
    /// <summary>That organisation as it stands. Who calls reads it from the store; null: there is none.</summary>
    [JsonIgnore]
    public Organisation? Receiver { get; init; }

    public static Decided<DossierEvent> Decide(
        Dossier? state,
        OfferCustody command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ItemRules.WhyNotOwn(state, command.ItemId, command.Reason, by, now)
            ?? Checks.Id(command.To, "the organisation")
            ?? Checks.Known(command.ToRole, "role");
        if (no is not null)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        var to = new Holder(command.To, command.ToRole);
        return item.Offered?.To == to ? Decided<DossierEvent>.Nothing
            : item.Offered is not null
                ? Refusal.WrongState("its custody is offered already; take that back first")
            : to == item.Holder ? Refusal.Invalid("it has the item in custody already")
            : command.Receiver is not { IsOperating: true } receiver || receiver.Id != command.To
                ? Refusal.Invalid(
                    "no vetted organisation of this node has this id; whoever takes custody must be one, so that it can accept"
                )
            : new CustodyOffered(
                now,
                by.Person,
                item.Id,
                item.Marking,
                new CustodyOffer(now, by.Person, item.Holder, to, command.Reason)
            );
    }
}

/// <summary>The organisation that was offered custody takes it.</summary>
public sealed record AcceptCustody(string ItemId, string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        AcceptCustody command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (ItemRules.WhyNot(state, command.ItemId, command.Reason, by, now) is { } no)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.Offered is not { } offer
                ? Refusal.WrongState("its custody was offered to nobody")
            : offer.To.Organisation != by.Organisation
                ? Refusal.NotAllowed("only the organisation that it was offered to can accept it")
            : ItemRules.As(by, offer.To.Role, "the role that it was offered to") is { } other
                ? other
            : new ItemTransferred(
                now,
                by.Person,
                item.Id,
                item.Marking,
                CustodyChain.Next(
                    item,
                    now,
                    by,
                    CustodyAction.Transferred,
                    command.Reason,
                    from: item.Holder,
                    to: offer.To
                )
            );
    }
}

/// <summary>Ends an offer of custody: the other side declines it, or this one takes it back.</summary>
public sealed record EndCustodyOffer(string ItemId, string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        EndCustodyOffer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (ItemRules.WhyNot(state, command.ItemId, command.Reason, by, now) is { } no)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.Offered is not { } offer
                ? Refusal.WrongState("its custody was offered to nobody")
            : by.Organisation != offer.To.Organisation
            && by.Organisation != item.Holder.Organisation
                ? Refusal.NotAllowed("only who offered it, or whom it was offered to, can end it")
            : new CustodyOfferEnded(now, by.Person, item.Id, item.Marking, command.Reason);
    }
}
