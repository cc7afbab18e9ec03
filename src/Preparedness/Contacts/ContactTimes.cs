using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts;

/// <summary>
/// What time alone does to a contact point. The lengths follow the practice of asking each quarter; they are a choice of this
/// house and stand on the page of the directory.
/// </summary>
public static class ContactTimes
{
    /// <summary>How long an answer holds before it is stale.</summary>
    public static Duration VerifiedFor { get; } = Duration.FromDays(90);

    /// <summary>How long after an answer the contact is expired, whatever was asked in between.</summary>
    public static Duration ExpiredAfter { get; } = Duration.FromDays(180);

    /// <summary>A verified contact is asked again in time for two pings before its answer is old.</summary>
    public static Duration AskedAgainAfter { get; } = Duration.FromDays(60);

    /// <summary>Between the end of a ping without answer and the next.</summary>
    public static Duration PingPause { get; } = Duration.FromDays(14);

    /// <summary>How long a ping waits for its answer: link and code hold no longer.</summary>
    public static Duration PingOpenFor { get; } = Duration.FromDays(14);

    /// <summary>Who never answered is not written to for ever.</summary>
    public const int UnansweredMax = 3;

    internal static Instant? DueAt(Contact contact)
    {
        Instant?[] dues = [NextPing(contact), NextState(contact)];
        return dues.Min();
    }

    /// <summary>Time is let pass step by step, so that a node that stood still comes to the same state.</summary>
    internal static Decided<ContactEvent> Elapse(Contact contact, Instant now)
    {
        var happened = new List<ContactEvent>();
        Contact at = contact;
        while (NextState(at) is { } due && due <= now)
        {
            ContactEvent next =
                at.State == ContactState.Verified
                    ? new ContactWentStale(now, Checks.Time)
                    : new ContactExpired(now, Checks.Time);
            happened.Add(next);
            at = ContactAfter.Of(at, next);
        }

        if (NextPing(at) is { } asked && asked <= now)
        {
            happened.Add(Ping(at, Checks.Time, now));
        }

        return happened.ToArray();
    }

    internal static ContactPingMade Ping(
        Contact contact,
        string by,
        Instant now,
        PingSecret? secret = null
    ) =>
        new(
            now,
            by,
            contact.Pings + 1,
            PingReference.Of(contact.Id, contact.Pings + 1),
            secret is null ? PingWay.Email : PingWay.Code,
            secret,
            // A ping tells of the ways in what its marking must not.
            Marking.Strictest([contact.Marking, contact.Reach!.Marking])
        );

    private static Instant? NextState(Contact contact) =>
        contact.State switch
        {
            ContactState.Verified => contact.VerifiedAt + VerifiedFor,
            ContactState.Stale => contact.VerifiedAt + ExpiredAfter,
            _ => null,
        };

    private static Instant? NextPing(Contact contact) =>
        contact.OpenPing is not null
        || contact.Bounce is not null
        || contact.Reach?.Email is null
        || contact.Unanswered >= UnansweredMax
            ? null
            : contact.State switch
            {
                ContactState.NeverVerified when contact.Pings == 0 => contact.PingedAt,
                ContactState.NeverVerified or ContactState.Stale => contact.PingedAt
                    + Pause(contact),
                ContactState.Verified => Instant.Max(
                    contact.VerifiedAt!.Value + AskedAgainAfter,
                    contact.PingedAt + Pause(contact)
                ),
                _ => null,
            };

    /// <summary>Where nothing can be sent, trying often would fill the ledger and ask nobody.</summary>
    private static Duration Pause(Contact contact) =>
        contact.WasUnsent ? AskedAgainAfter : PingPause;
}
