using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises.Running;

public sealed record StartRun
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        StartRun command,
        Participant by,
        Instant now
    ) =>
        RunRules.Control(state, by, now) is { } no ? no
        : state!.State != RunState.Ready
            ? Refusal.WrongState("the exercise has begun; pause and resume it instead")
        : new RunStarted(now, by.Person);
}

/// <summary>Stops the clock. What people do meanwhile is recorded at the moment at which it stands.</summary>
public sealed record PauseRun(string Reason)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        PauseRun command,
        Participant by,
        Instant now
    ) =>
        (RunRules.Control(state, by, now) ?? Checks.Needed(command.Reason, "the reason")) is { } no
            ? no
        : state!.State != RunState.Running ? Refusal.WrongState("the clock does not run")
        : new RunPaused(now, by.Person, command.Reason);

    /// <summary>The node stops, and its clock with it: nobody plays while nobody can.</summary>
    public static Decided<RunEvent> Stop(ExerciseRun state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.State == RunState.Running
            ? new RunPaused(Instant.Max(now, state.ChangedAt), Checks.Time, "the node stopped")
            : Decided<RunEvent>.Nothing;
    }
}

public sealed record ResumeRun
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        ResumeRun command,
        Participant by,
        Instant now
    ) =>
        RunRules.Control(state, by, now) is { } no ? no
        : state!.State != RunState.Paused ? Refusal.WrongState("the exercise is not paused")
        : new RunResumed(now, by.Person);
}

public sealed record ChangeSpeed(decimal Speed)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        ChangeSpeed command,
        Participant by,
        Instant now
    ) =>
        (RunRules.Control(state, by, now) ?? RunRules.Speed(command.Speed)) is { } no ? no
        : state!.Clock.Speed == command.Speed ? Decided<RunEvent>.Nothing
        : new RunSpeedChanged(now, by.Person, command.Speed);
}

public sealed record EndRun(string Reason)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        EndRun command,
        Participant by,
        Instant now
    ) =>
        (RunRules.Control(state, by, now) ?? Checks.Needed(command.Reason, "the reason")) is { } no
            ? no
            : new RunEnded(now, by.Person, command.Reason);

    /// <summary>Its last moment has come.</summary>
    public static Decided<RunEvent> Elapse(ExerciseRun state, Instant at)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.State == RunState.Ended
            ? Decided<RunEvent>.Nothing
            : new RunEnded(at, Checks.Time, "the planned end");
    }
}
