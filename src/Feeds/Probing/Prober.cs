using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Feeds.Probing;

/// <summary>
/// Asks targets whether they can be reached, in rounds. Every attempt is checked against the policy with the very address
/// that it goes to, waits for its turn under the limits, and is scattered by the seed. It is started by a person alone.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="seed">Decides the jitter; the same seed scatters rounds alike.</param>
public sealed class Prober(
    ProbeSettings settings,
    ProbePolicy policy,
    TimeProvider time,
    ulong seed
)
{
    private const string Stopped = "ended by hand";

    private static readonly TimeSpan ownCheckMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan pauseMin = TimeSpan.FromMilliseconds(250);

    private readonly ProbeSettings settings = settings.Fault() is { } fault
        ? throw new ArgumentException(fault)
        : settings;
    private readonly ProbeRates rates = new(settings, time);
    private readonly Scatter scatter = new(seed);

    /// <summary>Rounds that were left out because the one before took too long.</summary>
    public int RoundsMissed { get; private set; }

    /// <summary>One after the other; when stopped, the round in progress comes out with what it has, and is the last.</summary>
    public async IAsyncEnumerable<ProbeRound> Rounds(
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        // Whole seconds, so that rounds of one run lie on one grid.
        Instant first = Instant.FromUnixTimeSeconds(Now().ToUnixTimeSeconds());
        for (int number = 1; number <= settings.Rounds; number++)
        {
            Instant due = first + Duration.FromTimeSpan(settings.Every * (number - 1));
            if (number > 1 && Now() >= due + Duration.FromTimeSpan(settings.Every))
            {
                RoundsMissed++;
                continue;
            }

            TimeSpan wait =
                (due - Now()).ToTimeSpan() + (settings.JitterMax * scatter.Of(number, 0));
            if (!await Pause(wait, stop).ConfigureAwait(false))
            {
                yield break;
            }

            ProbeRound round = await Round(number, due, stop).ConfigureAwait(false);
            yield return round;
            if (round.State == RoundState.Stopped)
            {
                yield break;
            }
        }
    }

    private async Task<ProbeRound> Round(int number, Instant due, CancellationToken stop)
    {
        DateTimeOffset until =
            time.GetUtcNow() + (settings.Rounds == 1 ? ProbeSettings.RoundMax : settings.Every);
        string? ownFault = await OwnFault(stop).ConfigureAwait(false);
        using var turns = new SemaphoreSlim(settings.Concurrency);
        Probe[] controls = await All(settings.Controls, number, until, turns, TimeSpan.Zero, stop)
            .ConfigureAwait(false);
        Probe[] probes = await All(settings.Targets, number, until, turns, settings.JitterMax, stop)
            .ConfigureAwait(false);
        // The line may have gone while targets were asked.
        Probe[] after =
            controls.Length > 0 && probes.Any(probe => probe.IsLost)
                ? await All(settings.Controls, number, until, turns, TimeSpan.Zero, stop)
                    .ConfigureAwait(false)
                : [];
        return RoundJudgement.Of(
            new ProbeRound
            {
                Format = ProbeRound.FormatName,
                Round = number,
                At = due,
                Every = settings.Rounds == 1 ? null : Duration.FromTimeSpan(settings.Every),
                Place = settings.Place,
                Vantage = settings.Vantage,
                Distribution = settings.Distribution,
                State = stop.IsCancellationRequested ? RoundState.Stopped : RoundState.Seeing,
                Reason = stop.IsCancellationRequested ? Stopped : null,
                Controls = controls,
                Probes = probes,
            },
            after,
            ownFault
        );
    }

    private Task<Probe[]> All(
        IReadOnlyList<ProbeTarget> targets,
        int round,
        DateTimeOffset until,
        SemaphoreSlim turns,
        TimeSpan jitter,
        CancellationToken stop
    ) =>
        Task.WhenAll(
            targets.Select(
                async (target, index) =>
                {
                    double at = scatter.Of(round, index + 1);
                    return await Pause(jitter * at, stop).ConfigureAwait(false)
                        ? await One(target, at, until, turns, stop).ConfigureAwait(false)
                        : NotTried(target, Stopped);
                }
            )
        );

    private async Task<Probe> One(
        ProbeTarget target,
        double at,
        DateTimeOffset until,
        SemaphoreSlim turns,
        CancellationToken stop
    )
    {
        Probe probe = NotTried(target, Stopped);
        try
        {
            var names = new NameLookup(settings, policy, rates, time);
            (IPAddress[] addresses, string? trouble) = await names
                .Find(target, until, stop)
                .ConfigureAwait(false);
            if (trouble is not null)
            {
                return probe with
                {
                    Result = ProbeResult.NameNotResolved,
                    Stage = ProbeStage.Resolve,
                    Reason = trouble,
                };
            }

            bool isFinal = false;
            for (int attempt = 0; attempt <= settings.Retries && !isFinal; attempt++)
            {
                TimeSpan pause = attempt == 0 ? TimeSpan.Zero : pauseMin * (attempt + at);
                await Task.Delay(pause, time, stop).ConfigureAwait(false);
                (probe, isFinal) = await Turn(probe, target, addresses, until, turns, stop)
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was measured stands; what was not says so.
        }

        return probe;
    }

    /// <summary>An attempt when its turn comes. The policy is asked before waiting, for the limits, and again after it: a consent may end meanwhile.</summary>
    private async Task<(Probe Probe, bool IsFinal)> Turn(
        Probe probe,
        ProbeTarget target,
        IPAddress[] addresses,
        DateTimeOffset until,
        SemaphoreSlim turns,
        CancellationToken stop
    )
    {
        // What was measured before stands.
        (Probe, bool) Unless(Probe other) => (probe.Attempts > 0 ? probe : other, true);
        if (Policed(probe, target, addresses, out IReadOnlyList<ProbeConsent> consents) is { } no)
        {
            return Unless(no);
        }

        if (!await rates.Wait(target, addresses[0], consents, until, stop).ConfigureAwait(false))
        {
            return Unless(probe with { Reason = "its turn under the limits came too late" });
        }

        await turns.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return Policed(probe, target, addresses, out _) is { } ended
                ? Unless(ended)
                : await Attempt(probe, target, addresses[0], stop).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<(Probe Probe, bool IsFinal)> Attempt(
        Probe probe,
        ProbeTarget target,
        IPAddress address,
        CancellationToken stop
    )
    {
        using var work = new ProbeWork(address, settings.Timeout, time, stop);
        Instant now = Now();
        string? own = work.OwnFault();
        ProbeAttempt made = own is not null
            ? ProbeAttempt.Cannot(own)
            : target.Kind switch
            {
                ProbeKind.Icmp => await IcmpProbe.Ask(work).ConfigureAwait(false),
                ProbeKind.Tcp => await TcpProbe.Ask(work, target.Port).ConfigureAwait(false),
                ProbeKind.Dns => await DnsProbe
                    .Ask(work, target.Port, target.QuestionOrRoot)
                    .ConfigureAwait(false),
                _ => await HttpsProbe.Ask(work, target, settings.Trusted).ConfigureAwait(false),
            };
        return (
            probe with
            {
                Address = address.ToString(),
                At = probe.Attempts == 0 ? now : probe.At,
                Result = made.Result,
                Stage = made.Stage,
                Reason = made.Reason,
                RttMs = made.RttMs,
                Attempts = probe.Attempts + (own is null ? 1 : 0),
                Facts = made.Facts,
            },
            !made.IsWorthRepeating
        );
    }

    /// <summary>All addresses of a name must be allowed: one that is not shows that the name leads elsewhere.</summary>
    private Probe? Policed(
        Probe probe,
        ProbeTarget target,
        IPAddress[] addresses,
        out IReadOnlyList<ProbeConsent> consents
    )
    {
        PolicyAnswer[] answers =
        [
            .. addresses.Select(address => policy.Ask(target, address, Now())),
        ];
        consents = answers[0].Consents;
        return Array.Find(answers, answer => !answer.IsAllowed) is { } refused
            ? probe with
            {
                Result = ProbeResult.BlockedByPolicy,
                Stage = null,
                Reason = refused.Missing,
            }
            : null;
    }

    private Probe NotTried(ProbeTarget target, string reason) =>
        new(
            target.ToString(),
            target.Kind,
            null,
            Now(),
            ProbeResult.NotTried,
            null,
            reason,
            null,
            0
        );

    /// <summary>Why this machine cannot ask anybody at all; null when it can.</summary>
    private async Task<string?> OwnFault(CancellationToken stop)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start(1);
            using var work = new ProbeWork(IPAddress.Loopback, ownCheckMax, time, stop);
            ProbeAttempt made = await TcpProbe
                .Ask(work, ((IPEndPoint)listener.LocalEndpoint).Port)
                .ConfigureAwait(false);
            return made.Result == ProbeResult.Reached
                ? null
                : $"this machine cannot reach itself over loopback: {made.Reason}";
        }
        catch (SocketException fault)
        {
            return $"this machine cannot reach itself over loopback: {fault.SocketErrorCode}";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<bool> Pause(TimeSpan wait, CancellationToken stop)
    {
        try
        {
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stop)
                .ConfigureAwait(false);
            return !stop.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
