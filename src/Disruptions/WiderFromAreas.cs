using System.Globalization;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Judges a wider place by its areas, where a source has series for these alone: the sum over areas as one series, and for
/// each disruption how every area fared. An area that is silent is filled in by its last known part of the whole.
/// </summary>
internal static class WiderFromAreas
{
    /// <summary>The sum stands only while areas that made up this share of the whole can see.</summary>
    private const double PresentShareMinimum = 0.8;

    public static IReadOnlyList<SeriesSignal> Derive(
        IReadOnlyList<Signal> signals,
        DetectorProfile profile
    )
    {
        List<SeriesSignal> areas =
        [
            .. signals
                .OfType<SeriesSignal>()
                .Where(signal =>
                    signal.Place.Area is not null
                    && signal.Target is null
                    && signal.Samples.Count > 0
                )
                .OrderBy(signal => signal.Place.Key, StringComparer.Ordinal)
                .ThenBy(signal => signal.Id, StringComparer.Ordinal)
                .GroupBy(signal => (signal.Place.Key, signal.Network))
                .SelectMany(Entity.Once),
        ];
        if (areas.Count < profile.AreasMinimum)
        {
            return [];
        }

        HashSet<(string, string?, string, string)> own =
        [
            .. signals
                .OfType<SeriesSignal>()
                .Select(signal => (signal.Place.Key, signal.Network, signal.Source, signal.Metric)),
        ];
        return
        [
            .. areas
                .SelectMany(area => Wider(area.Place).Select(wide => (Wide: wide, Area: area)))
                .GroupBy(pair =>
                    (pair.Wide.Key, pair.Area.Network, pair.Area.Source, pair.Area.Metric)
                )
                .Where(group => group.Count() >= profile.AreasMinimum && !own.Contains(group.Key))
                .OrderBy(group => group.Key.Key, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Network, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Source, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Metric, StringComparer.Ordinal)
                .Select(group => SumOf(group.First().Wide, [.. group.Select(pair => pair.Area)])),
        ];
    }

    /// <summary>
    /// Adds to disruptions of wider places how each area fared. What is marked stricter than the disruption is not written
    /// into it, nor how much of it there is: it would either leak or hide the whole.
    /// </summary>
    public static Disruption WithAreas(
        Disruption disruption,
        IReadOnlyList<(Place Place, string? Network, IReadOnlyList<JudgedSeries> Judged)> judged,
        DetectorProfile profile
    )
    {
        List<(Place Place, IReadOnlyList<JudgedSeries> Judged)> areas =
        [
            .. judged
                .Where(one =>
                    one.Place.Area is not null
                    && one.Network == disruption.Network
                    && one.Place.IsWithin(disruption.Place)
                    && !one.Place.Equals(disruption.Place)
                )
                .OrderBy(one => one.Place.Key, StringComparer.Ordinal)
                .Select(one =>
                    (
                        one.Place,
                        (IReadOnlyList<JudgedSeries>)
                            [.. one.Judged.Where(series => IsTold(series.Signal, disruption))]
                    )
                )
                .Where(one => one.Item2.Count > 0),
        ];
        if (areas.Count < profile.AreasMinimum)
        {
            return disruption;
        }

        IReadOnlyList<string> signals =
        [
            .. areas
                .SelectMany(one => one.Judged)
                .Select(series => series.Signal.Id)
                .Union(disruption.Signals)
                .Order(StringComparer.Ordinal),
        ];
        return disruption with
        {
            Areas = [.. areas.Select(one => ViewOf(one.Place, one.Judged, disruption, profile))],
            Signals = signals,
        };
    }

    private static bool IsTold(SeriesSignal area, Disruption disruption) =>
        Marking.Strictest([area.Marking, disruption.Marking]) == disruption.Marking;

    private static AreaView ViewOf(
        Place place,
        IReadOnlyList<JudgedSeries> judged,
        Disruption disruption,
        DetectorProfile profile
    )
    {
        Instant until = disruption.End?.Latest ?? Instant.MaxValue;
        // Areas fall and return at their own pace, somewhat before and after the whole.
        var slack = Duration.FromHours(profile.MergeHours);
        List<(Loss Loss, JudgedSeries Series)> losses =
        [
            .. judged.SelectMany(series =>
                series
                    .Losses.Where(loss =>
                        loss.Onset.Latest <= until
                        && (
                            loss.End is not { } end
                            || end.Latest >= disruption.Onset.Earliest - slack
                        )
                    )
                    .Select(loss => (loss, series))
            ),
        ];
        double live = judged
            .Select(series => LiveShare(series, disruption.Start, until))
            .DefaultIfEmpty(0)
            .Max();
        if (losses.Count == 0)
        {
            return new AreaView(
                place,
                live > 0.2 ? AreaState.Up : AreaState.Blind,
                null,
                null,
                live > 0.2
                    ? Math.Round(judged.Max(series => Deepest(series, disruption.Start, until)), 3)
                    : null
            );
        }

        Loss deepest = losses.MaxBy(one => one.Loss.DeepestDropShare).Loss;
        InstantPair onset = losses.Select(one => one.Loss.Onset).MinBy(pair => pair.Latest);
        bool isDark = losses.Exists(one => one.Loss.End is null);
        InstantPair? end = isDark
            ? null
            : losses.Select(one => one.Loss.End!.Value).MaxBy(pair => pair.Latest);
        return new AreaView(
            place,
            isDark ? AreaState.Dark : AreaState.Returned,
            new InstantRange(onset.Earliest, onset.Latest),
            end is { } back ? new InstantRange(back.Earliest, back.Latest) : null,
            Math.Round(deepest.DeepestDropShare, 3)
        );
    }

    private static double LiveShare(JudgedSeries series, Instant from, Instant until)
    {
        int first = series.FirstFrom(from);
        int end = series.FirstFrom(until);
        int seen = 0;
        for (int i = first; i < end; i++)
        {
            seen += series.States[i].IsSeen() ? 1 : 0;
        }

        return end == first ? 0 : seen / (double)(end - first);
    }

    private static double Deepest(JudgedSeries series, Instant from, Instant until)
    {
        double deepest = 0;
        int end = series.FirstFrom(until);
        for (int i = series.FirstFrom(from); i < end; i++)
        {
            deepest = Math.Max(deepest, series.DropShares[i]);
        }

        return deepest;
    }

    private static IEnumerable<Place> Wider(Place area)
    {
        for (int depth = 0; depth < area.Area!.Count; depth++)
        {
            yield return Place.OfArea(area.Country!, [.. area.Area.Take(depth)]);
        }
    }

    private static SeriesSignal SumOf(Place wide, IReadOnlyList<SeriesSignal> areas)
    {
        SeriesSignal first = areas[0];
        int[] next = new int[areas.Count];
        double[] known = new double[areas.Count];
        var samples = new List<Sample>();
        while (Earliest(areas, next) is { } at)
        {
            samples.Add(SumAt(areas, next, known, at));
        }

        return first with
        {
            Id = ContentId.Of(
                "signal",
                new { wide, areas = areas.Select(area => area.Id).Order(StringComparer.Ordinal) }
            ),
            Source = string.Create(
                CultureInfo.InvariantCulture,
                $"{first.Source}, sum of {areas.Count} areas"
            ),
            Place = wide,
            Samples = samples,
            Origin = areas.Max(area => area.Origin),
            Marking = Marking.Strictest(areas.Select(area => area.Marking)),
            Evidence = first.Evidence,
            DerivedFrom = [.. areas.Select(area => area.Id).Order(StringComparer.Ordinal)],
        };
    }

    private static Instant? Earliest(IReadOnlyList<SeriesSignal> areas, int[] next)
    {
        Instant? earliest = null;
        for (int a = 0; a < areas.Count; a++)
        {
            if (
                next[a] < areas[a].Samples.Count
                && areas[a].Samples[next[a]].At is var at
                && (earliest is not { } known || at < known)
            )
            {
                earliest = at;
            }
        }

        return earliest;
    }

    private static Sample SumAt(
        IReadOnlyList<SeriesSignal> areas,
        int[] next,
        double[] known,
        Instant at
    )
    {
        (double sum, double knownOfPresent, double knownOfAll) = (0, 0, 0);
        int row = 0;
        for (int a = 0; a < areas.Count; a++)
        {
            double before = known[a];
            if (
                next[a] < areas[a].Samples.Count
                && areas[a].Samples[next[a]] is var sample
                && sample.At == at
            )
            {
                next[a]++;
                if (sample.Value is { } value)
                {
                    sum += value;
                    // The largest value so far: what an area was worth does not shrink while it is dark.
                    known[a] = Math.Max(known[a], value);
                    knownOfPresent += known[a];
                    row = row == 0 ? sample.Row : Math.Min(row, sample.Row);
                }
            }

            knownOfAll += Math.Max(before, known[a]);
        }

        return new Sample(
            at,
            knownOfPresent <= 0 || knownOfPresent < PresentShareMinimum * knownOfAll
                ? null
                : sum * knownOfAll / knownOfPresent,
            row
        );
    }
}
