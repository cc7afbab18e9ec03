using System.Text.Json;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>A value of a series, kept so that a later input can be told apart from another monitor of the same name.</summary>
internal sealed record SketchPoint(Instant At, double Value);

/// <summary>What the record keeps of a series: what it is about, the stretch that it covers, and some of its values.</summary>
internal sealed record SeriesOnRecord(
    string Source,
    SignalFamily Family,
    Place Place,
    string? Network,
    string Metric,
    string? Target,
    string Unit,
    double StepMinutes,
    int Samples,
    int Missing,
    Instant? First,
    Instant? Last,
    Origin Origin,
    IReadOnlyList<SketchPoint>? Sketch
)
{
    private const int SketchPoints = 48;
    private const int AgreeAtLeast = 3;

    /// <summary>Late data correct a few values of a series; another monitor differs in most.</summary>
    private const double AgreeShareMin = 0.9;

    /// <summary>Of the greatest value: exports round, and little else.</summary>
    private const double Tolerance = 0.02;

    public static SeriesOnRecord Of(SeriesSignal series) =>
        new(
            series.Source,
            series.Family,
            series.Place,
            series.Network,
            series.Metric,
            series.Target,
            series.Unit,
            series.Step.TotalMinutes,
            series.Samples.Count,
            series.Samples.Count(sample => sample.Value is null),
            series.Samples.Count == 0 ? null : series.Samples[0].At,
            series.Samples.Count == 0 ? null : series.Samples[^1].At,
            series.Origin,
            SketchOf(series)
        );

    /// <summary>Null for a signal that is no series, or was recorded by another version.</summary>
    public static SeriesOnRecord? Read(Product product)
    {
        try
        {
            return product.Body.TryGetProperty("sketch", out _)
                ? product.Body.Deserialize<SeriesOnRecord>(Json.Compact)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Known values spread evenly over a series.</summary>
    private static IReadOnlyList<SketchPoint> SketchOf(SeriesSignal series)
    {
        List<Sample> known = [.. series.Samples.Where(sample => sample.Value is not null)];
        int count = Math.Min(SketchPoints, known.Count);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    known[count == 1 ? 0 : (int)((long)i * (known.Count - 1) / (count - 1))]
                )
                .Select(sample => new SketchPoint(sample.At, sample.Value!.Value)),
        ];
    }

    public bool IsAbout(SeriesSignal series) =>
        series.Samples.Count > 0
        && Source == series.Source
        && Metric == series.Metric
        && Network == series.Network
        && Target == series.Target
        && Place.Equals(series.Place);

    /// <summary>
    /// True when the values of both are the same, but for one scale: a share of a maximum changes with the maximum. Same
    /// place, source and metric are not enough, because a column named <c>value</c> is in many files.
    /// </summary>
    /// <param name="apart">A stretch that is not compared, because what is known of it may have changed.</param>
    public bool AgreesWith(SeriesSignal series, Interval? apart)
    {
        var values = series.Samples.ToDictionary(sample => sample.At, sample => sample.Value);
        List<(double Old, double? New)> pairs =
        [
            .. (Sketch ?? [])
                .Where(point =>
                    point.At >= series.Samples[0].At
                    && point.At <= series.Samples[^1].At
                    && !(apart is { } stretch && stretch.Contains(point.At))
                )
                .Select(point => (point.Value, values.GetValueOrDefault(point.At))),
        ];
        if (pairs.Count < AgreeAtLeast)
        {
            return false;
        }

        double[] ratios =
        [
            .. pairs
                .Where(pair => pair.Old != 0 && pair.New is not null)
                .Select(pair => pair.New!.Value / pair.Old)
                .Order(),
        ];
        double ratio = ratios.Length == 0 ? 1 : ratios[ratios.Length / 2];
        double slack = Tolerance * Math.Abs(ratio) * pairs.Max(pair => Math.Abs(pair.Old));
        return pairs.Count(pair =>
                pair.New is { } now && Math.Abs(now - (ratio * pair.Old)) <= slack
            )
            >= AgreeShareMin * pairs.Count;
    }
}
