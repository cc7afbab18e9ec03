using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises;

public enum RunState
{
    /// <summary>Founded, and its clock has never run.</summary>
    Ready,
    Running,
    Paused,
    Ended,
}

/// <summary>What really happens in the scenario: what players are to find out, and those who run the exercise know.</summary>
/// <param name="Source">Whether the plan states it, or it was told from the whole of the data.</param>
public sealed record ScenarioTruth(string What, Place Place, InstantRange Onset, string Source);

/// <summary>
/// The exercise that a node is: a scenario, a clock, and what is brought in on it. Only those who run the exercise see it whole.
/// </summary>
public sealed record ExerciseRun : ISubject<ExerciseRun, RunEvent>
{
    /// <summary>A node is one exercise for good.</summary>
    public const string TheOne = "run";

    public const int SightsMax = 200;

    public static string Kind => "exercise-run";

    public required string Id { get; init; }

    /// <summary>Id of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>By BCP 47 language.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    /// <summary>SHA-256 of the scenario as it was founded.</summary>
    public required string ScenarioSha256 { get; init; }

    /// <summary>The organisation of those who run it.</summary>
    public required string Control { get; init; }

    /// <summary>The node of the exercise that this one goes on from; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BranchOf { get; init; }

    public required Instant StartsAt { get; init; }

    public required Instant EndsAt { get; init; }

    /// <summary>How much of the scenario lies between two looks at the feeds.</summary>
    public required Duration FeedsEvery { get; init; }

    public required RunState State { get; init; }

    /// <summary>The clock's present stretch.</summary>
    public required RunClock Clock { get; init; }

    public required IReadOnlyList<InjectStanding> Injects { get; init; }

    /// <summary>Until when feeds have been let in; null before the first time.</summary>
    public Instant? FeedsUntil { get; init; }

    /// <summary>Ids of the files that hold what feeds have shown so far, by the file of the feed.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Null where nobody knows.</summary>
    public ScenarioTruth? Truth { get; init; }

    /// <summary>By when a time is expected to be reached, by its key in <see cref="ExpectedMoments"/>; what is not in it is not expected.</summary>
    public IReadOnlyDictionary<string, Instant> Expected { get; init; } =
        new Dictionary<string, Instant>();

    /// <summary>Nodes that went on from this one.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    public string EndReason { get; init; } = "";

    /// <summary>What it found; null until it has ended and somebody has asked for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExerciseResult? Report { get; init; }

    /// <summary>The scenario's moment of the last thing that happened to the exercise itself.</summary>
    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public string Words => $"{Scenario} {string.Join(' ', Titles.Values)}";

    /// <summary>What comes next by itself, and when; null for nothing.</summary>
    public RunStep? Next() => RunSchedule.Next(this);

    /// <summary>Injects that somebody has been told of, newest first.</summary>
    public IEnumerable<InjectStanding> Told(
        IReadOnlySet<Role> roles,
        string? organisation,
        Instant now
    ) =>
        Injects
            .Where(one =>
                one.State == InjectState.Fired
                // A report comes in among all others, and nobody is told that it was brought in.
                && one.Inject.Kind == InjectKind.Message
                && one.Inject.IsFor(roles, organisation, now)
            )
            .OrderByDescending(one => one.FiredAt);

    /// <summary>Stretches of the scenario in which a feed shows nothing.</summary>
    public IEnumerable<(Instant Since, Instant Until)> BlindOf(string feed) =>
        Injects
            .Where(one =>
                one is { State: InjectState.Fired, Inject.Kind: InjectKind.FeedBlind }
                && one.Inject.About == feed
            )
            .Select(one => (one.FiredAt!.Value, one.Inject.Until ?? Instant.MaxValue));

    public static ExerciseRun Apply(ExerciseRun? before, RunEvent happened) =>
        RunAfter.Of(before, happened);
}
