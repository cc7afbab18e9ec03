using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Records;

/// <summary>A rectangle of longitudes and latitudes in degrees (WGS 84), already coarsened.</summary>
/// <param name="West">-180 to 180. East of <paramref name="East"/> when the box crosses the date line.</param>
public sealed record Box(double West, double South, double East, double North)
{
    /// <summary>False for what is no number, off the globe or upside down.</summary>
    public bool IsOnGlobe =>
        Math.Abs(West) <= 180
        && Math.Abs(East) <= 180
        && Math.Abs(South) <= 90
        && Math.Abs(North) <= 90
        && South <= North;

    /// <summary>The eastern end as a longitude that is never below the western one, so up to 540.</summary>
    internal double Eastward => East < West ? East + 360 : East;
}

/// <summary>The present state of a subject as lists, searches and reminders see it.</summary>
public record DocumentState
{
    /// <summary>Singular and kebab-case.</summary>
    public required string Kind { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>Canonical JSON of the state.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The subject that this one is part of; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Where it stands, in one kebab-case word by which lists are filtered.</summary>
    public required string Standing { get; init; }

    /// <summary>When it must be looked at again; null for never. Kept to 100 ns.</summary>
    public Instant? DueAt { get; init; }

    public Place? Place { get; init; }

    /// <summary>Null for none.</summary>
    public Box? Box { get; init; }

    /// <summary>What a search finds it by.</summary>
    public string Words { get; init; } = "";
}

/// <summary>A document with its place in the ledger, which the store fills in.</summary>
public sealed record Document : DocumentState
{
    public required string Subject { get; init; }

    /// <summary>How many events the state counts: what the next append should expect.</summary>
    public required long Version { get; init; }

    /// <summary>Of its last event.</summary>
    public required long Sequence { get; init; }

    /// <summary>Of its first event. Never changes, so paging by it neither skips nor repeats.</summary>
    public required long FirstSequence { get; init; }

    internal static Document Of(DocumentState state, string subject, SubjectHead head, long last) =>
        new()
        {
            Subject = subject,
            Version = head.Version,
            Sequence = last,
            FirstSequence = head.First,
            Kind = state.Kind,
            Marking = state.Marking,
            Body = state.Body,
            Parent = state.Parent,
            Standing = state.Standing,
            DueAt = state.DueAt,
            Place = state.Place,
            Box = state.Box,
            Words = SearchTerms.Keepable(state.Words),
        };
}

/// <summary>Which documents of a kind, in the order in which they began.</summary>
public sealed record DocumentQuery(string Kind)
{
    public const int LimitMax = 200;

    public string? Parent { get; init; }

    public string? Standing { get; init; }

    /// <summary>As somebody typed it: found is what holds each of its words. Null or blank for all.</summary>
    public string? Text { get; init; }

    /// <summary>Found is what touches it.</summary>
    public Box? Box { get; init; }

    /// <summary>Newest first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>The <see cref="Document.FirstSequence"/> of the last document of the page before; null for the first page.</summary>
    public long? After { get; init; }

    /// <summary>1 to <see cref="LimitMax"/>.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Events of the ledger whose documents one question for a reader looks at; each that begins a document counts.</summary>
    public long Stretch { get; init; } = 1_000_000;

    /// <summary>The last <see cref="Document.FirstSequence"/> of the stretch; null to the end.</summary>
    internal long? Until { get; init; }

    /// <summary>Only what is marked for the public.</summary>
    internal bool IsPublic { get; init; }
}

/// <summary>A page of what one reader may see.</summary>
/// <param name="Next">What to go on after; null when there is no more. A page may be short although there is.</param>
public sealed record DocumentPage(IReadOnlyList<Document> Documents, long? Next);
