using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts;

/// <summary>What becomes of a contact point.</summary>
public abstract record ContactEvent(Instant At, string By);

public sealed record ContactAdded(
    Instant At,
    string By,
    string Id,
    ContactEntry Entry,
    ContactReach Reach,
    string Keeper,
    Marking Marking
) : ContactEvent(At, By);

/// <param name="HasNewReach">However well the old ways in were verified, new ones are not.</param>
/// <param name="EndsPing">The ping that waited for an answer by the old ones; null for none.</param>
public sealed record ContactChanged(
    Instant At,
    string By,
    ContactEntry Entry,
    ContactReach Reach,
    bool HasNewReach,
    string? EndsPing,
    Marking Marking
) : ContactEvent(At, By);

public sealed record ContactRetired(Instant At, string By, string Reason, string? EndsPing)
    : ContactEvent(At, By);

/// <summary>Asks whether somebody answers there. The ping itself has a life of its own.</summary>
/// <param name="Secret">Of a code that was handed over; null for a ping by e-mail, whose secret is made when it is sent.</param>
public sealed record ContactPingMade(
    Instant At,
    string By,
    int Number,
    string Ping,
    PingWay Way,
    PingSecret? Secret,
    Marking Marking
) : ContactEvent(At, By);

/// <param name="Ping">The ping that was answered; null for a member's own word.</param>
/// <param name="EndsPing">One that still waits and need not be answered any more.</param>
public sealed record ContactVerified(
    Instant At,
    string By,
    VerifiedBy Way,
    string? Ping,
    string? EndsPing = null
) : ContactEvent(At, By);

/// <summary>It was asked and did not answer: one step down.</summary>
public sealed record ContactPingUnanswered(Instant At, string By, string Ping)
    : ContactEvent(At, By);

/// <summary>A ping ended without having asked anybody, so it says nothing.</summary>
public sealed record ContactPingUnsent(Instant At, string By, string Ping, string Reason)
    : ContactEvent(At, By);

public sealed record ContactBounced(Instant At, string By, string Reason, string? EndsPing)
    : ContactEvent(At, By);

public sealed record ContactWentStale(Instant At, string By) : ContactEvent(At, By);

public sealed record ContactExpired(Instant At, string By) : ContactEvent(At, By);
