using System.Globalization;
using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy;

/// <summary>One file of the SFU data sets of BGP features: series by minute, and for each minute whether it is labelled.</summary>
/// <param name="IsLabelled">By minute from the first row; false also where the file lacks a row.</param>
/// <param name="HasRow">False where the file lacks a row.</param>
internal sealed record SfuSet(
    string Name,
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<bool> IsLabelled,
    IReadOnlyList<bool> HasRow,
    IReadOnlyList<InputFault> Faults
);

/// <summary>
/// Reads the files of Simon Fraser University: no header, 42 columns, one row a minute, without a date. Columns as the
/// program that made the files describes them. The page of the data set lists columns 13-17 in another order, which the
/// values contradict: 15 has the integers that a maximum has, 17 the fractions of a mean.
/// </summary>
internal static class SfuCsv
{
    private const int Columns = 42;
    private const int LabelColumn = 41;

    /// <summary>The files have no date; minutes are counted from here.</summary>
    private static readonly Instant start = Instant.FromUtc(2001, 1, 1, 0, 0);

    private static readonly (int Column, string Metric)[] metrics =
    [
        (4, RoutingFeatures.Announcements),
        (5, RoutingFeatures.Withdrawals),
        (6, RoutingFeatures.AnnouncedPrefixes),
        (7, RoutingFeatures.WithdrawnPrefixes),
        (8, RoutingFeatures.PathLengthMean),
        (9, RoutingFeatures.PathLengthMaximum),
        (10, RoutingFeatures.UniquePathLengthMean),
        (11, RoutingFeatures.DuplicateAnnouncements),
        (12, RoutingFeatures.ImplicitWithdrawals),
        (13, RoutingFeatures.DuplicateWithdrawals),
        (14, RoutingFeatures.EditDistanceMaximum),
        (16, RoutingFeatures.EditDistanceMean),
        (37, RoutingFeatures.OriginIgp),
        (38, RoutingFeatures.OriginEgp),
        (39, RoutingFeatures.OriginIncomplete),
        (40, RoutingFeatures.MessageOctetsMean),
    ];

    public static SfuSet Read(string name, SourceFile file)
    {
        List<InputFault> faults = [];
        List<Sample>[] samples = [.. metrics.Select(_ => new List<Sample>())];
        List<bool> labels = [];
        List<bool> present = [];
        int line = 0;
        long last = -1;
        foreach (string text in Encoding.ASCII.GetString(file.Content.Span).Split('\n'))
        {
            line++;
            if (text.Trim() is not { Length: > 0 } row)
            {
                continue;
            }

            double[] cells = [.. row.Split(',').Select(Number)];
            if (cells.Length != Columns || cells[1..3].Any(double.IsNaN))
            {
                faults.Add(
                    new InputFault(name, $"line {line}", "not 42 columns with a time", "Left out")
                );
                continue;
            }

            long minute = ((long)cells[1] * 60) + (long)cells[2];
            long at = last < 0 ? minute : last + Math.Max(1, (minute - last) % 1440 + 1440) % 1440;
            for (long missing = last + 1; last >= 0 && missing < at; missing++)
            {
                Add(missing, null, 0);
            }

            Add(at, cells, line);
            last = at;
        }

        return new SfuSet(
            name,
            [.. metrics.Select((metric, index) => Series(name, file, metric, samples[index]))],
            labels,
            present,
            faults
        );

        void Add(long at, double[]? cells, int row)
        {
            labels.Add(cells is not null && cells[LabelColumn] > 0);
            present.Add(cells is not null);
            for (int index = 0; index < metrics.Length; index++)
            {
                double value = cells is null ? double.NaN : cells[metrics[index].Column];
                samples[index]
                    .Add(
                        new Sample(
                            start + Duration.FromMinutes(at),
                            double.IsNaN(value) ? null : value,
                            row
                        )
                    );
            }
        }
    }

    private static double Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : double.NaN;

    private static SeriesSignal Series(
        string name,
        SourceFile file,
        (int Column, string Metric) metric,
        IReadOnlyList<Sample> samples
    ) =>
        new()
        {
            Id = ContentId.Of("signal", new { file.Sha256, metric.Metric }),
            Source = name,
            Family = SignalFamily.Routing,
            Place = new Place(),
            Metric = metric.Metric,
            Unit = RoutingFeatures.Metrics.Single(one => one.Metric == metric.Metric).Unit,
            Step = RoutingFeatures.Step,
            Samples = samples,
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = [new Evidence(file.Sha256, file.Name, Column: $"{metric.Column + 1}")],
        };
}
