using NodaTime;

namespace Breakwater.Ledger;

/// <summary>A moment of a hybrid logical clock: milliseconds since 1970 UTC and a tick within them.</summary>
public readonly record struct HybridTime(long Milliseconds, int Tick) : IComparable<HybridTime>
{
    public Instant Wall => Instant.FromUnixTimeMilliseconds(Milliseconds);

    public int CompareTo(HybridTime other) =>
        Milliseconds == other.Milliseconds
            ? Tick.CompareTo(other.Tick)
            : Milliseconds.CompareTo(other.Milliseconds);

    public static bool operator <(HybridTime left, HybridTime right) => left.CompareTo(right) < 0;

    public static bool operator >(HybridTime left, HybridTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(HybridTime left, HybridTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(HybridTime left, HybridTime right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// Kulkarni, Demirbas et al., "Logical Physical Clocks" (2014), figure 5: later events have later times even when a wall
/// clock is set back, and no time runs further ahead than the fastest wall clock seen.
/// </summary>
public static class HybridClock
{
    /// <summary>The time of the next local event.</summary>
    public static HybridTime Tick(HybridTime last, Instant now)
    {
        long wall = now.ToUnixTimeMilliseconds();
        return wall > last.Milliseconds
            ? new HybridTime(wall, 0)
            : last with
            {
                Tick = last.Tick + 1,
            };
    }

    /// <summary>The time of receiving an event that another node stamped with <paramref name="remote"/>.</summary>
    public static HybridTime Receive(HybridTime last, HybridTime remote, Instant now) =>
        Tick(last > remote ? last : remote, now);
}
