using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Signals.Ooni;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// OONI's aggregation interface (<c>/api/v1/aggregation</c>) and measurements, one, in an array, in a list answer or on lines. Measurements
/// are counted by the hour. Each series is about one test or site, never about access as a whole.
/// </summary>
public static class OoniJson
{
    private const int FaultLimit = 50;

    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return JsonInput.Mentions(file, "anomaly_count", "measurement_count")
            || JsonInput.Mentions(file, "measurement_start_time", "probe_cc", "test_name")
            || JsonInput.Mentions(file, "measurement_start_time", "anomaly", "confirmed");
    }

    /// <param name="place">Where it is, when the answer was asked for one country and does not repeat it.</param>
    public static SignalsRead Read(SourceFile file, Place? place = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        if (JsonInput.Read(file, faults, mayBeLines: true) is not { } input)
        {
            return new SignalsRead([], faults.ToList());
        }

        var bins = new OoniBins(file, place, faults);
        bool isAggregate = false;
        for (int index = 0; index < input.Roots.Count; index++)
        {
            JsonElement root = input.Roots[index];
            if (root.Member("result") is { } result)
            {
                isAggregate = true;
                Aggregate(input, result, bins, faults);
            }
            else
            {
                Measurements(input, root, bins, faults);
            }
        }

        IReadOnlyList<Signal> signals = bins.Signals(isAggregate ? null : Duration.FromHours(1));
        if (bins.Measurements == 0 && faults.ToList().Count == 0)
        {
            faults.Add(
                "line 1",
                "no measurement and no counts of measurements",
                "Give an answer of OONI's interface as it came"
            );
        }

        return new SignalsRead(signals, faults.ToList(), Notes(bins));
    }

    private static IReadOnlyList<string> Notes(OoniBins bins) =>
        bins.Measurements == 0
            ? []
            :
            [
                $"OONI: {bins.Measurements} measurements; an anomaly is a sign of interference, not proof of it",
                $"OONI: {bins.TooFew} bins have fewer than {OoniBins.MeasurementsMin} measurements and count as missing, not as zero",
            ];

    private static void Aggregate(
        JsonInput input,
        JsonElement result,
        OoniBins bins,
        FaultList faults
    )
    {
        // Without an axis there is one object instead of a list.
        IEnumerable<(JsonElement Row, string Path)> rows =
            result.ValueKind == JsonValueKind.Object
                ? [(result, "result")]
                : ((JsonElement?)result).Items().Select((row, index) => (row, $"result[{index}]"));
        foreach ((JsonElement row, string path) in rows)
        {
            if (row.Time("measurement_start_day") is not { } at)
            {
                faults.Add(
                    input.At(row, path),
                    "no measurement_start_day: counts without a time are no series",
                    "Ask with axis_x=measurement_start_day"
                );
                continue;
            }

            if (Counts(row) is not { } counts)
            {
                faults.Add(
                    input.At(row, path),
                    "the counts are missing or below zero, or do not add up",
                    "The row is left out"
                );
                continue;
            }

            Add(
                input,
                row,
                path,
                new OoniMeasurement(
                    row.Text("probe_cc", 8)?.ToUpperInvariant(),
                    row.Member("probe_asn")?.AsNumber(),
                    OoniMeasurement.TestOf(row.Text("test_name", 64)),
                    OoniMeasurement.TargetOf(row.Text("domain", 200) ?? row.Text("input", 500)),
                    at,
                    counts
                ),
                bins,
                faults
            );
        }
    }

    private static OoniCounts? Counts(JsonElement row)
    {
        if (
            row.Whole("ok_count") is not { } ok
            || row.Whole("anomaly_count") is not { } anomalous
            || row.Whole("confirmed_count") is not { } confirmed
            || row.Whole("failure_count") is not { } failed
            || (ok | anomalous | confirmed | failed) < 0
            || Math.Max(Math.Max(ok, anomalous), Math.Max(confirmed, failed)) > 1L << 40
        )
        {
            return null;
        }

        return
            row.Whole("measurement_count") is { } all && all != ok + anomalous + confirmed + failed
            ? null
            : new OoniCounts(ok, anomalous, confirmed, failed);
    }

    /// <summary>A measurement, an array of them, a list answer, or lists by network.</summary>
    private static void Measurements(
        JsonInput input,
        JsonElement root,
        OoniBins bins,
        FaultList faults
    )
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            All(input, root, "", null, bins, faults);
        }
        else if (root.Member("results") is { } results)
        {
            if (results.ValueKind == JsonValueKind.Array)
            {
                All(input, results, "results", null, bins, faults);
            }

            foreach ((string name, JsonElement list) in results.Members())
            {
                Asn? asn = Asn.TryParse(name, out Asn network) ? network : null;
                All(input, list, $"results.{Wording.Shorten(name, 40)}", asn, bins, faults);
            }
        }
        else
        {
            One(input, root, "the measurement", null, bins, faults);
        }
    }

    private static void All(
        JsonInput input,
        JsonElement list,
        string path,
        Asn? asn,
        OoniBins bins,
        FaultList faults
    )
    {
        int index = 0;
        foreach (JsonElement item in ((JsonElement?)list).Items())
        {
            One(input, item, $"{path}[{index++}]", asn, bins, faults);
        }
    }

    private static void One(
        JsonInput input,
        JsonElement item,
        string path,
        Asn? asn,
        OoniBins bins,
        FaultList faults
    )
    {
        if (OoniMeasurement.Of(item, asn) is not { } measurement)
        {
            faults.Add(input.At(item, path), "a measurement without a time", "It is left out");
            return;
        }

        Instant hour = Instant.FromUnixTimeSeconds(
            measurement.At.ToUnixTimeSeconds() / 3600 * 3600
        );
        Add(input, item, path, measurement with { At = hour }, bins, faults);
    }

    private static void Add(
        JsonInput input,
        JsonElement item,
        string path,
        OoniMeasurement row,
        OoniBins bins,
        FaultList faults
    )
    {
        if (
            !bins.Add(
                row.Country,
                row.Asn,
                row.Test,
                row.Target,
                row.At,
                row.Counts,
                input.Line(item)
            )
        )
        {
            faults.Add(
                input.At(item, path),
                "neither a country nor a network",
                "State --place, such as --place IN"
            );
        }
    }
}
