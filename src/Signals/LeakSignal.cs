using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>Routes that one AS passed on against the rules, as peers of collectors saw them over time.</summary>
public sealed record LeakSignal : Signal
{
    public required LeakEpisode Episode { get; init; }

    /// <summary>One path that shows it, nearest AS first.</summary>
    public required IReadOnlyList<Asn> Path { get; init; }

    /// <summary>Where the attestations and relationships came from.</summary>
    public required IReadOnlyList<string> JudgedBy { get; init; }

    /// <summary>The signal as it stood at a moment; null when it had not begun.</summary>
    public LeakSignal? Until(Instant limit) =>
        Episode.Since >= limit ? null
        : Episode.Until < limit ? this
        : this with { Episode = Episode with { Until = null, End = LeakEnd.Open } };
}
