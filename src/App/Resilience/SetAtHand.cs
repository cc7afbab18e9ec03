using Breakwater.Feeds.Resilience;
using Breakwater.Preparedness.Resilience;

namespace Breakwater.App.Resilience;

/// <summary>The set of indicators that comes with the executable, read once.</summary>
internal static class SetAtHand
{
    private static readonly Lazy<IndicatorSetRead> _read = new(IndicatorSetReader.ReadBundled);

    public static IndicatorSetRead Read => _read.Value;

    /// <exception cref="Fault">It is damaged: an index by half a set would be another index.</exception>
    public static IndicatorSet Set => Read.Set ?? throw Fault.Unreadable(Read.Faults);
}
