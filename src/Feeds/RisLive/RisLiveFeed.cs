using System.Net.WebSockets;
using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>
/// Follows a RIS Live server over its WebSocket: subscribes, pings, comes back after a failure, keeps every message in
/// segments before anyone sees it, and judges its own health.
/// </summary>
/// <param name="random">Gives 0 to 1, for the wait before the next attempt.</param>
public sealed class RisLiveFeed(
    RisLiveSettings settings,
    SegmentWriter segments,
    LiveBacklog backlog,
    MalformedFile malformed,
    FeedHealth health,
    TimeProvider time,
    Func<double> random
)
{
    private readonly MrtFaults faults = new();
    private readonly Lock gate = new();
    private RisLiveDecoder? decoder;
    private long messages;
    private long updates;
    private long peerStates;
    private long malformedCount;
    private long serverErrors;
    private int connections;
    private int failures;
    private string? lastFailure;
    private Instant connectedAt;
    private Instant lastRoutes;
    private bool gaveRoutes;

    /// <summary>Follows until cancelled, and completes the backlog at the end.</summary>
    public async Task Run(CancellationToken cancel)
    {
        int attempt = 0;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task flushing = Flush(ended.Token);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                gaveRoutes = false;
                string failure = await Follow(cancel).ConfigureAwait(false);
                if (cancel.IsCancellationRequested)
                {
                    break;
                }

                lock (gate)
                {
                    failures++;
                    lastFailure = failure;
                    health.Disconnect(Now, failure);
                }

                // A server that accepts and gives nothing is waited for like one that refuses.
                attempt = gaveRoutes ? 0 : attempt;
                await Task.Delay(settings.BackOff(attempt++, random()), time, cancel)
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await flushing.ConfigureAwait(false);
            backlog.Complete();
        }
    }

    public FeedStatus Status()
    {
        lock (gate)
        {
            return health.Status(Now);
        }
    }

    public IReadOnlyList<FeedGap> Gaps()
    {
        lock (gate)
        {
            return health.Gaps(Now);
        }
    }

    public IReadOnlyList<string> Notes()
    {
        lock (gate)
        {
            return [.. health.Notes];
        }
    }

    public RisLiveCounts Counts()
    {
        lock (gate)
        {
            return new RisLiveCounts(
                messages,
                updates,
                peerStates,
                malformedCount,
                serverErrors,
                decoder?.Compared ?? 0,
                decoder?.Disagreements ?? 0,
                connections,
                failures,
                lastFailure
            );
        }
    }

    /// <summary>A second is what a crash may cost of what was heard, and how late silence is noticed.</summary>
    private async Task Flush(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
            {
                backlog.Flush();
                lock (gate)
                {
                    health.Advance(Now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <returns>Why the connection ended.</returns>
    private async Task<string> Follow(CancellationToken cancel)
    {
        using var socket = new ClientWebSocket();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            using (var late = new CancellationTokenSource(settings.ConnectWithin, time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token))
            {
                await socket.ConnectAsync(settings.Url, either.Token).ConfigureAwait(false);
                await Send(socket, Subscription(), either.Token).ConfigureAwait(false);
            }

            lock (gate)
            {
                connections++;
                connectedAt = lastRoutes = Now;
                health.Connect(connectedAt);
            }

            Task<string?> pinging = Ping(socket, ended.Token);
            Task<string> receiving = Receive(socket, ended.Token);
            Task first = await Task.WhenAny((Task)pinging, receiving).ConfigureAwait(false);
            string? stalled = first == pinging ? await pinging.ConfigureAwait(false) : null;
            if (stalled is not null)
            {
                socket.Abort();
            }

            string end = await Quietly(receiving).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await Quietly(pinging).ConfigureAwait(false);
            return stalled ?? end;
        }
        catch (Exception fault) when (IsOfConnection(fault))
        {
            return cancel.IsCancellationRequested ? "stopped"
                : fault is OperationCanceledException ? "no answer in time"
                : Told(fault);
        }
    }

    private async Task<string> Receive(ClientWebSocket socket, CancellationToken cancel)
    {
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        bool isTooLong = false;
        while (true)
        {
            if (held == buffer.Length)
            {
                // Past the limit the rest of the message is read and thrown away.
                isTooLong |= buffer.Length > RisLiveDecoder.LengthMax;
                held = isTooLong ? 0 : held;
                Array.Resize(ref buffer, isTooLong ? buffer.Length : 2 * buffer.Length);
            }

            ValueWebSocketReceiveResult part = await socket
                .ReceiveAsync(buffer.AsMemory(held), cancel)
                .ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return $"the server closed: {socket.CloseStatusDescription ?? socket.CloseStatus?.ToString() ?? "no reason given"}";
            }

            held += part.Count;
            if (!part.EndOfMessage)
            {
                continue;
            }

            Take(buffer.AsSpan(0, isTooLong ? 0 : held), isTooLong);
            (held, isTooLong) = (0, false);
        }
    }

    private void Take(ReadOnlySpan<byte> json, bool isTooLong)
    {
        lock (gate)
        {
            Instant now = Now;
            decoder ??= new RisLiveDecoder(faults);
            RisLiveMessage message = decoder.Read(json);
            messages++;
            if (message.Kind == RisLiveKind.Malformed)
            {
                malformedCount++;
                malformed.Add(json, isTooLong ? "message longer than 1 MiB" : message.Fault!);
                health.Heard(now);
                return;
            }

            if (message.Fault is not null)
            {
                malformed.Add(json, message.Fault);
            }

            updates += message.Kind == RisLiveKind.Update ? 1 : 0;
            peerStates += message.Kind == RisLiveKind.PeerState ? 1 : 0;
            serverErrors += message.Kind == RisLiveKind.ServerError ? 1 : 0;
            if (message.Kind is RisLiveKind.ServerError or RisLiveKind.Answer)
            {
                return; // It shows that the server lives, not that it sees.
            }

            Keep(message, now);
        }
    }

    private void Keep(in RisLiveMessage message, Instant now)
    {
        Instant at =
            Instant.FromUnixTimeSeconds(message.Seconds)
            + Duration.FromTicks(message.Microseconds * 10L);
        lastRoutes = message.CarriesRoutes ? now : lastRoutes;
        gaveRoutes |= message.CarriesRoutes;
        if (message.Kind == RisLiveKind.Unknown)
        {
            health.Heard(now);
            return;
        }

        health.Heard(now, at, message.Peer, message.CarriesRoutes);
        if (message.IsPeerDown)
        {
            health.PeerDown(now, message.Peer);
        }

        if (message.Records.IsEmpty)
        {
            return;
        }

        switch (backlog.Offer(message.Seconds, message.Microseconds, message.Records.Span))
        {
            case QueueOutcome.Spilled:
                health.Spill(now, 1);
                break;
            case QueueOutcome.Dropped:
                health.Drop(now, 1);
                break;
            case QueueOutcome.Queued when segments.Trouble is not null:
                // Whoever listens has it; whoever reads the segments later will not.
                health.Drop(now, 1);
                break;
            default:
                break;
        }
    }

    /// <returns>Why the connection is to be given up, or null when it was cancelled.</returns>
    private async Task<string?> Ping(ClientWebSocket socket, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(settings.PingEvery, time);
        while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
        {
            Duration silence;
            lock (gate)
            {
                health.Advance(Now);
                silence = Now - lastRoutes;
            }

            if (silence >= Duration.FromTimeSpan(settings.StalledAfter))
            {
                return "the server stalled: the connection lived and gave no routes";
            }

            await Send(socket, """{"type":"ping"}"""u8.ToArray(), cancel).ConfigureAwait(false);
        }

        return null;
    }

    private static async Task Send(
        ClientWebSocket socket,
        ReadOnlyMemory<byte> json,
        CancellationToken cancel
    ) =>
        await socket
            .SendAsync(json, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancel)
            .ConfigureAwait(false);

    private byte[] Subscription()
    {
        var data = new Dictionary<string, object>
        {
            ["socketOptions"] = new Dictionary<string, bool>
            {
                ["includeRaw"] = true,
                ["acknowledge"] = true,
            },
        };
        if (settings.Collector is { } collector)
        {
            data["host"] = collector;
        }

        if (settings.Prefix is { } prefix)
        {
            data["prefix"] = prefix;
            data["moreSpecific"] = true;
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object> { ["type"] = "ris_subscribe", ["data"] = data }
        );
    }

    private static async Task<string> Quietly(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
            return task is Task<string> { IsCompletedSuccessfully: true } told
                ? told.Result
                : "ended";
        }
        catch (Exception fault) when (IsOfConnection(fault))
        {
            return fault is OperationCanceledException ? "stopped" : Told(fault);
        }
    }

    private static bool IsOfConnection(Exception fault) =>
        fault
            is WebSocketException
                or OperationCanceledException
                or IOException
                or System.Net.Sockets.SocketException
                or InvalidOperationException
                or ObjectDisposedException;

    private static string Told(Exception fault) =>
        fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
