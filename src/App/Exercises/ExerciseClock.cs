using Breakwater.Preparedness.Exercises;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>
/// The time of a scenario, from a clock that only goes forward. It waits at what is to happen by itself until that has happened,
/// so that nobody acts after a moment at which they had not been told yet; then it is where it would have been.
/// </summary>
internal sealed class ExerciseClock(TimeProvider time) : IClock
{
    private readonly Lock _turn = new();
    private RunClock _clock = new(NodaConstants.UnixEpoch, 1, IsRunning: false);
    private long _since = time.GetTimestamp();
    private Instant? _waitsAt;

    /// <summary>Where the scenario would be if nothing were waited for.</summary>
    public Instant Due
    {
        get
        {
            lock (_turn)
            {
                return Reached();
            }
        }
    }

    public decimal Speed
    {
        get
        {
            lock (_turn)
            {
                return _clock.Speed;
            }
        }
    }

    public Instant GetCurrentInstant()
    {
        lock (_turn)
        {
            return Shown();
        }
    }

    /// <summary>A new stretch begins now.</summary>
    public void Follow(RunClock clock)
    {
        lock (_turn)
        {
            _clock = clock;
            _since = time.GetTimestamp();
        }
    }

    /// <summary>Stands still from now on, until <see cref="Follow"/>.</summary>
    /// <returns>The moment at which it stands.</returns>
    public Instant Stop()
    {
        lock (_turn)
        {
            _clock = _clock with { Since = Shown(), IsRunning = false };
            return _clock.Since;
        }
    }

    /// <param name="moment">Of the next thing that happens by itself; null for none.</param>
    public void WaitAt(Instant? moment)
    {
        lock (_turn)
        {
            _waitsAt = moment;
        }
    }

    private Instant Reached() => _clock.At(Duration.FromTimeSpan(time.GetElapsedTime(_since)));

    private Instant Shown() =>
        Reached() is var reached && _waitsAt < reached ? _waitsAt.Value : reached;
}
