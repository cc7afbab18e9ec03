using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Initiatives;

/// <summary>
/// A list that another initiative keeps, as it was taken in. Its octets are evidence under their hash; what its rows say is read
/// from them each time. That a list says so confirms nothing: its claims stand beside what was measured.
/// </summary>
public sealed record ImportedList : ISubject<ImportedList, ImportedListEvent>
{
    public static string Kind => "imported-list";

    public required string Id { get; init; }

    /// <summary>Which list it is, by the word of its mapping: <c>keepiton-events</c>.</summary>
    public required string List { get; init; }

    /// <summary>Of the octets as they came, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The name it had; never a path.</summary>
    public required string Name { get; init; }

    /// <summary>Who keeps it, and where it was obtained.</summary>
    public required string Source { get; init; }

    /// <summary>Under which terms it may be used, as whoever took it found stated; <c>unknown</c> where nothing was.</summary>
    public required string Licence { get; init; }

    /// <summary>When it was obtained from its source; null is unknown.</summary>
    public required Instant? ObtainedAt { get; init; }

    /// <summary>Rows that could be read when it was taken.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows, or parts of rows, that could not be used then.</summary>
    public required int Faults { get; init; }

    public required Marking Marking { get; init; }

    public required Instant TakenAt { get; init; }

    /// <summary>Why it no longer counts; null while it does. It is kept all the same.</summary>
    public string? SetAsideBecause { get; init; }

    [JsonIgnore]
    public string Standing => SetAsideBecause is null ? "in-use" : "set-aside";

    [JsonIgnore]
    public string Words => $"{Name} {List} {Source}";

    /// <summary>The same octets as the same list are one import, however often they come.</summary>
    public static string IdOf(string list, string sha256) => $"{list}-{sha256[..20]}";

    public static ImportedList Apply(ImportedList? before, ImportedListEvent happened) =>
        happened switch
        {
            ListImported taken => new ImportedList
            {
                Id = taken.Id,
                List = taken.List,
                Sha256 = taken.Sha256,
                Name = taken.Name,
                Source = taken.Source,
                Licence = taken.Licence,
                ObtainedAt = taken.ObtainedAt,
                Rows = taken.Rows,
                Faults = taken.Faults,
                Marking = taken.Marking,
                TakenAt = taken.At,
            },
            ListSetAside aside => before! with { SetAsideBecause = aside.Reason },
            _ => before!,
        };
}

public abstract record ImportedListEvent(Instant At, string By);

public sealed record ListImported(
    Instant At,
    string By,
    string Id,
    string List,
    string Sha256,
    string Name,
    string Source,
    string Licence,
    Instant? ObtainedAt,
    int Rows,
    int Faults,
    Marking Marking
) : ImportedListEvent(At, By);

/// <summary>It no longer counts: wrong, withdrawn by its source, or a later edition took its place.</summary>
public sealed record ListSetAside(Instant At, string By, string Reason) : ImportedListEvent(At, By);
