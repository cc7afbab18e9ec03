using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>Confirms what came back, from later signals only. It closes the loop through the world, never through a promise.</summary>
public static class RestorationsFromDecisions
{
    public const int MethodVersion = 1;

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
                    OfCommitment(Around(commitment, seen), commitment, laterSignals, asOf)
                ),
        ];
        return [.. measured, .. reported];
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
        // The latest word of each kind of observer counts: what worked yesterday may be down today.
        List<ReportSignal> reports =
        [
            .. signals
                .OfType<ReportSignal>()
                .Where(report => report.Network is null && report.Place.IsWithin(commitment.Place))
                .Where(report => IsAbout(report, commitment.Service))
                .Where(report => report.ObservedAt >= delivered && report.ReceivedAt < asOf)
                .Where(report => !_suppliers.Contains(report.Observer))
                .GroupBy(report => report.Observer, StringComparer.Ordinal)
                .Select(group => group.MaxBy(report => report.ObservedAt)!)
                .Where(report => report.State == ServiceState.Working)
                .OrderBy(report => report.ObservedAt)
                .ThenBy(report => report.Id, StringComparer.Ordinal),
        ];
        int observers = reports.Select(report => report.Observer).Distinct().Count();
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
            ServiceSeen = commitment.Service.ToString().ToLowerInvariant(),
            State = observers switch
            {
                0 => RestorationState.Unconfirmed,
                1 => RestorationState.Partial,
                _ => RestorationState.Confirmed,
            },
            Start = reports.Count == 0 ? null : new InstantRange(delivered, reports[0].ObservedAt),
            ShareRestored = null,
            MeasuredBy =
                reports.Count == 0
                    ? "nobody independent"
                    : string.Join(", ", reports.Select(report => report.Source).Distinct()),
            Commitments = [commitment.Id],
            Notes =
                reports.Count == 0 ? ["no independent source can see"]
                : observers == 1 ? ["one kind of observer only"]
                : [],
            Origin = reports.Count == 0 ? Origin.Modelled : reports.Max(report => report.Origin),
            Marking = Marking.Strictest(
                reports.Select(report => report.Marking).Append(commitment.Marking)
            ),
            Evidence = [.. reports.SelectMany(report => report.Evidence)],
        };
    }

    /// <summary>A class of service carries those below it, so a word on a lower one counts; a broadcast is apart.</summary>
    private static bool IsAbout(ReportSignal report, Service service) =>
        report.Service is not { } reported
        || (
            reported <= service && (reported == Service.Broadcast) == (service == Service.Broadcast)
        );

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
