using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Stretches in which a feed gave nothing that can be judged. They are reported, so that silence never reads as normal.</summary>
internal static class BlindFromSeries
{
    /// <param name="until">The latest moment that any series was seen at.</param>
    public static IEnumerable<Blind> Find(
        JudgedSeries series,
        Instant until,
        DetectorProfile profile
    )
    {
        string feed = Blind.NameOf(series.Signal.Source, series.Signal.Place);
        Duration step = series.Signal.Step;
        int i = 0;
        while (i < series.Count)
        {
            string? reason = Reason(series.States[i]);
            int start = i;
            while (i < series.Count && Reason(series.States[i]) == reason)
            {
                i++;
            }

            // A series that never sees is blind however short it is.
            bool isWhole = i - start == series.Count;
            if (reason is not null && (isWhole || i - start >= profile.BlindAfterSteps))
            {
                yield return new Blind(feed, series.At(start), series.At(i - 1) + step, reason)
                {
                    Place = series.Signal.Place,
                };
            }
        }

        Instant last = series.At(series.Count - 1);
        if (until - last >= step * profile.BlindAfterSteps)
        {
            yield return new Blind(feed, last + step, until, "no samples after this time")
            {
                Place = series.Signal.Place,
            };
        }
    }

    /// <summary>A series that had one value from end to end; null for one that changed, or is too short to say.</summary>
    public static Blind? Constant(JudgedSeries series, DetectorProfile profile)
    {
        int first = Array.FindIndex(series.States, state => state.IsSeen());
        int seen = series.States.Count(state => state.IsSeen());
        return series.IsConstant && first >= 0 && seen >= profile.FrozenAfterSamples
            ? new Blind(
                Blind.NameOf(series.Signal.Source, series.Signal.Place),
                series.At(0),
                series.At(series.Count - 1) + series.Signal.Step,
                "never changes: normal and frozen look the same in it"
            )
            {
                Place = series.Signal.Place,
            }
            : null;
    }

    /// <summary>Why a sample shows nothing; null when it is seen.</summary>
    public static string? Reason(SampleState state) =>
        state switch
        {
            SampleState.Missing => "no samples",
            SampleState.Degraded => "the feed was late, incomplete or blind",
            SampleState.Unjudged => "too little history, or too low a level, for a baseline",
            SampleState.Frozen => "the feed repeats one value",
            _ => null,
        };
}
