using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>Routing messages of a scenario, judged by the table, the authorisations and the expectations beside them.</summary>
internal static class RoutesOfScenario
{
    public static SignalsRead Read(ScenarioSeries series, RouteContext routes)
    {
        var faults = new List<InputFault>();
        DepartureContext context = DepartureContext.Nothing;
        if (Plain(routes.Expectations, faults) is { } stated)
        {
            (Expectations read, IReadOnlyList<InputFault> wrong) = ExpectationFile.Read(stated);
            context = context with { Expectations = read };
            faults.AddRange(wrong);
        }

        if (Plain(routes.Vrps, faults) is { } export)
        {
            var read = VrpExport.Read(export);
            faults.AddRange(read.Faults);
            context = context with { Vrps = VrpSet.Of([read]) };
        }

        if (Plain(routes.Relationships, faults) is { } related)
        {
            var read = AsRelationships.Read(related);
            faults.AddRange(read.Faults);
            context = context with { Relationships = read };
        }

        SourceFile? table = Plain(routes.Baseline, faults);
        RoutingRead found = SignalsFromRoutes.Read(
            table is null ? [] : [new BgpdumpRouteInput(Feed(series), table)],
            [new BgpdumpRouteInput(Feed(series), Plain(series.File, faults)!)],
            context
        );
        return new SignalsRead(found.Signals, [.. faults, .. found.Faults], found.Notes);
    }

    /// <summary>The text names no collector, so the file does.</summary>
    private static string Feed(ScenarioSeries series) =>
        Path.GetFileName(series.File.Name).Split('.')[0];

    /// <summary>Decompressed, under the hash of what was received.</summary>
    private static SourceFile? Plain(SourceFile? file, List<InputFault> faults)
    {
        if (file is null)
        {
            return null;
        }

        using Compression input = Compression.Open(file);
        var content = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            content.Write(chunk.Span);
        }

        faults.AddRange(input.Faults);
        return new SourceFile(file.Name, content.ToArray(), file.Sha256);
    }
}
