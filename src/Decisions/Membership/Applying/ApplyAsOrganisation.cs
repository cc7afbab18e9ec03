using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Applying;

/// <summary>
/// Anybody founds an organisation here and is in deliberation at once. Nobody is asked, because nothing comes of it but a
/// voice: roles come with vetting (INV-09).
/// </summary>
/// <param name="Contacts">Their standing is set to unverified, whatever is said.</param>
/// <param name="Marking">Null for the community; never public, because it names members.</param>
public sealed record ApplyAsOrganisation(
    string Id,
    string Name,
    StakeholderClass Class,
    string Mandate,
    IReadOnlyList<ContactPoint> Contacts,
    Marking? Marking = null
)
{
    private const int ContactsMax = 50;

    private static readonly Marking _usual = new(Distribution.Community, Tlp.Green);

    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ApplyAsOrganisation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? refusal =
            organisation is not null ? Refusal.WrongState("there is an organisation with that id")
            : by.Organisation is not null
                ? Refusal.NotAllowed(
                    $"a person is in one organisation only; leave {by.Organisation} first"
                )
            : Limits.Id("person", by.Person)
                ?? WhyNot(
                    command.Id,
                    command.Name,
                    command.Class,
                    command.Mandate,
                    command.Contacts,
                    command.Marking
                );
        return refusal is not null
            ? refusal
            : new OrganisationEvent[]
            {
                new OrganisationApplied(
                    command.Id,
                    command.Name,
                    command.Class,
                    command.Mandate,
                    Unverified(command.Contacts),
                    command.Marking ?? _usual,
                    by.Person,
                    now
                ),
                new OrganisationJoined(now),
            };
    }

    internal static ContactPoint[] Unverified(IReadOnlyList<ContactPoint> contacts) =>
        [.. contacts.Select(contact => contact with { Standing = ContactStanding.Unverified })];

    internal static Refusal? WhyNot(
        string id,
        string name,
        StakeholderClass stakeholderClass,
        string mandate,
        IReadOnlyList<ContactPoint> contacts,
        Marking? marking
    ) =>
        Limits.Id("id", id)
        ?? Limits.Text("name", name, Limits.NameMax)
        ?? Limits.Defined("class", stakeholderClass)
        ?? Limits.Text("mandate", mandate)
        ?? Limits.List("contacts", contacts, ContactsMax)
        ?? contacts.Select(SetContactPoint.WhyNot).FirstOrDefault(refusal => refusal is not null)
        ?? (
            contacts.DistinctBy(contact => contact.Id).Count() < contacts.Count
                ? Refusal.Invalid("two contacts have one id")
                : null
        )
        ?? (
            marking is { Distribution: Distribution.Public }
                ? Refusal.Invalid("an organisation names its members and is never public")
                : null
        );
}
