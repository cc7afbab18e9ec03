using System.Diagnostics;
using NodaTime;

namespace Breakwater.App;

/// <summary>A clock that begins at a moment of a scenario and runs as fast as any other.</summary>
internal sealed class ClockFrom(Instant start) : IClock
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public Instant GetCurrentInstant() =>
        start + Duration.FromTimeSpan(Stopwatch.GetElapsedTime(_began));
}
