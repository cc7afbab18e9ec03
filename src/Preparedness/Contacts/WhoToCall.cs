using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts;

/// <summary>What somebody is looked for; each member narrows, and null asks nothing.</summary>
public sealed record CallFor(
    string? Country = null,
    string? Asn = null,
    string? Tld = null,
    string? Exchange = null,
    string? Language = null,
    StakeholderClass? Class = null
)
{
    /// <summary>For what a place names: a country, a network or a top-level domain.</summary>
    public static CallFor Of(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return new CallFor(place.Country, place.Asn?.ToString(), place.Tld);
    }

    public bool IsFor(ContactEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Holds(entry.Countries, Country)
            && Holds(entry.Asns, Asn)
            && Holds(entry.Tlds, Tld)
            && Holds(entry.Exchanges, Exchange)
            && (
                Language is null
                || entry.Languages.Any(spoken =>
                    spoken.Equals(Language, StringComparison.OrdinalIgnoreCase)
                    || spoken.StartsWith(Language + "-", StringComparison.OrdinalIgnoreCase)
                )
            )
            && (Class is null || entry.Class == Class);
    }

    private static bool Holds(IReadOnlyList<string> known, string? wanted) =>
        wanted is null || known.Contains(wanted, StringComparer.OrdinalIgnoreCase);
}

public enum WhyNotCalled
{
    NeverVerified,
    Expired,
    Bounced,
    OffDuty,

    /// <summary>It can be reached, but not by this reader: the ways in are marked for others.</summary>
    NotShown,
}

/// <summary>Somebody to call now.</summary>
/// <param name="StandsInFor">The one that cannot be reached and names it as deputy; null for none.</param>
public sealed record Callable(Contact Contact, Duty Duty, Contact? StandsInFor);

/// <param name="OpensAt">When somebody answers again; null when that is not the reason or not known.</param>
public sealed record NotCalled(Contact Contact, WhyNotCalled Why, Instant? OpensAt);

/// <summary>
/// Who is called now, first to last, and who cannot be and why. A deputy takes the place of the one it stands in for. What was
/// never verified, has expired or bounced is never called as if somebody answered there.
/// </summary>
public sealed record WhoToCall(IReadOnlyList<Callable> Now, IReadOnlyList<NotCalled> Not)
{
    /// <param name="contacts">As the reader may see them: without ways in where they are not for the reader.</param>
    public static WhoToCall Of(IReadOnlyList<Contact> contacts, CallFor wanted, Instant now)
    {
        ArgumentNullException.ThrowIfNull(contacts);
        ArgumentNullException.ThrowIfNull(wanted);
        Contact[] known = [.. contacts.Where(contact => contact.State != ContactState.Retired)];
        var byId = known.ToDictionary(contact => contact.Id, StringComparer.Ordinal);
        Contact[] asked = [.. known.Where(contact => wanted.IsFor(contact.Entry))];
        var not = asked
            .Select(contact => (Contact: contact, Why: WhyNot(contact, now)))
            .Where(each => each.Why is not null)
            .ToArray();
        var callable = asked
            .Where(contact => WhyNot(contact, now) is null)
            .ToDictionary(
                contact => contact.Id,
                contact => (Contact: contact, At: contact.Entry.Escalation, For: (Contact?)null),
                StringComparer.Ordinal
            );
        foreach ((Contact absent, _) in not.OrderBy(each => each.Contact.Entry.Escalation))
        {
            if (
                absent.Entry.Deputy is { } id
                && byId.TryGetValue(id, out Contact? deputy)
                && WhyNot(deputy, now) is null
                && (
                    !callable.TryGetValue(id, out var already)
                    || absent.Entry.Escalation < already.At
                )
            )
            {
                callable[id] = (deputy, absent.Entry.Escalation, absent);
            }
        }

        return new WhoToCall(
            [
                .. callable
                    .Values.OrderBy(each => each.At)
                    .ThenBy(each => each.Contact.State)
                    .ThenBy(each => each.Contact.Entry.Hours.At(now) != Duty.On)
                    .ThenBy(each => each.Contact.Entry.Name, StringComparer.Ordinal)
                    .ThenBy(each => each.Contact.Id, StringComparer.Ordinal)
                    .Select(each => new Callable(
                        each.Contact,
                        each.Contact.Entry.Hours.At(now),
                        each.For
                    )),
            ],
            [
                .. not.OrderBy(each => each.Contact.Entry.Escalation)
                    .ThenBy(each => each.Contact.Entry.Name, StringComparer.Ordinal)
                    .ThenBy(each => each.Contact.Id, StringComparer.Ordinal)
                    .Select(each => new NotCalled(
                        each.Contact,
                        each.Why!.Value,
                        each.Why == WhyNotCalled.OffDuty
                            ? each.Contact.Entry.Hours.OpensAfter(now)
                            : null
                    )),
            ]
        );
    }

    private static WhyNotCalled? WhyNot(Contact contact, Instant now) =>
        contact.State switch
        {
            ContactState.NeverVerified => WhyNotCalled.NeverVerified,
            ContactState.Expired => WhyNotCalled.Expired,
            ContactState.Bounced => WhyNotCalled.Bounced,
            _ when contact.Entry.Hours.At(now) == Duty.Off => WhyNotCalled.OffDuty,
            _ when contact.Reach is null => WhyNotCalled.NotShown,
            _ => null,
        };
}
