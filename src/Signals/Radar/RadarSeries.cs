using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Radar;

/// <summary>
/// Time series of Radar (HTTP requests, netflows and the like): <c>serie_0</c> and its siblings with <c>timestamps</c> and <c>values</c>, and
/// <c>meta</c> with the normalisation. No answer repeats the place it was asked for, so the caller says it.
/// </summary>
internal sealed class RadarSeries(SourceFile file, JsonInput input, Place? place, FaultList faults)
{
    private static readonly Dictionary<string, Duration> _intervals = new(StringComparer.Ordinal)
    {
        ["FIFTEEN_MINUTES"] = Duration.FromMinutes(15),
        ["ONE_HOUR"] = Duration.FromHours(1),
        ["ONE_DAY"] = Duration.FromDays(1),
        ["ONE_WEEK"] = Duration.FromDays(7),
        ["15m"] = Duration.FromMinutes(15),
        ["1h"] = Duration.FromHours(1),
        ["1d"] = Duration.FromDays(1),
        ["1w"] = Duration.FromDays(7),
    };

    private int _samples;

    public List<Signal> Signals { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Reads every series of a result; true when there is one.</summary>
    public bool Add(JsonElement result)
    {
        JsonElement? meta = result.Member("meta");
        string normalisation = meta.Text("normalization")?.ToUpperInvariant() ?? "";
        bool isSeries = false;
        foreach ((string name, JsonElement value) in result.Members())
        {
            if (value.Member("timestamps") is null)
            {
                continue;
            }

            isSeries = true;
            foreach (
                (string column, JsonElement values) in value
                    .Members()
                    .Where(member =>
                        member.Name != "timestamps" && member.Value.ValueKind == JsonValueKind.Array
                    )
            )
            {
                AddOne(
                    value,
                    values,
                    meta,
                    normalisation,
                    column == "values" ? name : $"{name}.{column}"
                );
            }
        }

        if (isSeries && meta.Text("lastUpdated") is { } updated)
        {
            Notes.Add($"Radar: last updated {updated}");
        }

        return isSeries;
    }

    private void AddOne(
        JsonElement series,
        JsonElement values,
        JsonElement? meta,
        string normalisation,
        string name
    )
    {
        string path = $"result.{name}";
        if (place is null)
        {
            faults.Add(
                input.At(values, path),
                "the answer does not say what place it is about",
                "State --place, such as --place IR"
            );
            return;
        }

        JsonElement[] times = [.. series.Member("timestamps").Items()];
        JsonElement[] cells = [.. ((JsonElement?)values).Items()];
        if (times.Length != cells.Length)
        {
            faults.Add(
                input.At(values, path),
                $"{cells.Length} values for {times.Length} times",
                "Only pairs are read"
            );
        }

        var samples = new List<Sample>();
        for (int index = 0; index < Math.Min(times.Length, cells.Length); index++)
        {
            if (++_samples > SignalsFromSeries.SampleLimit)
            {
                faults.Add(input.At(values, path), "too many values", "The rest is unread");
                break;
            }

            if (times[index].Text(64) is not { } text || Times.OfText(text) is not { } at)
            {
                faults.Add(input.At(times[index], path), "no time", "The value is left out");
                continue;
            }

            samples.Add(
                new Sample(at, Value(cells[index], path, normalisation), input.Line(cells[index]))
            );
        }

        Signals.Add(Signal(values, path, samples, meta, normalisation));
    }

    private SeriesSignal Signal(
        JsonElement values,
        string path,
        List<Sample> samples,
        JsonElement? meta,
        string normalisation
    )
    {
        Duration? stated =
            meta.Text("aggInterval") is { } interval
            && _intervals.TryGetValue(interval, out Duration known)
                ? known
                : null;
        (IReadOnlyList<Sample> laid, Duration step) = SampleGrid.Lay(samples, stated, path, faults);
        string unit = Unit(meta, normalisation);
        return new SeriesSignal
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    file.Sha256,
                    path,
                    place,
                }
            ),
            Source = $"Cloudflare Radar: {path[7..]}",
            Family = SignalFamily.Application,
            Place = place!,
            Metric = $"Cloudflare traffic, {path[7..]}",
            Unit = unit,
            Step = step,
            Samples = laid,
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = [input.EvidenceOf(values, path)],
        };
    }

    /// <summary>The unit that Radar names (<c>bytes</c>, <c>requests</c>), and what normalisation made of it.</summary>
    private static string Unit(JsonElement? meta, string normalisation)
    {
        string named =
            meta.Member("units").Items().Select(unit => unit.Text("value", 40)).FirstOrDefault()
            ?? "traffic";
        return normalisation switch
        {
            "PERCENTAGE_CHANGE" =>
                $"percent of the first period's {named} (100 + PERCENTAGE_CHANGE)",
            "MIN0_MAX" => $"{named}, share of the maximum (MIN0_MAX)",
            "MIN_MAX" => $"{named}, 0 the least and 1 the most of the window (MIN_MAX)",
            "" => $"{named}, normalisation not said",
            _ => $"{named}, {normalisation}",
        };
    }

    /// <summary>A change against a base period becomes a percentage of it, because a drop has no meaning on a scale that crosses zero.</summary>
    private double? Value(JsonElement cell, string path, string normalisation)
    {
        if (cell.ValueKind == JsonValueKind.Null || cell.Text(64) is "")
        {
            return null;
        }

        if (cell.Number() is not { } number)
        {
            faults.Add(input.At(cell, path), "a value is no number", "It counts as missing");
            return null;
        }

        double value = normalisation == "PERCENTAGE_CHANGE" ? 100 + number : number;
        if (value < 0)
        {
            faults.Add(
                input.At(cell, path),
                $"traffic of {value:R} is below zero",
                "It counts as missing"
            );
            return null;
        }

        return value;
    }
}
