using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Inputs;

/// <summary>
/// A file of measurements that somebody handed in, and how it is to be read. Its octets are evidence under their hash; what it
/// says is read from them each time, so that a better reader helps old files too.
/// </summary>
public sealed record InputFile : ISubject<InputFile, InputFileEvent>
{
    public static string Kind => "input-file";

    public required string Id { get; init; }

    /// <summary>Of the octets as they came, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The name it had; never a path.</summary>
    public required string Name { get; init; }

    /// <summary><c>ioda-csv</c>, <c>series-csv</c>, <c>mrt</c>, <c>bgpdump-text</c> or one of <see cref="SignalFormats"/>.</summary>
    public required string Format { get; init; }

    public required Place Place { get; init; }

    Place? ISubject<InputFile, InputFileEvent>.Place => Place;

    /// <summary>How to read a <c>series-csv</c>; null for formats that say it themselves.</summary>
    public required SeriesFormat? Columns { get; init; }

    /// <summary>What routes are held against; null for every format but <c>bgpdump-text</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RouteFiles? Routes { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>Columns whose values are modelled, whatever the origin of the rest.</summary>
    public required IReadOnlyList<string> ModelledColumns { get; init; }

    public required Marking Marking { get; init; }

    public required Instant TakenAt { get; init; }

    /// <summary>Why it no longer counts; null while it does. It is kept all the same.</summary>
    public string? SetAsideBecause { get; init; }

    [JsonIgnore]
    public string Standing => SetAsideBecause is null ? "in-use" : "set-aside";

    [JsonIgnore]
    public string Words => $"{Name} {Format} {Place.Key}";

    public static InputFile Apply(InputFile? before, InputFileEvent happened) =>
        happened switch
        {
            InputFileTaken taken => new InputFile
            {
                Id = taken.Id,
                Sha256 = taken.Sha256,
                Name = taken.Name,
                Format = taken.Format,
                Place = taken.Place,
                Columns = taken.Columns,
                Routes = taken.Routes,
                Origin = taken.Origin,
                ModelledColumns = taken.ModelledColumns,
                Marking = taken.Marking,
                TakenAt = taken.At,
            },
            InputFileSetAside aside => before! with { SetAsideBecause = aside.Reason },
            _ => before!,
        };
}

public abstract record InputFileEvent;

public sealed record InputFileTaken(
    string Id,
    string Sha256,
    string Name,
    string Format,
    Place Place,
    SeriesFormat? Columns,
    Origin Origin,
    IReadOnlyList<string> ModelledColumns,
    Marking Marking,
    string By,
    Instant At
) : InputFileEvent
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RouteFiles? Routes { get; init; }
}

/// <summary>Files that routes are held against, each by the SHA-256 of octets that the store has; null for none.</summary>
/// <param name="Table">Routes from before, as <c>bgpdump -m</c> prints them.</param>
/// <param name="Vrps">An export of a validator.</param>
/// <param name="Relationships">Relationships between networks, as CAIDA writes them.</param>
/// <param name="Expectations">What holders say of their prefixes.</param>
public sealed record RouteFiles(
    string? Table = null,
    string? Vrps = null,
    string? Relationships = null,
    string? Expectations = null
)
{
    public IEnumerable<string> All() =>
        new[] { Table, Vrps, Relationships, Expectations }.OfType<string>();
}

/// <summary>It no longer counts: damaged, withdrawn by its source, or not what it was said to be.</summary>
public sealed record InputFileSetAside(string Reason, string By, Instant At) : InputFileEvent;
