using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Signals.Radar;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// Answers of Cloudflare Radar's interface (https://api.cloudflare.com/client/v4/radar): outage annotations, traffic anomalies, hijack and
/// leak events as claims; traffic series with their normalisation.
/// </summary>
public static class RadarJson
{
    private const int FaultLimit = 50;

    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return JsonInput.Mentions(file, "result", "annotations")
            || JsonInput.Mentions(file, "result", "trafficAnomalies")
            || JsonInput.Mentions(file, "result", "hijacker_asn")
            || JsonInput.Mentions(file, "result", "leak_asn")
            || JsonInput.Mentions(file, "result", "timestamps", "meta");
    }

    /// <param name="place">Where it is: traffic series do not say.</param>
    public static SignalsRead Read(SourceFile file, Place? place = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        if (JsonInput.Read(file, faults) is not { } input)
        {
            return new SignalsRead([], faults.ToList());
        }

        if (input.Root.Flag("success") is false)
        {
            string? message = input
                .Root.Items("errors")
                .Select(error => error.Text("message", 200))
                .FirstOrDefault();
            faults.Add("line 1", $"Radar answered with an error: {message}", "Ask again");
        }

        // Saved results lack the envelope.
        JsonElement result = input.Root.Member("result") ?? input.Root;
        var claims = new RadarClaims(file, input, faults);
        var series = new RadarSeries(file, input, place, faults);
        bool hasClaims = claims.Add(result);
        bool hasSeries = series.Add(result);
        if (!hasClaims && !hasSeries)
        {
            faults.Add(
                "line 1",
                "neither annotations, anomalies, events nor a time series",
                "Give an answer of Radar's interface as it came"
            );
        }

        return new SignalsRead(
            [.. series.Signals, .. claims.Signals],
            faults.ToList(),
            [.. series.Notes, .. claims.Notes]
        );
    }
}
