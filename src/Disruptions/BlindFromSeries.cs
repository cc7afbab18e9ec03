using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Stretches in which a feed gave nothing that can be judged. They are reported, so that silence never reads as normal.</summary>
internal static class BlindFromSeries
{
    public static IEnumerable<Blind> Find(Entity entity, Instant until, DetectorProfile profile)
    {
        foreach (JudgedSeries series in entity.Series)
        {
            string feed = entity.Place.Area is null
                ? series.Signal.Source
                : $"{series.Signal.Source} ({entity.Place})";
            Duration step = series.Signal.Step;
            int i = 0;
            while (i < series.Samples.Count)
            {
                string? reason = Reason(series, i);
                int start = i;
                while (i < series.Samples.Count && Reason(series, i) == reason)
                {
                    i++;
                }

                // A series that never sees is blind however short it is.
                bool isWhole = i - start == series.Samples.Count;
                if (reason is not null && (isWhole || i - start >= profile.BlindAfterSteps))
                {
                    yield return new Blind(
                        feed,
                        series.Samples[start].Sample.At,
                        series.Samples[i - 1].Sample.At + step,
                        reason
                    );
                }
            }

            Instant last = series.Samples[^1].Sample.At;
            if (until - last >= step * profile.BlindAfterSteps)
            {
                yield return new Blind(feed, last + step, until, "no samples after this time");
            }
        }
    }

    private static string? Reason(JudgedSeries series, int index) =>
        series.Samples[index] switch
        {
            { State: not SampleState.Unseen } => null,
            { Sample.Value: null } => "no samples",
            _ => "too little history, or too low a level, for a baseline",
        };
}
