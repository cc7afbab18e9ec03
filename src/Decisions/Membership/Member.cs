using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

public enum MemberStanding
{
    /// <summary>Asked to join and silent so far; silence is no membership.</summary>
    Invited,
    Joined,
    Left,
    Revoked,
}

/// <param name="Until">When it ends by itself; null for no end.</param>
public sealed record RoleHeld(Role Role, Instant Since, Instant? Until);

/// <summary>A person in an organisation, by pseudonym.</summary>
/// <param name="Since">Of its standing.</param>
public sealed record Member(
    string Person,
    MemberStanding Standing,
    Instant Since,
    IReadOnlyList<RoleHeld> Roles
);

/// <summary>A role that one person wants to give; it gives nothing until somebody of another organisation confirms it.</summary>
public sealed record RoleProposal(
    string Person,
    Role Role,
    Instant? Until,
    Signatory By,
    Instant At
);

/// <summary>A role, or a membership, that one person took at once and that a second has still to confirm.</summary>
/// <param name="Role">Null for the whole membership.</param>
/// <param name="IsEscalated">True when 24 hours went by without a second person.</param>
public sealed record Taking(
    string Person,
    Role? Role,
    string Reason,
    Signatory By,
    Instant At,
    bool IsEscalated
);

public enum ContactStanding
{
    /// <summary>Nobody has answered there yet. It never counts as reachable.</summary>
    Unverified,
    Verified,
    Stale,
    Expired,
}

/// <summary>A way to reach an organisation.</summary>
/// <param name="Channel">What kind of way: <c>telephone</c>, <c>radio</c>, <c>post</c>.</param>
/// <param name="For">Who answers there, by function: <c>duty officer</c>.</param>
public sealed record ContactPoint(
    string Id,
    string Channel,
    string For,
    SealedField Address,
    ContactStanding Standing
);
