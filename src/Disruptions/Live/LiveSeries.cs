using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>The recent samples of one series in order of time, and the judge as it stood before them.</summary>
internal sealed class LiveSeries(SeriesSignal feed, SeriesJudge settled)
{
    private readonly List<Sample> samples = [];
    private JudgedSeries? judged;
    private JudgedSeries? judgedBesideFaults;
    private IReadOnlyList<FeedGap> faults = [];
    private IReadOnlyList<Sample> earlier = [];

    public SeriesSignal Feed { get; } = feed with { Samples = [] };

    /// <summary>The moment of its first sample, let go of or not.</summary>
    public Instant First { get; private set; } = Instant.MaxValue;

    public Instant Latest => samples.Count == 0 ? Instant.MinValue : samples[^1].At;

    public int Kept => samples.Count;

    /// <summary>Of two samples of one moment the one with a value, then the one of the lower row, then the lower one stands, whichever came first.</summary>
    /// <returns>False when no more samples can be kept.</returns>
    public bool Add(Sample sample)
    {
        (judged, judgedBesideFaults) = (null, null);
        int low = 0;
        int high = samples.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = samples[middle].At < sample.At ? (middle + 1, high) : (low, middle);
        }

        if (low < samples.Count && samples[low].At == sample.At)
        {
            samples[low] = Preferred(samples[low], sample);
            return true;
        }

        // A gap is laid out in steps, so its length counts as samples that are kept.
        Duration reach = samples.Count == 0 ? Duration.Zero : Span(sample.At);
        if (
            samples.Count >= SignalsFromSeries.SampleLimit
            || reach / Feed.Step > SignalsFromSeries.SampleLimit
        )
        {
            return false;
        }

        samples.Insert(low, sample);
        First = Instant.Min(First, sample.At);
        return true;
    }

    /// <summary>From the first sample to the last, with one more at a moment.</summary>
    private Duration Span(Instant at) =>
        Instant.Max(samples[^1].At, at) - Instant.Min(samples[0].At, at);

    public JudgedSeries Judge(DetectorProfile profile) =>
        judged ??= LossesFromSeries.Judge(Laid(), settled.Copy(), profile, [], earlier);

    /// <param name="known">When feeds failed by themselves, across places.</param>
    public JudgedSeries Judge(DetectorProfile profile, IReadOnlyList<FeedGap> known)
    {
        if (!known.Any(fault => fault.Feed == Feed.Source))
        {
            return Judge(profile);
        }

        judgedBesideFaults = known.SequenceEqual(faults) ? judgedBesideFaults : null;
        faults = known;
        return judgedBesideFaults ??= LossesFromSeries.Judge(
            Laid(),
            settled.Copy(),
            profile,
            known,
            earlier
        );
    }

    /// <summary>Lets the judge learn everything before a moment, and forgets it.</summary>
    public void Settle(Instant until, DetectorProfile profile, IReadOnlyList<FeedGap> known)
    {
        SeriesSignal laid = Laid();
        LossesFromSeries.Judge(
            laid with
            {
                Samples = [.. laid.Samples.TakeWhile(sample => sample.At < until)],
            },
            settled,
            profile,
            known
        );
        (judged, judgedBesideFaults) = (null, null);
        settled.Shifts.Forget();
        earlier =
        [
            .. earlier
                .Concat(laid.Samples)
                .Where(sample => sample.At < until && sample.At >= until - ScaleChange.Reach),
        ];
        samples.RemoveAll(sample => sample.At < until);
    }

    private SeriesSignal Laid() => Feed with { Samples = SampleGrid.Lay(samples, Feed.Step) };

    private static Sample Preferred(Sample one, Sample other) =>
        one.Value is null ? other
        : other.Value is null ? one
        : one.Row != other.Row ? (one.Row < other.Row ? one : other)
        : one.Value <= other.Value ? one
        : other;
}
