using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

public enum MissionState
{
    Proposed,
    Approved,
    UnderWay,
    Aborted,
    Completed,
    Lapsed,
    Closed,
}

/// <summary>What a check-in says. There is no field for a place.</summary>
public enum CheckInWord
{
    AllWell,
    Delayed,
    NeedHelp,
}

public enum MissionOutcome
{
    Repaired,
    Delivered,
    PartlyDone,
    TurnedBack,
}

/// <summary>Numbers only, never names; null is not known, which is not none.</summary>
public sealed record Casualties(int? Killed, int? Injured, int? Missing);

public sealed record MissionApproval(string Person, string Organisation, Instant At);

/// <summary>How a clearance stood when it was looked at.</summary>
/// <param name="Standing">As the clearance's own standing: <c>given</c>, <c>no-answer</c>, <c>expired</c>.</param>
public sealed record MissionPermit(
    string Clearance,
    ClearanceKind Permit,
    string Standing,
    Instant? EffectiveAt,
    Instant? Until
)
{
    public static MissionPermit Of(ClearanceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new(file.Id, file.Permit, file.Standing, file.EffectiveAt, file.Until);
    }

    /// <summary>True when it was seen given and in force at that moment, or not required; as <see cref="ClearanceFile.AllowsAt"/>.</summary>
    public bool AllowsAt(Instant at) =>
        Standing == "not-required"
        || (Standing == "given" && EffectiveAt <= at && (Until is not { } until || at < until));
}

/// <summary>How far the watch over a crew has gone since its last sign of life.</summary>
public enum WatchLevel
{
    Awaiting,
    Reminded,
    Alarmed,
    Overdue,
}

/// <summary>The watch over a crew that is out. It ends when they are back, and with nothing else.</summary>
/// <param name="DueAt">When the next check-in is due.</param>
/// <param name="Overdues">How often they were called overdue.</param>
/// <param name="OverdueAt">When last.</param>
public sealed record MissionWatch(
    Instant DueAt,
    WatchLevel Level,
    int Overdues,
    Instant? OverdueAt
);

/// <summary>
/// A trip for repair or delivery. It needs two approvals from different organisations and an answer on access; it needs no
/// notification, and anybody in it can end it.
/// </summary>
public sealed record Mission : ISubject<Mission, MissionEvent>
{
    /// <summary>After so many calls the crew stays overdue and is not called anew.</summary>
    public const int OverduesMax = 48;

    public static string Kind => "mission";

    public required string Id { get; init; }

    public required string? Parent { get; init; }

    public required MissionTerms Terms { get; init; }

    /// <summary>What an approval must name, so that nobody approves what has changed meanwhile.</summary>
    public required string TermsId { get; init; }

    public required MissionState State { get; init; }

    /// <summary>Pseudonym of who proposed these terms last.</summary>
    public required string ProposedBy { get; init; }

    public IReadOnlyList<MissionApproval> Approvals { get; init; } = [];

    /// <summary>The clearances as they were last seen, one entry for each.</summary>
    public IReadOnlyList<MissionPermit> Permits { get; init; } = [];

    public Instant? StartedAt { get; init; }

    /// <summary>Null while nobody is out.</summary>
    public MissionWatch? Watch { get; init; }

    public Instant? LastSeenAt { get; init; }

    /// <summary>Alarms that nothing has answered, in the order in which they came.</summary>
    public IReadOnlyList<MissionAlarm> Alarms { get; init; } = [];

    /// <summary>Since when help may be needed; null while nothing says so.</summary>
    public Instant? AlarmSince => Alarms.Count == 0 ? null : Alarms.Min(alarm => alarm.Since);

    /// <summary>The gravest of the alarms.</summary>
    public AlarmReason? Alarm => Alarms.Count == 0 ? null : Alarms.Max(alarm => alarm.Reason);

    public MissionOutcome? Outcome { get; init; }

    public Casualties? Casualties { get; init; }

    public string Note { get; init; } = "";

    public string Lessons { get; init; } = "";

    public Instant? EndedAt { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    /// <summary><c>overdue</c> and <c>alarm</c> come before the state: whoever looks must see them first.</summary>
    [JsonIgnore]
    public string Standing =>
        Watch is { Level: WatchLevel.Overdue } ? "overdue"
        : AlarmSince is not null ? "alarm"
        : State switch
        {
            MissionState.Proposed => "proposed",
            MissionState.Approved => "approved",
            MissionState.UnderWay => "under-way",
            MissionState.Aborted => "aborted",
            MissionState.Completed => "completed",
            MissionState.Lapsed => "lapsed",
            MissionState.Closed => "closed",
            _ => "proposed",
        };

    [JsonIgnore]
    public Instant? DueAt =>
        Watch is { } watch ? MissionWatching.DueAt(watch, Terms)
        : State is MissionState.Proposed or MissionState.Approved ? Terms.Until
        : null;

    [JsonIgnore]
    public Place? Place => Terms.Area;

    [JsonIgnore]
    public string Words => $"{Terms.Purpose} {Terms.For} {Terms.Area}";

    /// <summary>True for a person of an organisation in it, who proposed or approved it, or who watches over it.</summary>
    public bool Includes(Participant person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return (person.Organisation is { } own && Terms.Organisations.Contains(own))
            || person.Person == ProposedBy
            || Terms.SafetyOfficers.Contains(person.Person)
            || Approvals.Any(approval => approval.Person == person.Person);
    }

    /// <summary>The lapse of a window, a missed check-in, the alarm after it, and the crew overdue.</summary>
    public static Decided<MissionEvent> Elapse(Mission state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is not { } due || now < due ? Decided<MissionEvent>.Nothing
            : state.Watch is { } watch ? MissionWatching.Missed(watch, state.Terms, now).ToArray()
            : new MissionLapsed(due);
    }

    public static Mission Apply(Mission? before, MissionEvent happened) =>
        happened is MissionProposed proposed ? MissionFold.Proposed(proposed)
        : before is null ? throw new InvalidOperationException("a mission begins with its proposal")
        : MissionFold.Next(before, happened);
}
