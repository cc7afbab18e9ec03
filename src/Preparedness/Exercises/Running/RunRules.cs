using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises.Running;

public static class RunRules
{
    /// <summary>Why somebody may not run it, or not now.</summary>
    public static Refusal? Control(ExerciseRun? state, Participant by, Instant now) =>
        state is null ? Refusal.WrongState("this node is no exercise")
        : by.Organisation != state.Control || !by.Is(Role.Operator)
            ? Refusal.NotAllowed(
                $"an exercise is run by the operators of {state.Control}, and by nobody who plays in it"
            )
        : state.State == RunState.Ended ? Refusal.WrongState("the exercise has ended")
        : Checks.Order(state.ChangedAt, now);

    public static Refusal? Speed(decimal speed) =>
        RunClock.IsSpeed(speed)
            ? null
            : Refusal.Invalid(
                $"the clock runs {RunClock.SpeedMin} to {RunClock.SpeedMax} times as fast as a real one, in thousandths"
            );

    public static Refusal? Injects(IReadOnlyList<Inject> injects) =>
        injects.Count > Inject.Max
            ? Refusal.TooMuch($"an exercise has at most {Inject.Max} injects")
        : injects.Select(inject => inject.Id).Distinct(StringComparer.Ordinal).Count()
        < injects.Count
            ? Refusal.Invalid("two injects have one id")
        : injects.Select(inject => inject.WhyNot()).FirstOrDefault(no => no is not null);

    /// <summary>The inject that is meant, when it can still be brought in or left out.</summary>
    public static Refusal? Pending(ExerciseRun state, string inject) =>
        state.Injects.FirstOrDefault(one => one.Inject.Id == inject) switch
        {
            null => Refusal.Invalid($"there is no inject {inject} in this exercise"),
            { State: InjectState.Fired } => Refusal.WrongState($"{inject} was fired already"),
            { State: InjectState.Skipped } => Refusal.WrongState($"{inject} was left out"),
            _ => null,
        };
}
