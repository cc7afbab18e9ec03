using Breakwater.Preparedness.Exercises;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.AfterAction;

/// <summary>One event of an exercise's ledger, as far as a report needs it.</summary>
/// <param name="At">The scenario's moment.</param>
public sealed record LedgerMoment(
    long Sequence,
    Instant At,
    string Type,
    string Subject,
    string Author
);

/// <summary>Somebody who played, with the organisation and the roles that they had.</summary>
public sealed record Player(string Person, string? Organisation, IReadOnlyList<Role> Roles);

/// <summary>A time that was reached, or never was. It is reckoned from the onset, and names the events that it follows from.</summary>
/// <param name="Key"><c>detect</c>, <c>decide</c>, <c>first-working</c> or <c>reconnect</c>.</param>
/// <param name="Took">Null when it never happened: no number stands for that.</param>
/// <param name="Events">Sequences in the ledger.</param>
/// <param name="About">Ledger subject or product that reached it; null when nothing did.</param>
public sealed record AfterActionFigure(
    string Key,
    Instant? At,
    Duration? Took,
    IReadOnlyList<long> Events,
    string? About
)
{
    /// <summary>By when the plan of the exercise expected it; null: it did not.</summary>
    public Instant? ExpectedBy { get; init; }

    /// <summary>Null where nothing was expected, or its moment has not come.</summary>
    public bool? IsInTime(Instant now) =>
        ExpectedBy is not { } by ? null
        : At is { } at ? at <= by
        : by <= now ? false
        : null;
}

/// <summary>A moment that passed without what was due at it.</summary>
/// <param name="What">Type of the event that says so, or what no event says.</param>
/// <param name="Subject">Of the ledger; the key of the figure for a moment that the plan expected.</param>
public sealed record MissedMoment(string What, string Subject, Instant At, long? Event)
{
    /// <summary>Said of what the plan of the exercise expected by a moment.</summary>
    public const string Expected = "ExpectedMomentMissed";
}

/// <summary>What the holders of one role did.</summary>
/// <param name="First">Null when nobody in the role did anything.</param>
/// <param name="Acts">Types of events with how often, most frequent first.</param>
public sealed record RoleActs(
    Role Role,
    IReadOnlyList<string> People,
    int Count,
    Instant? First,
    Instant? Last,
    IReadOnlyList<(string Type, int Count)> Acts,
    IReadOnlyList<long> Events
);

/// <summary>Something that was there to be seen, and that nobody said or showed to have seen.</summary>
/// <param name="Kind"><c>inject</c> or <c>disruption</c>.</param>
public sealed record NeverSeen(string Kind, string Id, Instant? Since, IReadOnlyList<Role> Roles);

/// <summary>What an exercise found, from its ledger and from nothing else.</summary>
/// <param name="Node">Name of the node that was the exercise.</param>
/// <param name="Size">Events of the ledger that it is made from.</param>
public sealed record AfterActionReport(
    string Node,
    string Scenario,
    IReadOnlyDictionary<string, string> Titles,
    string? BranchOf,
    RunState State,
    Instant StartedAt,
    Instant ReportedAt,
    string EndReason,
    ScenarioTruth? Truth,
    long Size,
    IReadOnlyList<AfterActionFigure> Figures,
    IReadOnlyList<MissedMoment> Missed,
    IReadOnlyList<RoleActs> Roles,
    IReadOnlyList<InjectStanding> Injects,
    IReadOnlyList<NeverSeen> NeverSeen
)
{
    public AfterActionFigure Figure(string key) => Figures.First(figure => figure.Key == key);
}
