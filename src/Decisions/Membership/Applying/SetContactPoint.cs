using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Applying;

/// <summary>Sets a way to reach one's own organisation. However well the old one was verified, the new one is not.</summary>
public sealed record SetContactPoint(ContactPoint Contact)
{
    private const int ContactsMax = 50;

    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        SetContactPoint command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNot(organisation, by)
            ?? WhyNot(command.Contact)
            ?? (
                organisation!.Contacts.Count(contact => contact.Id != command.Contact.Id)
                >= ContactsMax
                    ? Refusal.TooMuch($"an organisation has at most {ContactsMax} contact points")
                    : null
            );
        return refusal is not null
            ? refusal
            : new ContactPointSet(
                command.Contact with
                {
                    Standing = ContactStanding.Unverified,
                },
                by.Person,
                now
            );
    }

    internal static Refusal? WhyNot(ContactPoint? contact) =>
        contact is null
            ? Refusal.Invalid("a contact is missing")
            : Limits.Id("the contact's id", contact.Id)
                ?? Limits.Text("the channel", contact.Channel, Limits.NameMax)
                ?? Limits.Text("whom the contact is for", contact.For, Limits.NameMax)
                ?? Limits.Box("the address", contact.Address);
}
