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
    private readonly List<Blind> settledBlind = [];
    private IReadOnlyList<Disruption> fresh = [];
    private IReadOnlyList<JudgedSeries> judged = [];
    private Instant latest = Instant.MinValue;
    private Instant floor = Instant.MinValue;
    private Instant nextSettling = Instant.MinValue;

    public IReadOnlyList<Disruption> Disruptions => [.. settled, .. fresh];

    /// <summary>The moment after its last sample.</summary>
    public Instant Until =>
        series.Select(one => one.Latest + one.Feed.Step).DefaultIfEmpty(Instant.MinValue).Max();

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

    public void Judge()
    {
        judged = [.. series.Select(one => one.Judge(profile))];
        fresh = EntityJudged
            .Of(EntityOf(judged), judged, [], new HashSet<string>(), Until, profile)
            .Disruptions;
        if (latest >= nextSettling)
        {
            Settle();
        }
    }

    public IEnumerable<Blind> BlindUntil(Instant until) =>
        settledBlind.Concat(
            EntityJudged
                .Of(EntityOf(judged), judged, [], new HashSet<string>(), until, profile)
                .Blind
        );

    private Entity EntityOf(IReadOnlyList<JudgedSeries> of) =>
        new(where, network, target, [.. of.Select(one => one.Signal)], []);

    /// <summary>Lets go of samples that nothing can change any more, once a day and only where all was quiet and seen.</summary>
    private void Settle()
    {
        nextSettling = latest + Duration.FromDays(1);
        Instant until = latest - lateness - _kept;
        if (series.Count == 0 || !IsQuietAround(until))
        {
            return;
        }

        EntityJudged all = EntityJudged.Of(
            EntityOf(judged),
            judged,
            [],
            new HashSet<string>(),
            Until,
            profile
        );
        if (all.Blind.Any(blind => blind.From < until + _margin && blind.To > until - _margin))
        {
            return;
        }

        settled.AddRange(
            fresh.Where(disruption => disruption.End is { } end && end.Latest < until)
        );
        settledBlind.AddRange(all.Blind.Where(blind => blind.To <= until - _margin));
        fresh =
        [
            .. fresh.Where(disruption => disruption.End is not { } end || end.Latest >= until),
        ];
        floor = until;
        foreach (LiveSeries one in series)
        {
            one.Settle(until, profile);
        }

        judged = [.. series.Select(one => one.Judge(profile))];
    }

    /// <summary>True when every series was seen normal at a moment and nothing was open near it.</summary>
    private bool IsQuietAround(Instant at) =>
        fresh.All(disruption =>
            disruption.Onset.Earliest > at + _margin
            || (disruption.End is { } end && end.Latest < at - _margin)
        )
        && judged.All(one =>
            one.FirstFrom(at) is var index
            && index > 0
            && index < one.Count
            && one.States[index - 1] == SampleState.Normal
            && one.States[index] == SampleState.Normal
            && one.Losses.Concat(one.Shifts)
                .All(loss =>
                    loss.Onset.Earliest > at + _margin
                    || (loss.End is { } end && end.Latest < at - _margin)
                )
        );
}
