using System.Text.Json.Serialization;
using Breakwater.Preparedness.Consultations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.WorkAreas;

/// <summary>What a group of stakeholders works on within a cycle, with the note that says what it is and what it leaves out.</summary>
public sealed record WorkArea : ISubject<WorkArea, WorkAreaEvent>
{
    static string ISubject<WorkArea, WorkAreaEvent>.Kind => "work-area";

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What it is about, whom it is for, what it leaves out.</summary>
    public required string ConceptNote { get; init; }

    /// <summary>How often the note was revised; 1 for never.</summary>
    public required int NoteVersion { get; init; }

    public string? Cycle { get; init; }

    public required Workstream Stream { get; init; }

    /// <summary>Streams that it touches; each is told of every new note.</summary>
    public required IReadOnlyList<Workstream> AffectedStreams { get; init; }

    /// <summary>Id of the organisation that keeps the note.</summary>
    public required string Convener { get; init; }

    public required Instant OpenedAt { get; init; }

    public Instant? ClosedAt { get; init; }

    public string? ClosedBecause { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => ClosedAt is null ? "open" : "closed";

    [JsonIgnore]
    public string? Parent => Cycle is { } cycle ? $"cycle/{cycle}" : null;

    [JsonIgnore]
    public string Words => $"{Title} {ConceptNote}";

    public static WorkArea Apply(WorkArea? before, WorkAreaEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is WorkAreaOpened opened)
        {
            return new WorkArea
            {
                Id = opened.Id,
                Title = opened.Title,
                ConceptNote = opened.ConceptNote,
                NoteVersion = 1,
                Cycle = opened.Cycle,
                Stream = opened.Stream,
                AffectedStreams = opened.AffectedStreams,
                Convener = opened.Convener,
                OpenedAt = opened.At,
                ChangedAt = opened.At,
                Marking = opened.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        WorkArea after = happened switch
        {
            ConceptNoteRevised revised => before with
            {
                ConceptNote = revised.ConceptNote,
                NoteVersion = before.NoteVersion + 1,
            },
            WorkAreaClosed closed => before with
            {
                ClosedAt = closed.At,
                ClosedBecause = closed.Reason,
            },
            _ => throw new InvalidOperationException($"a work area knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }
}

/// <summary>What happens to a work area.</summary>
public abstract record WorkAreaEvent(Instant At, string By);

public sealed record WorkAreaOpened(
    Instant At,
    string By,
    string Id,
    string Title,
    string ConceptNote,
    string? Cycle,
    Workstream Stream,
    IReadOnlyList<Workstream> AffectedStreams,
    string Convener,
    Marking Marking
) : WorkAreaEvent(At, By);

public sealed record ConceptNoteRevised(Instant At, string By, string ConceptNote, string Note)
    : WorkAreaEvent(At, By);

public sealed record WorkAreaClosed(Instant At, string By, string Reason) : WorkAreaEvent(At, By);

/// <summary>Begins a work area with its concept note.</summary>
public sealed record OpenWorkArea(
    string Id,
    string Title,
    string ConceptNote,
    Workstream Stream,
    IReadOnlyList<Workstream> AffectedStreams,
    string? Cycle = null
)
{
    public static Decided<WorkAreaEvent> Decide(
        WorkArea? state,
        OpenWorkArea command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("there is a work area with that id already"))
            ?? Chairing.WhyNotSpeak(by)
            ?? Checks.Id(command.Id, "the id")
            ?? Chairing.Title(command.Title)
            ?? Checks.Needed(command.ConceptNote, "the concept note")
            ?? Chairing.Streams(command.Stream, command.AffectedStreams)
            ?? Chairing.Reference(command.Cycle, "the cycle");
        return no is not null
            ? no
            : new WorkAreaOpened(
                now,
                by.Person,
                command.Id,
                command.Title.Trim(),
                command.ConceptNote.Trim().ReplaceLineEndings("\n"),
                command.Cycle,
                command.Stream,
                Chairing.Others(command.Stream, command.AffectedStreams),
                by.Organisation!,
                Marking.Public
            );
    }
}

/// <summary>Puts the concept note anew; other streams are told again.</summary>
public sealed record ReviseConceptNote(string ConceptNote, string Note)
{
    public static Decided<WorkAreaEvent> Decide(
        WorkArea? state,
        ReviseConceptNote command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null)
        {
            return Checks.Missing("work area");
        }

        Refusal? no =
            Chairing.WhyNot(state.Convener, state.ChangedAt, by, now)
            ?? (state.ClosedAt is null ? null : Refusal.WrongState("it is closed"))
            ?? Checks.Needed(command.ConceptNote, "the concept note")
            ?? RemarkRules.Short(command.Note, "the note on what was changed and why");
        string text = command.ConceptNote?.Trim().ReplaceLineEndings("\n") ?? "";
        return no is not null ? no
            : text == state.ConceptNote ? Decided<WorkAreaEvent>.Nothing
            : new ConceptNoteRevised(now, by.Person, text, command.Note);
    }
}

public sealed record CloseWorkArea(string Reason)
{
    public static Decided<WorkAreaEvent> Decide(
        WorkArea? state,
        CloseWorkArea command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null)
        {
            return Checks.Missing("work area");
        }

        Refusal? no =
            Chairing.WhyNot(state.Convener, state.ChangedAt, by, now)
            ?? (state.ClosedAt is null ? null : Refusal.WrongState("it is closed already"))
            ?? RemarkRules.Short(command.Reason, "the reason");
        return no is not null ? no : new WorkAreaClosed(now, by.Person, command.Reason);
    }
}
