using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Inputs;

/// <summary>Takes a file of measurements in. Who calls it keeps the octets first.</summary>
/// <param name="Sha256">Of octets that the store has.</param>
/// <param name="Marking">Null is sealed: nothing becomes public by forgetting to say so.</param>
public sealed record TakeInputFile(
    string Id,
    string Sha256,
    string Name,
    string Format,
    Place Place,
    SeriesFormat? Columns,
    Origin Origin,
    IReadOnlyList<string>? ModelledColumns = null,
    Marking? Marking = null
)
{
    public const int NameMax = 200;
    public const int ColumnsMax = 1_000;

    private static readonly string[] _formats =
    [
        "ioda-csv",
        "series-csv",
        "mrt",
        "bgpdump-text",
        .. SignalFormats.Names,
    ];

    /// <summary>What a <c>bgpdump-text</c> is held against; nothing for every other format.</summary>
    public RouteFiles? Routes { get; init; }

    public static Decided<InputFileEvent> Decide(
        InputFile? before,
        TakeInputFile command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return WhyNot(before, command) is { } refusal
            ? refusal
            : new InputFileTaken(
                command.Id,
                command.Sha256,
                command.Name,
                command.Format,
                command.Place,
                command.Columns,
                command.Origin,
                command.ModelledColumns ?? [],
                command.Marking ?? Marking.Sealed,
                by.Person,
                now
            )
            {
                Routes = command.Routes,
            };
    }

    private static Refusal? WhyNot(InputFile? before, TakeInputFile command) =>
        before is not null ? Refusal.WrongState("this file was taken already")
        : !IsHash(command.Sha256) || command.Routes?.All().All(IsHash) == false
            ? Refusal.Invalid(
                "sha256 names octets that were handed in before, by 64 hexadecimal digits in lower case"
            )
        : command.Name is not { Length: > 0 and <= NameMax }
        || command.Name.AsSpan().IndexOfAny("/\\\0\r\n") >= 0
        || command.Name is "." or ".."
            ? Refusal.Invalid($"the name of a file has 1 to {NameMax} letters and is no path")
        : !_formats.Contains(command.Format)
            ? Refusal.Invalid($"the format is one of {string.Join(", ", _formats)}")
        : command.Place is null || command.Place.IsNowhere
            ? Refusal.Invalid("a file needs the place that it is about")
        : (command.Format == "series-csv") != (command.Columns is not null)
            ? Refusal.Invalid("columns are stated for series-csv, and for nothing else")
        : command is { Routes: not null, Format: not "bgpdump-text" }
            ? Refusal.Invalid(
                "routes are held against something for bgpdump-text, and for nothing else"
            )
        : command.ModelledColumns?.Count > ColumnsMax
        || command.Columns?.ValueColumns.Count > ColumnsMax
            ? Refusal.TooMuch($"at most {ColumnsMax} columns")
        : null;

    private static bool IsHash(string? text) =>
        text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>Takes a file out of use. It stays on record with the reason.</summary>
public sealed record SetInputFileAside(string Reason)
{
    private const int ReasonMax = 4_000;

    public static Decided<InputFileEvent> Decide(
        InputFile? before,
        SetInputFileAside command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return before is null ? Refusal.Invalid("there is no such file")
            : before.SetAsideBecause is not null
                ? Refusal.WrongState("the file is set aside already")
            : string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > ReasonMax
                ? Refusal.Invalid($"setting aside needs a reason of at most {ReasonMax} letters")
            : new InputFileSetAside(command.Reason, by.Person, now);
    }
}
