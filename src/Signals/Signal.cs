using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>Families of sources that fail for different reasons. Agreement counts between families, not inside one.</summary>
public enum SignalFamily
{
    Routing,
    Probing,
    Telescope,
    Application,
    HumanReport,
    Context,
}

/// <summary>What one source saw or said, where and when, with the raw record behind it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SeriesSignal), "series")]
[JsonDerivedType(typeof(ReportSignal), "report")]
[JsonDerivedType(typeof(ClaimSignal), "claim")]
[JsonDerivedType(typeof(RouteSignal), "route")]
[JsonDerivedType(typeof(LeakSignal), "leak")]
[JsonDerivedType(typeof(ContextSignal), "context")]
[JsonDerivedType(typeof(AssertionSignal), "assertion")]
[JsonDerivedType(typeof(DelegationSignal), "delegation")]
public abstract record Signal
{
    public required string Id { get; init; }

    /// <summary>The feed or person, as named by the input.</summary>
    public required string Source { get; init; }

    public required SignalFamily Family { get; init; }

    public required Place Place { get; init; }

    /// <summary>The operator seen, or null when the signal is about every network at the place.</summary>
    public string? Network { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }
}

/// <summary>A metric over time. A missing value is null: a gap, never zero.</summary>
public sealed record SeriesSignal : Signal
{
    public required string Metric { get; init; }

    /// <summary>What one unit is: <c>percent of series maximum</c>, <c>/24s</c>. A share of a maximum is not a count.</summary>
    public required string Unit { get; init; }

    /// <summary>The usual distance between two samples.</summary>
    public required Duration Step { get; init; }

    /// <summary>In order of time, one for each step that the input covers; steps that the input lacks are present with a null value.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>Ids of the signals that it was summed up from; empty for one that a source gave.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> DerivedFrom { get; init; } = [];

    /// <summary>The one service or site that was tried, such as <c>telegram</c>; null when the series is about access as a whole. That one is blocked cuts nobody off.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>How many observations stand behind each sample, in the order of samples; null when the source does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Counts { get; init; }
}

/// <param name="Value">Null when the source gave none.</param>
/// <param name="Row">Line in the input, 0 when the input has no line for this step.</param>
public readonly record struct Sample(Instant At, double? Value, int Row);

/// <summary>The state of a service as somebody reports it.</summary>
public enum ServiceState
{
    Working,
    Degraded,
    Down,
    Unknown,
}

/// <summary>What a person or an operator says they see. The place is coarsened before it gets here.</summary>
public sealed record ReportSignal : Signal
{
    public required Instant ObservedAt { get; init; }

    public required Instant ReceivedAt { get; init; }

    public required Service? Service { get; init; }

    public required ServiceState State { get; init; }

    /// <summary>An opaque mark of the way by which it came in, the same for all that one sender hands in; null takes its file.</summary>
    public string? Hand { get; init; }

    /// <summary>How many more reports of its hand it stands for, which were counted and not kept; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Further { get; init; }

    /// <summary>What kind of observer: <c>resident</c>, <c>operator</c>, <c>measurer</c>; never a name.</summary>
    public required string Observer { get; init; }

    public string? Text { get; init; }
}

/// <summary>A disruption as an outside source describes it: kind, cause and actor, attributed.</summary>
public sealed record ClaimSignal : Signal
{
    public required Claim Claim { get; init; }

    /// <summary>More places that the same statement is about, such as five districts of one order; null when it names one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Place>? FurtherPlaces { get; init; }

    /// <summary>The one service or site that is said to be lost; null for access as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }
}
