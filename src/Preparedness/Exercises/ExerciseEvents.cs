using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises;

/// <summary>What happens to an exercise as its organisers keep it.</summary>
public abstract record ExerciseEvent(Instant At, string By);

public sealed record ExercisePlanned(
    Instant At,
    string By,
    string? Organisation,
    string Id,
    string Name,
    string Scenario,
    Place Place,
    IReadOnlyList<string> Aims,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Organisations,
    Instant HeldOn,
    Marking Marking
) : ExerciseEvent(At, By);

/// <param name="Note">What the node of the exercise signed.</param>
public sealed record ExerciseResultTaken(
    Instant At,
    string By,
    ExerciseResult Result,
    string Verifier,
    string Note
) : ExerciseEvent(At, By);

public sealed record ExerciseCancelled(Instant At, string By, string Reason)
    : ExerciseEvent(At, By);

public sealed record TaskSet(
    Instant At,
    string By,
    string TaskId,
    string What,
    string Owner,
    Instant Due
) : ExerciseEvent(At, By);

public sealed record TaskOverdue(Instant At, string By, string TaskId) : ExerciseEvent(At, By);

public sealed record TaskDone(Instant At, string By, string TaskId, string Proof)
    : ExerciseEvent(At, By);

public sealed record TaskClosed(Instant At, string By, string TaskId, string Reason)
    : ExerciseEvent(At, By);
