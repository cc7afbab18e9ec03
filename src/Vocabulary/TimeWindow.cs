using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>From <paramref name="Since"/> (inside) to <paramref name="Until"/> (outside), UTC.</summary>
public readonly record struct TimeWindow(Instant Since, Instant Until)
{
    public Duration Length => Until - Since;

    public bool Contains(Instant at) => at >= Since && at < Until;

    public bool Overlaps(TimeWindow other) => Since < other.Until && other.Since < Until;
}

/// <summary>A moment known only to lie between two others. Onsets and ends are ranges, because samples have gaps between them.</summary>
public sealed record InstantRange(Instant Earliest, Instant Latest);
