using System.Globalization;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Bench.Accuracy.Sets;
using Breakwater.Disruptions;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Reports;

/// <summary>What became of one area.</summary>
internal enum AreaState
{
    DarkBefore,
    DarkWithTheCountry,
    DarkLater,

    /// <summary>Less than usual, and above half of it most of the time.</summary>
    Impaired,
    StayedUp,
    Unknown,
}

/// <param name="Dark">When our detector has it begin; null when it saw none.</param>
/// <param name="Plain">The first of three hours in a row below half of the quiet days' median: a reading by rule, no label.</param>
internal sealed record AreaRow(
    Area Area,
    AreaState State,
    Instant? Dark,
    Instant? Plain,
    double? DropShare,
    double? Confidence
);

/// <summary>Iran, November 2019, area by area: which went dark when, and which stayed up.</summary>
internal static class AreaTable
{
    private const double DarkShare = 0.5;
    private const int DarkHours = 3;
    private static readonly Duration _tolerance = new Protocol().OnsetTolerance;
    private static readonly Instant _quietEnd = new LocalDateTime(2019, 11, 15, 0, 0)
        .InZoneStrictly(Iran2019.Tehran)
        .ToInstant();

    /// <summary>What the product says of the country, from the series of its areas alone.</summary>
    public static Disruption? OfCountry(IReadOnlyList<Area> areas) =>
        DisruptionsFromSignals
            .Detect([.. areas.Select(area => area.Series)], DetectorProfile.Default)
            .Disruptions.Where(disruption =>
                disruption.Place.Equals(Vocabulary.Place.OfCountry("IR"))
                && disruption.Confidence.Probability >= new Protocol().ConfidenceMin
                && disruption.Start >= _quietEnd
            )
            .MaxBy(disruption => disruption.Confidence.Probability);

    public static IReadOnlyList<AreaRow> Of(IReadOnlyList<Area> areas)
    {
        ILookup<string, Disruption> found = DisruptionsFromSignals
            .Detect([.. areas.Select(area => area.Series)], DetectorProfile.Default)
            .Disruptions.Where(disruption =>
                disruption.Confidence.Probability >= new Protocol().ConfidenceMin
            )
            .ToLookup(disruption => disruption.Place.Key);
        return
        [
            .. areas
                .Select(area => Row(area, found[area.Series.Place.Key]))
                .OrderBy(row => row.Dark ?? Instant.MaxValue)
                .ThenBy(row => row.Area.Series.Place.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The first moment at which more than half of the areas are dark.</summary>
    public static Instant? NationalOnset(IReadOnlyList<AreaRow> rows)
    {
        Instant[] dark =
        [
            .. rows.Where(row => row.Dark is not null).Select(row => row.Dark!.Value).Order(),
        ];
        int needed = (rows.Count / 2) + 1;
        return dark.Length < needed ? null : dark[needed - 1];
    }

    public static Section ToSection(IReadOnlyList<AreaRow> rows, Disruption? country)
    {
        Instant? national = NationalOnset(rows);
        double[] apart =
        [
            .. rows.Where(row => row is { Dark: not null, Plain: not null })
                .Select(row => Math.Abs((row.Dark!.Value - row.Plain!.Value).TotalHours)),
        ];
        string counts = string.Join(
            ", ",
            rows.GroupBy(row => row.State)
                .OrderBy(group => group.Key)
                .Select(group => $"{group.Count()} {Words(group.Key)}")
        );
        double? late = (country?.Start ?? national) is { } at
            ? (at - Iran2019.Onset.Latest).TotalHours
            : null;
        return new Section(
            "iran-2019-11, area by area",
            [
                $"{rows.Count} areas: {counts}. More than half are dark from {Local(national)} local time on; the mean over the areas falls between 20:00 and 22:00 on the 16th. Of the country as a whole the product says: {(country is null ? "nothing" : $"dark from {Local(country.Start)} local time, confidence {Number.Digits(country.Confidence.Probability)}")}.",
                "",
                FormattableString.Invariant(
                    $"Beside a plain reading by rule (the first of {DarkHours} hours in a row below half of the quiet days' median; no label): {apart.Length} areas have both, {apart.Count(hours => hours <= 2)} within 2 hours, median distance {Measure.Quantile(apart, 0.5):0.#} h; {rows.Count(row => row.Dark is null && row.Plain is not null)} only by the rule, {rows.Count(row => row.Dark is not null && row.Plain is null)} only by the detector."
                ),
                "",
                "![Map](iran-2019-11-map.svg)",
                "",
                "| area | state | dark from (local) | plain reading (local) | deepest loss | confidence |",
                "|---|---|---|---|---|---|",
                .. rows.Select(row =>
                    $"| {row.Area.Series.Place.Key[3..]} | {Words(row.State)} | {Local(row.Dark)} | {Local(row.Plain)} | {Percent(row.DropShare)} | {(row.Confidence is { } sure ? Number.Digits(sure) : "–")} |"
                ),
            ],
            [
                new Number(
                    "iran-2019-11, area by area",
                    Detectors.Peers.Ours,
                    "national onset, h late",
                    new Estimate(late, null, null, IntervalMethod.None)
                ),
            ]
        );
    }

    public static IEnumerable<string> Csv(IReadOnlyList<AreaRow> rows) =>
        rows.Select(row =>
                string.Join(
                    ',',
                    row.Area.Series.Place.Key,
                    Words(row.State),
                    row.Dark?.ToString() ?? "",
                    row.Plain?.ToString() ?? "",
                    row.DropShare?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
                    row.Confidence?.ToString("0.00", CultureInfo.InvariantCulture) ?? ""
                )
            )
            .Prepend("area,state,dark_from_utc,plain_reading_utc,deepest_loss_share,confidence");

    public static string Words(AreaState state) =>
        state switch
        {
            AreaState.DarkBefore => "dark before the country",
            AreaState.DarkWithTheCountry => "dark with the country",
            AreaState.DarkLater => "dark later",
            AreaState.Impaired => "impaired, never dark",
            AreaState.StayedUp => "stayed up",
            _ => "unknown",
        };

    private static AreaRow Row(Area area, IEnumerable<Disruption> found)
    {
        // Cuts that were over before the country went dark are another story.
        Disruption? dark = found
            .Where(disruption =>
                disruption.Start >= _quietEnd
                && (disruption.End is not { } end || end.Latest > Iran2019.Onset.Latest)
            )
            .MinBy(disruption => disruption.Start);
        bool isSeen = area.Series.Samples.Any(sample =>
            sample.At >= Iran2019.Onset.Latest && sample.Value is not null
        );
        AreaState state =
            !isSeen ? AreaState.Unknown
            : dark is null ? AreaState.StayedUp
            : !WasDark(area.Series) ? AreaState.Impaired
            : dark.Start < Iran2019.Onset.Earliest - _tolerance ? AreaState.DarkBefore
            : dark.Start <= Iran2019.Onset.Latest + _tolerance ? AreaState.DarkWithTheCountry
            : AreaState.DarkLater;
        return new AreaRow(
            area,
            state,
            dark?.Start,
            Plain(area.Series),
            dark?.Severity.Select(severity => (double?)severity.DropShare).Max(),
            dark?.Confidence.Probability
        );
    }

    /// <summary>Below half of what is usual in half of the time after the country went dark.</summary>
    private static bool WasDark(SeriesSignal series) =>
        Median(series, sample => sample.At >= Iran2019.Onset.Latest)
        < DarkShare * Median(series, sample => sample.At < _quietEnd);

    private static double? Median(SeriesSignal series, Func<Sample, bool> when) =>
        Measure.Quantile(
            [
                .. series
                    .Samples.Where(sample => when(sample) && sample.Value is not null)
                    .Select(sample => sample.Value!.Value),
            ],
            0.5
        );

    private static Instant? Plain(SeriesSignal series)
    {
        double? usual = Median(series, sample => sample.At < _quietEnd);
        int run = 0;
        for (int i = 0; i < series.Samples.Count; i++)
        {
            Sample sample = series.Samples[i];
            run = sample.At >= _quietEnd && sample.Value < DarkShare * usual ? run + 1 : 0;
            if (run == DarkHours)
            {
                return series.Samples[i - DarkHours + 1].At;
            }
        }

        return null;
    }

    private static string Local(Instant? at) =>
        at is { } known
            ? known
                .InZone(Iran2019.Tehran)
                .LocalDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)
            : "–";

    private static string Percent(double? share) =>
        share is { } known ? FormattableString.Invariant($"{100 * known:0} %") : "–";
}
