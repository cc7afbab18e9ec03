using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Breakwater.Bgp;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>Something that happened with a cache.</summary>
/// <param name="Data">All that the cache holds, after each complete answer; else null.</param>
/// <param name="Delta">What that answer changed.</param>
/// <param name="Trouble">Why the cache cannot be heard, or was misunderstood; null when it can.</param>
/// <param name="HasData">False when nothing usable is held: nothing was heard yet, or it has run out. The feed is then blind.</param>
public sealed record RtrReport(
    Instant At,
    VrpExport? Data,
    RtrDelta? Delta,
    string? Trouble,
    bool HasData
);

/// <summary>Waiting times of a connection to a cache.</summary>
public sealed record RtrFeedTimes
{
    public TimeSpan ConnectMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Before the second attempt; doubled for each further one.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// VRPs from a cache over TCP (RFC 8210 section 9; without protection on the way, so the cache belongs into a trusted
/// network). Connects again with growing, scattered waits. Memory is bounded by <see cref="RtrLimits.VrpsMax"/> and one
/// message; a slow consumer slows the reading.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="scatter">A number from 0 to 1 for each wait, so that many readers do not return at once.</param>
public sealed class RtrFeed(
    RtrEndpoint cache,
    TimeProvider time,
    byte version = 1,
    RtrLimits? limits = null,
    RtrFeedTimes? times = null,
    Func<double>? scatter = null
)
{
    private readonly RtrSession session = new(version, limits);
    private readonly RtrFeedTimes times = times ?? new RtrFeedTimes();
    private readonly Func<double> scatter = scatter ?? Random.Shared.NextDouble;
    private readonly byte[] buffer = new byte[RtrPdu.LengthMax];
    private int taken;
    private int held;
    private bool isRetryNow;

    /// <summary>Runs until cancelled. Each report is handed on before more is read.</summary>
    public async IAsyncEnumerable<RtrReport> Reports(
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        int failures = 0;
        while (!cancellation.IsCancellationRequested)
        {
            bool hadData = false;
            await foreach (RtrReport report in Connection(cancellation).ConfigureAwait(false))
            {
                hadData |= report.Data is not null;
                yield return report;
            }

            session.Disconnected();
            failures = hadData ? 0 : failures + 1;
            if (isRetryNow)
            {
                isRetryNow = false;
                failures = 0;
                continue;
            }

            // Data may run out while nobody answers: the wait ends there and says so.
            if (!await Wait(failures, cancellation).ConfigureAwait(false))
            {
                yield break;
            }

            bool had = session.HasData;
            session.Tick(Now());
            if (had && !session.HasData)
            {
                yield return Report("the data has run out");
            }
        }
    }

    private async IAsyncEnumerable<RtrReport> Connection(
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        using var client = new TcpClient();
        string? refused = await Connect(client, cancellation).ConfigureAwait(false);
        if (refused is not null)
        {
            yield return Report(refused);
            yield break;
        }

        NetworkStream stream = client.GetStream();
        taken = held = 0;
        session.Connected(Now());
        Task<int>? reading = null;
        while (!cancellation.IsCancellationRequested)
        {
            if (await Send(stream, cancellation).ConfigureAwait(false) is { } broken)
            {
                yield return Report(broken);
                yield break;
            }

            reading ??= Read(stream, cancellation);
            bool hasRead = await ReadOrTime(reading, cancellation).ConfigureAwait(false);
            RtrOutcome outcome = RtrOutcome.None;
            if (hasRead)
            {
                int count = await reading.ConfigureAwait(false);
                reading = null;
                if (cancellation.IsCancellationRequested)
                {
                    yield break;
                }

                if (count <= 0)
                {
                    yield return Report("the cache closed the connection");
                    yield break;
                }

                held += count;
                while (true)
                {
                    outcome = Next(out bool isEmpty);
                    if (outcome == RtrOutcome.Updated)
                    {
                        yield return Report(null);
                    }
                    else if (isEmpty || outcome != RtrOutcome.None)
                    {
                        break;
                    }
                }
            }

            bool had = session.HasData;
            if (outcome == RtrOutcome.None)
            {
                outcome = session.Tick(Now());
            }

            if (had && !session.HasData && outcome == RtrOutcome.None)
            {
                yield return Report("the data has run out");
            }

            if (outcome is RtrOutcome.Close or RtrOutcome.CloseAndRetry)
            {
                isRetryNow = outcome == RtrOutcome.CloseAndRetry;
                await Send(stream, cancellation).ConfigureAwait(false);
                yield return Report(session.Fault?.Reason ?? "closed");
                yield break;
            }
        }
    }

    /// <summary>Takes the next message out of the buffer.</summary>
    private RtrOutcome Next(out bool isEmpty)
    {
        ReadOnlySpan<byte> octets = buffer.AsSpan(taken, held - taken);
        isEmpty = false;
        if (RtrPdu.Read(octets, out RtrPdu pdu) is { } fault)
        {
            return session.Garbled(fault, octets);
        }

        if (pdu.Octets.IsEmpty)
        {
            // Only now, not for each of many small messages in one read.
            octets.CopyTo(buffer);
            held -= taken;
            taken = 0;
            isEmpty = true;
            return RtrOutcome.None;
        }

        RtrOutcome outcome = session.Receive(pdu, Now());
        taken += pdu.Octets.Length;
        return outcome;
    }

    private async Task<string?> Connect(TcpClient client, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = Limit(cancellation);
        try
        {
            await client.ConnectAsync(cache.Host, cache.Port, limit.Token).ConfigureAwait(false);
            client.NoDelay = true;
            return null;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            return $"{cache} cannot be reached: {(fault is SocketException ? fault.Message : "no answer")}";
        }
    }

    private async Task<string?> Send(NetworkStream stream, CancellationToken cancellation)
    {
        if (session.ToSend.IsEmpty)
        {
            return null;
        }

        using CancellationTokenSource limit = Limit(cancellation);
        try
        {
            await stream.WriteAsync(session.ToSend, limit.Token).ConfigureAwait(false);
            session.Sent();
            return null;
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            return "the connection broke while sending";
        }
    }

    private async Task<int> Read(NetworkStream stream, CancellationToken cancellation)
    {
        try
        {
            return await stream
                .ReadAsync(buffer.AsMemory(held), cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception fault)
            when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <returns>True when the read is done, false when the session has something to do before.</returns>
    private async Task<bool> ReadOrTime(Task<int> reading, CancellationToken cancellation)
    {
        if (reading.IsCompleted)
        {
            return true;
        }

        // Timers take at most some 49 days; an hour is often enough to look again.
        Duration left = session.NextAt - Now();
        TimeSpan wait =
            left < Duration.Zero ? TimeSpan.Zero
            : left > Duration.FromHours(1) ? TimeSpan.FromHours(1)
            : left.ToTimeSpan();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task timer = Task.Delay(wait, time, stop.Token);
        await Task.WhenAny(reading, timer).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        return reading.IsCompleted;
    }

    private async Task<bool> Wait(int failures, CancellationToken cancellation)
    {
        double doubled = times.BackoffMin.TotalSeconds * Math.Pow(2, Math.Min(failures, 16));
        double seconds = Math.Min(doubled, times.BackoffMax.TotalSeconds) * (0.5 + (scatter() / 2));
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellation)
                .ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private CancellationTokenSource Limit(CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(times.ConnectMax);
        return limit;
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    private RtrReport Report(string? trouble) =>
        new(
            Now(),
            trouble is null ? session.Export(cache.ToString()) : null,
            trouble is null ? session.Delta : null,
            trouble,
            session.HasData
        );
}
