using System.Text.Json.Serialization;
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
    /// <summary>Founding costs nothing, so one person does it a few times and not a thousand.</summary>
    public const int InADayMax = 3;

    /// <summary>Of one person's organisations, so many may wait for vouchers at once.</summary>
    public const int WaitingMax = 3;

    private const int ContactsMax = 50;

    /// <summary>When the same person founded organisations in the last day. Who calls looks that up.</summary>
    [JsonIgnore]
    public IReadOnlyList<Instant> InTheLastDay { get; init; } = [];

    /// <summary>How many organisations that this person founded have members and are not vetted. Who calls looks that up.</summary>
    [JsonIgnore]
    public int Waiting { get; init; }

    /// <summary>True when the node takes no more organisations that are not vetted. Who calls looks that up.</summary>
    [JsonIgnore]
    public bool IsNodeFull { get; init; }

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
                )
                ?? WhyNotMore(command);
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

    private static Refusal? WhyNotMore(ApplyAsOrganisation command) =>
        command.InTheLastDay.Count >= InADayMax
            ? Refusal.TooMuch(
                $"one person founds at most {InADayMax} organisations in a day; the next may follow after {command.InTheLastDay.Min() + Duration.FromDays(1)}"
            )
        : command.Waiting >= WaitingMax
            ? Refusal.TooMuch(
                $"{WaitingMax} organisations that you founded still wait for vouchers; let them be vetted, or let their members leave them, first"
            )
        : command.IsNodeFull
            ? Refusal.TooMuch(
                "this node takes no more organisations that are not vetted; ask its operator, who is told of it too"
            )
        : null;

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
