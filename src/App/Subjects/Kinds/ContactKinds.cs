using Breakwater.App.Contacts;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Preparedness.Contacts.Verifying;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>Whom one reaches in an emergency, and whether anybody answers there.</summary>
internal static class ContactKinds
{
    public static IEnumerable<SubjectKind> All() => [Contacts(), Pings()];

    private static SubjectKind Contacts() =>
        new KindOf<Contact, ContactEvent>("contact-points")
            .Travels()
            .StartsAt<AddContact>(AddContact.IdOf, AddContact.Decide, Role.Registrar)
            .Does<ChangeContact>(ChangeContact.Decide, Role.Registrar)
            .Does<PingContact>(PingContact.Decide, Role.Registrar)
            .Fills<HandOverCode>(ContactActs.WithSalt, HandOverCode.Decide, Role.Registrar)
            // Whoever belongs to the organisation may say that its own contact is right; its rules say who does.
            .Lets<ConfirmContact>(ConfirmContact.Decide)
            .Does<RecordBounce>(RecordBounce.Decide, Role.Registrar)
            .Does<RetireContact>(RetireContact.Decide, Role.Registrar)
            .Elapses(Contact.Elapse)
            .Follows(ContactActs.OfContact)
            .Made();

    /// <summary>A ping stays where it was made. Its contact's own answer comes by a page of its own, without an account.</summary>
    private static SubjectKind Pings() =>
        new KindOf<ContactPing, ContactPingEvent>("contact-pings")
            .Does<EnterCode>(EnterCode.Decide, Role.Registrar)
            .Elapses(ContactPing.Elapse)
            .Follows(ContactActs.OfPing)
            .Made();
}
