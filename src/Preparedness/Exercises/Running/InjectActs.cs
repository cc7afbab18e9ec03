using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises.Running;

/// <summary>Brings an inject in before its moment, or one whose moment was over.</summary>
public sealed record FireInject(string InjectId)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        FireInject command,
        string outcome,
        Participant by,
        Instant now
    ) =>
        (RunRules.Control(state, by, now) ?? RunRules.Pending(state!, command.InjectId)) is { } no
            ? no
            : new InjectFired(now, by.Person, command.InjectId, outcome);

    /// <summary>Its moment has come.</summary>
    public static Decided<RunEvent> Elapse(
        ExerciseRun state,
        string inject,
        string outcome,
        Instant at
    ) =>
        RunRules.Pending(state, inject) is { } no
            ? no
            : new InjectFired(at, Checks.Time, inject, outcome);
}

public sealed record SkipInject(string InjectId, string Reason)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        SkipInject command,
        Participant by,
        Instant now
    ) =>
        (
            RunRules.Control(state, by, now)
            ?? RunRules.Pending(state!, command.InjectId)
            ?? Checks.Needed(command.Reason, "the reason")
        )
            is { } no
            ? no
            : new InjectSkipped(now, by.Person, command.InjectId, command.Reason);
}

/// <summary>Adds an inject that was not planned. One without a later moment comes at once.</summary>
public sealed record AddInject(Inject Inject)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        AddInject command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            RunRules.Control(state, by, now)
            ?? (command.Inject is null ? Refusal.Invalid("the inject is missing") : null)
            ?? command.Inject!.WhyNot()
            ?? (
                command.Inject.At < now
                    ? Refusal.Invalid(
                        $"the moment {command.Inject.At} of the inject is past: the clock of the exercise shows {now}"
                    )
                : command.Inject.At > state!.EndsAt
                    ? Refusal.Invalid(
                        $"the moment {command.Inject.At} of the inject comes after the end at {state.EndsAt}"
                    )
                : RunRules.Injects([.. state.Injects.Select(one => one.Inject), command.Inject])
            );
        return no is not null ? no : new InjectAdded(now, by.Person, command.Inject!);
    }
}

/// <summary>A player says that they have seen what they were told.</summary>
public sealed record NoteSeen(string InjectId)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        NoteSeen command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        InjectStanding? told = state
            ?.Told(by.Roles, by.Organisation, now)
            .FirstOrDefault(one => one.Inject.Id == command.InjectId);
        return state?.State == RunState.Ended ? Refusal.WrongState("the exercise has ended")
            : told is null ? Refusal.Invalid("you have been told nothing of that name")
            : told.SeenBy.Any(sight => sight.By == by.Person)
            || told.SeenBy.Count >= ExerciseRun.SightsMax
                ? Decided<RunEvent>.Nothing
            : new InjectSeen(
                Instant.Max(now, state!.ChangedAt),
                by.Person,
                command.InjectId,
                by.Organisation,
                [.. by.Roles.Order()]
            );
    }
}

/// <summary>Feeds show what they saw until a moment.</summary>
public static class ShowFeeds
{
    public static Decided<RunEvent> Elapse(
        ExerciseRun state,
        IReadOnlyDictionary<string, string> files,
        Instant at
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.State == RunState.Ended
            ? Refusal.WrongState("the exercise has ended")
            : new FeedsShown(at, Checks.Time, files);
    }
}
