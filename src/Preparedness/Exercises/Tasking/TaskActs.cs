using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises.Tasking;

/// <summary>Says what is to change, who sees to it and by when.</summary>
public sealed record SetTask(string TaskId, string What, string Owner, Instant Due)
{
    public static Decided<ExerciseEvent> Decide(
        Exercise? state,
        SetTask command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            TaskRules.Held(state)
            ?? Checks.Id(command.TaskId, "the id of the task")
            ?? Checks.Needed(command.What, "the task")
            ?? Checks.Id(command.Owner, "the organisation that sees to it")
            ?? (
                command.Due <= now ? Refusal.Invalid("the day by which it is done is past")
                : state!.Tasks.Any(task => task.Id == command.TaskId)
                    ? Refusal.WrongState("there is a task of that id already")
                : state.Tasks.Count >= Exercise.TasksMax
                    ? Refusal.TooMuch($"an exercise has at most {Exercise.TasksMax} tasks")
                : null
            );
        return no is not null
            ? no
            : new TaskSet(now, by.Person, command.TaskId, command.What, command.Owner, command.Due);
    }
}

/// <summary>The organisation that sees to a task shows that it is done.</summary>
public sealed record FinishTask(string TaskId, string Proof)
{
    public static Decided<ExerciseEvent> Decide(
        Exercise? state,
        FinishTask command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            TaskRules.Open(state, command.TaskId)
            ?? TaskRules.Owner(state!, command.TaskId, by)
            ?? Checks.Needed(command.Proof, "what shows that it is done");
        return no is not null ? no : new TaskDone(now, by.Person, command.TaskId, command.Proof);
    }
}

/// <summary>A task will not be done, and everybody can read why.</summary>
public sealed record CloseTask(string TaskId, string Reason)
{
    public static Decided<ExerciseEvent> Decide(
        Exercise? state,
        CloseTask command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            TaskRules.Open(state, command.TaskId)
            ?? TaskRules.Owner(state!, command.TaskId, by)
            ?? Checks.Needed(command.Reason, "the reason");
        return no is not null ? no : new TaskClosed(now, by.Person, command.TaskId, command.Reason);
    }
}

internal static class TaskRules
{
    public static Refusal? Held(Exercise? state) =>
        state is null ? Checks.Missing("exercise")
        : state.State == ExerciseState.Held ? null
        : Refusal.WrongState("tasks follow from a result; take over that of the exercise first");

    public static Refusal? Open(Exercise? state, string task) =>
        Held(state)
        ?? (
            state!.Tasks.FirstOrDefault(one => one.Id == task) switch
            {
                null => Refusal.Invalid($"there is no task {task}"),
                { State: TaskState.Open } => null,
                _ => Refusal.WrongState("the task has ended"),
            }
        );

    public static Refusal? Owner(Exercise state, string task, Participant by) =>
        state.Tasks.First(one => one.Id == task).Owner == by.Organisation
            ? null
            : Refusal.NotAllowed("a task is ended by the organisation that sees to it");
}
