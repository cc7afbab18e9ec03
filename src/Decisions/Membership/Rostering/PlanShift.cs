using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Rostering;

/// <summary>Puts a person on duty. Being on duty gives no role; the person has it or has it not.</summary>
/// <param name="Id">Of the shift, made by the caller.</param>
public sealed record PlanShift(string Id, string Person, Role Role, Instant Since, Instant Until)
{
    public static Decided<DutyRosterEvent> Decide(
        DutyRoster? roster,
        PlanShift command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            RosterWhyNot.KeepsIt(roster, by)
            ?? Limits.Id("id", command.Id)
            ?? Limits.Id("person", command.Person)
            ?? Limits.Defined("role", command.Role)
            ?? RosterWhyNot.Window(command.Since, command.Until, now)
            ?? (
                roster!.Shifts.Any(shift => shift.Id == command.Id)
                    ? Refusal.WrongState("there is a shift with that id")
                : roster.Shifts.Count >= Limits.ListMax
                    ? Refusal.TooMuch($"a roster has at most {Limits.ListMax} shifts")
                : null
            );
        return refusal is not null
            ? refusal
            : new ShiftPlanned(
                new Shift(command.Id, command.Person, command.Role, command.Since, command.Until),
                by.Person,
                now
            );
    }
}

public sealed record CancelShift(string Shift, string Reason)
{
    public static Decided<DutyRosterEvent> Decide(
        DutyRoster? roster,
        CancelShift command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        // Whoever cannot come says so without asking anybody.
        bool isOwn =
            roster?.Shifts.Any(shift => shift.Id == command.Shift && shift.Person == by.Person)
            == true;
        Refusal? refusal =
            (isOwn ? null : RosterWhyNot.KeepsIt(roster, by))
            ?? Limits.Text("reason", command.Reason)
            ?? (
                roster!.Shifts.Any(shift => shift.Id == command.Shift)
                    ? null
                    : Refusal.WrongState("there is no such shift")
            );
        return refusal is not null
            ? refusal
            : new ShiftCancelled(command.Shift, command.Reason, by.Person, now);
    }
}

/// <summary>Whoever was on duty leaves word for the next.</summary>
public sealed record HandOver(string Shift, string Note)
{
    public static Decided<DutyRosterEvent> Decide(
        DutyRoster? roster,
        HandOver command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Shift? shift = roster?.Shifts.FirstOrDefault(shift => shift.Id == command.Shift);
        Refusal? refusal =
            shift is null ? Refusal.WrongState("there is no such shift")
            : shift.Person != by.Person ? Refusal.NotAllowed("only the person on duty hands over")
            : now < shift.Since ? Refusal.WrongState("the shift has not begun")
            : Limits.Text("note", command.Note);
        return refusal is not null
            ? refusal
            : new ShiftHandedOver(command.Shift, command.Note, by.Person, now);
    }
}
