using System.CommandLine;

namespace Breakwater.App.Verbs;

/// <content>What can be said on the command line.</content>
internal static partial class DetectVerb
{
    private static readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Files, plain or compressed; - is standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<string?> _format = new("--format")
    {
        Description =
            $"ioda-csv, series-csv, mrt, bgpdump-text, ripestat-json, rislive-json, {string.Join(", ", Signals.SignalFormats.Names)}, probe-json or report-json; guessed from the content when absent",
    };
    private static readonly Option<string?> _place = new("--place")
    {
        Description = "What the input is about: IR, IR/Tehran, AS64500, 192.0.2.0/24",
    };
    private static readonly Option<string?> _country = new("--country")
    {
        Description = "Country of the areas that --place-column names",
    };
    private static readonly Option<string?> _from = new("--from")
    {
        Description = "Leave out disruptions that ended before, such as 2026-01-01T00:00:00Z",
    };
    private static readonly Option<string?> _to = new("--to")
    {
        Description = "Look at nothing from then on",
    };
    private static readonly Option<string?> _profile = new("--profile")
    {
        Description = "Detector profile: default, ioda, or a JSON file",
    };
    private static readonly Option<bool> _record = new("--record")
    {
        Description = "Record signals and disruptions in the store",
    };
    private static readonly Option<string?> _timeColumn = new("--time-column")
    {
        Description = "series-csv: column of the time",
    };
    private static readonly Option<string> _timeFormat = new("--time-format")
    {
        Description = "series-csv: unix, iso or a .NET pattern",
        DefaultValueFactory = _ => "iso",
    };
    private static readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "series-csv: zone of local times, also when written as unix",
    };
    private static readonly Option<string[]> _valueColumn = new("--value-column")
    {
        Description = "series-csv: column of a value (repeatable)",
    };
    private static readonly Option<string[]> _placeColumn = new("--place-column")
    {
        Description = "series-csv: column of an area, wide to narrow (repeatable)",
    };
    private static readonly Option<string> _family = new("--family")
    {
        Description = "series-csv: routing, probing, telescope or application",
        DefaultValueFactory = _ => "probing",
    };

    private static readonly Option<string[]> _rib = new("--rib")
    {
        Description =
            "Table dump to start from, MRT or RIPEstat bgp-state (repeatable): who held a prefix before",
    };
    private static readonly Option<string[]> _vrps = new("--vrps")
    {
        Description = "VRPs, and ASPAs, as a validator exports them, JSON or CSV (repeatable)",
    };
    private static readonly Option<string?> _relationships = new("--relationships")
    {
        Description = "AS relationships in CAIDA's form, a|b|-1 or 0, for leaks",
    };
    private static readonly Option<string?> _expect = new("--expect")
    {
        Description =
            "JSON: origins and neighbours that prefixes are expected to have; overrides what routes show. A forged path that ends in the true origin is found only for prefixes listed here",
    };
    private static readonly Option<string?> _siblings = new("--siblings")
    {
        Description = "CSV of asn,organisation: ASes of one organisation do not hijack each other",
    };
}
