using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>One place, or one network at it, followed live: recent samples, and what is known from older ones.</summary>
internal sealed class LivePlace(
    Place where,
    string? network,
    string? target,
    DetectorProfile profile,
    Duration lateness
)
{
    /// <summary>Samples kept behind the lateness, so that an onset that is found late can still be dated.</summary>
    private static readonly Duration _kept = Duration.FromDays(35);

    /// <summary>Room between what is settled and anything that is not: onsets look back a day, and disruptions merge over hours.</summary>
    private static readonly Duration _margin = Duration.FromDays(3);

    private readonly List<LiveSeries> series = [];
    private readonly HeldSamples held = new(lateness);
    private readonly List<Disruption> settled = [];
    private readonly SettledBlind settledBlind = new();
    private IReadOnlyList<Disruption> fresh = [];
    private readonly Dictionary<string, List<Loss>> settledLosses = new(StringComparer.Ordinal);
    private IReadOnlyList<JudgedSeries> judged = [];

    /// <summary>The series as they stand without what is known of their feeds.</summary>
    private IReadOnlyList<JudgedSeries> plain = [];
    private Instant latest = Instant.MinValue;
    private Instant floor = Instant.MinValue;
    private Instant nextSettling = Instant.MinValue;

    public IReadOnlyList<Disruption> Disruptions => [.. settled, .. fresh];

    /// <summary>The moment after its last sample.</summary>
    public Instant Until =>
        series.Select(one => one.Latest + one.Feed.Step).DefaultIfEmpty(Instant.MinValue).Max();

    public int Kept => series.Sum(one => one.Kept);

    /// <summary>Samples that leapt ahead and wait for another one.</summary>
    public int Held => held.Count;

    /// <summary>How many of those were let go of since this was asked last.</summary>
    public int LetGo() => held.TakeLetGo();

    /// <param name="reason">Why it is not taken; null when it is.</param>
    public SampleOutcome Add(SeriesSignal feed, Sample sample, out string? reason)
    {
        reason = null;
        bool isFirst = latest == Instant.MinValue;
        if ((!isFirst && sample.At < latest - lateness) || sample.At < floor)
        {
            reason = $"it is of {sample.At}, and samples of {latest} are known here";
            return SampleOutcome.Late;
        }

        if (!isFirst && sample.At > latest + lateness)
        {
            IReadOnlyList<(SeriesSignal Feed, Sample Sample)> together = held.Add(feed, sample);
            if (together.Count == 0)
            {
                reason =
                    $"it is of {sample.At}, and the latest sample known here of {latest}: it waits for a second one";
                return SampleOutcome.Held;
            }

            bool isKept = true;
            foreach ((SeriesSignal of, Sample one) in together)
            {
                isKept = Keep(of, one);
            }

            return isKept ? SampleOutcome.Taken : NotKept(out reason);
        }

        held.GoesOn(feed);
        if (!Keep(feed, sample))
        {
            return NotKept(out reason);
        }

        foreach ((SeriesSignal of, Sample one) in held.CaughtUp(latest))
        {
            Keep(of, one);
        }

        return SampleOutcome.Taken;
    }

    private static SampleOutcome NotKept(out string? reason)
    {
        reason = "there is no room for it, or for the steps that are missing before it";
        return SampleOutcome.NotKept;
    }

    private bool Keep(SeriesSignal feed, Sample sample)
    {
        LiveSeries? of = series.Find(one => one.Feed.Id == feed.Id);
        if (of is null)
        {
            of = new LiveSeries(feed, new SeriesJudge(feed, profile));
            series.Add(of);
            series.Sort((left, right) => string.CompareOrdinal(left.Feed.Id, right.Feed.Id));
        }

        if (!of.Add(sample))
        {
            return false;
        }

        latest = Instant.Max(latest, sample.At);
        return true;
    }

    /// <summary>Every loss of each series, let go of or not: what a fault of its feed is found by.</summary>
    public IEnumerable<SourceLosses> Losses =>
        plain.Select(one => new SourceLosses(
            one.Signal.Source,
            where.Country,
            one.Signal.Step,
            [.. settledLosses.GetValueOrDefault(one.Signal.Id, []), .. one.Losses]
        ));

    /// <param name="faults">When feeds failed by themselves, across places.</param>
    /// <returns>True when losses of a series are others than before, whatever is known of its feed.</returns>
    public bool Judge(IReadOnlyList<FeedGap> faults)
    {
        List<(string, InstantPair, InstantPair?)> before = [.. Stretches(plain)];
        plain = [.. series.Select(one => one.Judge(profile))];
        judged = [.. series.Select(one => one.Judge(profile, faults))];
        fresh = EntityJudged
            .Of(EntityOf(judged), judged, [], new HashSet<string>(), Until, profile)
            .Disruptions;
        bool isChanged = !before.SequenceEqual(Stretches(plain));
        if (latest >= nextSettling)
        {
            Settle(faults);
        }

        return isChanged;
    }

    public bool Has(string source) => series.Exists(one => one.Feed.Source == source);

    private static IEnumerable<(string, InstantPair, InstantPair?)> Stretches(
        IReadOnlyList<JudgedSeries> of
    ) => of.SelectMany(one => one.Losses.Select(loss => (one.Signal.Id, loss.Onset, loss.End)));

    /// <summary>Which feeds can see it, as of its latest sample or a later moment.</summary>
    public IEnumerable<FeedSight> Sight(Instant? moment = null)
    {
        Instant at = moment ?? latest;
        foreach (JudgedSeries one in judged)
        {
            Instant last = one.At(one.Count - 1);
            yield return new FeedSight(
                one.Signal.Id,
                Blind.NameOf(one.Signal.Source, one.Signal.Place),
                where,
                at,
                at - last >= one.Signal.Step * profile.BlindAfterSteps
                    ? $"no samples after {last}"
                    : BlindFromSeries.Reason(one.States[^1])
            );
        }
    }

    public Instant Latest => latest;

    public IEnumerable<Blind> BlindUntil(Instant until) =>
        settledBlind
            .Joined(
                EntityJudged
                    .Of(EntityOf(judged), judged, [], new HashSet<string>(), until, profile)
                    .Blind
            )
            .Concat(Constant());

    /// <summary>Series that never changed since their first sample, let go of or not.</summary>
    private IEnumerable<Blind> Constant() =>
        judged
            .Zip(series)
            .Select(pair =>
                BlindFromSeries.Constant(pair.First, profile) is { } found
                    ? found with
                    {
                        From = pair.Second.First,
                    }
                    : null
            )
            .OfType<Blind>();

    private Entity EntityOf(IReadOnlyList<JudgedSeries> of) =>
        new(where, network, target, [.. of.Select(one => one.Signal)], []);

    /// <summary>
    /// Lets go of samples that nothing can change any more, once a day and only where nothing was lost. A feed that died
    /// keeps its last ones, which grow no more; one that goes on without being judged keeps since when it is blind.
    /// </summary>
    private void Settle(IReadOnlyList<FeedGap> faults)
    {
        nextSettling = latest + Duration.FromDays(1);
        Instant until = latest - lateness - _kept;
        if (series.Count == 0 || !fresh.All(disruption => IsApart(disruption, until)))
        {
            return;
        }

        List<int> going =
        [
            .. Enumerable.Range(0, series.Count).Where(i => !IsDead(plain[i], until)),
        ];
        EntityJudged all = EntityJudged.Of(
            EntityOf(judged),
            judged,
            [],
            new HashSet<string>(),
            Until,
            profile
        );
        if (
            going.Count == 0
            || !going.TrueForAll(i => IsQuietAround(plain[i], until))
            || SettledBlind.Of(all.Blind, judged, [.. going.Select(i => judged[i])], until, _margin)
                is not { } blind
        )
        {
            return;
        }

        settled.AddRange(
            fresh.Where(disruption => disruption.End is { } end && end.Latest < until)
        );
        settledBlind.Add(blind);
        fresh =
        [
            .. fresh.Where(disruption => disruption.End is not { } end || end.Latest >= until),
        ];
        floor = until;
        foreach (int i in going)
        {
            string id = series[i].Feed.Id;
            settledLosses.TryAdd(id, []);
            settledLosses[id]
                .AddRange(plain[i].Losses.Where(loss => loss.End is { } end && end.Latest < until));
            series[i].Settle(until, profile, faults);
        }

        plain = [.. series.Select(one => one.Judge(profile))];
        judged = [.. series.Select(one => one.Judge(profile, faults))];
    }

    private static bool IsApart(Disruption disruption, Instant at) =>
        disruption.Onset.Earliest > at + _margin
        || (disruption.End is { } end && end.Latest < at - _margin);

    /// <summary>True when a feed gave nothing for long before a moment, nor since, and never saw a loss in what is kept of it.</summary>
    private static bool IsDead(JudgedSeries one, Instant at) =>
        one.At(one.Count - 1) < at - _margin && one.Losses.Count + one.Shifts.Count == 0;

    /// <summary>True when a series had samples on both sides of a moment, and was in no loss near it.</summary>
    private static bool IsQuietAround(JudgedSeries one, Instant at) =>
        one.FirstFrom(at) is var index
        && index > 0
        && index < one.Count
        && IsQuiet(one.States[index - 1])
        && IsQuiet(one.States[index])
        && one.Losses.Concat(one.Shifts)
            .All(loss =>
                loss.Onset.Earliest > at + _margin
                || (loss.End is { } end && end.Latest < at - _margin)
            );

    private static bool IsQuiet(SampleState state) =>
        state is SampleState.Normal or SampleState.Unjudged or SampleState.Frozen;
}
