using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises.Running;

/// <summary>Makes a fresh node an exercise of one scenario. Who calls it has read the scenario and its injects.</summary>
/// <param name="Control">The organisation of those who run it.</param>
public sealed record FoundRun(
    string Scenario,
    IReadOnlyDictionary<string, string> Titles,
    string ScenarioSha256,
    string Control,
    Instant StartsAt,
    Instant EndsAt,
    Duration FeedsEvery,
    decimal Speed,
    IReadOnlyList<Inject> Injects,
    ScenarioTruth? Truth
)
{
    /// <summary>By when a time is expected to be reached, by its key in <see cref="ExpectedMoments"/>; what is not in it is not expected.</summary>
    public IReadOnlyDictionary<string, Instant> Expected { get; init; } =
        new Dictionary<string, Instant>();

    public static Duration LengthMax { get; } = Duration.FromDays(62);

    public static Duration FeedsEveryMin { get; } = Duration.FromMinutes(5);

    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        FoundRun command,
        string by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no = state is not null
            ? Refusal.WrongState("this node is an exercise already, for good")
            : WhyNot(command);
        return no is not null
            ? no
            : new RunFounded(
                now,
                by,
                ExerciseRun.TheOne,
                command.Scenario,
                command.Titles,
                command.ScenarioSha256,
                command.Control,
                command.StartsAt,
                command.EndsAt,
                command.FeedsEvery,
                command.Speed,
                command.Injects,
                command.Truth,
                new Marking(Distribution.Community, Tlp.AmberStrict)
                {
                    Organisation = command.Control,
                }
            )
            {
                Expected = command.Expected,
            };
    }

    private static Refusal? WhyNot(FoundRun command) =>
        Checks.Id(command.Scenario, "the scenario")
        ?? Checks.Id(command.Control, "the organisation of those who run the exercise")
        ?? (
            command.EndsAt <= command.StartsAt ? Refusal.Invalid("an exercise ends after it begins")
            : command.EndsAt - command.StartsAt > LengthMax
                ? Refusal.TooMuch(
                    $"an exercise lasts at most {LengthMax.Days} days of the scenario"
                )
            : command.FeedsEvery < FeedsEveryMin
                ? Refusal.TooMuch(
                    $"feeds are let in at most every {FeedsEveryMin.TotalMinutes:0} minutes of the scenario"
                )
            : RunRules.Speed(command.Speed)
        )
        ?? ExpectedMoments.WhyNot(command.Expected, command.StartsAt, command.EndsAt)
        ?? RunRules.Injects(command.Injects);
}
