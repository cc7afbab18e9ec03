using System.Globalization;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What routing showed while a registry is said to have failed: normal, lower, or not looked at.</summary>
internal sealed record RoutingStatement(
    IReadOnlyList<SourceVerdict> Sources,
    IReadOnlyList<string> Notes,
    IReadOnlyList<SeriesSignal> Signals
)
{
    private static readonly Duration _before = Duration.FromDays(7);

    private const int SamplesMin = 8;

    private const int PlacesShown = 6;

    /// <summary>The lowest twentieth of samples: one odd sample is no statement, a loss of some hours is.</summary>
    private const double LowShare = 0.05;

    /// <param name="routing">
    /// Series of routing. For a core resource, which has no place, all of them count, and the note names where they are.
    /// </param>
    public static RoutingStatement Of(
        Place place,
        IReadOnlyList<SeriesSignal> routing,
        InstantRange onset,
        InstantRange? end,
        DetectorProfile profile
    )
    {
        List<(SeriesSignal Series, double Drop, double Live)> seen =
        [
            .. routing
                .Where(series => place.IsCoreResource || series.Place.Equals(place))
                .Select(series => Drop(series, onset, end))
                .OfType<(SeriesSignal, double, double)>(),
        ];
        double material = profile.Of(SignalFamily.Routing).MaterialDropShare;
        List<(SeriesSignal Series, double Drop, double Live)> lower =
        [
            .. seen.Where(one => one.Drop >= material),
        ];
        var notes = new List<string>();
        if (seen.Count > lower.Count)
        {
            double most = seen.Where(one => one.Drop < material).Max(one => one.Drop);
            notes.Add(
                $"routing is normal at {Places(seen.Where(one => one.Drop < material))}: at most {Percent(most)} below the week before"
            );
        }

        if (lower.Count > 0)
        {
            notes.Add(
                $"routing is lower at {Places(lower)}, by up to {Percent(lower.Max(one => one.Drop))}: judged apart from this"
            );
        }

        return new RoutingStatement(
            [
                .. seen.Select(one => new SourceVerdict(
                    one.Series.Source,
                    SignalFamily.Routing,
                    // Routes say nothing for or against the failure of a registry.
                    Verdict.Absent,
                    one.Drop < material ? "routing_normal" : "routing_lower",
                    0
                )
                {
                    DropShare = Math.Round(one.Drop, 4),
                    LiveShare = Math.Round(one.Live, 4),
                }),
            ],
            notes,
            [.. seen.Select(one => one.Series)]
        );
    }

    /// <returns>Null when there are too few samples on either side to say anything.</returns>
    private static (SeriesSignal, double, double)? Drop(
        SeriesSignal series,
        InstantRange onset,
        InstantRange? end
    )
    {
        double[] before =
        [
            .. series
                .Samples.Where(sample =>
                    sample.At < onset.Earliest && sample.At >= onset.Earliest - _before
                )
                .Select(sample => sample.Value)
                .OfType<double>()
                .Order(),
        ];
        Sample[] during =
        [
            .. series.Samples.Where(sample =>
                sample.At >= onset.Latest && (end is not { } over || sample.At <= over.Latest)
            ),
        ];
        double[] values = [.. during.Select(sample => sample.Value).OfType<double>().Order()];
        if (before.Length < SamplesMin || values.Length < SamplesMin || !(before[before.Length / 2] > 0))
        {
            return null;
        }

        double low = values[(int)(LowShare * values.Length)];
        return (
            series,
            Math.Clamp(1 - (low / before[before.Length / 2]), 0, 1),
            values.Length / (double)during.Length
        );
    }

    private static string Places(IEnumerable<(SeriesSignal Series, double, double)> seen)
    {
        string[] places =
        [
            .. seen.Select(one => one.Series.Place.Key).Distinct().Order(StringComparer.Ordinal),
        ];
        return string.Join(", ", places.Take(PlacesShown))
            + (
                places.Length > PlacesShown
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $" and {places.Length - PlacesShown} more"
                    )
                    : ""
            );
    }

    private static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");
}
