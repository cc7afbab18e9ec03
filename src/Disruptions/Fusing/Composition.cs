using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Turns a candidate into the record that people read: verdicts, depth, notes, evidence.</summary>
internal static class Composition
{
    public const string OneFamily = "one healthy family of signals only";

    public static Disruption Compose(
        Entity entity,
        Candidate candidate,
        Instant? seenUntil,
        IReadOnlyList<Flood> floods,
        FileSteps steps,
        DetectorProfile profile
    )
    {
        IReadOnlyList<JudgedSeries> judged = steps.Series;
        Instant start = candidate.Onset.Latest;
        Instant until = candidate.End?.Latest ?? Instant.MaxValue;
        // What nobody could see any more says nothing about what was seen.
        Instant seen = UntilSeen(candidate, seenUntil);
        Vote[] atPeak = Fusion.VotesAt(judged, candidate.Peak.At, profile);
        List<SourceView> views = Views(judged, atPeak, start, seen, candidate, steps, profile);
        bool isAccessDark = views.Exists(view =>
            Fusion.IsAccess(view.Family)
            && view.Verdict == Verdict.Agrees
            && view.DeepestDropShare >= profile.DarkDropShare
        );
        var doubts = new ScaleDoubts(steps, profile) { People = candidate.Peak.People };
        Array.ForEach(Array.FindAll(atPeak, vote => vote.IsLost), vote => doubts.Add(vote));
        List<SourceVerdict> sources =
        [
            .. views.Select(view => Doubted(view, view.ToVerdict(isAccessDark, profile), doubts)),
            .. ReportVerdicts(entity, start, until, floods, profile),
        ];
        int healthy = int.PopCount(candidate.Peak.Families);
        int independent = candidate.Sober.Independent;
        var confidence = new Confidence(Math.Min(candidate.Sober.Sober, profile.ConfidenceCap));
        // What people said at another time is not about this loss: it neither marks it nor counts as its evidence.
        entity = entity with
        {
            Reports = [.. ReportsIn(entity, start, until, profile)],
        };
        Marking marking = Marking.Strictest(
            entity
                .Series.Select(series => series.Marking)
                .Concat(entity.Reports.Select(report => report.Marking))
        );
        IReadOnlyList<string> signals = SignalIds(entity);
        return new Disruption
        {
            // What everybody may know amends a disruption; what is closely held makes another telling of it, which must
            // never take the place of the public one.
            Id = ContentId.Of(
                "disruption",
                new
                {
                    entity.Place,
                    entity.Network,
                    entity.Target,
                    start,
                    series = entity.Series.Select(series => series.Id),
                    signals = entity.Series.Count > 0
                        ? entity
                            .Reports.Where(report => report.Marking != Marking.Public)
                            .Select(report => report.Id)
                        : signals,
                    marking,
                    profile,
                    version = DisruptionsFromSignals.MethodVersion,
                }
            ),
            Kind = DisruptionKind.Outage,
            State = StateOf(candidate, confidence, independent, sources, profile),
            Place = entity.Place,
            Network = entity.Network,
            Target = entity.Target,
            Asns = entity.Place.Asn is { } asn ? [asn] : [],
            Start = start,
            Onset = new InstantRange(candidate.Onset.Earliest, candidate.Onset.Latest),
            End = candidate.End is { } end ? new InstantRange(end.Earliest, end.Latest) : null,
            SeenUntil = candidate.End is null ? seenUntil : null,
            Confidence = confidence,
            IndependentFamilies = independent,
            Severity = Severities(views),
            Sources = sources,
            Claims = [],
            Links = [],
            Notes = Notes(entity, views, healthy, isAccessDark, candidate, seen, profile),
            SubjectTo = Caveats.Of(views, healthy, candidate, doubts, floods),
            Origin = WorstOrigin(entity),
            Marking = marking,
            Signals = signals,
            Evidence =
            [
                .. views.Select(view => view.Evidence).OfType<Evidence>(),
                .. entity.Reports.SelectMany(report => report.Evidence),
            ],
            Detector =
                $"{profile.Name} {profile.Version}, method {DisruptionsFromSignals.MethodVersion}",
        };
    }

    private static List<SourceView> Views(
        IReadOnlyList<JudgedSeries> judged,
        Vote[] atPeak,
        Instant start,
        Instant seen,
        Candidate candidate,
        FileSteps steps,
        DetectorProfile profile
    )
    {
        List<SourceView> views =
        [
            .. judged.Select(
                (series, index) =>
                    SourceView.Of(series, atPeak[index], start, seen, candidate, steps, profile)
            ),
        ];
        // What makes it likely for a small part of its time agrees with it where nothing else does.
        return views.Exists(view => view.Verdict == Verdict.Agrees)
            ? views
            : views.ConvertAll(view =>
                candidate.LeadingOf(view.AtPeak.Series) is { } leading
                    ? view with
                    {
                        Verdict = Verdict.Agrees,
                        AtPeak = leading,
                        DeepestDropShare = Math.Max(view.DeepestDropShare, leading.DropShare),
                        FirstLoss = view.FirstLoss ?? leading.Loss,
                        LastLoss = view.LastLoss ?? leading.Loss,
                    }
                    : view
            );
    }

    private static SourceVerdict Doubted(
        SourceView view,
        SourceVerdict verdict,
        ScaleDoubts doubts
    ) =>
        verdict.Verdict == Verdict.Agrees && doubts.MayBeScale(view.AtPeak)
            ? verdict with
            {
                Weight = Math.Round(doubts.WeightOf(view.AtPeak), 2),
                MayBeScaleChange = true,
            }
            : verdict;

    private static DisruptionState StateOf(
        Candidate candidate,
        Confidence confidence,
        int independent,
        List<SourceVerdict> sources,
        DetectorProfile profile
    )
    {
        bool isDisputed =
            sources.Exists(source => source.Verdict == Verdict.Agrees)
            && sources.Exists(source => source.Verdict == Verdict.Disagrees && source.Weight < 0);
        return candidate.End is not null ? DisruptionState.Closed
            : confidence.Probability >= profile.ConfirmAt && independent > 1
                ? DisruptionState.Confirmed
            : isDisputed || candidate.IsContradicted ? DisruptionState.Contradictory
            : DisruptionState.Suspected;
    }

    private static IReadOnlyList<Severity> Severities(List<SourceView> views) =>
        [
            .. views
                .Where(view => view.LostMinutes > 0)
                .GroupBy(view => view.Family)
                .OrderBy(group => group.Key)
                .Select(group => new Severity(
                    group.Key,
                    Math.Round(group.Max(view => view.DeepestDropShare), 3),
                    group.Max(view => view.LostMinutes),
                    group.Max(view => view.LatestDropShare)
                )),
        ];

    private static List<string> Notes(
        Entity entity,
        List<SourceView> views,
        int healthy,
        bool isAccessDark,
        Candidate candidate,
        Instant seen,
        DetectorProfile profile
    )
    {
        var notes = new List<string>();
        if (entity.Target is { } target)
        {
            notes.Add($"about {target} alone: access as a whole is not judged by it");
        }

        Instant start = candidate.Onset.Latest;
        if (candidate.IsContradicted)
        {
            notes.Add(
                "a deep loss that one family, or one service, sees alone: the others contradict it"
            );
        }

        if (candidate.IsShift)
        {
            notes.Add("level fell gradually and stays low");
        }
        else if (candidate.End is not null && views.Exists(view => view.StaysLow))
        {
            notes.Add("came back, and the level stays lower than before");
        }

        List<SourceView> routing =
        [
            .. views.Where(view =>
                view.Family == SignalFamily.Routing && view.Verdict != Verdict.Absent
            ),
        ];
        double material = profile.Of(SignalFamily.Routing).MaterialDropShare;
        if (
            routing.Count > 0
            && isAccessDark
            && routing.TrueForAll(view => view.MedianDropShare < material)
        )
        {
            notes.Add("routing stays up, access is dark");
        }
        else if (routing.Exists(view => view.MedianDropShare >= 0.5))
        {
            notes.Add("routes withdrawn");
        }
        else if (routing.Exists(view => view.MedianDropShare >= material))
        {
            notes.Add("routes partly withdrawn");
        }

        if (healthy <= 1)
        {
            notes.Add(OneFamily);
        }

        if (seen - start > Duration.FromDays(profile.StaleAfterDays))
        {
            notes.Add("baseline is stale");
        }

        if (entity.Repeated > 0)
        {
            notes.Add(
                entity.Repeated == 1
                    ? "1 series that is given twice counts once"
                    : $"{entity.Repeated} series that are given twice count once"
            );
        }

        return notes;
    }

    /// <summary>The moment behind the last at which anything was seen of a disruption.</summary>
    private static Instant UntilSeen(Candidate candidate, Instant? seenUntil) =>
        candidate.End?.Latest
        ?? (seenUntil is { } last ? last + Duration.Epsilon : Instant.MaxValue);

    private static IEnumerable<ReportSignal> ReportsIn(
        Entity entity,
        Instant start,
        Instant until,
        DetectorProfile profile
    ) =>
        entity.Reports.Where(report =>
            report.ObservedAt <= until
            && report.ObservedAt + Duration.FromHours(profile.ReportHoldHours) >= start
        );

    private static IEnumerable<SourceVerdict> ReportVerdicts(
        Entity entity,
        Instant start,
        Instant until,
        IReadOnlyList<Flood> floods,
        DetectorProfile profile
    ) =>
        ReportsIn(entity, start, until, profile)
            .GroupBy(report => report.Source)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
                group.All(report => floods.Any(flood => flood.Takes(report)))
                    ? new SourceVerdict(
                        group.Key,
                        SignalFamily.HumanReport,
                        Verdict.Agrees,
                        "report_flood",
                        profile.FloodWeight
                    )
                : group.Count(report => report.State is ServiceState.Down or ServiceState.Degraded)
                    is > 0
                        and var down
                    ? new SourceVerdict(
                        group.Key,
                        SignalFamily.HumanReport,
                        Verdict.Agrees,
                        "human_report",
                        profile.ReportWeight
                    )
                : group.Any(report => report.State == ServiceState.Working)
                    ? new SourceVerdict(
                        group.Key,
                        SignalFamily.HumanReport,
                        Verdict.Disagrees,
                        "human_report",
                        -profile.ReportWeight
                    )
                : new SourceVerdict(
                    group.Key,
                    SignalFamily.HumanReport,
                    Verdict.Absent,
                    "state_unknown",
                    0
                )
            );

    private static IReadOnlyList<string> SignalIds(Entity entity) =>
        [
            .. entity
                .Series.SelectMany(series =>
                    series.DerivedFrom.Count > 0 ? series.DerivedFrom : [series.Id]
                )
                .Concat(entity.Reports.Select(report => report.Id))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The least direct origin among the inputs: a total that mixes origins is named after its weakest.</summary>
    private static Origin WorstOrigin(Entity entity) =>
        entity
            .Series.Select(series => series.Origin)
            .Concat(entity.Reports.Select(report => report.Origin))
            .Max();
}
