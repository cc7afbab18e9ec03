using System.Globalization;
using System.Text;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>What feeds do to their readers. None of it is a loss of connectivity, so any alarm on it is false.</summary>
internal enum FeedDamage
{
    None,

    /// <summary>Nothing from one feed for days.</summary>
    Gap,

    /// <summary>Nothing from any feed for days.</summary>
    GapOfAll,

    /// <summary>One feed counts anew: 0.6 of its values from then on.</summary>
    Rescaled,

    /// <summary>One feed repeats its last value.</summary>
    Constant,

    /// <summary>One feed gives zeros.</summary>
    Zero,

    /// <summary>A single sample of one feed collapses, now and then.</summary>
    Spikes,

    /// <summary>Rows come twice, and out of order.</summary>
    Duplicated,

    /// <summary>The clock of one feed jumps by some hours and stays there.</summary>
    ClockJump,
}

/// <summary>Damage put into feeds by rule. What concerns rows goes through CSV, as it would in practice.</summary>
internal static class Damage
{
    public static IReadOnlyList<SeriesSignal> Into(
        IReadOnlyList<SeriesSignal> series,
        FeedDamage damage,
        Instant from,
        SeededRandom random
    )
    {
        int hit = random.Below(series.Count);
        Instant to = from + Duration.FromDays(1 + random.Below(4));
        ulong seed = random.Next();
        return
        [
            .. series.Select(
                (one, i) =>
                    i == hit || damage is FeedDamage.GapOfAll or FeedDamage.Duplicated
                        ? Into(one, damage, from, to, new SeededRandom(seed))
                        : one
            ),
        ];
    }

    private static SeriesSignal Into(
        SeriesSignal series,
        FeedDamage damage,
        Instant from,
        Instant to,
        SeededRandom random
    )
    {
        double? last = series.Samples.LastOrDefault(sample => sample.At < from).Value;
        int jumpHours = 3 + random.Below(6);
        return damage switch
        {
            FeedDamage.None => series,
            FeedDamage.Gap or FeedDamage.GapOfAll => Change(
                series,
                (at, value) => at >= from && at < to ? null : value
            ),
            FeedDamage.Rescaled => Change(series, (at, value) => at >= from ? value * 0.6 : value),
            FeedDamage.Constant => Change(
                series,
                (at, value) => at >= from && at < to ? last : value
            ),
            FeedDamage.Zero => Change(series, (at, value) => at >= from && at < to ? 0 : value),
            FeedDamage.Spikes => Change(
                series,
                (at, value) => at >= from && random.Share() < 0.01 ? value * 0.05 : value
            ),
            FeedDamage.Duplicated => ThroughRows(series, Twice(series, random)),
            _ => ThroughRows(
                series,
                series.Samples.Select(sample =>
                    sample with
                    {
                        At =
                            sample.At >= from
                                ? sample.At + Duration.FromHours(jumpHours)
                                : sample.At,
                    }
                )
            ),
        };
    }

    private static SeriesSignal Change(
        SeriesSignal series,
        Func<Instant, double?, double?> change
    ) =>
        series with
        {
            Samples =
            [
                .. series.Samples.Select(sample =>
                    sample with
                    {
                        Value = change(sample.At, sample.Value),
                    }
                ),
            ],
        };

    private static IEnumerable<Sample> Twice(SeriesSignal series, SeededRandom random) =>
        series
            .Samples.SelectMany(sample =>
                random.Share() < 0.05 ? (Sample[])[sample, sample] : [sample]
            )
            .Chunk(48)
            .SelectMany(day => random.Share() < 0.2 ? day.Reverse() : day);

    /// <summary>The rows as a CSV, read as any other.</summary>
    private static SeriesSignal ThroughRows(SeriesSignal series, IEnumerable<Sample> samples)
    {
        var csv = new StringBuilder("time,value\n");
        foreach (Sample sample in samples)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{sample.At.ToUnixTimeSeconds()},{sample.Value:R}\n"
            );
        }

        SignalsRead read = SignalsFromSeries.Read(
            SourceFile.Of($"{series.Source}.csv", Encoding.UTF8.GetBytes(csv.ToString())),
            new SeriesFormat
            {
                TimeColumn = "time",
                TimeFormat = "unix",
                ValueColumns = ["value"],
                Place = series.Place,
                Family = series.Family,
                Unit = series.Unit,
            }
        );
        SeriesSignal laid = read.Signals.OfType<SeriesSignal>().Single();
        return series with { Samples = laid.Samples, Step = laid.Step };
    }
}
