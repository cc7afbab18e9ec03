using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>Confirms what came back, from later signals only. It closes the loop through the world, never through a promise.</summary>
public static class RestorationsFromDecisions
{
    public const int MethodVersion = 2;

    /// <summary>How long a report says something of today where a commitment has no rhythm of its own.</summary>
    private static readonly Duration _fresh = Duration.FromDays(14);

    /// <summary>Observers whose word does not count as independent of the supplier.</summary>
    private static readonly string[] _suppliers = ["operator", "supplier"];

    /// <param name="disruptions">As they stood when the plan was made.</param>
    /// <param name="laterSignals">Everything known at <paramref name="asOf"/>.</param>
    public static IReadOnlyList<Restoration> Confirm(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Commitment> commitments,
        IReadOnlyList<Signal> laterSignals,
        Instant asOf
    )
    {
        ArgumentNullException.ThrowIfNull(disruptions);
        ArgumentNullException.ThrowIfNull(commitments);
        ArgumentNullException.ThrowIfNull(laterSignals);
        List<Restoration> measured =
        [
            .. disruptions
                .Where(disruption => disruption.Severity.Count > 0)
                .SelectMany(disruption =>
                    OfDisruption(disruption, commitments, laterSignals, asOf)
                ),
        ];
        List<Disruption> seen = [.. disruptions.Where(disruption => disruption.Severity.Count > 0)];
        List<Restoration> reported =
        [
            .. commitments
                .Where(commitment =>
                    seen.Count > 0 && commitment.Networks is null && WasDelivered(commitment)
                )
                .Select(commitment =>
                    OfCommitment(
                        Around(commitment, seen),
                        commitment,
                        Unexplained(laterSignals, commitment, commitments),
                        asOf
                    )
                ),
        ];
        return
        [
            .. measured,
            .. reported,
            .. RestorationsOfRoutes.Confirm(disruptions, laterSignals, asOf),
            .. RestorationsOfFunctions.Confirm(disruptions, laterSignals, asOf),
        ];
    }

    private static IEnumerable<Restoration> OfDisruption(
        Disruption disruption,
        IReadOnlyList<Commitment> commitments,
        IReadOnlyList<Signal> signals,
        Instant asOf
    )
    {
        var returns = new List<(SeriesSignal Signal, ReturnOfSeries Return)>();
        foreach (
            SeriesSignal signal in signals
                .OfType<SeriesSignal>()
                .Where(signal =>
                    signal.Place.Equals(disruption.Place) && signal.Network == disruption.Network
                )
                .Where(signal =>
                    disruption.Sources.Any(source =>
                        source.Name == signal.Source && source.Verdict == Verdict.Agrees
                    )
                )
                .OrderBy(signal => signal.Source, StringComparer.Ordinal)
        )
        {
            if (
                ReturnOfSeries.Of(signal, disruption.Onset.Earliest, disruption.Start, asOf) is
                { } found
            )
            {
                returns.Add((signal, found));
            }
        }

        foreach ((SeriesSignal signal, ReturnOfSeries shown) in returns)
        {
            yield return new Restoration
            {
                Id = ContentId.Of(
                    "restoration",
                    new
                    {
                        disruption.Id,
                        signal = signal.Id,
                        asOf,
                        MethodVersion,
                    }
                ),
                DisruptionId = disruption.Id,
                Place = disruption.Place,
                Network = disruption.Network,
                ServiceSeen = ServiceSeen(signal.Family),
                State = shown.State,
                Start = shown.Start,
                End = shown.End,
                ShareRestored = shown.Share,
                MeasuredBy = signal.Source,
                Commitments =
                [
                    .. commitments
                        .Where(commitment => IsAimedAt(commitment, disruption))
                        .Select(commitment => commitment.Id),
                ],
                Notes = Notes(signal, shown, [.. returns.Where(other => other.Signal != signal)]),
                Origin = signal.Origin,
                Marking = Marking.Strictest([disruption.Marking, signal.Marking]),
                Evidence =
                    shown.Proof.Count == 0
                        ? []
                        : [signal.Evidence[0] with { Rows = SignalsFromSeries.Rows(shown.Proof) }],
                AsOf = asOf,
            };
        }
    }

    /// <summary>One service may be back while another stays dark; each says so about the other.</summary>
    private static List<string> Notes(
        SeriesSignal signal,
        ReturnOfSeries shown,
        IReadOnlyList<(SeriesSignal Signal, ReturnOfSeries Return)> others
    )
    {
        var notes = new List<string>();
        if (shown.State == RestorationState.Unconfirmed)
        {
            notes.Add("no independent source can see");
            if (shown.Start is not null)
            {
                notes.Add(
                    shown.End is null
                        ? $"it was back when last seen, at {shown.Proof[^1].At}"
                        : $"it was lost again when last seen, at {shown.Proof[^1].At}"
                );
            }
        }

        if (shown.Start is { } start)
        {
            notes.AddRange(
                others
                    .Where(other =>
                        other.Signal.Family != signal.Family
                        && (other.Return.Start is null || other.Return.Start.Latest > start.Latest)
                    )
                    .Select(other =>
                        other.Return.Start is { } later
                            ? $"partial until {later.Latest}: {other.Signal.Source} stayed dark"
                            : $"partial: {other.Signal.Source} is still dark or unseen"
                    )
            );
        }

        return notes;
    }

    /// <summary>Reports without those of a lower service that another delivery at the place brings: they say nothing of this one.</summary>
    private static IReadOnlyList<Signal> Unexplained(
        IReadOnlyList<Signal> signals,
        Commitment commitment,
        IReadOnlyList<Commitment> all
    )
    {
        HashSet<Service> others =
        [
            .. all.Where(other =>
                    other.Id != commitment.Id
                    && other.Place.Equals(commitment.Place)
                    && other.Networks is null
                    && other.Service < commitment.Service
                    && WasDelivered(other)
                )
                .Select(other => other.Service),
        ];
        return others.Count == 0
            ? signals
            :
            [
                .. signals.Where(signal =>
                    signal is not ReportSignal { Service: { } service } || !others.Contains(service)
                ),
            ];
    }

    /// <summary>A service of its own leaves no mark in the series of the cut networks: only people there can confirm it.</summary>
    private static Restoration OfCommitment(
        Disruption disruption,
        Commitment commitment,
        IReadOnlyList<Signal> signals,
        Instant asOf
    )
    {
        Instant delivered = commitment
            .History.First(step => step.State == CommitmentState.Delivered)
            .At;
        var words = WordsOnService.Of(
            signals
                .OfType<ReportSignal>()
                .Where(report => report.Network is null && report.Place.IsWithin(commitment.Place))
                .Where(report => report.ObservedAt >= delivered && report.ReceivedAt < asOf)
                .Where(report => !_suppliers.Contains(report.Observer)),
            commitment.Service,
            asOf - (commitment.ConfirmEvery ?? _fresh)
        );
        List<ReportSignal> heard = [.. words.Working, .. words.Lesser, .. words.Down];
        ReportSignal? first =
            words.Working is [var soonest, ..] ? soonest
            : words.Lesser is [var lesser, ..] ? lesser
            : words.WorkedFrom;
        return new Restoration
        {
            Id = ContentId.Of(
                "restoration",
                new
                {
                    disruption.Id,
                    commitment = commitment.Id,
                    asOf,
                    MethodVersion,
                }
            ),
            DisruptionId = disruption.Id,
            Place = commitment.Place,
            ServiceSeen = ServiceSeen(commitment.Service, words),
            State = StateOf(words),
            Start = first is null ? null : new InstantRange(delivered, first.ObservedAt),
            End = words.LostAgain,
            Supply = commitment.Id,
            ShareRestored = null,
            MeasuredBy =
                heard.Count == 0
                    ? "nobody independent"
                    : string.Join(", ", heard.Select(report => report.Source).Distinct()),
            Commitments = [commitment.Id],
            Notes = [.. Notes(words)],
            Origin = heard.Count == 0 ? Origin.Modelled : heard.Max(report => report.Origin),
            Marking = Marking.Strictest(
                heard
                    .Concat(words.Stale)
                    .Select(report => report.Marking)
                    .Append(commitment.Marking)
            ),
            Evidence = [.. heard.SelectMany(report => report.Evidence)],
            AsOf = asOf,
        };
    }

    /// <summary>One kind of observer may be mistaken; two confirm. Who disagrees makes it a return in part, and never none.</summary>
    private static RestorationState StateOf(WordsOnService words) =>
        words switch
        {
            { Working.Count: > 1, Down.Count: 0 } => RestorationState.Confirmed,
            { Working.Count: > 0 } or { Lesser.Count: > 0 } => RestorationState.Partial,
            { Down.Count: 0 } => RestorationState.Unconfirmed,
            { WorkedFrom: not null } => RestorationState.Relapsed,
            _ => RestorationState.NotRestored,
        };

    private static IEnumerable<string> Notes(WordsOnService words)
    {
        if (words is { Working: [], Lesser: [], Down: [] })
        {
            yield return "no independent source can see";
        }

        if (words is { Working.Count: 1, Down: [] })
        {
            yield return "one kind of observer only";
        }

        foreach (ReportSignal report in words.Lesser)
        {
            yield return report.Service is { } service && report.State == ServiceState.Working
                ? $"{report.Observer}: {Word(service)} works; the rest was not seen"
                : $"{report.Observer}: degraded";
        }

        foreach (ReportSignal report in words.Down)
        {
            yield return $"{report.Observer}: down since {report.ObservedAt}";
        }

        foreach (ReportSignal report in words.Stale)
        {
            yield return $"{report.Observer}: nothing since {report.ObservedAt}";
        }
    }

    /// <summary>Of a service that nobody saw whole, the lower one that was seen.</summary>
    private static string ServiceSeen(Service service, WordsOnService words) =>
        Word(
            words is { Working: [], Lesser: { Count: > 0 } lesser }
                ? lesser.Max(report => report.Service ?? service)
                : service
        );

    private static string Word(Service service) => service.ToString().ToLowerInvariant();

    /// <summary>The disruption that a service of its own stands in for: the narrowest one around its place.</summary>
    private static Disruption Around(Commitment commitment, List<Disruption> disruptions) =>
        disruptions
            .OrderByDescending(disruption => commitment.Place.IsWithin(disruption.Place))
            .ThenByDescending(disruption => disruption.Place.Key.Length)
            .ThenBy(disruption => disruption.Start)
            .ThenBy(disruption => disruption.Id, StringComparer.Ordinal)
            .First();

    /// <summary>A promise that was never delivered restored nothing, and nobody need look for it.</summary>
    private static bool WasDelivered(Commitment commitment) =>
        commitment.History.Any(step => step.State == CommitmentState.Delivered);

    private static bool IsAimedAt(Commitment commitment, Disruption disruption) =>
        disruption.Network is { } network
            ? commitment.Networks?.Contains(network) == true
            : commitment.Place.IsWithin(disruption.Place) && commitment.Networks is not null;

    private static string ServiceSeen(SignalFamily family) =>
        family switch
        {
            SignalFamily.Routing => "routes",
            SignalFamily.Probing => "answers to probes",
            SignalFamily.Telescope => "background traffic",
            SignalFamily.Application => "use of applications",
            _ => "service as reported",
        };
}
