using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Following;

/// <summary>What became of the lines that were handed in.</summary>
/// <param name="Unread">Lines that hold no sample that can be used.</param>
/// <param name="Held">Samples that leapt ahead of all others and that nothing confirmed.</param>
internal sealed record FollowedCounts(
    int Lines,
    int Taken,
    int Unread,
    int Late,
    int AheadOfClock,
    int NotKept,
    int Held
);

/// <summary>Lines of samples, one by one, into live detection, with what is said about each that cannot be used.</summary>
/// <param name="place">For lines that name none.</param>
internal sealed class FollowedSamples(
    LiveDetection live,
    Place? place,
    Duration? step,
    Func<Instant> now,
    Action<InputFault> say
)
{
    public const string Input = "standard input";

    /// <summary>Each is said as it comes up to this number; the rest is counted, so that a broken monitor fills no disk.</summary>
    public const int FaultsSaid = 50;

    private readonly SampleSeries series = new(new Evidence("", Input), step);
    private readonly Dictionary<string, (SeriesSignal Feed, Instant First, Instant Last)> seen =
        new(StringComparer.Ordinal);
    private readonly HashSet<string> continued = new(StringComparer.Ordinal);
    private readonly Dictionary<SampleOutcome, int> outcomes = [];
    private readonly List<InputFault> faults = [];
    private readonly Dictionary<string, bool> blind = new(StringComparer.Ordinal);
    private readonly List<FeedSight> turns = [];
    private int lines;
    private int unread;
    private int unsaid;

    /// <summary>Those that were said, and how many were not.</summary>
    public IReadOnlyList<InputFault> Faults =>
        unsaid == 0
            ? faults
            :
            [
                .. faults,
                new InputFault(
                    Input,
                    "end",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{unsaid} further faults are not listed"
                    ),
                    "Correct those listed first"
                ),
            ];

    public FollowedCounts Counts =>
        new(
            lines,
            Count(SampleOutcome.Taken),
            unread,
            Count(SampleOutcome.Late),
            Count(SampleOutcome.AheadOfClock),
            Count(SampleOutcome.NotKept),
            live.Held
        );

    /// <summary>From the first to the last sample of each series.</summary>
    public IReadOnlyList<Watched> Watched =>
        Breakwater.Disruptions.Matching.Watched.Of([
            .. seen.Values.Select(one =>
                one.Feed with
                {
                    Samples = [new Sample(one.First, null, 0), new Sample(one.Last, null, 0)],
                }
            ),
        ]);

    public int SeriesCount => series.Count;

    /// <summary>Takes a history, in order of time whatever file it came from.</summary>
    /// <returns>What it leaves open.</returns>
    public IReadOnlyList<Revision> Begin(IReadOnlyList<SeriesSignal> history)
    {
        foreach (SeriesSignal signal in history)
        {
            if (!series.Add(signal))
            {
                throw new Fault(
                    ExitCode.Usage,
                    $"more than {SampleSeries.SeriesMax} series cannot be followed at once. Follow some of the places in a run of their own"
                );
            }

            if (signal.Samples.Count > 0)
            {
                seen[signal.Id] = (signal, signal.Samples[0].At, signal.Samples[^1].At);
            }
        }

        live.TakeAll(
            history
                .SelectMany(signal =>
                    signal
                        .Samples.Where(sample => sample.Row > 0 || sample.Value is not null)
                        .Select(sample => (Feed: signal, Sample: sample))
                )
                .OrderBy(one => one.Sample.At)
                .ThenBy(one => one.Feed.Id, StringComparer.Ordinal)
        );
        foreach (string id in seen.Keys)
        {
            seen[id] = seen[id] with { Feed = seen[id].Feed with { Samples = [], Counts = null } };
        }

        foreach ((SeriesSignal feed, _, _) in seen.Values)
        {
            Turn(live.Sight(feed));
        }

        return
        [
            .. seen
                .Values.DistinctBy(one => (one.Feed.Place, one.Feed.Network, one.Feed.Target))
                .SelectMany(one => Revision.Between([], Open(one.Feed), one.Last)),
        ];
    }

    /// <summary>Takes a line.</summary>
    /// <returns>What it changed, and what is known now about what it is about.</returns>
    public (IReadOnlyList<Revision> Revisions, IReadOnlyList<Disruption> Known) Take(ReadLine line)
    {
        lines = line.Number;
        if (line.IsTooLong)
        {
            return Unread(line, ("too long", "The line is left out"));
        }

        ReadOnlyMemory<byte> text = line.Octets.Trim(" \r\t\uFEFF"u8);
        if (text.IsEmpty)
        {
            return ([], []);
        }

        if (
            SampleLine.Read(text, place, out (string Reason, string Remedy)? wrong) is not { } read
            || series.Of(read, line.Number, out wrong) is not { } found
        )
        {
            return Unread(line, wrong!.Value);
        }

        Taking taking = live.Take(found.Feed, found.Sample, now());
        outcomes[taking.Outcome] = outcomes.GetValueOrDefault(taking.Outcome) + 1;
        if (taking.Outcome != SampleOutcome.Taken)
        {
            Say(line, $"{read.Source} of {read.Place}: {taking.Reason}", RemedyOf(taking.Outcome));
            return ([], []);
        }

        Note(found.Feed, found.Sample.At);
        Turn(live.Sight(found.Feed));
        return (
            taking.Revisions,
            [
                .. taking
                    .Revisions.Select(revision => (revision.Place, revision.Network))
                    .Distinct()
                    .SelectMany(of => live.DisruptionsOf(of.Place, of.Network)),
            ]
        );
    }

    /// <summary>Feeds that could see when this was asked last and cannot now, or the other way round.</summary>
    public IReadOnlyList<FeedSight> Turns()
    {
        FeedSight[] turned = [.. turns];
        turns.Clear();
        return turned;
    }

    /// <summary>Looks at the clock, because feeds that all fall silent send no line that would tell it.</summary>
    public void LookAtClock() => Turn(live.SightAt(now()));

    private void Turn(IReadOnlyList<FeedSight> sight)
    {
        foreach (FeedSight one in sight)
        {
            bool isBlind = one.Blind is not null;
            // A feed that sees from its first sample on is no news.
            if (blind.GetValueOrDefault(one.Series) != isBlind)
            {
                turns.Add(one);
            }

            blind[one.Series] = isBlind;
        }
    }

    /// <summary>What is known at the end, with the input named as what its octets are.</summary>
    /// <param name="stated">Claims and circumstances of the history.</param>
    /// <param name="sha256">Hash of all that was handed in.</param>
    public Detection End(IReadOnlyList<Signal> stated, string sha256)
    {
        Detection detection = live.Detect(stated);
        return detection with
        {
            Disruptions =
            [
                .. detection.Disruptions.Select(disruption =>
                    disruption with
                    {
                        Evidence = EvidenceOf(disruption, sha256),
                    }
                ),
            ],
        };
    }

    /// <summary>Rows of a series that began in a file and went on here stand in both, so none are named.</summary>
    private IReadOnlyList<Evidence> EvidenceOf(Disruption disruption, string sha256)
    {
        List<Evidence> evidence = [];
        foreach (Evidence one in disruption.Evidence)
        {
            bool isContinued = continued.Contains($"{one.Sha256}\n{one.Column}");
            evidence.Add(
                one.Sha256.Length == 0 ? one with { Sha256 = sha256 }
                : isContinued ? one with { Rows = null }
                : one
            );
            if (isContinued)
            {
                evidence.Add(new Evidence(sha256, Input, null, one.Column));
            }
        }

        return [.. evidence.Distinct()];
    }

    private void Note(SeriesSignal feed, Instant at)
    {
        if (feed.Evidence[0] is { Sha256.Length: > 0 } began)
        {
            continued.Add($"{began.Sha256}\n{began.Column}");
        }

        seen[feed.Id] = seen.TryGetValue(
            feed.Id,
            out (SeriesSignal, Instant First, Instant Last) was
        )
            ? (feed, Instant.Min(was.First, at), Instant.Max(was.Last, at))
            : (feed, at, at);
    }

    /// <summary>What is known now about what a series is about.</summary>
    public IReadOnlyList<Disruption> Known(SeriesSignal feed) => live.DisruptionsOf(feed);

    private IReadOnlyList<Disruption> Open(SeriesSignal feed) =>
        [.. live.DisruptionsOf(feed).Where(disruption => disruption.End is null)];

    private (IReadOnlyList<Revision>, IReadOnlyList<Disruption>) Unread(
        ReadLine line,
        (string Reason, string Remedy) wrong
    )
    {
        unread++;
        Say(line, wrong.Reason, wrong.Remedy);
        return ([], []);
    }

    private void Say(ReadLine line, string reason, string remedy)
    {
        if (faults.Count >= FaultsSaid)
        {
            unsaid++;
            return;
        }

        var fault = new InputFault(
            Input,
            string.Create(CultureInfo.InvariantCulture, $"line {line.Number}"),
            reason,
            remedy
        );
        faults.Add(fault);
        say(fault);
    }

    private int Count(SampleOutcome outcome) => outcomes.GetValueOrDefault(outcome);

    private static string RemedyOf(SampleOutcome outcome) =>
        outcome switch
        {
            SampleOutcome.Late =>
                "It is left out; hand samples in sooner, or state a longer --lateness",
            SampleOutcome.AheadOfClock =>
                "It is left out; correct the clock of the feed, or of this machine",
            SampleOutcome.Held => "Nothing to do if the feeds were silent for so long",
            _ => "It is left out; follow it in a run of its own",
        };
}
