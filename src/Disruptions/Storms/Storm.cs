using System.Text.Json.Serialization;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// A stretch in which the routes of a feed are unstable: far more is announced, withdrawn and repeated than at other
/// times. It is no loss: every prefix may be reachable all along.
/// </summary>
public sealed record Storm
{
    public required string Id { get; init; }

    /// <summary>The feed that saw it.</summary>
    public required string Feed { get; init; }

    public required Place Place { get; init; }

    /// <summary>Between the last minute before the rise and the first minute of it, as known once the storm was confirmed.</summary>
    public required InstantRange Onset { get; init; }

    /// <summary>When enough was seen to call it a storm. A burst is never called one.</summary>
    public required Instant ConfirmedAt { get; init; }

    /// <summary>Between the last minute of it and the first minute after; null while it lasts or nobody sees.</summary>
    public required InstantRange? End { get; init; }

    /// <summary>When enough was seen to call it over, for good; null while it was not.</summary>
    public required Instant? ClosedAt { get; init; }

    /// <summary>
    /// When it was said to go on, by what was known at that moment; several stretches when it subsided and rose again.
    /// </summary>
    public required IReadOnlyList<TimeWindow> Live { get; init; }

    /// <summary>Minutes of it that were seen.</summary>
    public required long Minutes { get; init; }

    /// <summary>Mean deviation of those minutes from the baseline, in robust standard deviations.</summary>
    public required double Intensity { get; init; }

    /// <summary>What rose, most first.</summary>
    public required IReadOnlyList<StormMetric> Metrics { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Ids of the series it was found in.</summary>
    public required IReadOnlyList<string> Signals { get; init; }

    /// <summary>The rows of each series during the storm.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Name and version of the profile, and version of the method.</summary>
    public required string Detector { get; init; }

    /// <summary>True while no end was seen.</summary>
    [JsonIgnore]
    public bool IsOpen => End is null;

    /// <summary>
    /// What the storm says about a loss that it overlaps: that routes were unstable. It weighs little, and speaks of no
    /// loss by itself.
    /// </summary>
    public SourceVerdict ToVerdict(StormProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new SourceVerdict(
            Feed,
            SignalFamily.Routing,
            Verdict.Agrees,
            "routing_storm",
            profile.EvidenceWeight
        )
        {
            Onset = Onset,
            End = End,
        };
    }
}

/// <summary>How one metric stood during a storm.</summary>
/// <param name="Ratio">Median of value over baseline: 3 is three times the usual.</param>
/// <param name="RaisedShare">Share of the minutes in which it was above the baseline, 0 to 1.</param>
public sealed record StormMetric(string Metric, double Ratio, double RaisedShare);

/// <summary>The storms that were found, in order of feed and time, and where no feed could see any.</summary>
public sealed record StormFindings(IReadOnlyList<Storm> Storms, IReadOnlyList<Blind> Blind)
{
    /// <summary>Minutes that were held against a baseline, of all feeds together; false alarms are counted against them.</summary>
    public long JudgedMinutes { get; init; }
}
