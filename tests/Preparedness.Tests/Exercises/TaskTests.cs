using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Exercises.Tasking;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Exercises;

/// <summary>What an exercise leads to, and what of it the index hears.</summary>
public sealed class TaskTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 8, 0);

    private static readonly Participant _relief = new(
        "planner",
        "relief",
        StakeholderClass.CivilSociety,
        new HashSet<Role> { Role.Planner }
    );

    private static readonly ExerciseResult _result = new(
        "exercise-00",
        "sudan-2024-02",
        _now,
        _now + Duration.FromHours(72),
        new string('a', 64),
        Duration.FromHours(2),
        null,
        null,
        null,
        3
    );

    [Fact]
    public void Tasks_follow_from_a_result_and_not_from_a_plan()
    {
        Exercise planned = Planned();
        Assert.Contains(
            "take over",
            SetTask.Decide(planned, Task("t"), _relief, _now).Refusal!.Reason,
            StringComparison.Ordinal
        );
        Assert.Null(SetTask.Decide(Held(), Task("t"), _relief, _now).Refusal);
    }

    [Fact]
    public void A_result_that_nobody_signed_or_that_is_of_another_scenario_is_not_taken()
    {
        Exercise planned = Planned();
        Assert.Equal(
            "no such key",
            TakeOverResult
                .Decide(
                    planned,
                    new TakeOverResult("", "") { Unsigned = "no such key" },
                    _relief,
                    _now
                )
                .Refusal!.Reason
        );
        Assert.Contains(
            "another-one",
            TakeOverResult
                .Decide(
                    planned,
                    new TakeOverResult("", "")
                    {
                        Signed = _result with { Scenario = "another-one" },
                    },
                    _relief,
                    _now
                )
                .Refusal!.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_task_is_ended_by_who_sees_to_it_and_is_overdue_when_its_day_has_passed()
    {
        Exercise exercise = Apply(Held(), SetTask.Decide(Held(), Task("t"), _relief, _now));
        Instant due = exercise.DueAt!.Value;
        Participant other = _relief with { Organisation = "carrier" };
        Assert.Equal(
            RefusalKind.NotAllowed,
            FinishTask.Decide(exercise, new FinishTask("t", "done"), other, _now).Refusal!.Kind
        );
        exercise = Apply(exercise, Exercise.Elapse(exercise, due));
        Assert.Equal("tasks-overdue", exercise.Standing);
        Assert.Null(exercise.DueAt);
        exercise = Apply(
            exercise,
            FinishTask.Decide(exercise, new FinishTask("t", "a list of numbers"), _relief, due)
        );
        Assert.Equal("held", exercise.Standing);
        Assert.NotNull(CloseTask.Decide(exercise, new CloseTask("t", "why"), _relief, due).Refusal);
    }

    [Fact]
    public void The_index_hears_the_share_of_tasks_done_and_unknown_where_there_is_nothing_to_know()
    {
        ExerciseResults none = ExerciseResults.Of([Planned()], "SD", _now);
        Assert.True(none.IsUnknown);
        Assert.Null(none.DoneShare);
        Assert.Null(none.LastHeld);

        Exercise exercise = Held();
        Assert.Null(ExerciseResults.Of([exercise], "SD", _now).DoneShare);
        foreach (string id in (string[])["a", "b", "c", "d"])
        {
            exercise = Apply(exercise, SetTask.Decide(exercise, Task(id), _relief, _now));
        }

        exercise = Apply(
            exercise,
            FinishTask.Decide(exercise, new FinishTask("a", "shown"), _relief, _now)
        );
        exercise = Apply(
            exercise,
            CloseTask.Decide(exercise, new CloseTask("b", "no money"), _relief, _now)
        );
        var some = ExerciseResults.Of([exercise], "SD", _now + Duration.FromDays(60));
        Assert.Equal(1.0 / 3, some.DoneShare);
        Assert.Equal((1, 2, 2, 1), (some.Done, some.Open, some.Overdue, some.Closed));
        Assert.Equal(1, some.Held);
        Assert.True(ExerciseResults.Of([exercise], "IR", _now).IsUnknown);
    }

    private static SetTask Task(string id) =>
        new(id, "agree on one number to call", "relief", _now + Duration.FromDays(30));

    private static Exercise Planned() =>
        Apply(
            null,
            PlanExercise.Decide(
                null,
                new PlanExercise(
                    "e",
                    "Networks fall one after another",
                    "sudan-2024-02",
                    Place.OfCountry("SD"),
                    ["does anybody notice a blind feed"],
                    [Role.Analyst],
                    ["relief"],
                    _now,
                    Marking.Public
                ),
                _relief,
                _now
            )
        );

    private static Exercise Held() =>
        Apply(
            Planned(),
            TakeOverResult.Decide(
                Planned(),
                new TakeOverResult("key", "line") { Signed = _result },
                _relief,
                _now
            )
        );

    private static Exercise Apply(Exercise? exercise, Decided<ExerciseEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(exercise, Exercise.Apply)!;
    }
}
