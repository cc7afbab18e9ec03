using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts;

/// <summary>How well it is known that somebody answers there.</summary>
public enum ContactState
{
    /// <summary>Nobody has answered there yet. It does not count as reachable.</summary>
    NeverVerified,
    Verified,

    /// <summary>The last answer is getting old, or a ping went unanswered.</summary>
    Stale,

    /// <summary>Too long without an answer. It never counts as reachable.</summary>
    Expired,

    /// <summary>What was sent there came back, and nobody has answered since.</summary>
    Bounced,

    /// <summary>Nobody is to be called there any more.</summary>
    Retired,
}

/// <summary>By what an answer is known.</summary>
public enum VerifiedBy
{
    /// <summary>The link in a ping was opened and the button on its page pressed.</summary>
    Link,

    /// <summary>The code was typed by whoever was asked.</summary>
    CodeTyped,

    /// <summary>The code was read out, and entered by a registrar who had not been shown it.</summary>
    CodeHeard,

    /// <summary>A member of the organisation said so itself.</summary>
    Member,
}

/// <summary>That what was sent came back.</summary>
/// <param name="Reason">As the mail server words it.</param>
public sealed record Bounce(Instant At, string Reason);

/// <summary>A verified way to reach a stakeholder, with how well it is known to work.</summary>
public sealed record Contact : ISubject<Contact, ContactEvent>
{
    static string ISubject<Contact, ContactEvent>.Kind => "contact-point";

    public required string Id { get; init; }

    public required ContactEntry Entry { get; init; }

    /// <summary>Null only in what is shown to a reader who may not see it.</summary>
    public ContactReach? Reach { get; init; }

    public required ContactState State { get; init; }

    public required Instant StateSince { get; init; }

    public required Instant? VerifiedAt { get; init; }

    public required VerifiedBy? VerifiedBy { get; init; }

    /// <summary>Stays noted until the ways in change: e-mail is not tried there again.</summary>
    public required Bounce? Bounce { get; init; }

    /// <summary>Pings that were ever made, which numbers the next one.</summary>
    public required int Pings { get; init; }

    /// <summary>Id of the ping that waits for an answer; null for none.</summary>
    public required string? OpenPing { get; init; }

    /// <summary>Pings without an answer since the last answer.</summary>
    public required int Unanswered { get; init; }

    /// <summary>True when the last ping ended without having asked anybody.</summary>
    public required bool WasUnsent { get; init; }

    /// <summary>From when the next ping is counted.</summary>
    public required Instant PingedAt { get; init; }

    /// <summary>Id of the organisation whose registrar keeps it: pings go out where it is at home, and nowhere else.</summary>
    public required string Keeper { get; init; }

    public required Instant AddedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required string? RetiredBecause { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent =>
        Entry.Organisation is { } organisation ? $"organisation/{organisation}" : null;

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    /// <summary>Verified and stale: somebody answered not too long ago. Whether anybody is on duty is another matter.</summary>
    [JsonIgnore]
    public bool IsReachable => State is ContactState.Verified or ContactState.Stale;

    [JsonIgnore]
    public Instant? DueAt => ContactTimes.DueAt(this);

    [JsonIgnore]
    public Place? Place => Entry.Countries is [var only] ? Place.OfCountry(only) : null;

    /// <summary>Nothing of the ways in: a search must not tell what a marking hides.</summary>
    [JsonIgnore]
    public string Words =>
        string.Join(
            ' ',
            [
                Entry.Name,
                Entry.Role,
                .. Entry.Countries,
                .. Entry.Asns,
                .. Entry.Tlds,
                .. Entry.Exchanges,
            ]
        );

    public static Contact Apply(Contact? before, ContactEvent happened) =>
        ContactAfter.Of(before, happened);

    public static Decided<ContactEvent> Elapse(Contact state, Instant now) =>
        ContactTimes.Elapse(state, now);
}
