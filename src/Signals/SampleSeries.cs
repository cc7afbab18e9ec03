using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// The series that samples may belong to, as a history or their own first lines made them known. A line names what it
/// belongs to by source, place, network and target; family and step need to be said once.
/// </summary>
/// <param name="evidence">The input that the lines come from; its hash is empty while it is still being read.</param>
/// <param name="step">Distance of samples where neither a line nor a series says one.</param>
public sealed class SampleSeries(Evidence evidence, Duration? step)
{
    /// <summary>More series than this are refused: each holds weeks of samples in memory.</summary>
    public const int SeriesMax = 5_000;

    private readonly Dictionary<string, List<Known>> series = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    /// <summary>Adds a series of a history, which later lines may continue.</summary>
    /// <returns>False when there are too many.</returns>
    public bool Add(SeriesSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return Add(
            KeyOf(signal.Source, signal.Place, signal.Network, signal.Target),
            new Known(
                signal with
                {
                    Samples = [],
                    Counts = null,
                },
                signal.Samples.Count == 0 ? Instant.MinValue : signal.Samples[^1].At,
                signal.Samples.Select(sample => sample.Row).DefaultIfEmpty(0).Max()
            )
        );
    }

    /// <summary>The series that a line belongs to, without samples, and its sample.</summary>
    /// <param name="line">Number of the line; in a series of a history the rows count on from there.</param>
    /// <returns>Null when it cannot be told which; then <paramref name="wrong"/> says why.</returns>
    public (SeriesSignal Feed, Sample Sample)? Of(
        SampleLine sample,
        int line,
        out (string Reason, string Remedy)? wrong
    )
    {
        ArgumentNullException.ThrowIfNull(sample);
        wrong = null;
        string key = KeyOf(sample.Source, sample.Place, sample.Network, sample.Target);
        Known? known = series.TryGetValue(key, out List<Known>? same)
            ? same.Where(one => sample.Metric is null || one.Signal.Metric == sample.Metric)
                .MaxBy(one => one.Until)
            : null;
        if (known is null)
        {
            if (sample.Family is not { } family)
            {
                wrong = (
                    $"nothing says what family {sample.Source} is of",
                    "Add \"family\": routing, probing, telescope or application"
                );
                return null;
            }

            if ((sample.Step ?? step) is not { } distance)
            {
                wrong = (
                    $"nothing says how far samples of {sample.Source} lie apart",
                    "Add \"step\": 1800, or state --step 30m"
                );
                return null;
            }

            known = new Known(Begun(sample, family, distance, evidence), Instant.MinValue, 0);
            if (!Add(key, known))
            {
                wrong = (
                    $"more than {SeriesMax} series",
                    "Follow the others in a run of their own"
                );
                return null;
            }
        }
        else if (sample.Family is { } family && family != known.Signal.Family)
        {
            wrong = (
                $"{sample.Source} was of family {known.Signal.Family.ToString().ToLowerInvariant()} before",
                "Give the two sources different names"
            );
            return null;
        }

        return (known.Signal, new Sample(sample.At, sample.Value, known.Rows + line));
    }

    private bool Add(string key, Known known)
    {
        if (Count >= SeriesMax)
        {
            return false;
        }

        Count++;
        if (!series.TryGetValue(key, out List<Known>? same))
        {
            series.Add(key, same = []);
        }

        same.Add(known);
        return true;
    }

    /// <summary>A series without samples, named by what it is about and not by its file: followed again it is the same one.</summary>
    internal static SeriesSignal Begun(
        SampleLine sample,
        SignalFamily family,
        Duration distance,
        Evidence evidence
    )
    {
        string metric = sample.Metric ?? SampleLine.MetricUnnamed;
        string unit = sample.Unit ?? SampleLine.UnitUnnamed;
        return new SeriesSignal
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    sample.Source,
                    family,
                    place = sample.Place.Key,
                    sample.Network,
                    sample.Target,
                    metric,
                    unit,
                    distance,
                }
            ),
            Source = sample.Source,
            Family = family,
            Place = sample.Place,
            Network = sample.Network,
            Target = sample.Target,
            Metric = metric,
            Unit = unit,
            Step = distance,
            Samples = [],
            Origin = Origin.Measured,
            Marking = sample.Marking,
            Evidence = [evidence with { Column = metric }],
        };
    }

    private static string KeyOf(string source, Place place, string? network, string? target) =>
        $"{place.Key}\n{network}\n{target}\n{source}";

    /// <param name="Until">Its last sample in the history.</param>
    /// <param name="Rows">The last row of the history.</param>
    private sealed record Known(SeriesSignal Signal, Instant Until, int Rows);
}
