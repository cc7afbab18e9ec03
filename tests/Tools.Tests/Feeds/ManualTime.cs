namespace Breakwater.Tests.Feeds;

/// <summary>A clock that moves only when a test moves it, and then fires what was due.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <summary>Waits in force, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Waits()
    {
        lock (gate)
        {
            return
            [
                .. timers
                    .Where(timer => timer.DueAt is not null)
                    .Select(timer => timer.DueAt!.Value - now)
                    .Order(),
            ];
        }
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset until = GetUtcNow() + by;
        while (true)
        {
            Timer? due;
            lock (gate)
            {
                due = timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
                now =
                    due is null ? until
                    : due.DueAt > now ? due.DueAt.Value
                    : now;
                if (due is null)
                {
                    return;
                }

                due.DueAt = due.Period > TimeSpan.Zero ? now + due.Period : null;
            }

            due.Fire();
        }
    }

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (gate)
        {
            timers.Add(timer);
        }

        return timer;
    }

    private sealed class Timer(ManualTime owner, Action fire) : ITimer
    {
        public DateTimeOffset? DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner.gate)
            {
                DueAt = dueTime < TimeSpan.Zero ? null : owner.now + dueTime;
                Period = period;
                return true;
            }
        }

        public void Dispose()
        {
            lock (owner.gate)
            {
                owner.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
