using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Judges a series against its robust baseline, with hysteresis: it takes a deep drop to open a loss and a clear return to close it.</summary>
internal static class LossesFromSeries
{
    /// <param name="gaps">When feeds could not see, as their readers know it.</param>
    public static JudgedSeries Judge(
        SeriesSignal signal,
        DetectorProfile profile,
        IReadOnlyList<FeedGap> gaps
    ) => Judge(signal, new SeriesJudge(signal, profile), profile, gaps);

    /// <param name="judge">What is known from earlier samples; it learns from these.</param>
    /// <param name="earlier">Samples that it knows already, as far back as <see cref="ScaleChange.Reach"/>.</param>
    public static JudgedSeries Judge(
        SeriesSignal signal,
        SeriesJudge judge,
        DetectorProfile profile,
        IReadOnlyList<FeedGap> gaps,
        IReadOnlyList<Sample>? earlier = null
    )
    {
        int count = signal.Samples.Count;
        long[] seconds = new long[count];
        var times = new Instant[count];
        var states = new SampleState[count];
        double[] drops = new double[count];
        float[] certainties = new float[count];
        var losses = new LossTracker(times, states, drops, profile.For(signal.Family));
        var ofFeed = new GapsOfFeed(signal.Source, gaps);
        for (int i = 0; i < count; i++)
        {
            Sample sample = signal.Samples[i];
            times[i] = sample.At;
            seconds[i] = sample.At.ToUnixTimeSeconds();
            Judgement judgement =
                sample.Value is not { } value || !(value >= 0) || !double.IsFinite(value)
                    ? new Judgement(SampleState.Missing, 0, 0)
                : ofFeed.Covers(sample.At) ? new Judgement(SampleState.Degraded, 0, 0)
                : judge.See(seconds[i], value, losses.IsOpen);
            (states[i], drops[i], certainties[i]) = (
                judgement.State,
                judgement.DropShare,
                judgement.Certainty
            );
            losses.See(i);
        }

        losses.Finish();
        IReadOnlyList<Loss> laid = judge.Shifts.Lay(times, seconds, states);
        ScaleChange? scale =
            losses.Losses.Count + laid.Count == 0 ? null : ScaleOf(signal, earlier ?? []);
        Loss Told(Loss loss) =>
            loss with
            {
                Scale = scale!.Of(
                    loss.First + (earlier?.Count ?? 0),
                    loss.Last + (earlier?.Count ?? 0),
                    loss.IsShift
                ),
            };
        return new JudgedSeries(
            signal,
            times,
            states,
            drops,
            certainties,
            [.. losses.Losses.Select(Told)],
            [.. laid.Select(Told)],
            judge.IsConstant,
            scale
        );
    }

    private static ScaleChange ScaleOf(SeriesSignal signal, IReadOnlyList<Sample> earlier)
    {
        Sample[] samples = [.. earlier, .. signal.Samples];
        return new ScaleChange(
            [.. samples.Select(sample => sample.At.ToUnixTimeSeconds())],
            [.. samples.Select(sample => sample.Value is { } value and >= 0 ? value : double.NaN)],
            (long)signal.Step.TotalSeconds
        );
    }

    /// <summary>The gaps of one feed. A series of several feeds is blind only where all of them are.</summary>
    private sealed class GapsOfFeed(string source, IReadOnlyList<FeedGap> gaps)
    {
        private readonly FeedGap[] whole = [.. gaps.Where(gap => gap.Feed == source)];
        private readonly FeedGap[][] parts =
        [
            .. source.Split('+').Select(feed => gaps.Where(gap => gap.Feed == feed).ToArray()),
        ];

        private readonly bool isWhole = !gaps.Any(gap =>
            source.Contains(gap.Feed, StringComparison.Ordinal)
        );

        public bool Covers(Instant at) => !isWhole && IsIn(at);

        private bool IsIn(Instant at) =>
            Array.Exists(whole, gap => gap.From <= at && at < gap.To)
            || Array.TrueForAll(
                parts,
                part => Array.Exists(part, gap => gap.From <= at && at < gap.To)
            );
    }
}
