using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises;

public enum ExerciseState
{
    Planned,
    Held,
    Cancelled,
}

public enum TaskState
{
    Open,

    /// <summary>Somebody showed that it was done.</summary>
    Done,

    /// <summary>It will not be done, for a reason.</summary>
    Closed,
}

/// <summary>What is to change after an exercise, and who sees to it.</summary>
/// <param name="Owner">The organisation that sees to it.</param>
/// <param name="Note">What shows that it was done, or why it will not be; empty while it is open.</param>
public sealed record ExerciseTask(
    string Id,
    string What,
    string Owner,
    Instant Due,
    TaskState State,
    bool IsOverdue,
    Instant? EndedAt,
    string Note
);

/// <summary>What an exercise found, as the node of the exercise signed it. No figure is a time that was not reached.</summary>
/// <param name="Node">Name of the node that was the exercise.</param>
/// <param name="ReportSha256">SHA-256 of its after-action report in JSON.</param>
/// <param name="Detect">From the onset to the first disruption that was told; null: it never was.</param>
public sealed record ExerciseResult(
    string Node,
    string Scenario,
    Instant StartedAt,
    Instant EndedAt,
    string ReportSha256,
    Duration? Detect,
    Duration? Decide,
    Duration? FirstWorking,
    Duration? Reconnect,
    int Missed
);

/// <summary>An exercise as the organisations that hold it plan it and learn from it, on their real node. Nothing of the exercise itself is here.</summary>
public sealed record Exercise : ISubject<Exercise, ExerciseEvent>
{
    public const int TasksMax = 200;

    public static string Kind => "exercise";

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Id of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Whose preparedness is tried.</summary>
    public required Place Place { get; init; }

    Place? ISubject<Exercise, ExerciseEvent>.Place => Place;

    /// <summary>What it is to find out.</summary>
    public required IReadOnlyList<string> Aims { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>Who takes part.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }

    /// <summary>When it is to be held.</summary>
    public required Instant HeldOn { get; init; }

    public required ExerciseState State { get; init; }

    /// <summary>Null before it was held, or while nobody has taken its result over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExerciseResult? Result { get; init; }

    public IReadOnlyList<ExerciseTask> Tasks { get; init; } = [];

    public string EndReason { get; init; } = "";

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing =>
        State != ExerciseState.Held ? Checks.Word(State)
        : Tasks.Any(task => task is { State: TaskState.Open, IsOverdue: true }) ? "tasks-overdue"
        : Tasks.Any(task => task.State == TaskState.Open) ? "tasks-open"
        : Checks.Word(State);

    [JsonIgnore]
    public Instant? DueAt =>
        Tasks
            .Where(task => task is { State: TaskState.Open, IsOverdue: false })
            .Select(task => (Instant?)task.Due)
            .Min();

    [JsonIgnore]
    public string Words => $"{Name} {Scenario} {Place.Key}";

    /// <summary>A task whose day has passed is overdue. It stays open.</summary>
    public static Decided<ExerciseEvent> Elapse(Exercise state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state
            .Tasks.Where(task =>
                task is { State: TaskState.Open, IsOverdue: false } && task.Due <= now
            )
            .Select(ExerciseEvent (task) => new TaskOverdue(now, Checks.Time, task.Id))
            .ToArray();
    }

    public static Exercise Apply(Exercise? before, ExerciseEvent happened)
    {
        Exercise after = happened switch
        {
            ExercisePlanned planned => new Exercise
            {
                Id = planned.Id,
                Name = planned.Name,
                Scenario = planned.Scenario,
                Place = planned.Place,
                Aims = planned.Aims,
                Roles = planned.Roles,
                Organisations = planned.Organisations,
                HeldOn = planned.HeldOn,
                State = ExerciseState.Planned,
                ChangedAt = planned.At,
                Marking = planned.Marking,
            },
            ExerciseResultTaken taken => before! with
            {
                State = ExerciseState.Held,
                Result = taken.Result,
            },
            ExerciseCancelled cancelled => before! with
            {
                State = ExerciseState.Cancelled,
                EndReason = cancelled.Reason,
            },
            TaskSet set => before! with
            {
                Tasks =
                [
                    .. before.Tasks,
                    new ExerciseTask(
                        set.TaskId,
                        set.What,
                        set.Owner,
                        set.Due,
                        TaskState.Open,
                        false,
                        null,
                        ""
                    ),
                ],
            },
            TaskOverdue overdue => With(
                before!,
                overdue.TaskId,
                task => task with { IsOverdue = true }
            ),
            TaskDone done => With(
                before!,
                done.TaskId,
                task => task with { State = TaskState.Done, EndedAt = done.At, Note = done.Proof }
            ),
            TaskClosed closed => With(
                before!,
                closed.TaskId,
                task =>
                    task with
                    {
                        State = TaskState.Closed,
                        EndedAt = closed.At,
                        Note = closed.Reason,
                    }
            ),
            _ => before!,
        };
        return after with { ChangedAt = happened.At };
    }

    private static Exercise With(
        Exercise exercise,
        string task,
        Func<ExerciseTask, ExerciseTask> change
    ) =>
        exercise with
        {
            Tasks = [.. exercise.Tasks.Select(one => one.Id == task ? change(one) : one)],
        };
}
