using NodaTime;

namespace Breakwater.Disruptions.Matching;

/// <summary>When two events are taken for one.</summary>
public sealed record MatchRules
{
    /// <summary>
    /// How far two events may miss each other where both are given to the minute: the published match of investigated
    /// outages uses half an hour. A start that is known as a day only is a range already and gets nothing added.
    /// </summary>
    public Duration Tolerance { get; init; } = Duration.FromMinutes(30);

    /// <summary>A start known no better than this is one of a list that gives days.</summary>
    public Duration DayResolution { get; init; } = Duration.FromHours(20);

    /// <summary>
    /// How long "ongoing" of a list is believed: lists are seldom followed up, and a block of one service that nobody closed
    /// would otherwise match every outage of its country for years.
    /// </summary>
    public Duration OngoingMax { get; init; } = Duration.FromDays(30);

    /// <summary>Disruptions of ours below this are not held against the list.</summary>
    public double ConfidenceMin { get; init; } = 0.5;

    /// <summary>Pairs listed; a list that names one country a hundred thousand times must not fill the memory.</summary>
    public int PairsMax { get; init; } = 200_000;
}
