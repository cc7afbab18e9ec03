using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>All signals of a scenario: its series, its reports and the claims that it lists.</summary>
public static class SignalsOfScenario
{
    public static SignalsRead Read(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var signals = new List<Signal>();
        var faults = new List<InputFault>();
        foreach (ScenarioSeries series in scenario.Series)
        {
            SignalsRead read = ReadSeries(series);
            signals.AddRange(read.Signals);
            faults.AddRange(read.Faults);
        }

        if (scenario.Reports is { } reports)
        {
            SignalsRead read = SignalsFromReports.Read(reports, scenario.ReportsOrigin);
            signals.AddRange(read.Signals);
            faults.AddRange(read.Faults);
        }

        signals.AddRange(scenario.Claims);
        signals.AddRange(scenario.Circumstances);
        signals.AddRange(scenario.Law);
        return new SignalsRead(signals, faults);
    }

    /// <summary>One file of measurements, with the marking and the origin that are stated for it.</summary>
    public static SignalsRead ReadSeries(ScenarioSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        SignalsRead read = ReadFile(series);
        return read with
        {
            Signals = [.. read.Signals.Select(signal => WithOrigin(signal, series))],
        };
    }

    private static SignalsRead ReadFile(ScenarioSeries series)
    {
        if (series.Routes is { } routes)
        {
            return RoutesOfScenario.Read(series, routes);
        }

        using Compression input = Compression.Open(series.File);
        if (series.Format == "mrt")
        {
            RoutingRead routing = SignalsFromBgp.Read(
                [
                    new MrtInput(
                        series.File.Name,
                        series.File.Name,
                        series.File.Sha256,
                        input.Chunks()
                    ),
                ],
                Selection(series.Place)
            );
            return new SignalsRead(
                routing.Signals,
                [.. input.Faults, .. routing.Faults],
                routing.Notes
            );
        }

        var content = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            content.Write(chunk.Span);
        }

        // Evidence names the file as received, so that its hash can be checked without decompressing it.
        var plain = new SourceFile(series.File.Name, content.ToArray(), series.File.Sha256);
        SignalsRead read =
            series.Format == "ioda-csv" ? IodaCsv.Read(plain, series.Place, series.Origin)
            : SignalFormats.Read(series.Format, plain, series.Place) is { } said ? said
            : SignalsFromSeries.Read(plain, series.Columns!);
        return read with { Faults = [.. input.Faults, .. read.Faults] };
    }

    /// <summary>An AS or a prefix selects itself; any other place gives the most active of the file.</summary>
    public static RoutingSelection Selection(Place? place) =>
        place switch
        {
            { Asn: { } asn } => new RoutingSelection { Origins = [asn] },
            { Prefix: { } prefix } => new RoutingSelection { Prefixes = [prefix] },
            _ => new RoutingSelection(),
        };

    private static Signal WithOrigin(Signal signal, ScenarioSeries series) =>
        series.Routes is not null ? signal with { Origin = series.Origin, Marking = series.Marking }
        : signal is SeriesSignal one && series.ModelledColumns.Contains(one.Metric)
            ? signal with
            {
                Origin = Origin.Modelled,
                Marking = series.Marking,
            }
        : SignalFormats.Names.Contains(series.Format) ? Said(signal, series)
        : signal with { Marking = series.Marking };

    /// <summary>What a file says of its own parts holds where it is stricter than what is said of the file.</summary>
    private static Signal Said(Signal signal, ScenarioSeries series)
    {
        Signal said = signal with
        {
            Origin = series.Origin,
            Marking = Marking.Strictest([signal.Marking, series.Marking]),
        };
        return said is ClaimSignal one
            ? one with
            {
                Claim = one.Claim with { Origin = series.Origin },
            }
            : said;
    }
}
