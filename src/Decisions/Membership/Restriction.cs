using NodaTime;

namespace Breakwater.Decisions.Membership;

public enum RestrictionKind
{
    Suspended,
    Revoked,
}

/// <summary>An organisation kept from operations: at once by one person, for longer only by two.</summary>
/// <param name="Second">Who confirmed it; null while nobody has.</param>
/// <param name="Before">The confirmed suspension that a revocation took the place of, and that holds again if it lapses.</param>
public sealed record Restriction(
    RestrictionKind Kind,
    string Reason,
    Signatory By,
    Instant At,
    Signatory? Second,
    bool IsEscalated,
    Lift? Lift,
    Appeal? Appeal,
    Restriction? Before
);

/// <summary>A proposal to end a restriction.</summary>
public sealed record Lift(string Reason, Signatory By, Instant At);

public enum AppealRuling
{
    /// <summary>The appeal is right: the restriction ends.</summary>
    Upheld,
    Dismissed,
}

/// <summary>An organisation's answer to its restriction, to be heard by people who took no part.</summary>
/// <param name="Due">When it is told again that nobody has ruled.</param>
public sealed record Appeal(
    string Grounds,
    string By,
    Instant At,
    Instant Due,
    ProposedRuling? Proposed,
    AppealRuling? Ruling
);

/// <summary>What one of the two who hear an appeal would rule.</summary>
public sealed record ProposedRuling(AppealRuling Ruling, string Reason, Signatory By);
