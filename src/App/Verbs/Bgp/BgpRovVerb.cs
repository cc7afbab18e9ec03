using System.CommandLine;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary><c>bgp rov</c>: origin validation of one route (RFC 6811).</summary>
internal static class BgpRovVerb
{
    public static Command Command(Printing print)
    {
        var vrps = new Option<string[]>("--vrps")
        {
            Description =
                "VRPs as JSON or CSV from Routinator, rpki-client, FORT, OctoRPKI, StayRTR or the RIPE NCC archive, also compressed; - is standard input. May be given several times",
            HelpName = "FILE",
        };
        var slurm = new Option<string[]>("--slurm")
        {
            Description = "Local exceptions (RFC 8416). May be given several times",
            HelpName = "FILE",
        };
        var rtr = new Option<string?>("--rtr")
        {
            Description =
                "Ask a cache for its VRPs over RTR (RFC 8210), port 323 unless given. The only part of this verb that uses the network",
            HelpName = "HOST:PORT",
        };
        var at = new Option<string?>("--at")
        {
            Description =
                "Judge at this moment (UTC, such as 2021-07-01T00:00:00Z): rows that say they were out of force then do not count (default: all rows count)",
            HelpName = "TIME",
        };
        var maxAge = new Option<int?>("--max-age")
        {
            Description =
                "Say unknown when the VRPs are older than this (default: say so in a note)",
            HelpName = "MINUTES",
        };
        var prefix = new Argument<string>("PREFIX") { Description = "Such as 192.0.2.0/24" };
        var asn = new Argument<string>("ASN")
        {
            Description = "The origin, such as 64500 or AS64500",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "rov",
            "Is this AS authorised to originate this prefix? Example: breakwater bgp rov --vrps vrps.json 192.0.2.0/24 64500"
        )
        {
            vrps,
            slurm,
            rtr,
            at,
            maxAge,
            prefix,
            asn,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                IpPrefix route = Prefix(parsed.GetValue(prefix)!);
                Asn origin = Origin(parsed.GetValue(asn)!);
                Instant? asOf = parsed.GetValue(at) is { } text ? Moment(text) : null;
                List<VrpExport> exports = Exports(parsed.GetValue(vrps) ?? []);
                if (parsed.GetValue(rtr) is { } cache)
                {
                    exports.Add(await FromCache(cache, cancellation).ConfigureAwait(false));
                }

                Answer answer = Judge(
                    exports,
                    parsed.GetValue(slurm) ?? [],
                    route,
                    origin,
                    asOf,
                    parsed.GetValue(maxAge) is { } minutes ? Duration.FromMinutes(minutes) : null
                );
                if (parsed.GetValue(json))
                {
                    print.Json(answer);
                }
                else
                {
                    Print(print, answer);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    internal sealed record Row(
        IpPrefix Prefix,
        byte MaxLength,
        Asn Asn,
        string? TrustAnchor,
        Instant? NotAfter,
        string Verdict
    );

    internal sealed record Source(string Name, string? Sha256, int Vrps, Instant? At, string? Age);

    internal sealed record Answer(
        IpPrefix Prefix,
        Asn Asn,
        string State,
        string Reason,
        IReadOnlyList<Row> Matching,
        IReadOnlyList<Row> Covering,
        IReadOnlyList<Source> Sources,
        IReadOnlyList<string> Notes,
        IReadOnlyList<InputFault> Errors
    );

    private static Answer Judge(
        IReadOnlyList<VrpExport> exports,
        string[] slurmFiles,
        IpPrefix route,
        Asn origin,
        Instant? asOf,
        Duration? ageMax
    )
    {
        var notes = new List<string>();
        List<InputFault> errors = [.. exports.SelectMany(export => export.Faults)];
        var all = VrpSet.Of(exports);
        VrpSet set = asOf is { } then ? all.InForce(then) : all;
        if (slurmFiles.Length > 0)
        {
            set = Exceptions(slurmFiles, errors).Apply(set);
        }

        Instant now = asOf ?? SystemClock.Instance.GetCurrentInstant();
        OriginValidity validity =
            exports.Count == 0 ? OriginValidity.NoVrps
            : ageMax is { } most ? set.Validate(route, origin, now, most)
            : set.Validate(route, origin);
        List<Row> covering = [.. set.Covering(route).Select(vrp => RowOf(vrp, route, origin))];
        if (exports.Count == 0)
        {
            notes.Add("no VRPs were given: name a file with --vrps or a cache with --rtr");
        }
        else
        {
            notes.AddRange(
                VrpHealth
                    .Check(null, set, now)
                    .Where(finding => finding.Trouble != VrpTrouble.Expiring)
                    .Select(finding =>
                        finding.Trouble == VrpTrouble.Stale
                            ? $"stale: {finding.Reason}"
                            : finding.Reason
                    )
            );
        }

        notes.AddRange(
            all.Sources.Where(source => source is { StatesTime: false, At: not null })
                .Select(source =>
                    $"{source.Name} does not say when it was made; its age is counted from the time of the file"
                )
        );
        if (all.Count > set.Count && slurmFiles.Length == 0)
        {
            notes.Add($"{all.Count - set.Count} of {all.Count} VRPs were not in force at {asOf}");
        }

        if (asOf is null && covering.Any(row => row.NotAfter < now))
        {
            notes.Add(
                "some of these VRPs have run out since the file was made; --at judges at a moment"
            );
        }

        return new Answer(
            route,
            origin,
            validity.StateWord,
            validity.ReasonWord,
            [.. covering.Where(row => row.Verdict == "matched")],
            covering,
            [
                .. set.Sources.Select(source => new Source(
                    source.Name,
                    source.Sha256,
                    source.Count,
                    source.At,
                    source.At is { } made ? Age(made, now) : null
                )),
            ],
            notes,
            errors
        );
    }

    private static Row RowOf(Vrp vrp, IpPrefix route, Asn origin) =>
        new(
            vrp.Prefix,
            vrp.MaxLength,
            vrp.Asn,
            vrp.TrustAnchor,
            vrp.NotAfter,
            vrp.Matches(route, origin) ? "matched"
                : vrp.Asn == origin && origin.Number != 0 ? "unmatched_length"
                : "unmatched_as"
        );

    private static string Age(Instant made, Instant now) =>
        made <= now ? VrpHealth.Words(now - made) : $"{VrpHealth.Words(made - now)} later";

    private static List<VrpExport> Exports(string[] files)
    {
        var exports = new List<VrpExport>();
        foreach (string path in files)
        {
            (SourceFile plain, _, IReadOnlyList<InputFault> damage) = Inputs.Open(path);
            Instant? received =
                path == "-" ? null : Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(path));
            VrpExport export = VrpExport.Read(plain, received);
            if (export is { Vrps.Count: 0, Faults.Count: > 0 })
            {
                throw Fault.Unreadable(export.Faults.Take(1));
            }

            exports.Add(export with { Faults = [.. damage, .. export.Faults] });
        }

        return exports;
    }

    /// <summary>Everything that a cache holds, once.</summary>
    private static async Task<VrpExport> FromCache(string text, CancellationToken cancellation)
    {
        if (!RtrEndpoint.TryParse(text, out RtrEndpoint cache))
        {
            throw new Fault(
                ExitCode.Usage,
                $"--rtr: {text} is not an address. Write it as cache.example:323 or [2001:db8::1]:323"
            );
        }

        const int attempts = 3;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var troubles = new List<string>();
        await foreach (
            RtrReport report in new RtrFeed(cache, TimeProvider.System)
                .Reports(limit.Token)
                .ConfigureAwait(false)
        )
        {
            if (report.Data is { } data)
            {
                return data;
            }

            troubles.Add(report.Trouble ?? "");
            if (troubles.Count == attempts)
            {
                break;
            }
        }

        throw new Fault(
            ExitCode.Cannot,
            $"--rtr: {cache} gave no data: {(troubles.Count == 0 ? "no answer within a minute" : troubles[^1])}. Check the address and whether the cache is up"
        );
    }

    private static Slurm Exceptions(string[] files, List<InputFault> errors)
    {
        var read = new List<Slurm>();
        foreach (string path in files)
        {
            (SourceFile plain, _, IReadOnlyList<InputFault> damage) = Inputs.Open(path);
            (Slurm? exceptions, IReadOnlyList<InputFault> faults) = SlurmReader.Read(plain);
            if (exceptions is null)
            {
                throw Fault.Unreadable([.. damage, .. faults]);
            }

            errors.AddRange([.. damage, .. faults]);
            read.Add(exceptions);
        }

        (Slurm? union, IReadOnlyList<InputFault> conflicts) = Slurm.Union(read);
        return union ?? throw Fault.Unreadable(conflicts);
    }

    private static IpPrefix Prefix(string text) =>
        PrefixText.Read(text, out IpPrefix prefix) is { } reason
            ? throw new Fault(
                ExitCode.Usage,
                $"PREFIX: {text} {reason}. Write the network, such as 192.0.2.0/24"
            )
            : prefix;

    private static Asn Origin(string text) =>
        Asn.TryParse(text, out Asn asn)
            ? asn
            : throw new Fault(
                ExitCode.Usage,
                $"ASN: {text} is not an AS number. Write it as 64500 or AS64500, at most 4294967295"
            );

    private static Instant Moment(string text) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed
            ? parsed.Value
            : throw new Fault(
                ExitCode.Usage,
                $"--at: {text} is not a UTC time. Write it as 2021-07-01T00:00:00Z"
            );

    private static void Print(Printing print, Answer answer)
    {
        print.Line($"{answer.Prefix} by {answer.Asn}: {answer.State} ({answer.Reason})");
        foreach (Row row in answer.Covering)
        {
            print.Line(
                $"  {row.Prefix} to /{row.MaxLength} by {row.Asn}: {row.Verdict}{(row.TrustAnchor is null ? "" : $", {row.TrustAnchor}")}{(row.NotAfter is null ? "" : $", until {row.NotAfter}")}"
            );
        }

        foreach (Source source in answer.Sources)
        {
            print.Line(
                $"source  {source.Name}, {source.Vrps} VRPs, {(source.Age is null ? "age unknown" : $"{source.Age}{(source.Age.EndsWith("later", StringComparison.Ordinal) ? "" : " old")}")}"
            );
        }

        foreach (string note in answer.Notes)
        {
            print.Line($"note    {note}");
        }

        print.Faults(answer.Errors);
    }
}
