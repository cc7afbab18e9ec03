using System.Net;
using System.Net.Sockets;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Tests.Bgp;
using Xunit;
using static Breakwater.Tests.Feeds.BmpBytes;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Feeds;

/// <summary>Sessions over the loopback in which the test is the router.</summary>
public sealed class BmpListenerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bmp").FullName;
    private readonly ManualTime time = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_500));
    private readonly List<string> heard = [];
    private readonly CancellationTokenSource ended = new();

    [Fact]
    public async Task A_router_is_heard_and_its_end_ends_its_sessions()
    {
        (BmpListener listener, Task running) = Start(
            new BmpSettings(new IPEndPoint(IPAddress.Loopback, 0))
        );
        using (var router = new TcpClient())
        {
            await router.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);
            byte[] octets =
            [
                .. Bmp(4, Text(2, "edge-1")),
                .. PeerUp(BmpBytes.Peer(), Open(As4(64496)), Open(As4(64500))),
                .. Monitor(BmpBytes.Peer(), Announcement("192.0.2.0/24", 64500, 64501)),
                .. Monitor(BmpBytes.Peer(flags: 0x40), Announcement("198.51.100.0/24", 64500)),
            ];
            // In pieces of any size, as TCP gives them.
            foreach (byte[] piece in octets.Chunk(7))
            {
                await router.GetStream().WriteAsync(piece, TestContext.Current.CancellationToken);
            }

            await Until(() => heard.Count == 3);
            Assert.Equal(1, listener.Routers()[0].Sessions);
        }

        await Until(() => heard.Count == 5);
        await Stop(running);
        Assert.Equal(
            [
                "in-pre 1700000000 AS64500 OpenConfirm Established",
                "in-pre 1700000000 AS64500 A 192.0.2.0/24 64500 64501",
                "in-post 1700000000 AS64500 A 198.51.100.0/24 64500",
                "in-pre 1700000500 AS64500 Established Idle",
                "in-post 1700000500 AS64500 Established Idle",
            ],
            heard
        );
        BmpRouter told = Assert.Single(listener.Routers());
        Assert.Equal(
            ("127.0.0.1", "edge-1", 1, 4L, 0L),
            (told.Address, told.Name, told.Connections, told.Messages, told.Faults)
        );
        Assert.Equal("the router closed", told.LastFailure);
        Assert.Equal(FeedState.Degraded, told.Health.State);
        // What was heard live is what the segments hold, each table in its own.
        List<string> replayed = [];
        foreach (Segment segment in told.Segments)
        {
            replayed.AddRange(
                Heard
                    .In(File.ReadAllBytes(System.IO.Path.Combine(folder, segment.File)))
                    .Lines.Select(line => $"{ViewOf(segment.Feed)} {line}")
            );
        }

        Assert.Equal(heard.Order(StringComparer.Ordinal), replayed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_length_that_lies_ends_the_connection_with_a_fault_and_the_router_may_come_back()
    {
        (BmpListener listener, Task running) = Start(
            new BmpSettings(new IPEndPoint(IPAddress.Loopback, 0))
        );
        foreach (
            byte[] damage in (byte[][])
                [
                    [3, 0xFF, 0xFF, 0xFF, 0xFF, 0],
                    [9, 9, 9],
                    [3, 0, 0, 0, 2, 0],
                ]
        )
        {
            using var router = new TcpClient();
            await router.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);
            await router
                .GetStream()
                .WriteAsync(
                    (byte[])[.. Bmp(4, Text(2, "edge-1")), .. damage],
                    TestContext.Current.CancellationToken
                );
            // The listener closes: nothing more can be read.
            Assert.Equal(0, await Quietly(router));
        }

        await Until(() => listener.Routers() is [{ Connections: 3, Faults: 3, Health.Dropped: 3 }]);
        await Stop(running);
    }

    [Fact]
    public async Task Only_routers_that_are_named_are_let_in_and_each_only_once()
    {
        var settings = new BmpSettings(new IPEndPoint(IPAddress.Loopback, 0));
        (BmpListener listener, Task running) = Start(
            settings with
            {
                Routers = [IPAddress.Parse("192.0.2.1")],
            }
        );
        using (var stranger = new TcpClient())
        {
            await stranger.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);
            Assert.Equal(0, await Quietly(stranger));
        }

        await Until(() => listener.Refused == 1);
        await Stop(running);
        using var again = new CancellationTokenSource();
        using var open = new BmpListener(
            settings,
            new SegmentSettings(folder),
            FeedHealthProfile.Default,
            Hear,
            time
        );
        open.Start();
        Task serving = open.Run(again.Token);
        using var first = new TcpClient();
        await first.ConnectAsync(open.Address, TestContext.Current.CancellationToken);
        await Until(() => open.Routers().Count == 1);
        using var second = new TcpClient();
        await second.ConnectAsync(open.Address, TestContext.Current.CancellationToken);
        Assert.Equal(0, await Quietly(second));
        await again.CancelAsync();
        await serving;
        Assert.Equal(1, open.Refused);
    }

    [Fact]
    public async Task A_router_that_says_nothing_is_blind_and_in_the_end_let_go()
    {
        (BmpListener listener, Task running) = Start(
            new BmpSettings(new IPEndPoint(IPAddress.Loopback, 0))
        );
        using var router = new TcpClient();
        await router.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);
        await router
            .GetStream()
            .WriteAsync(Bmp(4, Text(2, "edge-1")), TestContext.Current.CancellationToken);
        await Until(() => listener.Routers() is [{ Messages: 1 }]);
        Assert.Equal(FeedState.Healthy, listener.Routers()[0].Health.State);
        time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(FeedState.Blind, listener.Routers()[0].Health.State);
        await Until(() =>
        {
            time.Advance(TimeSpan.FromMinutes(31));
            return listener.Routers()[0].LastFailure is not null;
        });
        Assert.Contains(
            "nothing for too long",
            listener.Routers()[0].LastFailure,
            StringComparison.Ordinal
        );
        Assert.Equal(0, await Quietly(router));
        await Stop(running);
    }

    [Fact]
    public async Task A_router_faster_than_its_reader_waits_and_nothing_is_lost()
    {
        using var mayGoOn = new ManualResetEventSlim();
        using var listener = new BmpListener(
            new BmpSettings(new IPEndPoint(IPAddress.Loopback, 0)),
            new SegmentSettings(folder),
            FeedHealthProfile.Default,
            (string _, in SegmentPlace _, ReadOnlySpan<byte> _) =>
            {
                mayGoOn.Wait();
                heard.Add("");
            },
            time
        );
        listener.Start();
        Task running = listener.Run(ended.Token);
        using var router = new TcpClient { SendBufferSize = 1 << 16 };
        await router.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);
        byte[] message = Monitor(BmpBytes.Peer(), Announcement("192.0.2.0/24", 64500));
        const int count = 200_000;
        byte[] all = [.. Enumerable.Repeat(message, count).SelectMany(one => one)];
        Task sending = router
            .GetStream()
            .WriteAsync(all, TestContext.Current.CancellationToken)
            .AsTask();
        // 20 MB do not fit the buffers of the connection: the router is held up while nobody reads.
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(sending.IsCompleted);
        mayGoOn.Set();
        await sending;
        await Until(() => heard.Count == count);
        await Stop(running);
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private (BmpListener Listener, Task Running) Start(BmpSettings settings)
    {
        var listener = new BmpListener(
            settings,
            new SegmentSettings(folder),
            FeedHealthProfile.Default,
            Hear,
            time
        );
        listener.Start();
        return (listener, Task.Run(() => listener.Run(ended.Token)));
    }

    private async Task Stop(Task running)
    {
        await ended.CancelAsync();
        await running;
    }

    private void Hear(string feed, in SegmentPlace place, ReadOnlySpan<byte> records)
    {
        lock (heard)
        {
            heard.AddRange(
                Heard.In(records.ToArray()).Lines.Select(line => $"{ViewOf(feed)} {line}")
            );
        }
    }

    private static string ViewOf(string feed) => feed["bmp-127.0.0.1-".Length..];

    private static async Task<int> Quietly(TcpClient client)
    {
        try
        {
            return await client
                .GetStream()
                .ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 3000; i++)
        {
            lock (heard)
            {
                if (condition())
                {
                    return;
                }
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail("did not happen");
    }
}
