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
    private static readonly Argument<string> _zone = new("ZONE")
    {
        Description = "The root zone in master-file form, also compressed; - is standard input",
    };

    private static readonly Option<string?> _hints = new("--hints")
    {
        Description = "Root hints to hold the zone against",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> _before = Several(
        "--before",
        "ZONE",
        "An earlier version of the zone: what changed since. May be given several times"
    );

    private static readonly Option<string[]> _table = Several(
        "--table",
        "FILE",
        "A table of routes for prefixes and origins: MRT, text of bgpdump -m, or RIPEstat bgp-state. May be given several times"
    );

    private static readonly Option<string[]> _tableBefore = Several(
        "--table-before",
        "FILE",
        "An earlier table: which origins changed since. May be given several times"
    );

    private static readonly Option<string[]> _vrps = Several(
        "--vrps",
        "FILE",
        "VRPs to validate origins with. May be given several times"
    );

    private static readonly Option<string[]> _registrations = Several(
        "--registrations",
        "DIR|FILE",
        "Countries of prefixes and ASes: statistics of registries (delegated-extended), lists of prefixes by country, or AS numbers with countries. May be given several times"
    );

    private static readonly Option<string[]> _reachable = Several(
        "--reachable",
        "FILE",
        "Results of probes as JSON lines with address, at and result. May be given several times"
    );

    private static readonly Option<string?> _tld = new("--tld")
    {
        Description = "The whole chain of one top-level domain",
        HelpName = "XX",
    };

    private static readonly Option<string?> _at = new("--at")
    {
        Description =
            "Judge signatures at this moment (UTC, such as 2026-07-31T20:00:00Z; default: now, or when the zone was made if all of them have ended since)",
        HelpName = "TIME",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        var command = new Command(
            "core",
            "What top-level domains hang on, and which fall together. Example: breakwater core root.zone --hints root.hints --table bview.gz --registrations delegated-extended"
        )
        {
            _zone,
            _hints,
            _before,
            _table,
            _tableBefore,
            _vrps,
            _registrations,
            _reachable,
            _tld,
            _at,
            json,
        };
        command.SetAction(parsed =>
        {
            var watch = Stopwatch.StartNew();
            Instant now = SystemClock.Instance.GetCurrentInstant();
            CoreRead core = Read(
                parsed,
                parsed.GetValue(_at) is { } text ? Moment(text) : null,
                now,
                print
            );
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

    /// <summary>Signatures of an old copy have all ended; judged now, each of its domains would be as bad as the worst.</summary>
    private static CoreRead Read(ParseResult parsed, Instant? asked, Instant now, Printing print)
    {
        var inputs = new CoreInputs();
        print.Progress("reading the zone");
        ZoneRead read = inputs.Zone(parsed.GetValue(_zone)!);
        DelegationSignal[] earlier =
        [
            .. (parsed.GetValue(_before) ?? []).SelectMany(path =>
                Delegations(Earlier(inputs.Zone(path), read))
            ),
        ];
        print.Progress("reading routes and registrations");
        string[] vrps = parsed.GetValue(_vrps) ?? [];
        CoreEvidence evidence = inputs.Evidence(
            parsed.GetValue(_table) ?? [],
            vrps,
            parsed.GetValue(_registrations) ?? [],
            parsed.GetValue(_reachable) ?? []
        );
        CoreEvidence? before = parsed.GetValue(_tableBefore) is { Length: > 0 } tables
            ? inputs.Evidence(tables, vrps, [], [])
            : null;
        print.Progress("judging");
        bool isOld = asked is null && read.Signatures.ExpiresLast < now;
        Instant at = asked ?? (isOld ? read.Zone.MadeAt ?? now : now);
        CoreJudgement judgement = CoreResourcesFromSignals.Judge(
            [.. Delegations(read), .. earlier],
            evidence,
            DetectorProfile.Default,
            before,
            at
        );
        IReadOnlyList<Weakness>? differences =
            parsed.GetValue(_hints) is { } path
            && inputs.Zone(path).Root is { } hinted
            && read.Root is { } root
                ? RootHints.Differences(root, hinted)
                : null;
        return new CoreRead(read, judgement, differences, inputs.Faults, Tld(parsed.GetValue(_tld)))
        {
            At = at,
            IsOld = isOld,
        };
    }

    private static ZoneRead Earlier(ZoneRead before, ZoneRead zone) =>
        before.Zone.MadeAt > zone.Zone.MadeAt
            ? throw new Fault(
                ExitCode.Usage,
                $"--before {before.Zone.Name} was made {before.Zone.MadeAt}, after {zone.Zone.Name} of {zone.Zone.MadeAt}. Swap them"
            )
            : before;

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
