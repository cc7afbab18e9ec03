using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Breakwater.Bgp;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>One router and its connection of the moment: cuts messages, keeps them in segments, hands them on.</summary>
internal sealed class BmpConnection(
    IPAddress address,
    BmpSettings settings,
    SegmentSettings segmentSettings,
    FeedHealthProfile profile,
    RecordsHeard heard,
    TimeProvider time
)
{
    private readonly Lock gate = new();
    private readonly MrtFaults faults = new();
    private readonly Dictionary<(BmpView View, ulong Distinguisher), SegmentWriter> tables = [];
    private readonly FeedHealth health = new(
        $"bmp-{address}",
        Instant.FromDateTimeOffset(time.GetUtcNow()),
        profile
    );
    private BmpDecoder decoder = new(new MrtFaults());
    private string? name;
    private string? lastFailure;
    private int connections;
    private long messages;
    private long skipped;
    private long octets;

    public bool IsOpen { get; private set; }

    /// <summary>False when the router is connected already.</summary>
    public bool TryOpen()
    {
        lock (gate)
        {
            if (IsOpen)
            {
                return false;
            }

            IsOpen = true;
            connections++;
            decoder = new BmpDecoder(faults);
            health.Connect(Now);
            return true;
        }
    }

    public async Task Serve(Socket socket, CancellationToken cancel)
    {
        using Socket owned = socket;
        string end = await Read(owned, cancel).ConfigureAwait(false);
        // Before the socket closes: a router that sees the end may come back at once.
        lock (gate)
        {
            Lose();
            health.Disconnect(Now, end);
            lastFailure = end;
            IsOpen = false;
        }
    }

    public BmpRouter Told()
    {
        lock (gate)
        {
            Instant now = Now;
            return new BmpRouter(
                address.ToString(),
                name,
                connections,
                messages,
                skipped + decoder.Skipped,
                faults.Count,
                decoder.Sessions,
                lastFailure,
                health.Status(now),
                health.Gaps(now),
                [
                    .. tables
                        .Values.SelectMany(table => table.Closed)
                        .OrderBy(segment => segment.File, StringComparer.Ordinal),
                ]
            );
        }
    }

    public void Close()
    {
        lock (gate)
        {
            foreach (SegmentWriter table in tables.Values)
            {
                table.Dispose();
            }
        }
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <returns>Why the connection ended.</returns>
    private async Task<string> Read(Socket socket, CancellationToken cancel)
    {
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        try
        {
            while (true)
            {
                using var idle = new CancellationTokenSource(settings.IdleAfter, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(
                    cancel,
                    idle.Token
                );
                int count;
                try
                {
                    count = await socket
                        .ReceiveAsync(buffer.AsMemory(held), either.Token)
                        .ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return cancel.IsCancellationRequested
                        ? "stopped"
                        : "the router sent nothing for too long";
                }

                if (count == 0)
                {
                    return held == 0 ? "the router closed" : "the router closed inside a message";
                }

                held += count;
                if (TakeWhole(buffer.AsSpan(0, held), out int used, out int needed) is { } damage)
                {
                    return damage;
                }

                buffer.AsSpan(used, held - used).CopyTo(buffer);
                held -= used;
                if (needed > buffer.Length)
                {
                    // The length was checked against the limit of a message.
                    Array.Resize(ref buffer, needed);
                }
            }
        }
        catch (SocketException fault)
        {
            return fault.Message.ReplaceLineEndings(" ");
        }
    }

    private string? TakeWhole(ReadOnlySpan<byte> held, out int used, out int needed)
    {
        (used, needed) = (0, 0);
        lock (gate)
        {
            while (used < held.Length)
            {
                if (BmpFraming.Measure(held[used..], out int length) is { } damage)
                {
                    // Nothing marks the next message, so what follows cannot be read.
                    faults.Add(octets, held.Length - used, damage);
                    health.Drop(Now, 1);
                    return damage;
                }

                if (length == 0 || length > held.Length - used)
                {
                    needed = length;
                    break;
                }

                Take(held.Slice(used, length));
                used += length;
                octets += length;
            }

            foreach (SegmentWriter table in tables.Values)
            {
                table.Flush();
            }
        }

        return null;
    }

    private void Take(ReadOnlySpan<byte> octetsOfMessage)
    {
        Instant now = Now;
        long micros = now.ToUnixTimeTicks() / 10;
        messages++;
        BmpMessage message = decoder.Read(
            octetsOfMessage,
            (uint)(micros / 1_000_000),
            (uint)(micros % 1_000_000)
        );
        if (message.Fault is { } fault)
        {
            faults.Add(octets, octetsOfMessage.Length, fault);
        }

        if (message.Type == BmpType.Initiation)
        {
            NameFrom(message.Values);
        }

        if (message.Peer is not { } peer)
        {
            health.Heard(now);
            return;
        }

        Instant at =
            Instant.FromUnixTimeSeconds(message.Seconds)
            + Duration.FromTicks(message.Microseconds * 10L);
        // A table is sent with the times at which its routes came: that is age and not lag.
        health.Heard(
            now,
            message.Type == BmpType.StatisticsReport ? at : now,
            peer.Peer,
            message.CarriesRoutes
        );
        if (message.Type == BmpType.PeerDown)
        {
            health.PeerDown(now, peer.Peer);
            KeepInEveryView(peer, message.Seconds, message.Microseconds, message.Records.Span);
        }
        else if (!message.Records.IsEmpty)
        {
            Keep(peer, message.Seconds, message.Microseconds, message.Records.Span);
        }
    }

    private void Keep(
        in BmpPeerHeader peer,
        uint seconds,
        uint microseconds,
        ReadOnlySpan<byte> records
    )
    {
        string feed = FeedOf(peer);
        SegmentPlace place = default;
        if (TableOf(peer, feed) is { } table)
        {
            // A time far ahead is a wrong clock; it must not open a file that nothing closes.
            uint fileSeconds = (uint)Math.Min(seconds, Now.ToUnixTimeSeconds() + 60);
            place = table.Append(fileSeconds, microseconds, records);
        }

        if (place.Path is null)
        {
            health.Drop(Now, 1);
        }

        heard(feed, place, records);
    }

    /// <summary>The end of a session empties every view of it, whichever the router names.</summary>
    private void KeepInEveryView(
        in BmpPeerHeader peer,
        uint seconds,
        uint microseconds,
        ReadOnlySpan<byte> records
    )
    {
        BmpPeerHeader ended = peer;
        foreach (
            BmpView view in tables
                .Keys.Where(key => key.Distinguisher == ended.Distinguisher)
                .Select(key => key.View)
                .Where(view => (view == BmpView.LocRib) == (ended.View == BmpView.LocRib))
                .Append(ended.View)
                .Distinct()
                .ToList()
        )
        {
            Keep(ended with { View = view }, seconds, microseconds, records);
        }
    }

    private SegmentWriter? TableOf(in BmpPeerHeader peer, string feed)
    {
        if (!tables.TryGetValue((peer.View, peer.Distinguisher), out SegmentWriter? table))
        {
            if (tables.Count >= settings.TablesMax)
            {
                return null;
            }

            table = new SegmentWriter(segmentSettings, feed);
            tables[(peer.View, peer.Distinguisher)] = table;
        }

        return table;
    }

    /// <summary>Router, view and routing instance: routes of different tables must not replace each other.</summary>
    private string FeedOf(in BmpPeerHeader peer)
    {
        string view = peer.View switch
        {
            BmpView.AdjRibInPrePolicy => "in-pre",
            BmpView.AdjRibInPostPolicy => "in-post",
            BmpView.AdjRibOutPrePolicy => "out-pre",
            BmpView.AdjRibOutPostPolicy => "out-post",
            _ => "loc-rib",
        };
        return peer.Distinguisher == 0
            ? $"bmp-{address}-{view}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"bmp-{address}-{view}-{peer.Distinguisher:x16}"
            );
    }

    /// <summary>What the peers of a router said is not known any more once the router is gone: their sessions end in the record too.</summary>
    private void Lose()
    {
        long micros = Now.ToUnixTimeTicks() / 10;
        var (seconds, microseconds) = ((uint)(micros / 1_000_000), (uint)(micros % 1_000_000));
        skipped += decoder.Skipped;
        foreach (
            (BmpPeerHeader peer, ReadOnlyMemory<byte> record) in decoder.Lose(seconds, microseconds)
        )
        {
            KeepInEveryView(peer, seconds, microseconds, record.Span);
        }

        decoder = new BmpDecoder(new MrtFaults());
        foreach (SegmentWriter table in tables.Values)
        {
            table.Flush();
        }
    }

    private void NameFrom(BmpValues values)
    {
        // RFC 7854 section 4.4: 2 is sysName.
        const ushort systemName = 2;
        while (values.MoveNext())
        {
            if (values.Type == systemName)
            {
                string text = Encoding.UTF8.GetString(
                    values.Value[..Math.Min(values.Value.Length, 255)]
                );
                name = string.Concat(text.Where(character => !char.IsControl(character)));
            }
        }
    }
}
