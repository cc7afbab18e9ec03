using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>Ends a mission at once. Anybody in it, or who watches over it, may; no reason is owed.</summary>
/// <param name="Reason">May be empty.</param>
public sealed record AbortMission(string Reason)
{
    public static Decided<MissionEvent> Decide(
        Mission? state,
        AbortMission command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state?.State == MissionState.Aborted)
        {
            return Decided<MissionEvent>.Nothing;
        }

        Refusal? no =
            MissionRules.Own(
                state,
                by,
                MissionState.Proposed,
                MissionState.Approved,
                MissionState.UnderWay
            ) ?? Wanting.Optional("the reason", command.Reason);
        return no is not null ? no : new MissionAborted(command.Reason, by.Person, now);
    }
}

/// <summary>The crew of an aborted mission is back: the watch ends.</summary>
public sealed record ReportReturn(Casualties Casualties)
{
    public static Decided<MissionEvent> Decide(
        Mission? state,
        ReportReturn command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            MissionRules.Own(state, by, MissionState.Aborted)
            ?? (state!.Watch is null ? Refusal.WrongState("nobody is out") : null)
            ?? MissionRules.Counted(command.Casualties);
        return no is not null ? no : new MissionCrewReturned(command.Casualties, by.Person, now);
    }
}

/// <summary>The crew is back, and this is what came of it.</summary>
/// <param name="Note">What was done; may be empty.</param>
public sealed record CompleteMission(
    MissionOutcome Outcome,
    Casualties Casualties,
    string Note,
    Origin Origin
)
{
    public static Decided<MissionEvent> Decide(
        Mission? state,
        CompleteMission command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            MissionRules.Own(state, by, MissionState.UnderWay)
            ?? Wanting.Known("the outcome", command.Outcome)
            ?? MissionRules.Counted(command.Casualties)
            ?? Wanting.Optional("the note", command.Note)
            ?? Wanting.Known("the origin", command.Origin);
        return no is not null
            ? no
            : new MissionCompleted(
                command.Outcome,
                command.Casualties,
                command.Note,
                command.Origin,
                by.Person,
                now
            );
    }
}

/// <summary>Closes the file with what was learned. Nobody may still be out.</summary>
public sealed record CloseMission(string Lessons)
{
    public static Decided<MissionEvent> Decide(
        Mission? state,
        CloseMission command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            MissionRules.Own(
                state,
                by,
                MissionState.Completed,
                MissionState.Aborted,
                MissionState.Lapsed
            )
            ?? (
                state!.Watch is null
                    ? null
                    : Refusal.WrongState("the crew is still out; report their return first")
            )
            ?? Wanting.Text("the lessons", command.Lessons);
        return no is not null ? no : new MissionClosed(command.Lessons, by.Person, now);
    }
}
