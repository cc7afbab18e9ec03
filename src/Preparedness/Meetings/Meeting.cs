using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Meetings;

public enum MeetingState
{
    Called,
    Cancelled,

    /// <summary>Its summary is on record.</summary>
    Held,
}

/// <summary>Something that a meeting asked somebody to do.</summary>
/// <param name="Owner">An organisation or a role; never a person.</param>
public sealed record MeetingAction(int Number, string What, string Owner, Instant? DueAt)
{
    /// <summary>What came of it; null while it is open.</summary>
    public string? Outcome { get; init; }

    public Instant? EndedAt { get; init; }
}

/// <summary>How many of a class were there. Who they were is not kept.</summary>
public sealed record Attendance(StakeholderClass Class, int Count);

/// <summary>A meeting of a consultation or a work area: agenda, summary, actions, and attendance by class only.</summary>
public sealed record Meeting : ISubject<Meeting, MeetingEvent>
{
    static string ISubject<Meeting, MeetingEvent>.Kind => "meeting";

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The ledger subject that it belongs to, such as <c>consultation/…</c>; null for none.</summary>
    public string? About { get; init; }

    public required Instant StartsAt { get; init; }

    public required Duration Length { get; init; }

    /// <summary>In whose wall clock it was called, by the name of the tz database, such as <c>Africa/Khartoum</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>A place or an address; public like all of it.</summary>
    public required string Where { get; init; }

    public required IReadOnlyList<string> Agenda { get; init; }

    /// <summary>How often it was changed: calendars take the higher one (RFC 5545, SEQUENCE).</summary>
    public required int Revision { get; init; }

    public required MeetingState State { get; init; }

    public string? CancelledBecause { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<MeetingAction> Actions { get; init; } = [];

    /// <summary>Empty while nobody has counted, which is not nobody.</summary>
    public IReadOnlyList<Attendance> Attendance { get; init; } = [];

    public required string Convener { get; init; }

    public required Instant CalledAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public Instant EndsAt => StartsAt + Length;

    [JsonIgnore]
    public string? Parent => About;

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public string Words => $"{Title} {string.Join(' ', Agenda)}";

    public static Meeting Apply(Meeting? before, MeetingEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is MeetingCalled called)
        {
            return new Meeting
            {
                Id = called.Id,
                Title = called.Title,
                About = called.About,
                StartsAt = called.StartsAt,
                Length = called.Length,
                Zone = called.Zone,
                Where = called.Where,
                Agenda = called.Agenda,
                Revision = 0,
                State = MeetingState.Called,
                Convener = called.Convener,
                CalledAt = called.At,
                ChangedAt = called.At,
                Marking = called.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        return before.After(happened) with { ChangedAt = happened.At };
    }

    private Meeting After(MeetingEvent happened) =>
        happened switch
        {
            MeetingMoved moved => this with
            {
                StartsAt = moved.StartsAt,
                Length = moved.Length,
                Where = moved.Where,
                Agenda = moved.Agenda,
                Revision = Revision + 1,
            },
            MeetingCancelled cancelled => this with
            {
                State = MeetingState.Cancelled,
                CancelledBecause = cancelled.Reason,
                Revision = Revision + 1,
            },
            MeetingSummarised summarised => this with
            {
                State = MeetingState.Held,
                Summary = summarised.Summary,
                Attendance = summarised.Attendance,
                Actions =
                [
                    .. Actions,
                    .. summarised.Actions.Select(
                        (action, at) =>
                            new MeetingAction(
                                Actions.Count + at + 1,
                                action.What,
                                action.Owner,
                                action.DueAt
                            )
                    ),
                ],
            },
            MeetingActionEnded ended => this with
            {
                Actions =
                [
                    .. Actions.Select(action =>
                        action.Number == ended.Action
                            ? action with
                            {
                                Outcome = ended.Outcome,
                                EndedAt = ended.At,
                            }
                            : action
                    ),
                ],
            },
            _ => throw new InvalidOperationException($"a meeting knows no {happened.GetType()}"),
        };
}

/// <summary>What happens to a meeting.</summary>
public abstract record MeetingEvent(Instant At, string By);

public sealed record MeetingCalled(
    Instant At,
    string By,
    string Id,
    string Title,
    string? About,
    Instant StartsAt,
    Duration Length,
    string Zone,
    string Where,
    IReadOnlyList<string> Agenda,
    string Convener,
    Marking Marking
) : MeetingEvent(At, By);

public sealed record MeetingMoved(
    Instant At,
    string By,
    Instant StartsAt,
    Duration Length,
    string Where,
    IReadOnlyList<string> Agenda
) : MeetingEvent(At, By);

public sealed record MeetingCancelled(Instant At, string By, string Reason) : MeetingEvent(At, By);

public sealed record MeetingSummarised(
    Instant At,
    string By,
    string Summary,
    IReadOnlyList<ActionDraft> Actions,
    IReadOnlyList<Attendance> Attendance
) : MeetingEvent(At, By);

public sealed record MeetingActionEnded(Instant At, string By, int Action, string Outcome)
    : MeetingEvent(At, By);
