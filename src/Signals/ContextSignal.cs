using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>A circumstance that bears on what kind of disruption it may be. It proves none.</summary>
public enum Circumstance
{
    ExamPeriod,
    Election,
    Protest,
    Hostilities,
    Curfew,
    ShutdownOrder,
    PowerOutage,
    CableFault,
    Disaster,
    Maintenance,
    RegistryDecision,
}

/// <summary>A circumstance at a place and time, as somebody states it.</summary>
public sealed record ContextSignal : Signal
{
    public required Circumstance Circumstance { get; init; }

    public required InstantRange Start { get; init; }

    /// <summary>Null while it lasts, or when nobody says.</summary>
    public InstantRange? End { get; init; }

    public string? Text { get; init; }
}
