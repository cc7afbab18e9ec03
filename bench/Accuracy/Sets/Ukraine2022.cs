using System.Text;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>
/// Ten regions at one border, December 2021 and January 2022, an index of latency every three hours: control data, quiet.
/// Latency that rises is worse, so its reciprocal is judged: 100 is normal and less is slower.
/// </summary>
internal static class Ukraine2022
{
    public const string File = "data/outages/monash/ukr-2022-01-18_border-regions.csv";
    private const double Normal = 100;

    public static IReadOnlyList<SeriesSignal>? Series(Reference reference)
    {
        if (reference.Open(File) is not { } file)
        {
            return null;
        }

        string[] lines = Reference.Lines(file);
        string[] columns = lines[0].Split(',');
        int zone = Array.IndexOf(columns, "timezone_name");
        int country = Array.IndexOf(columns, "country_iso_three_char_code");
        return
        [
            .. lines
                .Skip(1)
                .GroupBy(line => (Country: line.Split(',')[country], Zone: line.Split(',')[zone]))
                .SelectMany(group =>
                    Read(
                        file,
                        lines[0],
                        group,
                        group.Key.Country == "UKR" ? "UA" : "RU",
                        group.Key.Zone
                    )
                )
                .OrderBy(series => series.Place.Key, StringComparer.Ordinal),
        ];
    }

    public static CaseSet Make(IReadOnlyList<SeriesSignal> series) =>
        new(
            "ukraine-2022-01",
            LabelOrigin.Real,
            "Ten border regions before the invasion, latency: control data without an event, for false alarms alone.",
            [.. series.Select(Quiet)],
            BlockDays: 7,
            IsSplit: false
        );

    public static Case Quiet(SeriesSignal series) =>
        new()
        {
            Id = $"2022-{series.Place.Key}",
            Group = series.Place.Key,
            Series = [series],
            Labels = [],
            Scored = new TimeWindow(
                series.Samples[0].At + Duration.FromDays(14),
                series.Samples[^1].At + series.Step
            ),
        };

    private static IEnumerable<SeriesSignal> Read(
        SourceFile file,
        string header,
        IEnumerable<string> rows,
        string country,
        string zone
    ) =>
        SignalsFromSeries
            .Read(
                SourceFile.Of(
                    file.Name,
                    Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(header)))
                ),
                new SeriesFormat
                {
                    TimeColumn = "time_local",
                    TimeFormat = "dd-MMM-yyyy HH:mm:ss",
                    TimeZone = zone,
                    ValueColumns = ["latency_indx"],
                    PlaceColumns = ["adm1_name"],
                    Place = Place.OfCountry(country),
                    Family = SignalFamily.Probing,
                    Unit = "reciprocal of latency, 100 is normal",
                }
            )
            .Signals.OfType<SeriesSignal>()
            .Select(series =>
                series with
                {
                    Samples =
                    [
                        .. series.Samples.Select(sample =>
                            sample with
                            {
                                Value = Normal * Normal / sample.Value,
                            }
                        ),
                    ],
                }
            );
}
