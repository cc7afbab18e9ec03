using System.Text.RegularExpressions;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>Routing data named on the command line: all of it is merged by time into one table.</summary>
/// <param name="ribs">Paths of table dumps to start from.</param>
/// <param name="vrps">Paths of exports of validators.</param>
/// <param name="relationships">Path of AS relationships.</param>
/// <param name="expect">Path of expectations.</param>
/// <param name="siblings">Path of the map of organisations.</param>
internal sealed partial class DetectRouting(
    IReadOnlyList<string> ribs,
    IReadOnlyList<string> vrps,
    string? relationships,
    string? expect,
    string? siblings
)
{
    private readonly List<(SourceFile File, string Format)> inputs = [];

    public bool IsEmpty => inputs.Count == 0;

    /// <summary>True once a record was read, so that finding nothing is a result.</summary>
    public bool HasRecords { get; private set; }

    /// <summary>Inputs beside those named first, as received.</summary>
    public List<SourceFile> Raws { get; } = [];

    public static bool Reads(string format) =>
        format is "mrt" or "bgpdump-text" or "ripestat-json" or "rislive-json";

    public void Add(SourceFile file, string format) => inputs.Add((file, format));

    /// <summary>Visibility and departures of origins.</summary>
    /// <param name="place">Narrows both to a prefix or an AS; null takes all.</param>
    public SignalsRead Read(Place? place)
    {
        List<InputFault> faults = [];
        DepartureContext context = DepartureContext.Nothing;
        if (expect is not null)
        {
            (Expectations read, IReadOnlyList<InputFault> wrong) = ExpectationFile.Read(
                Open(expect, faults)
            );
            context = context with { Expectations = read };
            faults.AddRange(wrong);
        }

        if (siblings is not null)
        {
            (Func<Asn, Asn, bool> read, IReadOnlyList<InputFault> wrong) = SiblingFile.Read(
                Open(siblings, faults)
            );
            context = context with { AreSiblings = read };
            faults.AddRange(wrong);
        }

        if (vrps.Count > 0)
        {
            VrpExport[] exports = [.. vrps.Select(path => VrpExport.Read(Open(path, faults)))];
            faults.AddRange(exports.SelectMany(export => export.Faults));
            context = context with { Vrps = VrpSet.Of(exports) };
        }

        if (relationships is not null)
        {
            var read = AsRelationships.Read(Open(relationships, faults));
            context = context with { Relationships = read };
            faults.AddRange(read.Faults);
        }

        List<RouteInput> baselines = [];
        foreach (string rib in ribs)
        {
            SourceFile file = Open(rib, faults);
            baselines.Add(RouteInputOf(file, RipeStatRoutes.Is(file) ? "ripestat-json" : "mrt"));
        }

        RoutingRead routes = SignalsFromRoutes.Read(
            baselines,
            [.. inputs.Select(input => RouteInputOf(input.File, input.Format))],
            context
        );
        HasRecords = routes.Records > 0;
        RoutingRead? visibility = Visibility(place);
        RoutingRead features = RoutingFeatures.Read(
            [],
            [.. inputs.Select(input => RouteInputOf(input.File, input.Format))]
        );
        return new SignalsRead(
            [
                .. visibility?.Signals ?? [],
                .. features.Signals,
                .. routes.Signals.Where(signal => place is null || IsAbout(signal, place)),
            ],
            [.. faults, .. routes.Faults],
            [.. (visibility?.Notes ?? []).Concat(routes.Notes).Concat(features.Notes).Distinct()]
        )
        {
            Gaps = routes.Gaps,
        };
    }

    private RoutingRead? Visibility(Place? place)
    {
        MrtInput[] mrt =
        [
            .. inputs
                .Where(input => input.Format == "mrt")
                .Select(input => new MrtInput(
                    CollectorOf(input.File.Name),
                    input.File.Name,
                    input.File.Sha256,
                    [input.File.Content]
                )),
        ];
        return mrt.Length == 0
            ? null
            : SignalsFromBgp.Read(mrt, SignalsOfScenario.Selection(place));
    }

    private static RouteInput RouteInputOf(SourceFile file, string format) =>
        format switch
        {
            "ripestat-json" => new RipeStatRoutes(file),
            "rislive-json" => new RisLiveRouteInput(file),
            "bgpdump-text" => new BgpdumpRouteInput(CollectorOf(file.Name), file),
            _ => new MrtRouteInput(CollectorOf(file.Name), file.Name, file.Sha256, [file.Content]),
        };

    private SourceFile Open(string path, List<InputFault> faults)
    {
        (SourceFile plain, SourceFile raw, IReadOnlyList<InputFault> damage) = Inputs.Open(path);
        Raws.Add(raw);
        faults.AddRange(damage);
        return plain;
    }

    private static bool IsAbout(Signal signal, Place place) =>
        (signal, place) switch
        {
            (RouteSignal route, { Prefix: { } prefix }) => prefix.Contains(route.Departure.Prefix),
            (RouteSignal route, { Asn: { } asn }) => route.Departure.Origin == asn
                || route.Departure.Known.Any(known => known.Origin == asn),
            (LeakSignal leak, { Prefix: { } prefix }) => leak.Episode.Prefixes.Any(prefix.Contains),
            (LeakSignal leak, { Asn: { } asn }) => leak.Episode.Segment.Leaker == asn
                || leak.Episode.Origins.Contains(asn),
            _ => true,
        };

    /// <summary>Files of one collector share its sessions; a name that tells none counts as one collector more.</summary>
    private static string CollectorOf(string name) =>
        Collector().Match(name) is { Success: true } match ? match.Value.ToLowerInvariant() : "mrt";

    [GeneratedRegex(
        @"rrc\d\d|route-views\d*(\.(?!updates|rib|bz2|gz)[a-z][a-z0-9-]*)*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Collector();
}
