namespace Breakwater.Preparedness.Contacts;

/// <summary>A contact point after one more event.</summary>
internal static class ContactAfter
{
    public static Contact Of(Contact? before, ContactEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is ContactAdded added)
        {
            return new Contact
            {
                Id = added.Id,
                Entry = added.Entry,
                Reach = added.Reach,
                State = ContactState.NeverVerified,
                StateSince = added.At,
                VerifiedAt = null,
                VerifiedBy = null,
                Bounce = null,
                Pings = 0,
                OpenPing = null,
                Unanswered = 0,
                WasUnsent = false,
                PingedAt = added.At,
                Keeper = added.Keeper,
                AddedAt = added.At,
                ChangedAt = added.At,
                RetiredBecause = null,
                Marking = added.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        Contact after = happened switch
        {
            ContactChanged changed => Changed(before, changed),
            ContactRetired retired => In(before, ContactState.Retired, happened) with
            {
                OpenPing = null,
                RetiredBecause = retired.Reason,
            },
            ContactPingMade made => before with
            {
                Pings = made.Number,
                OpenPing = made.Ping,
                WasUnsent = false,
            },
            ContactVerified verified => In(before, ContactState.Verified, happened) with
            {
                VerifiedAt = verified.At,
                VerifiedBy = verified.Way,
                OpenPing = null,
                Unanswered = 0,
                PingedAt = verified.At,
            },
            ContactPingUnanswered => In(before, Lower(before.State), happened) with
            {
                OpenPing = null,
                Unanswered = before.Unanswered + 1,
                PingedAt = happened.At,
            },
            ContactPingUnsent => before with
            {
                OpenPing = null,
                WasUnsent = true,
                PingedAt = happened.At,
            },
            ContactBounced bounced => In(before, ContactState.Bounced, happened) with
            {
                Bounce = new Bounce(bounced.At, bounced.Reason),
                OpenPing = null,
                PingedAt = bounced.At,
            },
            ContactWentStale => In(before, ContactState.Stale, happened),
            ContactExpired => In(before, ContactState.Expired, happened),
            _ => throw new InvalidOperationException(
                $"a contact point knows no {happened.GetType()}"
            ),
        };
        return after with { ChangedAt = happened.At };
    }

    private static Contact Changed(Contact before, ContactChanged changed)
    {
        Contact after = before with
        {
            Entry = changed.Entry,
            Reach = changed.Reach,
            Marking = changed.Marking,
        };
        return changed.HasNewReach
            ? In(after, ContactState.NeverVerified, changed) with
            {
                VerifiedAt = null,
                VerifiedBy = null,
                Bounce = null,
                OpenPing = null,
                Unanswered = 0,
                PingedAt = changed.At,
            }
            : after;
    }

    private static ContactState Lower(ContactState state) =>
        state switch
        {
            ContactState.Verified => ContactState.Stale,
            ContactState.Stale => ContactState.Expired,
            _ => state,
        };

    private static Contact In(Contact contact, ContactState state, ContactEvent happened) =>
        contact.State == state && state != ContactState.Verified
            ? contact
            : contact with
            {
                State = state,
                StateSince = happened.At,
            };
}
