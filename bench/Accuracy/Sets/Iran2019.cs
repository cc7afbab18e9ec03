using System.Globalization;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>One area of the set, with where to draw it.</summary>
internal sealed record Area(SeriesSignal Series, double Latitude, double Longitude);

/// <summary>
/// Iran, 11 to 20 November 2019: 73 areas, hourly. The mean over the areas falls between 20:00 and 22:00 local time on the
/// 16th. Protests, and some local cuts, began on the 15th, so only the days before count as quiet.
/// </summary>
internal static class Iran2019
{
    public const string File = "data/outages/monash/irn-2019-11-11_gif.csv.gz";
    public static readonly DateTimeZone Tehran = DateTimeZoneProviders.Tzdb["Asia/Tehran"];
    public static readonly InstantRange Onset = new(Local(16, 20), Local(16, 22));
    private static readonly Instant _quietEnd = Local(15, 0);
    private static readonly Duration _hour = Duration.FromHours(1);

    public static IReadOnlyList<Area>? Areas(Reference reference)
    {
        if (reference.Open(File) is not { } file)
        {
            return null;
        }

        SignalsRead read = SignalsFromSeries.Read(
            file,
            new SeriesFormat
            {
                TimeColumn = "time_e",
                TimeFormat = "unix",
                TimeZone = "Asia/Tehran",
                ValueColumns = ["connectivity"],
                PlaceColumns = ["name_1", "name_2"],
                Place = Place.OfCountry("IR"),
                Family = SignalFamily.Probing,
                Unit = "percent",
            }
        );
        Dictionary<string, (double Latitude, double Longitude)> positions = Positions(file);
        return
        [
            .. read
                .Signals.OfType<SeriesSignal>()
                .Select(series => new Area(
                    series,
                    positions[series.Place.Key].Latitude,
                    positions[series.Place.Key].Longitude
                )),
        ];
    }

    /// <summary>The areas on their quiet days, and the mean over all of them for the event.</summary>
    public static CaseSet Make(IReadOnlyList<Area> areas)
    {
        Instant begin = areas[0].Series.Samples[0].At;
        Instant end = areas[0].Series.Samples[^1].At + _hour;
        var scored = new TimeWindow(begin + Duration.FromHours(30), end);
        TimeWindow[] unlabelled = [new(_quietEnd, Onset.Earliest)];
        return new CaseSet(
            "iran-2019-11",
            LabelOrigin.Real,
            "The mean over 73 areas for the event (16 November, 20:00 to 22:00 local); each area alone for false alarms on the quiet days (12 to 14 November). 15 and 16 November before the onset are unlabelled.",
            [
                new Case
                {
                    Id = "mean-of-areas",
                    Group = "mean-of-areas",
                    Series = [Mean(areas)],
                    Labels = [new Label("shutdown of 16 November 2019", Onset, null)],
                    Scored = scored,
                    Unlabelled = unlabelled,
                },
                .. areas.Select(area => new Case
                {
                    Id = area.Series.Place.Key,
                    Group = area.Series.Place.Key,
                    Series = [area.Series],
                    Labels = [],
                    Scored = scored with { Until = _quietEnd },
                }),
            ],
            BlockDays: 1,
            IsSplit: false
        );
    }

    /// <summary>Areas on quiet days, for cuts of our own.</summary>
    public static IEnumerable<Case> Quiet(IReadOnlyList<Area> areas, int most) =>
        areas
            .Take(most)
            .Select(area => new Case
            {
                Id = $"2019-{area.Series.Place.Key}",
                Group = area.Series.Place.Key,
                Series =
                [
                    Reference.Between(
                        area.Series,
                        new TimeWindow(area.Series.Samples[0].At, _quietEnd)
                    ),
                ],
                Labels = [],
                Scored = new TimeWindow(
                    area.Series.Samples[0].At + Duration.FromHours(30),
                    _quietEnd
                ),
            });

    private static SeriesSignal Mean(IReadOnlyList<Area> areas) =>
        areas[0].Series with
        {
            Id = "signal-mean-of-areas",
            Source = "connectivity, mean of areas",
            Place = Place.OfCountry("IR"),
            Samples =
            [
                .. areas
                    .SelectMany(area => area.Series.Samples)
                    .GroupBy(sample => sample.At)
                    .OrderBy(group => group.Key)
                    .Select(group => new Sample(
                        group.Key,
                        group.Average(sample => sample.Value),
                        group.Min(sample => sample.Row)
                    )),
            ],
        };

    private static Dictionary<string, (double, double)> Positions(SourceFile file)
    {
        string[] lines = Reference.Lines(file);
        string[] columns = lines[0].Split(',');
        int At(string column) => Array.IndexOf(columns, column);
        Dictionary<string, (double, double)> positions = [];
        foreach (string line in lines.Skip(1))
        {
            string[] cells = line.Split(',');
            positions[Place.OfArea("IR", cells[At("name_1")], cells[At("name_2")]).Key] = (
                double.Parse(cells[At("lat")], CultureInfo.InvariantCulture),
                double.Parse(cells[At("lon")], CultureInfo.InvariantCulture)
            );
        }

        return positions;
    }

    private static Instant Local(int day, int hour) =>
        new LocalDateTime(2019, 11, day, hour, 0).InZoneStrictly(Tehran).ToInstant();
}
