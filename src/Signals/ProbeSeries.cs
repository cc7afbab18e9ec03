using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>A series with what limits it.</summary>
internal sealed record SignalsOfSeries(
    SeriesSignal Signal,
    IReadOnlyList<FeedGap> Gaps,
    IReadOnlyList<string> Notes
);

/// <summary>The rounds about one place from one vantage.</summary>
internal sealed class ProbeSeries(Place place, ProbeVantage? vantage)
{
    private readonly SortedDictionary<Instant, Tally> rounds = [];
    private readonly SortedDictionary<ProbeResult, int> results = [];
    private readonly SortedSet<string> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<Duration, int> distances = [];
    private int blindOver;
    private Distribution distribution = Distribution.Public;

    public string Key => $"{place.Key} {Source}";

    private string Source =>
        vantage is null ? "breakwater probe"
        : vantage.Place is null ? $"breakwater probe from {Side(vantage)}"
        : $"breakwater probe from {Side(vantage)}, {vantage.Place.Key}";

    public void Add(ProbeRound round, int line)
    {
        if (!rounds.TryGetValue(round.At, out Tally? tally))
        {
            rounds.Add(round.At, tally = new Tally { Row = line });
        }

        distribution = (Distribution)Math.Max((int)distribution, (int)round.Distribution);
        if (round.Every is { } every)
        {
            distances[every] = distances.GetValueOrDefault(every) + 1;
        }

        if (round.State != RoundState.Seeing)
        {
            tally.Reasons.Add(
                round.Reason ?? (round.State == RoundState.Stopped ? "stopped" : "blind")
            );
            return;
        }

        foreach (Probe probe in round.Probes)
        {
            results[probe.Result] = results.GetValueOrDefault(probe.Result) + 1;
            targets.Add(probe.Target);
            if (round.IsBlindTo(probe))
            {
                blindOver++;
                continue;
            }

            tally.Answered += probe.HasAnswered ? 1 : 0;
            tally.Judged += probe.HasAnswered || probe.IsLost ? 1 : 0;
        }

        if (tally.Judged == 0)
        {
            tally.Reasons.Add("no target could be judged");
        }
    }

    public SignalsOfSeries Signals(SourceFile file, Origin origin, FaultList faults)
    {
        (IReadOnlyList<Sample> samples, Duration step) = SampleGrid.Lay(
            [.. rounds.Select(round => new Sample(round.Key, round.Value.Share, round.Value.Row))],
            UsualDistance(),
            Source,
            faults
        );
        var signal = new SeriesSignal
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    file.Sha256,
                    place.Key,
                    Source,
                    SignalsFromProbes.Metric,
                }
            ),
            Source = Source,
            Family = SignalFamily.Probing,
            Place = place,
            Metric = SignalsFromProbes.Metric,
            Unit = SignalsFromProbes.Unit,
            Step = step,
            Samples = samples,
            Origin = origin,
            Marking =
                distribution == Distribution.Public
                    ? Marking.Public
                    : new Marking(distribution, Tlp.Amber),
            Evidence =
            [
                new Evidence(
                    file.Sha256,
                    file.Name,
                    SignalsFromSeries.Rows(samples),
                    SignalsFromProbes.Metric
                ),
            ],
        };
        return new SignalsOfSeries(signal, Gaps(step), Notes());
    }

    /// <summary>Stretches of rounds that say nothing, from the last one that did to the next one.</summary>
    private List<FeedGap> Gaps(Duration step)
    {
        var gaps = new List<FeedGap>();
        Instant? seen = null;
        Instant? since = null;
        SortedSet<string> reasons = new(StringComparer.Ordinal);
        foreach ((Instant at, Tally tally) in rounds)
        {
            if (tally.Share is null)
            {
                since ??= seen ?? at;
                reasons.UnionWith(tally.Reasons);
                continue;
            }

            Close(at);
            seen = at;
        }

        if (rounds.Count > 0)
        {
            Close(rounds.Last().Key + step);
        }

        return gaps;

        void Close(Instant until)
        {
            if (since is { } from)
            {
                gaps.Add(
                    new FeedGap(
                        Source,
                        from,
                        until,
                        FeedState.Blind,
                        string.Join("; ", reasons.Take(4))
                    )
                );
                reasons.Clear();
                since = null;
            }
        }
    }

    private List<string> Notes()
    {
        var notes = new List<string>();
        int doubtful = results.GetValueOrDefault(ProbeResult.CertificateInvalid);
        int unasked =
            results.GetValueOrDefault(ProbeResult.NameNotResolved)
            + results.GetValueOrDefault(ProbeResult.BlockedByPolicy)
            + results.GetValueOrDefault(ProbeResult.NotTried)
            + results.GetValueOrDefault(ProbeResult.Cannot);
        int refused = results.GetValueOrDefault(ProbeResult.Refused);
        Say(
            doubtful,
            "somebody answered without proving to be the target (certificate): counted as neither"
        );
        Say(unasked, "the target was not asked (name, policy, own machine): counted as neither");
        Say(
            blindOver,
            "the own line over that version of IP could not be shown to work: counted as neither"
        );
        Say(refused, "the target refused: counted as reached, because something there is up");
        if (targets.Count is > 0 and < 5)
        {
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"few_targets {Key}: {targets.Count} stand for the whole place"
                )
            );
        }

        return notes;

        void Say(int count, string what)
        {
            if (count > 0)
            {
                notes.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{Key}: {count} times {what}")
                );
            }
        }
    }

    private Duration? UsualDistance() =>
        distances.Count == 0
            ? null
            : distances
                .OrderByDescending(distance => distance.Value)
                .ThenBy(distance => distance.Key)
                .First()
                .Key;

    private static string Side(ProbeVantage vantage) =>
        vantage.Side == VantageSide.Inside ? "inside" : "outside";

    private sealed class Tally
    {
        public required int Row { get; init; }
        public int Answered { get; set; }
        public int Judged { get; set; }
        public SortedSet<string> Reasons { get; } = new(StringComparer.Ordinal);
        public double? Share => Judged == 0 ? null : (double)Answered / Judged;
    }
}
