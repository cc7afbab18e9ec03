using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>A loss after a measured return.</summary>
/// <param name="Disruption">The disruption that the loss is: a new one that follows the old, or one that was told of it before.</param>
/// <param name="Lost">The returns that were lost again with it.</param>
/// <param name="IsOpened">True when nobody had told of it: it is to be recorded.</param>
/// <param name="InsteadOf">What was opened here before detection told of the same loss; null for nothing.</param>
public sealed record Relapse(
    Disruption Disruption,
    IReadOnlyList<Restoration> Lost,
    bool IsOpened,
    Disruption? InsteadOf
);

/// <summary>
/// A return that is lost again is a new disruption that follows the old, at one place and of one network. What detection told
/// already is not told twice.
/// </summary>
public static class RelapsesFromRestorations
{
    public const int MethodVersion = 1;

    private const string Relation = "follows";

    private static string Method { get; } = $"relapse, method {MethodVersion}";

    /// <param name="old">The disruption that was measured.</param>
    /// <param name="measured">What one measurement of it found.</param>
    /// <param name="standing">What else is told, what was opened here before among it.</param>
    /// <param name="signals">What the measurement looked at.</param>
    public static IReadOnlyList<Relapse> Of(
        Disruption old,
        IReadOnlyList<Restoration> measured,
        IReadOnlyList<Disruption> standing,
        IReadOnlyList<Signal> signals,
        Instant asOf
    )
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(signals);
        return
        [
            .. measured
                .Where(restoration =>
                    restoration is { State: RestorationState.Relapsed, Start: not null }
                    && restoration.End is not null
                )
                .GroupBy(restoration => (restoration.Place, restoration.Network))
                .OrderBy(group => group.Key.Place.Key, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Network, StringComparer.Ordinal)
                .Select(group => Of(old, [.. group], measured, standing, signals, asOf)),
        ];
    }

    private static Relapse Of(
        Disruption old,
        List<Restoration> lost,
        IReadOnlyList<Restoration> measured,
        IReadOnlyList<Disruption> standing,
        IReadOnlyList<Signal> signals,
        Instant asOf
    )
    {
        Disruption opened = Opened(old, lost, measured, signals, asOf);
        Instant back = lost.Min(restoration => restoration.Start!.Latest);
        List<Disruption> told =
        [
            .. standing
                .Where(other =>
                    other.Id != old.Id
                    && other.Start >= back
                    && opened.IsToldAgainBy(other)
                    // What is more closely held than the measurement must not be named beside it.
                    && Marking.Strictest([opened.Marking, other.Marking]) == opened.Marking
                )
                .OrderBy(other => other.Start)
                .ThenBy(other => other.Id, StringComparer.Ordinal),
        ];
        Disruption? own = told.Find(IsOpenedHere);
        return told.Find(other => !IsOpenedHere(other)) is { } detected
            ? new Relapse(detected, lost, IsOpened: false, own)
            : new Relapse(own ?? opened, lost, own is null, null);
    }

    /// <summary>What detection did not tell but a measurement opened.</summary>
    private static bool IsOpenedHere(Disruption disruption) => disruption.Detector == Method;

    private static Disruption Opened(
        Disruption old,
        List<Restoration> lost,
        IReadOnlyList<Restoration> measured,
        IReadOnlyList<Signal> signals,
        Instant asOf
    )
    {
        (Place place, string? network) = (lost[0].Place, lost[0].Network);
        List<SeriesSignal> series =
        [
            .. signals
                .OfType<SeriesSignal>()
                .Where(signal =>
                    signal.Place.Equals(place)
                    && signal.Network == network
                    && lost.Exists(one => one.Supply is null && one.MeasuredBy == signal.Source)
                )
                .OrderBy(signal => signal.Id, StringComparer.Ordinal),
        ];
        List<Restoration> held =
        [
            .. measured.Where(one =>
                one.Place.Equals(place)
                && one.Network == network
                && one.State is RestorationState.Confirmed or RestorationState.Partial
            ),
        ];
        SourceVerdict[] sources =
        [
            .. lost.Select(one => VerdictOf(old, one, Verdict.Agrees, "lost_again")),
            .. held.Select(one => VerdictOf(old, one, Verdict.Disagrees, "return_holds")),
        ];
        int families = sources
            .Where(source => source.Verdict == Verdict.Agrees)
            .Select(source => source.Family)
            .Distinct()
            .Count();
        var onset = new InstantRange(
            lost.Min(one => one.End!.Earliest),
            lost.Min(one => one.End!.Latest)
        );
        return new Disruption
        {
            Id = ContentId.Of(
                "disruption",
                new
                {
                    follows = old.Id,
                    place,
                    network,
                    onset,
                    Method,
                }
            ),
            Kind = DisruptionKind.Outage,
            State =
                held.Count > 0 ? DisruptionState.Contradictory
                : families > 1 ? DisruptionState.Confirmed
                : DisruptionState.Suspected,
            Place = place,
            Network = network,
            Target = lost.Exists(one => one.Supply is not null) ? null : old.Target,
            Asns = lost.Exists(one => one.Supply is not null) ? [] : old.Asns,
            Start = onset.Latest,
            Onset = onset,
            End = null,
            SeenUntil = asOf,
            // The same eyes that saw the old loss; fewer of them are less sure.
            Confidence = new Confidence(
                Math.Min(
                    old.Confidence.Probability,
                    families > 1 && held.Count == 0
                        ? DetectorProfile.Default.ConfidenceCap
                        : DetectorProfile.Default.SingleFamilyCap
                )
            ),
            IndependentFamilies = families,
            // How deep a service of its own fell says nothing of the access of its place.
            Severity =
            [
                .. lost.Where(one => one is { Supply: null, ShareRestored: not null })
                    .Select(one => new Severity(
                        FamilyOf(old, one),
                        Math.Round(1 - one.ShareRestored!.Value, 3),
                        (long)(asOf - one.End!.Latest).TotalMinutes,
                        Math.Round(1 - one.ShareRestored.Value, 3)
                    )),
            ],
            Sources = sources,
            Claims = [],
            Links = [new DisruptionLink(Relation, old.Id)],
            Notes =
            [
                "opened by a measurement: what had come back was lost again",
                .. families > 1
                    ? (string[])[]
                    : [$"one kind of signal alone says so: {lost[0].MeasuredBy}"],
            ],
            Origin = lost.Max(one => one.Origin),
            Marking = Marking.Strictest(lost.Concat(held).Select(one => one.Marking)),
            Signals = [.. series.Select(signal => signal.Id)],
            Evidence = [.. lost.Concat(held).SelectMany(one => one.Evidence).Distinct()],
            Detector = Method,
        };
    }

    private static SourceVerdict VerdictOf(
        Disruption old,
        Restoration seen,
        Verdict verdict,
        string tag
    ) =>
        new(
            seen.MeasuredBy,
            FamilyOf(old, seen),
            verdict,
            tag,
            WeightOf(old, seen) * (verdict == Verdict.Disagrees ? -1 : 1)
        )
        {
            Onset = verdict == Verdict.Agrees ? seen.End : null,
        };

    private static SignalFamily FamilyOf(Disruption old, Restoration seen) =>
        SourceOf(old, seen)?.Family ?? SignalFamily.HumanReport;

    private static double WeightOf(Disruption old, Restoration seen) =>
        Math.Abs(SourceOf(old, seen)?.Weight ?? 0);

    private static SourceVerdict? SourceOf(Disruption old, Restoration seen) =>
        seen.Supply is not null
            ? null
            : old.Sources.FirstOrDefault(source => source.Name == seen.MeasuredBy);
}
