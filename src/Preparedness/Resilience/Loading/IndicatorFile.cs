using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Resilience.Loading;

/// <summary>
/// A file of indicator values that somebody handed in. Its octets are evidence under their hash; what it says is read from them each
/// time, so that a better reader or another set of indicators helps old files too.
/// </summary>
public sealed record IndicatorFile : ISubject<IndicatorFile, IndicatorFileEvent>
{
    public static string Kind => "indicator-file";

    public required string Id { get; init; }

    /// <summary>Of the octets as they came, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The name it had; never a path.</summary>
    public required string Name { get; init; }

    /// <summary>Values that could be read when it was taken.</summary>
    public required int Values { get; init; }

    /// <summary>Rows that could not be used then.</summary>
    public required int Faults { get; init; }

    public required Marking Marking { get; init; }

    public required Instant TakenAt { get; init; }

    /// <summary>Why it no longer counts; null while it does. It is kept all the same.</summary>
    public string? SetAsideBecause { get; init; }

    [JsonIgnore]
    public string Standing => SetAsideBecause is null ? "in-use" : "set-aside";

    [JsonIgnore]
    public string Words => Name;

    /// <summary>The same octets under the same marking are one file, however often they are handed in by a form.</summary>
    public static string IdOf(string sha256, Marking marking)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        ArgumentNullException.ThrowIfNull(marking);
        return $"{Checks.Word(marking.Distribution)}-{sha256[..20]}";
    }

    public static IndicatorFile Apply(IndicatorFile? before, IndicatorFileEvent happened) =>
        happened switch
        {
            IndicatorFileTaken taken => new IndicatorFile
            {
                Id = taken.Id,
                Sha256 = taken.Sha256,
                Name = taken.Name,
                Values = taken.Values,
                Faults = taken.Faults,
                Marking = taken.Marking,
                TakenAt = taken.At,
            },
            IndicatorFileSetAside aside => before! with { SetAsideBecause = aside.Reason },
            _ => before!,
        };
}

public abstract record IndicatorFileEvent(Instant At, string By);

public sealed record IndicatorFileTaken(
    Instant At,
    string By,
    string Id,
    string Sha256,
    string Name,
    int Values,
    int Faults,
    Marking Marking
) : IndicatorFileEvent(At, By);

/// <summary>It no longer counts: wrong, withdrawn by its source, or replaced.</summary>
public sealed record IndicatorFileSetAside(Instant At, string By, string Reason)
    : IndicatorFileEvent(At, By);
