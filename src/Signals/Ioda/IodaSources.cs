namespace Breakwater.Signals.Ioda;

/// <summary>What a source of IODA's interface measures, and in what unit.</summary>
/// <param name="IsCount">True when a value below zero is impossible.</param>
internal sealed record IodaSource(SignalFamily Family, string Metric, string Unit, bool IsCount);

/// <summary>
/// The sources of IODA API v2 (<c>/v2/datasources</c>) with their units. Loss, latency and delay rise when things get worse and come as
/// nested objects, and a forecast is no measurement: those are left out by name.
/// </summary>
internal static class IodaSources
{
    private static readonly string[] _leftOut =
    [
        "ping-slash24-loss",
        "ping-slash24-latency",
        "upstream-delay-penult-asns",
        "upstream-delay-penult-e2e-latency",
        "gtr-sarima",
    ];

    public static IodaSource? Of(string datasource) =>
        datasource switch
        {
            "bgp" => new(SignalFamily.Routing, "visible prefixes", "/24s", IsCount: true),
            "ping-slash24" => new(SignalFamily.Probing, "responding blocks", "/24s", IsCount: true),
            "gtr" => new(
                SignalFamily.Application,
                "traffic to Google",
                "as given by Google, normalised",
                IsCount: false
            ),
            "gtr-norm" => new(
                SignalFamily.Application,
                "traffic to Google",
                "share of a recent maximum",
                IsCount: false
            ),
            "mozilla" => new(
                SignalFamily.Application,
                "Firefox telemetry",
                "as given by Mozilla",
                IsCount: false
            ),
            // merit-nt, ucsd-nt and their successors: network telescopes.
            _ when datasource.EndsWith("-nt", StringComparison.Ordinal) => new(
                SignalFamily.Telescope,
                "background radiation",
                "unique source IPs",
                IsCount: true
            ),
            _ => null,
        };

    public static bool IsLeftOut(string datasource) => _leftOut.Contains(datasource);
}
