using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Preparedness.Contacts.Verifying;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Contacts;

/// <summary>Contact points of nobody: domains and numbers are those kept for examples (RFC 2606, RFC 5398).</summary>
internal static class Directory
{
    public const string Code = "7KQM-2RTD";
    public const string Link = "00112233445566778899aabbccddeeff";

    public static Instant Start { get; } = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static Marking Community { get; } = new(Distribution.Community, Tlp.Green);

    public static Participant Registrar { get; } = By("registrar", "relief", Role.Registrar);

    public static ContactEntry Entry { get; } =
        new(
            "Example Carrier",
            StakeholderClass.PrivateSector,
            "duty officer, network operations",
            "carrier",
            ["UA"],
            ["AS64500"],
            [],
            ["EX-IX"],
            ["en", "uk"],
            1,
            null,
            DutyHours.Always
        );

    public static ContactReach Reach { get; } =
        new(
            null,
            [
                new ContactChannel(ChannelKind.Email, "noc@carrier.example"),
                new ContactChannel(ChannelKind.Telephone, "+380 44 555 0100", "at night"),
            ],
            Community
        );

    public static ContactReach ByRadio { get; } =
        new(null, [new ContactChannel(ChannelKind.Radio, "7.110 MHz, call sign EX1")], Community);

    public static Participant By(string person, string? organisation, params Role[] roles) =>
        new(person, organisation, StakeholderClass.CivilSociety, roles.ToHashSet());

    public static Contact Added(
        ContactEntry? entry = null,
        ContactReach? reach = null,
        Instant? at = null
    ) =>
        After(
            null,
            AddContact.Decide(
                null,
                new AddContact(entry ?? Entry, reach ?? Reach, Marking.Public),
                Registrar,
                at ?? Start
            )
        );

    public static Contact Verified(
        ContactEntry? entry = null,
        ContactReach? reach = null,
        Instant? at = null
    ) =>
        After(
            Added(entry, reach, at),
            new ContactVerified(at ?? Start, "ann", VerifiedBy.Member, null)
        );

    public static Contact After(Contact? before, Decided<ContactEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(before, Contact.Apply)!;
    }

    public static ContactPing After(ContactPing? before, Decided<ContactPingEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(before, ContactPing.Apply)!;
    }

    /// <summary>Time passes for the contact alone, looked at whenever it is due.</summary>
    public static Contact Until(Contact contact, Instant end)
    {
        while (contact.DueAt is { } due && due <= end)
        {
            Decided<ContactEvent> passed = Contact.Elapse(contact, due);
            Assert.NotEmpty(passed.Events);
            contact = After(contact, passed);
        }

        return contact;
    }

    /// <summary>A contact with a ping that was sent.</summary>
    public static (Contact Contact, ContactPing Ping) Pinged(Contact contact, Instant at)
    {
        var made = Assert.IsType<ContactPingMade>(
            Assert.Single(PingContact.Decide(contact, new PingContact(), Registrar, at).Events)
        );
        contact = Contact.Apply(contact, made);
        ContactPing ping = After((ContactPing?)null, ContactFromPing.Decide(null, contact, made));
        ping = After(ping, SendPing.Begin(ping, Secret(), at));
        return (contact, After(ping, SendPing.End(ping, new Sent.Taken(), at)));
    }

    public static PingSecret Secret() => PingSecret.Of(Link, Code, new byte[PingSecret.SaltOctets]);

    /// <summary>The contact after what its ping came to.</summary>
    public static Contact Follow(
        Contact contact,
        ContactPing ping,
        Decided<ContactPingEvent> decided
    )
    {
        foreach (ContactPingEvent happened in decided.Events)
        {
            contact = After(contact, ContactFromPing.Decide(contact, ping, happened, happened.At));
        }

        return contact;
    }
}
