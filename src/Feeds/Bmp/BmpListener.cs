using System.Net;
using System.Net.Sockets;
using Breakwater.Signals;

namespace Breakwater.Feeds;

/// <summary>
/// Listens for routers that speak BMP. Each connection is read only as fast as its messages are used, so a router that
/// is faster waits, and memory stays bounded by one message for each connection.
/// </summary>
public sealed class BmpListener : IDisposable
{
    private const int KnownMax = 1024;

    private readonly BmpSettings settings;
    private readonly SegmentSettings segments;
    private readonly FeedHealthProfile profile;
    private readonly RecordsHeard heard;
    private readonly TimeProvider time;
    private readonly TcpListener listener;
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, BmpConnection> routers = [];
    private readonly HashSet<Task> running = [];

    /// <param name="heard">Called for one message at a time, whatever the router.</param>
    public BmpListener(
        BmpSettings settings,
        SegmentSettings segments,
        FeedHealthProfile profile,
        RecordsHeard heard,
        TimeProvider time
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        (this.settings, this.segments, this.profile, this.heard, this.time) = (
            settings,
            segments,
            profile,
            heard,
            time
        );
        listener = new TcpListener(settings.Address);
    }

    /// <summary>The address bound, with the port that was given when none was asked for.</summary>
    public IPEndPoint Address => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Connections that were not let in.</summary>
    public int Refused { get; private set; }

    /// <summary>Binds the address.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public void Start() => listener.Start(backlog: 16);

    /// <summary>Serves routers until cancelled, then closes every segment.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                Socket socket = await listener.AcceptSocketAsync(cancel).ConfigureAwait(false);
                if (Admit(socket) is not { } router)
                {
                    Refused++;
                    socket.Dispose();
                    continue;
                }

                lock (gate)
                {
                    running.RemoveWhere(task => task.IsCompleted);
                    running.Add(router.Serve(socket, cancel));
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        finally
        {
            listener.Stop();
            Task[] open;
            lock (gate)
            {
                open = [.. running];
            }

            await Task.WhenAll(open).ConfigureAwait(false);
            lock (gate)
            {
                foreach (BmpConnection router in routers.Values)
                {
                    router.Close();
                }
            }
        }
    }

    /// <summary>Every router that was ever let in, in order of address.</summary>
    public IReadOnlyList<BmpRouter> Routers()
    {
        lock (gate)
        {
            return
            [
                .. routers
                    .Values.Select(router => router.Told())
                    .OrderBy(router => router.Address, StringComparer.Ordinal),
            ];
        }
    }

    public void Dispose() => listener.Dispose();

    private BmpConnection? Admit(Socket socket)
    {
        IPAddress address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (settings.Routers.Count > 0 && !settings.Routers.Contains(address))
        {
            return null;
        }

        lock (gate)
        {
            if (routers.Values.Count(router => router.IsOpen) >= settings.RoutersMax)
            {
                return null;
            }

            if (!routers.TryGetValue(address, out BmpConnection? known))
            {
                if (routers.Count == KnownMax)
                {
                    return null;
                }

                known = new BmpConnection(address, settings, segments, profile, Serially, time);
                routers[address] = known;
            }

            // A second connection of one router would mix two orders of messages.
            return known.TryOpen() ? known : null;
        }
    }

    private void Serially(string feed, in SegmentPlace place, ReadOnlySpan<byte> records)
    {
        lock (heard)
        {
            heard(feed, place, records);
        }
    }
}
