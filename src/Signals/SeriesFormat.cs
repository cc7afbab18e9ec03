using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>How to read a CSV of values over time. Everything that the file itself does not say is said here.</summary>
public sealed record SeriesFormat
{
    public required string TimeColumn { get; init; }

    /// <summary><c>unix</c> (seconds), <c>iso</c>, or a .NET custom pattern.</summary>
    public string TimeFormat { get; init; } = "iso";

    /// <summary>IANA zone of local times, also of local times written as unix seconds; null is UTC.</summary>
    public string? TimeZone { get; init; }

    public required IReadOnlyList<string> ValueColumns { get; init; }

    /// <summary>Columns that name the area, wide to narrow.</summary>
    public IReadOnlyList<string> PlaceColumns { get; init; } = [];

    /// <summary>The place of every row, or the country that <see cref="PlaceColumns"/> are in.</summary>
    public required Place Place { get; init; }

    /// <summary>True when each value column is one operator's series and is named after it.</summary>
    public bool ColumnsAreNetworks { get; init; }

    public required SignalFamily Family { get; init; }

    /// <summary>The one service or site that was tried; null when the series is about access as a whole.</summary>
    public string? Target { get; init; }

    public required string Unit { get; init; }

    /// <summary>True when the unit has values below zero. A count or a share has none: such a cell is a fault and counts as missing.</summary>
    public bool MayBeNegative { get; init; }

    public Origin Origin { get; init; } = Origin.Measured;

    public Marking Marking { get; init; } = Marking.Public;

    /// <summary>Name of the feed in front of the column name; null leaves the column name alone.</summary>
    public string? Source { get; init; }

    /// <summary>Distance between two samples; null takes the most frequent distance in the file.</summary>
    public Duration? Step { get; init; }
}
