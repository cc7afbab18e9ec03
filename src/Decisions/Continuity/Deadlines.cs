using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>Enters a deadline that somebody set.</summary>
public sealed record SetDeadline(string Id, string What, Instant Due, string Source)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        SetDeadline command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Checks.Id(command.Id, "the id of the deadline")
            ?? Wanting.Name("what is due", command.What)
            ?? Wanting.Date("the deadline", command.Due, now)
            ?? Wanting.Text("who set it", command.Source)
            ?? ContinuityRules.New(state!.Deadlines.Any(one => one.Id == command.Id), "a deadline")
            ?? ContinuityRules.Room(state.Deadlines.Count, "deadlines");
        return no is not null
            ? no
            : new DeadlineSet(
                now,
                by.Person,
                command.Id,
                command.What,
                command.Due,
                command.Source
            );
    }
}

/// <summary>Records that a deadline was met, and what shows it. After its time it was met late, and stays so.</summary>
public sealed record MeetDeadline(string Id, string Proof)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        MeetDeadline command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        CaseDeadline? at = state?.Deadlines.FirstOrDefault(one => one.Id == command.Id);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? (
                at is null ? Checks.Missing("deadline")
                : at.State is DeadlineState.Met or DeadlineState.MetLate
                    ? Refusal.WrongState("it is on record as met")
                : null
            )
            ?? Wanting.Text("the proof", command.Proof);
        return no is not null ? no
            // Whoever records it in time decides what it counts as: the clock may not have come round yet.
            : at!.State == DeadlineState.Running && at.At <= now
                ? (ContinuityEvent[])
                    [
                        new DeadlineMissed(now, Checks.Time, command.Id),
                        new DeadlineMet(now, by.Person, command.Id, command.Proof),
                    ]
            : new DeadlineMet(now, by.Person, command.Id, command.Proof);
    }
}
