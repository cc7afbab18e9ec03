using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises;

/// <summary>What happens to an exercise.</summary>
/// <param name="At">The scenario's moment.</param>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record RunEvent(Instant At, string By);

public sealed record RunFounded(
    Instant At,
    string By,
    string Id,
    string Scenario,
    IReadOnlyDictionary<string, string> Titles,
    string ScenarioSha256,
    string Control,
    Instant StartsAt,
    Instant EndsAt,
    Duration FeedsEvery,
    decimal Speed,
    IReadOnlyList<Inject> Injects,
    ScenarioTruth? Truth,
    Marking Marking
) : RunEvent(At, By)
{
    /// <summary>By when a time is expected to be reached, by its key in <see cref="ExpectedMoments"/>; what is not in it is not expected.</summary>
    public IReadOnlyDictionary<string, Instant> Expected { get; init; } =
        new Dictionary<string, Instant>();
}

public sealed record RunStarted(Instant At, string By) : RunEvent(At, By);

public sealed record RunPaused(Instant At, string By, string Reason) : RunEvent(At, By);

public sealed record RunResumed(Instant At, string By) : RunEvent(At, By);

public sealed record RunSpeedChanged(Instant At, string By, decimal Speed) : RunEvent(At, By);

/// <param name="Outcome">What it did, or why it could do nothing.</param>
public sealed record InjectFired(Instant At, string By, string InjectId, string Outcome)
    : RunEvent(At, By);

public sealed record InjectSkipped(Instant At, string By, string InjectId, string Reason)
    : RunEvent(At, By);

/// <summary>One that was not planned.</summary>
public sealed record InjectAdded(Instant At, string By, Inject Inject) : RunEvent(At, By);

public sealed record InjectSeen(
    Instant At,
    string By,
    string InjectId,
    string? Organisation,
    IReadOnlyList<Role> Roles
) : RunEvent(At, By);

/// <summary>Feeds showed what they saw until now.</summary>
/// <param name="Files">Ids of the files that hold it, by the file of the feed.</param>
public sealed record FeedsShown(Instant At, string By, IReadOnlyDictionary<string, string> Files)
    : RunEvent(At, By);

/// <summary>Another exercise goes on from here.</summary>
public sealed record RunBranched(Instant At, string By, string Node, long Events)
    : RunEvent(At, By);

/// <summary>This exercise goes on from another, whose events before it stand before this one under the same names.</summary>
/// <param name="Root">Merkle root over the events of the other that were taken, base64.</param>
public sealed record RunBranchedFrom(Instant At, string By, string Node, long Events, string Root)
    : RunEvent(At, By);

public sealed record RunEnded(Instant At, string By, string Reason) : RunEvent(At, By);

/// <summary>What the exercise found. The node signs this as it signs every event, and others take it over by that.</summary>
public sealed record RunReported(Instant At, string By, ExerciseResult Result) : RunEvent(At, By);
