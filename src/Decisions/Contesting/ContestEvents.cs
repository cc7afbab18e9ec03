using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Contesting;

/// <summary>What happens to a contest.</summary>
/// <param name="By">Pseudonym of the person.</param>
public abstract record ContestEvent(Instant At, string By);

/// <param name="Organisation">Of which the person is a member; null for none.</param>
/// <param name="IsVoice">True when it is not contested for that organisation.</param>
public sealed record FindingContested(
    Instant At,
    string By,
    string? Organisation,
    StakeholderClass Class,
    bool IsVoice,
    string Id,
    ContestedFinding Finding,
    ContestAspect Aspect,
    string Text,
    string Proposed,
    IReadOnlyList<string> Sources,
    Marking Marking
) : ContestEvent(At, By);

/// <summary>What an analyst said in the course of it.</summary>
public abstract record ContestSaid(Instant At, string By, string? Organisation, string Reason)
    : ContestEvent(At, By)
{
    internal ContestWord Word => new(By, Organisation, Reason, At);
}

public sealed record ContestAdmitted(Instant At, string By, string? Organisation, string Reason)
    : ContestSaid(At, By, Organisation, Reason);

public sealed record ContestNotAdmitted(Instant At, string By, string? Organisation, string Reason)
    : ContestSaid(At, By, Organisation, Reason);

public sealed record ContestAnswered(Instant At, string By, string? Organisation, string Reason)
    : ContestSaid(At, By, Organisation, Reason);

public sealed record ContestDecided(
    Instant At,
    string By,
    string? Organisation,
    ContestOutcome Outcome,
    string Reason
) : ContestSaid(At, By, Organisation, Reason);

public sealed record ContestChangeNamed(
    Instant At,
    string By,
    string? Organisation,
    ContestChange Change
) : ContestEvent(At, By);

public sealed record ContestClosed(Instant At, string By) : ContestEvent(At, By);
