using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Contacts;

/// <summary>How many contact points of one country, and of one class there or of all, would answer. Retired ones are in no count.</summary>
/// <param name="Country">Null for contact points that name no country.</param>
/// <param name="Class">Null for all classes together.</param>
public sealed record ContactReadiness(
    string? Country,
    StakeholderClass? Class,
    int Verified,
    int Stale,
    int Expired,
    int Bounced,
    int NeverVerified
)
{
    public int Total => Verified + Stale + Expired + Bounced + NeverVerified;

    /// <summary>Of all that are listed, the share that was verified in time; null when none is listed, which is not zero.</summary>
    public double? VerifiedShare => Total == 0 ? null : (double)Verified / Total;

    /// <summary>Of one country; null when the directory knows no contact point there: unknown, not unready.</summary>
    public static ContactReadiness? Of(IEnumerable<Contact> contacts, string country) =>
        ByCountry(contacts)
            .FirstOrDefault(one =>
                string.Equals(one.Country, country, StringComparison.OrdinalIgnoreCase)
            );

    /// <summary>A contact point for several countries counts in each, so rows are never summed.</summary>
    public static IReadOnlyList<ContactReadiness> ByCountry(IEnumerable<Contact> contacts) =>
        Rows(contacts, _ => null);

    public static IReadOnlyList<ContactReadiness> ByCountryAndClass(
        IEnumerable<Contact> contacts
    ) => Rows(contacts, contact => contact.Entry.Class);

    private static IReadOnlyList<ContactReadiness> Rows(
        IEnumerable<Contact> contacts,
        Func<Contact, StakeholderClass?> classOf
    ) =>
        [
            .. contacts
                .Where(contact => contact.State != ContactState.Retired)
                .SelectMany(
                    contact => contact.Entry.Countries.DefaultIfEmpty(""),
                    (contact, country) => (country, Class: classOf(contact), contact.State)
                )
                .GroupBy(each => (each.country, each.Class))
                .OrderBy(group => group.Key.country.Length == 0)
                .ThenBy(group => group.Key.country, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Class)
                .Select(group =>
                    Row(
                        group.Key.country,
                        group.Key.Class,
                        group.CountBy(each => each.State).ToDictionary()
                    )
                ),
        ];

    private static ContactReadiness Row(
        string country,
        StakeholderClass? stakeholderClass,
        Dictionary<ContactState, int> counts
    ) =>
        new(
            country.Length == 0 ? null : country,
            stakeholderClass,
            counts.GetValueOrDefault(ContactState.Verified),
            counts.GetValueOrDefault(ContactState.Stale),
            counts.GetValueOrDefault(ContactState.Expired),
            counts.GetValueOrDefault(ContactState.Bounced),
            counts.GetValueOrDefault(ContactState.NeverVerified)
        );
}
