using Breakwater.Preparedness.Consultations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Meetings;

/// <summary>Calls a meeting, in the wall clock of a place.</summary>
/// <param name="Zone">A name of the tz database, such as <c>Europe/Oslo</c>.</param>
/// <param name="About">The ledger subject that it belongs to, such as <c>consultation/…</c>.</param>
public sealed record CallMeeting(
    string Id,
    string Title,
    Instant StartsAt,
    Duration Length,
    string Zone,
    string Where,
    IReadOnlyList<string> Agenda,
    string? About = null
)
{
    public static Decided<MeetingEvent> Decide(
        Meeting? state,
        CallMeeting command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("there is a meeting with that id already"))
            ?? Chairing.WhyNotSpeak(by)
            ?? Checks.Id(command.Id, "the id")
            ?? Chairing.Title(command.Title)
            ?? Convening.WhyNot(
                command.StartsAt,
                command.Length,
                command.Where,
                command.Agenda,
                now
            )
            ?? (
                DateTimeZoneProviders.Tzdb.GetZoneOrNull(command.Zone ?? "") is null
                    ? Refusal.Invalid(
                        "the time zone is no name of the tz database, such as Africa/Khartoum or UTC"
                    )
                    : null
            )
            ?? Chairing.Reference(command.About, "what it is about");
        return no is not null
            ? no
            : new MeetingCalled(
                now,
                by.Person,
                command.Id,
                command.Title.Trim(),
                command.About,
                command.StartsAt,
                command.Length,
                command.Zone!,
                command.Where.Trim(),
                command.Agenda,
                by.Organisation!,
                Marking.Public
            );
    }
}

/// <summary>Another time, place or agenda.</summary>
public sealed record MoveMeeting(
    Instant StartsAt,
    Duration Length,
    string Where,
    IReadOnlyList<string> Agenda
)
{
    public static Decided<MeetingEvent> Decide(
        Meeting? state,
        MoveMeeting command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null)
        {
            return Checks.Missing("meeting");
        }

        Refusal? no =
            Convening.WhyNot(state, by, now)
            ?? Convening.WhyNot(
                command.StartsAt,
                command.Length,
                command.Where,
                command.Agenda,
                now
            );
        return no is not null
            ? no
            : new MeetingMoved(
                now,
                by.Person,
                command.StartsAt,
                command.Length,
                command.Where.Trim(),
                command.Agenda
            );
    }
}

public sealed record CancelMeeting(string Reason)
{
    public static Decided<MeetingEvent> Decide(
        Meeting? state,
        CancelMeeting command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        return state is null ? Checks.Missing("meeting")
            : (Convening.WhyNot(state, by, now) ?? RemarkRules.Short(command.Reason, "the reason"))
                is { } no
                ? no
            : new MeetingCancelled(now, by.Person, command.Reason);
    }
}

/// <param name="Owner">An organisation or a role.</param>
public sealed record ActionDraft(string What, string Owner, Instant? DueAt = null);

/// <summary>Says what was said, what follows, and how many of each class were there. No person is named.</summary>
public sealed record SummariseMeeting(
    string Summary,
    IReadOnlyList<ActionDraft> Actions,
    IReadOnlyList<Attendance> Attendance
)
{
    public const int ActionsMax = 50;
    public const int CountMax = 100_000;

    public static Decided<MeetingEvent> Decide(
        Meeting? state,
        SummariseMeeting command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null)
        {
            return Checks.Missing("meeting");
        }

        Refusal? no =
            Convening.WhyNot(state, by, now)
            ?? (now < state.StartsAt ? Refusal.WrongState("it has not begun") : null)
            ?? Checks.Needed(command.Summary, "the summary")
            ?? Checks.List(command.Actions, "actions")
            ?? Checks.List(command.Attendance, "counts")
            ?? (
                command.Actions.Count > ActionsMax
                    ? Refusal.TooMuch($"more than {ActionsMax} actions")
                    : null
            )
            ?? command
                .Actions.Select(action =>
                    RemarkRules.Short(action.What, "what is to be done")
                    ?? Chairing.Title(action.Owner)
                )
                .FirstOrDefault(each => each is not null)
            ?? command
                .Attendance.Select(count =>
                    Checks.Known(count.Class, "class")
                    ?? (
                        count.Count is < 0 or > CountMax
                            ? Refusal.Invalid($"a count lies between 0 and {CountMax}")
                            : null
                    )
                )
                .FirstOrDefault(each => each is not null)
            ?? (
                command.Attendance.Select(count => count.Class).Distinct().Count()
                != command.Attendance.Count
                    ? Refusal.Invalid("a class stands twice among the counts")
                    : null
            );
        return no is not null
            ? no
            : new MeetingSummarised(
                now,
                by.Person,
                command.Summary.Trim(),
                command.Actions,
                command.Attendance
            );
    }
}

/// <summary>Says what came of an action.</summary>
public sealed record EndMeetingAction(int Action, string Outcome)
{
    public static Decided<MeetingEvent> Decide(
        Meeting? state,
        EndMeetingAction command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null)
        {
            return Checks.Missing("meeting");
        }

        Refusal? no =
            Chairing.WhyNot(state.Convener, state.ChangedAt, by, now)
            ?? RemarkRules.Short(command.Outcome, "what came of it")
            ?? (
                state.Actions.Any(action =>
                    action.Number == command.Action && action.EndedAt is null
                )
                    ? null
                    : Refusal.Invalid($"no action {command.Action} is open")
            );
        return no is not null
            ? no
            : new MeetingActionEnded(now, by.Person, command.Action, command.Outcome);
    }
}

internal static class Convening
{
    public const int AgendaMax = 50;
    private static readonly Duration _longest = Duration.FromDays(14);

    public static Refusal? WhyNot(Meeting state, Participant by, Instant now) =>
        Chairing.WhyNot(state.Convener, state.ChangedAt, by, now)
        ?? (
            state.State == MeetingState.Called
                ? null
                : Refusal.WrongState($"it is {state.Standing} already")
        );

    public static Refusal? WhyNot(
        Instant startsAt,
        Duration length,
        string? where,
        IReadOnlyList<string>? agenda,
        Instant now
    ) =>
        Chairing.Ahead(startsAt, now, "the beginning")
        ?? (
            length <= Duration.Zero || length > _longest
                ? Refusal.Invalid("the length is more than nothing and at most 14 days")
                : null
        )
        ?? RemarkRules.Short(where, "the place")
        ?? Checks.Texts(agenda!, "items of the agenda")
        ?? (
            agenda!.Count is 0 or > AgendaMax
                ? Refusal.Invalid($"an agenda has 1 to {AgendaMax} items")
                : null
        );
}
