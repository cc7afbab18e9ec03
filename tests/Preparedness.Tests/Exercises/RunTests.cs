using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Exercises.Running;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Exercises;

/// <summary>The clock of an exercise, what comes by itself, and who may run it.</summary>
public sealed class RunTests
{
    private static readonly Instant _start = Instant.FromUtc(2024, 2, 6, 12, 0);
    private static readonly Instant _end = _start + Duration.FromHours(72);

    private static readonly Participant _controller = Somebody(
        "control-1",
        "exercise-control",
        Role.Operator
    );

    private static readonly Participant _player = Somebody("p", "desk", Role.Analyst);

    [Fact]
    public void Seventy_two_hours_at_a_thousand_times_end_on_the_nanosecond()
    {
        var clock = new RunClock(_start, 1_000, IsRunning: true);
        Assert.Equal(_end, clock.At(Duration.FromMilliseconds(259_200)));
        Assert.Equal(_start + Duration.FromMilliseconds(1), clock.At(Duration.FromTicks(10)));
    }

    [Fact]
    public void A_stretch_gains_nothing_over_the_sum_of_its_parts() =>
        Gen.Select(
                Gen.Long[0, 10_000_000_000_000],
                Gen.Long[0, 10_000_000_000_000],
                Gen.Int[1, 10_000]
            )
            .Sample(
                (first, second, speed) =>
                {
                    var whole = new RunClock(_start, speed, IsRunning: true);
                    var rest = new RunClock(
                        whole.At(Duration.FromNanoseconds(first)),
                        speed,
                        IsRunning: true
                    );
                    return whole.At(Duration.FromNanoseconds(first + second))
                        == rest.At(Duration.FromNanoseconds(second));
                }
            );

    [Fact]
    public void A_clock_that_stands_shows_one_moment_however_long_it_stands() =>
        Assert.Equal(
            _start,
            new RunClock(_start, 1_000, IsRunning: false).At(Duration.FromDays(30))
        );

    [Fact]
    public void What_comes_by_itself_comes_in_the_order_of_its_moments_and_each_once()
    {
        ExerciseRun run = Running(
            Message("b", _start + Duration.FromHours(5)),
            Message("a", _start + Duration.FromHours(3)),
            Message("c", _start + Duration.FromHours(5))
        );
        var steps = new List<RunStep>();
        while (run.Next() is { } step)
        {
            steps.Add(step);
            run = Done(run, step);
        }

        Assert.Equal(steps.OrderBy(step => step.At), steps);
        Assert.Equal(["a", "b", "c"], steps.Select(step => step.Inject).OfType<string>());
        Assert.Equal(73, steps.Count(step => step.Kind == RunStepKind.Feeds));
        Assert.Equal(RunStepKind.End, steps[^1].Kind);
        Assert.Equal(_end, steps[^1].At);
        Assert.Equal(RunState.Ended, run.State);
        Assert.All(run.Injects, one => Assert.Equal(one.Inject.At, one.FiredAt));
    }

    [Fact]
    public void An_inject_whose_moment_was_over_at_the_beginning_is_late_and_is_neither_fired_nor_forgotten()
    {
        ExerciseRun run = Running(
            Message("past", _start - Duration.FromHours(1)),
            Message("beyond", _end + Duration.FromHours(1))
        );
        Assert.Equal(
            [InjectState.Late, InjectState.AfterTheEnd],
            run.Injects.Select(one => one.State)
        );
        Assert.Contains("was over", run.Injects[0].Outcome, StringComparison.Ordinal);
        Assert.Contains("after the end", run.Injects[1].Outcome, StringComparison.Ordinal);
        Assert.NotEqual("past", run.Next()!.Inject);
        Decided<RunEvent> byHand = FireInject.Decide(
            run,
            new FireInject("past"),
            "told",
            _controller,
            _start + Duration.FromHours(2)
        );
        Assert.Null(byHand.Refusal);
    }

    [Fact]
    public void An_inject_that_is_added_may_not_lie_in_the_past()
    {
        ExerciseRun run = Running();
        Instant now = _start + Duration.FromHours(2);
        Decided<RunEvent> past = AddInject.Decide(
            run,
            new AddInject(Message("x", now - Duration.FromSeconds(1))),
            _controller,
            now
        );
        Assert.Contains("is past", past.Refusal!.Reason, StringComparison.Ordinal);
        Decided<RunEvent> beyond = AddInject.Decide(
            run,
            new AddInject(Message("x", _end + Duration.FromSeconds(1))),
            _controller,
            now
        );
        Assert.Contains("after the end", beyond.Refusal!.Reason, StringComparison.Ordinal);
        Assert.Null(
            AddInject.Decide(run, new AddInject(Message("x", now)), _controller, now).Refusal
        );
    }

    [Fact]
    public void Only_its_operators_run_an_exercise()
    {
        ExerciseRun run = Running();
        Assert.Equal(
            RefusalKind.NotAllowed,
            PauseRun.Decide(run, new PauseRun("tea"), _player, _start).Refusal!.Kind
        );
        Assert.Equal(
            RefusalKind.NotAllowed,
            PauseRun
                .Decide(run, new PauseRun("tea"), Somebody("x", "desk", Role.Operator), _start)
                .Refusal!.Kind
        );
        Assert.Null(PauseRun.Decide(run, new PauseRun("tea"), _controller, _start).Refusal);
    }

    [Fact]
    public void Who_was_not_told_cannot_see_and_a_report_that_was_brought_in_is_no_message()
    {
        Instant at = _start + Duration.FromHours(1);
        ExerciseRun run = Done(
            Running(
                Message("secret", at) with
                {
                    Roles = [Role.LegalAnalyst],
                    OpenFrom = at + Duration.FromHours(5),
                },
                Message("false", at) with
                {
                    Kind = InjectKind.Report,
                    IsFalse = true,
                    Report = new InjectedReport(Place.OfCountry("SD"), "working", null, null),
                }
            ),
            new RunStep(at, RunStepKind.Inject, "secret")
        );
        run = Done(run, new RunStep(at, RunStepKind.Inject, "false"));
        Assert.Empty(run.Told(_player.Roles, "desk", at));
        Assert.NotNull(NoteSeen.Decide(run, new NoteSeen("secret"), _player, at).Refusal);
        Assert.Single(run.Told(new HashSet<Role> { Role.LegalAnalyst }, null, at));
        Assert.Single(run.Told(_player.Roles, "desk", at + Duration.FromHours(5)));
    }

    [Fact]
    public void Pauses_and_speeds_leave_the_clock_where_it_stood()
    {
        ExerciseRun run = Running();
        Instant at = _start + Duration.FromHours(2);
        run = Apply(run, PauseRun.Decide(run, new PauseRun("tea"), _controller, at));
        Assert.Equal(at, run.Clock.At(Duration.FromDays(1)));
        run = Apply(run, ChangeSpeed.Decide(run, new ChangeSpeed(60), _controller, at));
        run = Apply(run, ResumeRun.Decide(run, new ResumeRun(), _controller, at));
        Assert.Equal(at + Duration.FromHours(1), run.Clock.At(Duration.FromMinutes(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    [InlineData(0.00001)]
    public void A_clock_has_a_speed_within_limits(double speed)
    {
        ExerciseRun run = Running();
        Assert.NotNull(
            ChangeSpeed.Decide(run, new ChangeSpeed((decimal)speed), _controller, _start).Refusal
        );
    }

    private static ExerciseRun Done(ExerciseRun run, RunStep step) =>
        Apply(
            run,
            step.Kind switch
            {
                RunStepKind.Feeds => ShowFeeds.Elapse(
                    run,
                    new Dictionary<string, string>(),
                    step.At
                ),
                RunStepKind.Inject => FireInject.Elapse(run, step.Inject!, "told", step.At),
                _ => EndRun.Elapse(run, step.At),
            }
        );

    private static ExerciseRun Running(params Inject[] injects)
    {
        ExerciseRun run = Apply(
            null,
            FoundRun.Decide(
                null,
                new FoundRun(
                    "sudan-2024-02",
                    new Dictionary<string, string> { ["en"] = "Sudan" },
                    new string('0', 64),
                    "exercise-control",
                    _start,
                    _end,
                    Duration.FromHours(1),
                    1_000,
                    injects,
                    null
                ),
                "founding",
                _start
            )
        );
        return Apply(run, StartRun.Decide(run, new StartRun(), _controller, _start));
    }

    private static ExerciseRun Apply(ExerciseRun? run, Decided<RunEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(run, ExerciseRun.Apply)!;
    }

    private static Inject Message(string id, Instant at) =>
        new()
        {
            Id = id,
            At = at,
            Kind = InjectKind.Message,
            Text = new Dictionary<string, string> { ["en"] = "something is said" },
        };

    private static Participant Somebody(string person, string organisation, Role role) =>
        new(person, organisation, StakeholderClass.CivilSociety, new HashSet<Role> { role });
}
