namespace Breakwater.Preparedness.Exercises;

/// <summary>The state of an exercise after one more event.</summary>
internal static class RunAfter
{
    public static ExerciseRun Of(ExerciseRun? before, RunEvent happened)
    {
        ExerciseRun after = happened switch
        {
            RunFounded founded => Founded(founded),
            RunStarted => Runs(before!, happened) with { State = RunState.Running },
            RunPaused => Stands(before!, happened) with { State = RunState.Paused },
            RunResumed => Runs(before!, happened) with { State = RunState.Running },
            RunSpeedChanged changed => before! with
            {
                Clock = before.Clock with { Since = changed.At, Speed = changed.Speed },
            },
            InjectFired fired => With(
                before!,
                fired.InjectId,
                one =>
                    one with
                    {
                        State = InjectState.Fired,
                        FiredAt = fired.At,
                        Outcome = fired.Outcome,
                    }
            ),
            InjectSkipped skipped => With(
                before!,
                skipped.InjectId,
                one => one with { State = InjectState.Skipped, Outcome = skipped.Reason }
            ),
            InjectAdded added => before! with
            {
                Injects =
                [
                    .. before.Injects,
                    InjectStanding.Planned(added.Inject, before.StartsAt, before.EndsAt) with
                    {
                        AddedBy = added.By,
                    },
                ],
            },
            InjectSeen seen => With(
                before!,
                seen.InjectId,
                one =>
                    one with
                    {
                        SeenBy =
                        [
                            .. one.SeenBy,
                            new InjectSight(seen.By, seen.Organisation, seen.Roles, seen.At),
                        ],
                    }
            ),
            FeedsShown shown => before! with { FeedsUntil = shown.At, Files = shown.Files },
            RunBranched branched => before! with { Branches = [.. before.Branches, branched.Node] },
            RunBranchedFrom from => Stands(before!, happened) with
            {
                BranchOf = from.Node,
                Branches = [],
                Report = null,
                State = before!.State == RunState.Ready ? RunState.Ready : RunState.Paused,
                EndReason = "",
            },
            RunEnded ended => Stands(before!, happened) with
            {
                State = RunState.Ended,
                EndReason = ended.Reason,
            },
            RunReported reported => before! with { Report = reported.Result },
            _ => before!,
        };
        return after with { ChangedAt = happened.At };
    }

    private static ExerciseRun Founded(RunFounded founded) =>
        new()
        {
            Id = founded.Id,
            Scenario = founded.Scenario,
            Titles = founded.Titles,
            ScenarioSha256 = founded.ScenarioSha256,
            Control = founded.Control,
            StartsAt = founded.StartsAt,
            EndsAt = founded.EndsAt,
            FeedsEvery = founded.FeedsEvery,
            State = RunState.Ready,
            Clock = new RunClock(founded.StartsAt, founded.Speed, IsRunning: false),
            Injects =
            [
                .. founded.Injects.Select(inject =>
                    InjectStanding.Planned(inject, founded.StartsAt, founded.EndsAt)
                ),
            ],
            Truth = founded.Truth,
            Expected = founded.Expected,
            ChangedAt = founded.At,
            Marking = founded.Marking,
        };

    private static ExerciseRun Runs(ExerciseRun run, RunEvent happened) =>
        run with
        {
            Clock = run.Clock with { Since = happened.At, IsRunning = true },
        };

    private static ExerciseRun Stands(ExerciseRun run, RunEvent happened) =>
        run with
        {
            Clock = run.Clock with { Since = happened.At, IsRunning = false },
        };

    private static ExerciseRun With(
        ExerciseRun run,
        string id,
        Func<InjectStanding, InjectStanding> change
    ) =>
        run with
        {
            Injects = [.. run.Injects.Select(one => one.Inject.Id == id ? change(one) : one)],
        };
}
