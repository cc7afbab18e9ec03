using System.Globalization;
using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary>What <c>probe</c> prints: first what a watcher could see, then what came of it.</summary>
internal sealed class ProbeOutput(Printing print, ProbeSettings settings, bool isJson, ulong seed)
{
    private readonly IReadOnlyList<string> watcher = ProbeWatcher.Of(settings);

    public int DryRun()
    {
        if (isJson)
        {
            Instant now = SystemClock.Instance.GetCurrentInstant();
            Document(
                settings.Targets.Select(target => new Probe(
                    target.ToString(),
                    target.Kind,
                    target.Address?.ToString(),
                    now,
                    ProbeResult.NotTried,
                    null,
                    "dry run: nothing was sent",
                    null,
                    0
                )),
                [],
                0,
                false,
                TimeSpan.Zero
            );
            return ExitCode.Done;
        }

        Watcher();
        print.Line("DRY RUN  nothing was sent. Without --dry-run these are asked:");
        settings.Targets.ToList().ForEach(target => print.Line($"  {target}"));
        settings.Controls.ToList().ForEach(target => print.Line($"  {target} (control)"));
        return ExitCode.Done;
    }

    /// <summary>Before anything is sent. Standard output belongs to the document when there is one.</summary>
    public void Begin()
    {
        if (isJson)
        {
            watcher.ToList().ForEach(line => print.Fault($"a watcher could see: {line}"));
            return;
        }

        Watcher();
    }

    public void Round(ProbeRound round)
    {
        if (isJson)
        {
            print.Progress($"round {round.Round} of {settings.Rounds}");
            return;
        }

        print.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"ROUND {round.Round} of {settings.Rounds}  {InstantPattern.General.Format(round.At)}"
            )
        );
        foreach (Probe probe in round.Controls)
        {
            Row(probe, " (control)");
        }

        foreach (Probe probe in round.Probes)
        {
            Row(probe, "");
        }

        if (round.Reason is not null)
        {
            print.Line(
                round.State == RoundState.Seeing
                    ? $"  partly blind: {round.Reason}"
                    : $"  {Word(round.State)}: {round.Reason}. This round says nothing about the targets"
            );
        }

        print.Line();
    }

    public int End(List<ProbeRound> rounds, int missed, bool isStopped, TimeSpan took)
    {
        print.ProgressDone();
        if (isJson)
        {
            Document(rounds.SelectMany(round => round.Probes), rounds, missed, isStopped, took);
        }
        else
        {
            Probe[] probes = [.. rounds.SelectMany(round => round.Probes)];
            print.Line(
                $"SUMMARY  {(probes.Length == 0 ? "nothing was asked" : string.Join(", ", probes.CountBy(probe => probe.Result).OrderBy(one => one.Key).Select(one => $"{one.Value.ToString(CultureInfo.InvariantCulture)} {Word(one.Key)}")))}{(isStopped ? "; ended by hand" : "")}"
            );
            int blind = rounds.Count(round => round.State == RoundState.Blind);
            if (blind + missed > 0)
            {
                print.Line(
                    $"  {blind} rounds were blind and {missed} were missed: they count as unknown, not as an outage"
                );
            }

            print.Line($"  jitter from --seed {seed.ToString(CultureInfo.InvariantCulture)}");
        }

        return Code(rounds);
    }

    private static int Code(List<ProbeRound> rounds)
    {
        Probe[] probes = [.. rounds.SelectMany(round => round.Probes)];
        return probes.Any(probe => probe.Result == ProbeResult.BlockedByPolicy) ? ExitCode.Refused
            : probes.Length > 0 && probes.All(probe => probe.Result == ProbeResult.Cannot)
                ? ExitCode.Cannot
            : ExitCode.Done;
    }

    private void Watcher()
    {
        print.Line("WHAT A WATCHER OF THE LINE COULD SEE");
        watcher.ToList().ForEach(line => print.Line($"  {line}"));
        print.Line();
    }

    private void Row(Probe probe, string role)
    {
        string rtt = probe.RttMs is { } ms
            ? string.Create(CultureInfo.InvariantCulture, $"{ms:0.0} ms")
            : "";
        string where =
            probe.Address is not null
            && !probe.Target.Contains(probe.Address, StringComparison.Ordinal)
                ? $" [{probe.Address}]"
                : "";
        print.Line(
            $"  {Word(probe.Result), -19} {rtt, 9}  {probe.Target}{where}{role}{Detail(probe)}"
        );
    }

    private static string Detail(Probe probe)
    {
        string facts = probe.Facts is null
            ? ""
            : string.Join(
                ", ",
                probe
                    .Facts.Where(fact =>
                        fact.Key is "rcode" or "status" or "certificate" or "ignored"
                    )
                    .Select(fact => $"{fact.Key} {fact.Value}")
            );
        string attempts =
            probe.Attempts > 1
                ? string.Create(CultureInfo.InvariantCulture, $"{probe.Attempts} attempts")
                : "";
        string text = string.Join(
            "; ",
            ((string?[])[probe.Reason, facts, attempts]).Where(part => !string.IsNullOrEmpty(part))
        );
        return text.Length == 0 ? "" : $"  {text}";
    }

    private void Document(
        IEnumerable<Probe> probes,
        List<ProbeRound> rounds,
        int missed,
        bool isStopped,
        TimeSpan took
    )
    {
        List<Probe> all = [.. probes];
        Dictionary<ProbeResult, int> counts = rounds
            .SelectMany(round => round.Probes)
            .CountBy(probe => probe.Result)
            .ToDictionary();
        int Count(ProbeResult result) => counts.GetValueOrDefault(result);
        print.Json(
            new
            {
                probes = all,
                controls = rounds.SelectMany(round => round.Controls),
                watcher,
                summary = new
                {
                    targets = settings.Targets.Count,
                    rounds = rounds.Count,
                    roundsBlind = rounds.Count(round => round.State == RoundState.Blind),
                    roundsMissed = missed,
                    blind = rounds
                        .Where(round => round.Reason is not null)
                        .Select(round => new
                        {
                            round.Round,
                            round.State,
                            round.Reason,
                        }),
                    reached = Count(ProbeResult.Reached),
                    refused = Count(ProbeResult.Refused),
                    timedOut = Count(ProbeResult.TimedOut),
                    unreachable = Count(ProbeResult.Unreachable),
                    broken = Count(ProbeResult.Broken),
                    nameNotResolved = Count(ProbeResult.NameNotResolved),
                    certificateInvalid = Count(ProbeResult.CertificateInvalid),
                    blockedByPolicy = Count(ProbeResult.BlockedByPolicy),
                    notTried = Count(ProbeResult.NotTried),
                    cannot = Count(ProbeResult.Cannot),
                    place = settings.Place,
                    vantage = settings.Vantage,
                    retries = settings.Retries,
                    seed,
                    stopped = isStopped,
                },
                seconds = Math.Round(took.TotalSeconds, 3),
            }
        );
    }

    private static string Word<T>(T value)
        where T : struct, Enum => ProbeVerb.Word(value);
}
