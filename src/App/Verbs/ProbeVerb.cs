using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Feeds;
using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>probe</c>: whether targets can be reached from here, with the consent of their owners.</summary>
internal static partial class ProbeVerb
{
    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        var command = new Command(
            "probe",
            "Can these be reached from here? Only this machine is asked unless a consent file allows more. Uses the network. Example: breakwater probe tcp://127.0.0.1:443 icmp://127.0.0.1 --json"
        )
        {
            _targets,
            _consent,
            _resolve,
            _family,
            _control,
            _timeout,
            _retries,
            _rounds,
            _every,
            _jitter,
            _seed,
            _concurrency,
            _perTarget,
            _perNetwork,
            _perMinute,
            _place,
            _vantage,
            _vantagePlace,
            _distribution,
            _trust,
            _out,
            _dryRun,
            json,
        };
        command.SetAction((parsed, stop) => Run(print, parsed, parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> Run(
        Printing print,
        ParseResult parsed,
        bool isJson,
        CancellationToken stop
    )
    {
        ProbeSettings settings = Settings(parsed);
        bool isPiped = parsed.GetValue(_out) == "-";
        if (isPiped && isJson)
        {
            throw new Fault(
                ExitCode.Usage,
                "--json and --out - would both write to standard output. Leave one out; the lines of --out - are JSON too"
            );
        }

        print = isPiped ? print.Aside() : print;
        List<InputFault> faults = [];
        var policy = new ProbePolicy(Consents(parsed.GetValue(_consent), faults));
        print.Faults(faults);
        Refuse(settings, policy, SystemClock.Instance.GetCurrentInstant());
        ulong seed =
            parsed.GetValue(_seed) ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        var output = new ProbeOutput(print, settings, isJson, seed);
        if (parsed.GetValue(_dryRun))
        {
            return output.DryRun();
        }

        using ProbeLog? log = parsed.GetValue(_out) is { } path ? new ProbeLog(path) : null;
        output.Begin();
        var watch = Stopwatch.StartNew();
        var prober = new Prober(settings, policy, TimeProvider.System, seed);
        List<ProbeRound> rounds = [];
        await foreach (ProbeRound round in prober.Rounds(stop).ConfigureAwait(false))
        {
            log?.Add(round);
            rounds.Add(round);
            output.Round(round);
        }

        return output.End(rounds, prober.RoundsMissed, stop.IsCancellationRequested, watch.Elapsed);
    }

    /// <summary>Before anything is sent: everything that is refused, one line each.</summary>
    private static void Refuse(ProbeSettings settings, ProbePolicy policy, Instant now)
    {
        string[] refused =
        [
            .. settings
                .Targets.Concat(settings.Controls)
                .Concat(settings.NameServer is { } server ? [server] : [])
                .Distinct()
                .Select(target => (target, policy.AskBeforeResolving(target, now).Missing))
                .Where(one => one.Missing is not null)
                .Select(one => $"{one.target} is refused, and nothing was sent: {one.Missing}"),
        ];
        if (refused.Length > 0)
        {
            throw new Fault(ExitCode.Refused, refused);
        }
    }

    private static IReadOnlyList<ProbeConsent> Consents(string? path, List<InputFault> faults)
    {
        if (path is null)
        {
            return [];
        }

        FileRead read = Files.Read(path, ConsentFile.OctetsMax);
        if (read.File is not { } file)
        {
            throw new Fault(ExitCode.Usage, read.Fault!.ToString());
        }

        (IReadOnlyList<ProbeConsent> consents, IReadOnlyList<InputFault> wrong) = ConsentFile.Read(
            file
        );
        if (consents.Count == 0 && wrong.Count > 0)
        {
            throw Fault.Unreadable(wrong);
        }

        faults.AddRange(wrong);
        return consents;
    }

    private static ProbeSettings Settings(ParseResult parsed)
    {
        (NameResolution resolution, ProbeTarget? server) = Resolution(parsed.GetValue(_resolve));
        var settings = new ProbeSettings
        {
            Targets =
            [
                .. parsed.GetValue(_targets)!.Select(text => Target("TARGET", text)).Distinct(),
            ],
            Controls =
            [
                .. (parsed.GetValue(_control) ?? [])
                    .Select(text => Target("--control", text))
                    .Distinct(),
            ],
            Timeout = Length(_timeout, parsed.GetValue(_timeout)!),
            Retries = parsed.GetValue(_retries),
            Rounds = parsed.GetValue(_rounds),
            Every = Length(_every, parsed.GetValue(_every)!),
            Jitter = parsed.GetValue(_jitter) is { } jitter ? Length(_jitter, jitter) : null,
            Concurrency = parsed.GetValue(_concurrency),
            PerTarget = parsed.GetValue(_perTarget),
            PerNetwork = parsed.GetValue(_perNetwork),
            PerMinute = parsed.GetValue(_perMinute),
            Resolution = resolution,
            NameServer = server,
            Family = Word<AddressChoice>(_family, parsed.GetValue(_family)!),
            Place = Place(_place, parsed.GetValue(_place)),
            Vantage = Vantage(parsed),
            Distribution = Word<Distribution>(_distribution, parsed.GetValue(_distribution)!),
            Trusted = Roots(parsed.GetValue(_trust)),
        };
        return settings.Fault() is { } fault ? throw new Fault(ExitCode.Usage, fault) : settings;
    }

    private static ProbeTarget Target(string option, string text) =>
        ProbeTarget.Read(text, out ProbeTarget? target) is { } wrong
            ? throw new Fault(ExitCode.Usage, $"{option}: {text} {wrong}")
            : target!;

    private static (NameResolution, ProbeTarget?) Resolution(string? text) =>
        text switch
        {
            null => (NameResolution.None, null),
            "system" => (NameResolution.System, null),
            _ => (
                NameResolution.Server,
                Target(
                    "--resolve",
                    text.Contains("://", StringComparison.Ordinal)
                        ? text
                        : $"dns://{Bracketed(text)}"
                )
            ),
        };

    private static string Bracketed(string text) =>
        text.Count(c => c == ':') > 1 && !text.StartsWith('[') ? $"[{text}]" : text;

    private static ProbeVantage? Vantage(ParseResult parsed) =>
        (parsed.GetValue(_vantage), Place(_vantagePlace, parsed.GetValue(_vantagePlace))) switch
        {
            (null, null) => null,
            (null, _) => throw new Fault(
                ExitCode.Usage,
                "--vantage-place needs --vantage inside or --vantage outside"
            ),
            ({ } side, var place) => new ProbeVantage(Word<VantageSide>(_vantage, side), place),
        };

    private static X509Certificate2Collection? Roots(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            return roots.Count > 0
                ? roots
                : throw new Fault(ExitCode.Usage, $"{path}: no certificate in it. Give a PEM file");
        }
        catch (Exception fault)
            when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{path}: cannot be read as PEM certificates. Check the path and the file"
            );
        }
    }
}
