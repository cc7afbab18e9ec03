using System.CommandLine;
using System.Diagnostics;
using Breakwater.Disruptions;
using Breakwater.Signals;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary>
/// <c>core</c>: what top-level domains hang on, from a root zone. JSON: <c>{zone, counts, root, disruptions, weaknesses,
/// fallsTogether, resources, blind, notes, errors, seconds}</c>. <c>resources</c> holds the chain of each domain: servers,
/// addresses, covering prefix, origins, countries of registration; what is unknown is null, and <c>routeState</c>,
/// <c>rpki</c> and <c>reach</c> have <c>unknown</c> as a value of its own.
/// </summary>
internal static class CoreVerb
{
    public static Command Command(Printing print)
    {
        var zone = new Argument<string>("ZONE")
        {
            Description = "The root zone in master-file form, also compressed; - is standard input",
        };
        Option<string?> hints = new("--hints")
        {
            Description = "Root hints to hold the zone against",
            HelpName = "FILE",
        };
        Option<string[]> before = Several(
            "--before",
            "ZONE",
            "An earlier version of the zone: what changed since. May be given several times"
        );
        Option<string[]> table = Several(
            "--table",
            "FILE",
            "A table of routes for prefixes and origins: MRT, text of bgpdump -m, or RIPEstat bgp-state. May be given several times"
        );
        Option<string[]> tableBefore = Several(
            "--table-before",
            "FILE",
            "An earlier table: which origins changed since. May be given several times"
        );
        Option<string[]> vrps = Several(
            "--vrps",
            "FILE",
            "VRPs to validate origins with. May be given several times"
        );
        Option<string[]> registrations = Several(
            "--registrations",
            "DIR|FILE",
            "Countries of prefixes and ASes: statistics of registries (delegated-extended), lists of prefixes by country, or AS numbers with countries. May be given several times"
        );
        Option<string[]> reachable = Several(
            "--reachable",
            "FILE",
            "Results of probes as JSON lines with address, at and result. May be given several times"
        );
        Option<string?> tld = new("--tld")
        {
            Description = "The whole chain of one top-level domain",
            HelpName = "XX",
        };
        Option<string?> at = new("--at")
        {
            Description =
                "Judge signatures at this moment (UTC, such as 2026-07-31T20:00:00Z; default: now)",
            HelpName = "TIME",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "core",
            "What top-level domains hang on, and which fall together. Example: breakwater core root.zone --hints root.hints --table bview.gz --registrations delegated-extended"
        )
        {
            zone,
            hints,
            before,
            table,
            tableBefore,
            vrps,
            registrations,
            reachable,
            tld,
            at,
            json,
        };
        command.SetAction(parsed =>
        {
            var watch = Stopwatch.StartNew();
            var inputs = new CoreInputs();
            Instant now = parsed.GetValue(at) is { } text
                ? Moment(text)
                : SystemClock.Instance.GetCurrentInstant();
            print.Progress("reading the zone");
            ZoneRead read = inputs.Zone(parsed.GetValue(zone)!);
            DelegationSignal[] earlier =
            [
                .. (parsed.GetValue(before) ?? []).SelectMany(path => Delegations(inputs.Zone(path))),
            ];
            print.Progress("reading routes and registrations");
            string[] vrpFiles = parsed.GetValue(vrps) ?? [];
            string[] registered = parsed.GetValue(registrations) ?? [];
            CoreEvidence evidence = inputs.Evidence(
                parsed.GetValue(table) ?? [],
                vrpFiles,
                registered,
                parsed.GetValue(reachable) ?? []
            );
            CoreEvidence? evidenceBefore = parsed.GetValue(tableBefore) is { Length: > 0 } tables
                ? inputs.Evidence(tables, vrpFiles, [], [])
                : null;
            print.Progress("judging");
            CoreJudgement judgement = CoreResourcesFromSignals.Judge(
                [.. Delegations(read), .. earlier],
                evidence,
                DetectorProfile.Default,
                evidenceBefore,
                now
            );
            IReadOnlyList<Weakness>? differences =
                parsed.GetValue(hints) is { } path
                && inputs.Zone(path).Root is { } hinted
                && read.Root is { } root
                    ? RootHints.Differences(root, hinted)
                    : null;
            var core = new CoreRead(read, judgement, differences, inputs.Faults, Tld(parsed.GetValue(tld)));
            print.ProgressDone();
            if (parsed.GetValue(json))
            {
                print.Json(core.Document(Math.Round(watch.Elapsed.TotalSeconds, 3)));
            }
            else
            {
                CoreTables.Write(print, core, now);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<DelegationSignal> Delegations(ZoneRead read) =>
        read.Root is null ? read.Delegations : read.Delegations.Prepend(read.Root);

    private static Option<string[]> Several(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static string? Tld(string? text) => text?.Trim('.').ToLowerInvariant();

    private static Instant Moment(string text) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed
            ? parsed.Value
            : throw new Fault(
                ExitCode.Usage,
                $"--at: {text} is not a UTC time. Write it as 2026-07-31T20:00:00Z"
            );
}
