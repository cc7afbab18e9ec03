using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts.Verifying;

/// <summary>A member says that the contact point of its own organisation is right as it stands.</summary>
public sealed record ConfirmContact
{
    public static Decided<ContactEvent> Decide(
        Contact? state,
        ConfirmContact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContactRules.Standing(state, now)
            ?? (
                by.Organisation is null || by.Organisation != state!.Entry.Organisation
                    ? Refusal.NotAllowed(
                        "only a member of the organisation itself can confirm its contact point; others are asked by a ping"
                    )
                    : null
            );
        return no is not null
            ? no
            : new ContactVerified(now, by.Person, VerifiedBy.Member, null, state!.OpenPing);
    }
}

/// <summary>Records that what was sent to a contact point came back.</summary>
/// <param name="Reason">In words, or the delivery status notification as it came (RFC 3464).</param>
public sealed record RecordBounce(string Reason)
{
    public static Decided<ContactEvent> Decide(
        Contact? state,
        RecordBounce command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContactRules.Standing(state, now)
            ?? Entered.Registrar(by)
            ?? (
                string.IsNullOrWhiteSpace(command.Reason) ? Refusal.Invalid("the reason is missing")
                : command.Reason.Length > DeliveryReport.LettersMax
                    ? Refusal.Invalid(
                        $"the reason is longer than {DeliveryReport.LettersMax} characters"
                    )
                : null
            );
        if (no is not null)
        {
            return no;
        }

        IReadOnlyList<DeliveryReport> reports = DeliveryReport.Read(command.Reason);
        DeliveryReport? bounce = reports.FirstOrDefault(report => report.IsBounce);
        return reports.Count > 0 && bounce is null
            ? Refusal.Invalid(
                "this notification tells of a delay or a delivery; only what failed for good has bounced"
            )
            : new ContactBounced(
                now,
                by.Person,
                bounce?.Reason ?? SendPing.Plain(command.Reason),
                state!.OpenPing
            );
    }
}

/// <summary>What a ping says of its contact. A ping that the contact no longer waits for says nothing.</summary>
public static class ContactFromPing
{
    public static Decided<ContactEvent> Decide(
        Contact? state,
        ContactPing ping,
        ContactPingEvent happened,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(ping);
        ArgumentNullException.ThrowIfNull(happened);
        if (state is null || state.OpenPing != ping.Id)
        {
            return Decided<ContactEvent>.Nothing;
        }

        return happened switch
        {
            PingAnswered answered => new ContactVerified(now, answered.By, answered.Way, ping.Id),
            PingUnanswered => new ContactPingUnanswered(now, Checks.Time, ping.Id),
            PingBounced bounced => new ContactBounced(now, bounced.By, bounced.Reason, null),
            PingUnsent unsent => new ContactPingUnsent(now, unsent.By, ping.Id, unsent.Reason),
            PingVoided voided => new ContactPingUnsent(now, voided.By, ping.Id, voided.Reason),
            _ => Decided<ContactEvent>.Nothing,
        };
    }

    /// <summary>The ping that a contact point makes, or no longer waits for.</summary>
    public static Decided<ContactPingEvent> Decide(
        ContactPing? ping,
        Contact contact,
        ContactEvent happened
    )
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(happened);
        return happened switch
        {
            ContactPingMade made when ping is null => new PingMade(
                made.At,
                made.By,
                made.Ping,
                contact.Id,
                made.Number,
                made.Way,
                made.At + ContactTimes.PingOpenFor,
                made.Secret,
                made.Marking
            ),
            ContactBounced bounced when ping is { IsOpen: true } => new PingBounced(
                bounced.At,
                bounced.By,
                bounced.Reason
            ),
            _ when ping is { IsOpen: true } => new PingVoided(
                happened.At,
                happened.By,
                happened switch
                {
                    ContactRetired => "the contact point was retired",
                    ContactVerified => "the contact point was confirmed otherwise",
                    _ => "the ways in were changed",
                }
            ),
            _ => Decided<ContactPingEvent>.Nothing,
        };
    }

    /// <summary>The ping that an event is about; null for none.</summary>
    public static string? PingOf(ContactEvent happened) =>
        happened switch
        {
            ContactPingMade made => made.Ping,
            ContactChanged changed => changed.EndsPing,
            ContactRetired retired => retired.EndsPing,
            ContactVerified verified => verified.EndsPing,
            ContactBounced bounced => bounced.EndsPing,
            _ => null,
        };
}
