using NodaTime;

namespace Breakwater.Preparedness.Exercises;

/// <summary>
/// What a country has practised, and what became of what it learnt: a component of the resilience index. What nobody knows is null
/// and never nought.
/// </summary>
/// <param name="Held">How many exercises have a result.</param>
/// <param name="LastHeld">The day for which the last one was planned, since scenario times are no dates; null when none has a result.</param>
/// <param name="DoneShare">Of the tasks that are not closed with a reason, the share that is done; null when there are none.</param>
/// <param name="Closed">Tasks that will not be done, each with its reason. They count neither as done nor as open.</param>
public sealed record ExerciseResults(
    int Held,
    Instant? LastHeld,
    double? DoneShare,
    int Done,
    int Open,
    int Overdue,
    int Closed
)
{
    /// <summary>Nobody has told of any exercise: not the same as having held none.</summary>
    public bool IsUnknown => Held == 0;

    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="asOf">Tasks are overdue, and results old, by this moment.</param>
    public static ExerciseResults Of(IEnumerable<Exercise> exercises, string country, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(exercises);
        Exercise[] held =
        [
            .. exercises.Where(exercise =>
                exercise.Place.Country == country
                && exercise is { State: ExerciseState.Held, Result: not null }
            ),
        ];
        ExerciseTask[] tasks = [.. held.SelectMany(exercise => exercise.Tasks)];
        int done = tasks.Count(task => task.State == TaskState.Done);
        int open = tasks.Count(task => task.State == TaskState.Open);
        return new ExerciseResults(
            held.Length,
            held.Select(exercise => (Instant?)exercise.HeldOn).Max(),
            done + open == 0 ? null : (double)done / (done + open),
            done,
            open,
            tasks.Count(task => task.State == TaskState.Open && task.Due <= asOf),
            tasks.Count(task => task.State == TaskState.Closed)
        );
    }
}
