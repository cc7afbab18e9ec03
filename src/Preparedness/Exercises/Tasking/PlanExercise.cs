using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises.Tasking;

/// <summary>Plans an exercise. It is held on a node of its own, and its result comes back here.</summary>
public sealed record PlanExercise(
    string Id,
    string Name,
    string Scenario,
    Place Place,
    IReadOnlyList<string> Aims,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Organisations,
    Instant HeldOn,
    Marking Marking
)
{
    public static Decided<ExerciseEvent> Decide(
        Exercise? state,
        PlanExercise command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this exercise is planned already"))
            ?? Checks.Id(command.Id, "the id of the exercise")
            ?? Checks.Needed(command.Name, "the name of the exercise")
            ?? Checks.Id(command.Scenario, "the scenario")
            ?? (
                command.Place is null || command.Place.IsNowhere
                    ? Refusal.Invalid("an exercise tries the preparedness of a place; name it")
                : command.Marking is null ? Refusal.Invalid("the marking is missing")
                : null
            )
            ?? Checks.Texts(command.Aims, "aims")
            ?? (
                command.Aims.Count == 0
                    ? Refusal.Invalid("say what the exercise is to find out")
                    : null
            )
            ?? Checks.List(command.Roles, "roles")
            ?? Checks.Texts(command.Organisations, "organisations");
        return no is not null
            ? no
            : new ExercisePlanned(
                now,
                by.Person,
                by.Organisation,
                command.Id,
                command.Name,
                command.Scenario,
                command.Place!,
                command.Aims,
                [.. command.Roles.Distinct()],
                [.. command.Organisations.Distinct(StringComparer.Ordinal)],
                command.HeldOn,
                command.Marking!
            );
    }
}

public sealed record CancelExercise(string Reason)
{
    public static Decided<ExerciseEvent> Decide(
        Exercise? state,
        CancelExercise command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("exercise")
            : state.State != ExerciseState.Planned
                ? Refusal.WrongState("the exercise was held or cancelled already")
            : Checks.Needed(command.Reason, "the reason") is { } no ? no
            : new ExerciseCancelled(now, by.Person, command.Reason);
    }
}

/// <summary>Takes over what the node of the exercise found and signed.</summary>
/// <param name="Verifier">The public key of that node, as its report prints it.</param>
/// <param name="Note">The signed note beside its report.</param>
public sealed record TakeOverResult(string Verifier, string Note)
{
    /// <summary>What the note says, when that node signed it; filled in before it is decided.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ExerciseResult? Signed { get; init; }

    /// <summary>Why the note counts for nothing; filled in before it is decided.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Unsigned { get; init; }

    public static Decided<ExerciseEvent> Decide(
        Exercise? state,
        TakeOverResult command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("exercise")
            : state.State == ExerciseState.Cancelled
                ? Refusal.WrongState("the exercise was cancelled")
            : command.Signed is not { } result
                ? Refusal.Invalid(command.Unsigned ?? "the note is signed by nobody")
            : result.Scenario != state.Scenario
                ? Refusal.Invalid(
                    $"the result is of the scenario {result.Scenario}, and this exercise is of {state.Scenario}"
                )
            : state.Result == result ? Decided<ExerciseEvent>.Nothing
            : new ExerciseResultTaken(now, by.Person, result, command.Verifier, command.Note);
    }
}
