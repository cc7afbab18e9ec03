using NodaTime;

namespace Breakwater.Preparedness.Exercises;

public enum RunStepKind
{
    /// <summary>Feeds show what they saw since the last time.</summary>
    Feeds,
    Inject,
    End,
}

/// <summary>One thing that happens by itself, at its moment of the scenario and at no other.</summary>
/// <param name="Inject">Id of the inject; null for the other kinds.</param>
public sealed record RunStep(Instant At, RunStepKind Kind, string? Inject = null);

/// <summary>The order of what happens by itself: by moment; of one moment feeds first, injects as they are written, the end last.</summary>
internal static class RunSchedule
{
    public static RunStep? Next(ExerciseRun run)
    {
        if (run.State == RunState.Ended)
        {
            return null;
        }

        Instant feeds = run.FeedsUntil is { } until ? until + run.FeedsEvery : run.StartsAt;
        InjectStanding? inject = run
            .Injects.Where(one => one.State == InjectState.Waiting)
            .MinBy(one => one.Inject.At);
        RunStep[] steps =
        [
            .. feeds <= run.EndsAt ? (RunStep[])[new RunStep(feeds, RunStepKind.Feeds)] : [],
            .. inject is null
                ? (RunStep[])[]
                : [new RunStep(inject.Inject.At, RunStepKind.Inject, inject.Inject.Id)],
            new RunStep(run.EndsAt, RunStepKind.End),
        ];
        return steps.OrderBy(step => step.At).ThenBy(step => step.Kind).First();
    }
}
