using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>What an input gave: its signals, and what in it could not be used.</summary>
/// <param name="Notes">What limits the signals as a whole: <c>no_baseline</c>, <c>peer_reset …</c>.</param>
public sealed record SignalsRead(
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<InputFault> Faults,
    IReadOnlyList<string>? Notes = null
)
{
    /// <summary>When a feed could not see.</summary>
    public IReadOnlyList<FeedGap> Gaps { get; init; } = [];
}
