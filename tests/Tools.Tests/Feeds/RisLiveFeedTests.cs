using System.Net.WebSockets;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Tests.Bgp;
using NodaTime;
using Xunit;
using static Breakwater.Tests.Feeds.RisLiveJson;

namespace Breakwater.Tests.Feeds;

public sealed class RisLiveFeedTests : IDisposable
{
    private static readonly DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(
        1_700_000_100
    );
    private readonly string folder = Directory.CreateTempSubdirectory("rislive").FullName;
    private readonly ManualTime time = new(start);
    private readonly List<string> heard = [];

    [Fact]
    public async Task Live_elements_are_those_of_the_segments()
    {
        await using var server = new RisLiveServer(
            async (_, _, accept) =>
            {
                using WebSocket socket = await accept();
                for (int i = 0; i < 200; i++)
                {
                    await RisLiveServer.Send(socket, Message(i));
                }

                await RisLiveServer.Send(
                    socket,
                    PeerState("down")
                        .Replace("1553627987.89", "1700000700.5", StringComparison.Ordinal)
                );
                await RisLiveServer.Stay(socket);
            }
        );
        using var live = new Following(this, server.Url);
        await live.Until(() => heard.Count == 201);
        await live.Stop();
        List<string> replayed = [];
        foreach (string file in Directory.GetFiles(folder, "*.mrt").Order(StringComparer.Ordinal))
        {
            (List<string> lines, MrtFaults faults) = Heard.In(File.ReadAllBytes(file));
            Assert.Equal(0, faults.Count);
            replayed.AddRange(lines);
        }

        Assert.Equal(heard, replayed);
        Assert.True(live.Segments.Closed.Count >= 2);
        Assert.All(
            live.Segments.Closed,
            segment => Assert.True(File.Exists(Path.Combine(folder, segment.File + ".sha256")))
        );
        Assert.Contains("\"includeRaw\":true", server.Subscriptions[0], StringComparison.Ordinal);
        Assert.Contains("ris_subscribe", server.Subscriptions[0], StringComparison.Ordinal);
        Assert.Equal(
            (200, 1, 1),
            (
                live.Feed.Counts().Updates,
                live.Feed.Counts().PeerStates,
                live.Feed.Counts().Connections
            )
        );
    }

    [Fact]
    public async Task A_lost_connection_is_made_again_after_a_growing_wait()
    {
        await using var server = new RisLiveServer(
            async (number, context, accept) =>
            {
                if (number is > 0 and < 4)
                {
                    context.Response.StatusCode = 503;
                    context.Response.Close();
                    return;
                }

                using WebSocket socket = await accept();
                await RisLiveServer.Send(socket, Message(number));
                if (number == 0)
                {
                    await socket.CloseAsync(
                        WebSocketCloseStatus.EndpointUnavailable,
                        "restart",
                        TestContext.Current.CancellationToken
                    );
                    return;
                }

                await RisLiveServer.Stay(socket);
            }
        );
        using var live = new Following(this, server.Url);
        foreach (int seconds in (int[])[3, 6, 12, 24])
        {
            await live.Until(() => live.HasWait(seconds));
            Assert.NotEqual(FeedState.Healthy, live.Feed.Status().State);
            time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await live.Until(() => heard.Count == 2);
        Assert.Equal(FeedState.Healthy, live.Feed.Status().State);
        FeedGap gap = Assert.Single(live.Feed.Gaps());
        Assert.Contains("restart", gap.Reason, StringComparison.Ordinal);
        Assert.Equal(Duration.FromSeconds(45), gap.To - gap.From);
        Assert.Equal((2, 4), (live.Feed.Counts().Connections, live.Feed.Counts().Failures));
        await live.Stop();
    }

    [Fact]
    public void The_wait_doubles_to_a_minute_and_is_spread()
    {
        var settings = new RisLiveSettings(new Uri("ws://127.0.0.1/"));
        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 60, 60, 60],
            Enumerable.Range(0, 9).Select(attempt => (int)settings.BackOff(attempt, 0).TotalSeconds)
        );
        Assert.Equal(90, settings.BackOff(1000, 1).TotalSeconds);
    }

    [Fact]
    public async Task A_connection_that_lives_and_gives_nothing_is_blind_and_made_anew()
    {
        await using var server = new RisLiveServer(
            async (number, _, accept) =>
            {
                using WebSocket socket = await accept();
                await RisLiveServer.Send(socket, Message(number));
                while (await RisLiveServer.Next(socket) is not null)
                {
                    await RisLiveServer.Send(socket, """{"type":"pong"}""");
                }
            }
        );
        using var live = new Following(this, server.Url);
        await live.Until(() => heard.Count == 1);
        for (int i = 0; i < 12 && live.Feed.Counts().Failures == 0; i++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(FeedState.Blind, live.Feed.Status().State);
        await live.Until(() => live.Feed.Counts().Failures == 1 && live.HasWait(3));
        Assert.Contains("stalled", live.Feed.Counts().LastFailure, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(3));
        await live.Until(() => heard.Count == 2);
        Assert.Equal(FeedState.Healthy, live.Feed.Status().State);
        Assert.Equal(FeedState.Blind, Assert.Single(live.Feed.Gaps()).State);
        await live.Stop();
    }

    [Fact]
    public async Task Malformed_and_endless_messages_are_kept_aside_and_the_feed_goes_on()
    {
        await using var server = new RisLiveServer(
            async (_, _, accept) =>
            {
                using WebSocket socket = await accept();
                await RisLiveServer.Send(socket, Message(0));
                await RisLiveServer.Send(socket, Message(1)[..^1]);
                await RisLiveServer.Send(socket, new string('x', 5 << 20));
                await RisLiveServer.Send(
                    socket,
                    """{"type":"ris_error","data":{"message":"slow"}}"""
                );
                await RisLiveServer.Send(socket, Message(2));
                await RisLiveServer.Stay(socket);
            }
        );
        using var live = new Following(this, server.Url);
        await live.Until(() => heard.Count == 2);
        RisLiveCounts counts = live.Feed.Counts();
        Assert.Equal((2, 2, 1), (counts.Updates, counts.Malformed, counts.ServerErrors));
        await live.Stop();
        string kept = File.ReadAllText(Path.Combine(folder, "malformed.txt"));
        Assert.Contains(Message(1)[..^1], kept, StringComparison.Ordinal);
        Assert.Contains("longer than 1 MiB", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, 1, 10_000);
    }

    [Fact]
    public async Task A_flood_spills_to_the_segment_and_the_feed_recovers()
    {
        using var mayGoOn = new SemaphoreSlim(0);
        await using var server = new RisLiveServer(
            async (_, _, accept) =>
            {
                using WebSocket socket = await accept();
                for (int i = 0; i < 3000; i++)
                {
                    await RisLiveServer.Send(socket, Message(i));
                }

                await mayGoOn.WaitAsync(TestContext.Current.CancellationToken);
                await RisLiveServer.Send(socket, Message(3000));
                await RisLiveServer.Stay(socket);
            }
        );
        using var live = new Following(this, server.Url, messagesMax: 100, isSlow: true);
        await live.Until(() => live.Feed.Counts().Updates == 3000);
        FeedStatus status = live.Feed.Status();
        Assert.Equal(FeedState.Lagging, status.State);
        Assert.InRange(status.Spilled, 2800, 2900);
        Assert.Equal(0, status.Dropped);
        live.GoOn();
        await live.Until(() => heard.Count == 3000);
        time.Advance(TimeSpan.FromSeconds(61));
        mayGoOn.Release();
        await live.Until(() => heard.Count == 3001);
        Assert.Empty(live.Feed.Status().Reasons);
        Assert.Equal(FeedState.Healthy, live.Feed.Status().State);
        Assert.Equal(heard.Order(StringComparer.Ordinal), heard);
        await live.Stop();
    }

    [Fact]
    public async Task A_disk_that_refuses_degrades_the_feed_and_what_was_heard_is_still_handed_on()
    {
        await using var server = new RisLiveServer(
            async (_, _, accept) =>
            {
                using WebSocket socket = await accept();
                await RisLiveServer.Send(socket, Message(0));
                await RisLiveServer.Stay(socket);
            }
        );
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "");
        using var live = new Following(this, server.Url);
        await live.Until(() => heard.Count == 1);
        FeedStatus status = live.Feed.Status();
        Assert.Equal((FeedState.Degraded, 1), (status.State, status.Dropped));
        await live.Stop();
        File.Delete(folder);
        Directory.CreateDirectory(folder);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_blindness_and_no_crash()
    {
        using var live = new Following(this, new Uri("ws://127.0.0.1:9/"));
        await live.Until(() => live.Feed.Counts().Failures == 1 && live.HasWait(3));
        Assert.Equal(FeedState.Blind, live.Feed.Status().State);
        Assert.Contains(
            "not connected",
            Assert.Single(live.Feed.Status().Reasons),
            StringComparison.Ordinal
        );
        await live.Stop();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Message(int number) =>
        Update(
            RawOf($"10.{number / 250}.{number % 250}.0/24", 64500, 64501),
            "[64500,64501]",
            $"10.{number / 250}.{number % 250}.0/24",
            time: $"{1_700_000_100 + (number / 5)}.{number % 10}"
        );

    /// <summary>A feed with its consumer, and means to wait for what it does.</summary>
    private sealed class Following : IDisposable
    {
        private readonly RisLiveFeedTests test;
        private readonly CancellationTokenSource ended = new();
        private readonly TaskCompletionSource going = new();
        private readonly Task feeding;
        private readonly Task draining;

        public Following(
            RisLiveFeedTests test,
            Uri url,
            int messagesMax = LiveBacklog.MessagesMax,
            bool isSlow = false
        )
        {
            this.test = test;
            Segments = new SegmentWriter(new SegmentSettings(test.folder), "ris-live");
            var backlog = new LiveBacklog(Segments, messagesMax);
            Feed = new RisLiveFeed(
                // A wait that no other timer has, to wait for.
                new RisLiveSettings(url) { BackOffMin = TimeSpan.FromSeconds(3) },
                Segments,
                backlog,
                new MalformedFile(Path.Combine(test.folder, "malformed.txt")),
                new FeedHealth(
                    "ris-live",
                    Instant.FromDateTimeOffset(start),
                    FeedHealthProfile.Default
                ),
                test.time,
                () => 0
            );
            if (!isSlow)
            {
                going.SetResult();
            }

            feeding = Task.Run(() => Feed.Run(ended.Token));
            draining = Task.Run(async () =>
            {
                await going.Task;
                await backlog.Drain(Hear, CancellationToken.None);
            });
        }

        public RisLiveFeed Feed { get; }

        public SegmentWriter Segments { get; }

        public void GoOn() => going.SetResult();

        public bool HasWait(int seconds) =>
            test
                .time.Waits()
                .Any(wait =>
                    wait > TimeSpan.FromSeconds(seconds - 0.001)
                    && wait <= TimeSpan.FromSeconds(seconds)
                );

        public async Task Until(Func<bool> condition)
        {
            for (int i = 0; i < 3000; i++)
            {
                lock (test.heard)
                {
                    if (condition())
                    {
                        return;
                    }
                }

                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            Assert.Fail(
                $"did not happen: {Feed.Counts()} {Feed.Status()} heard {test.heard.Count}"
            );
        }

        public async Task Stop()
        {
            await ended.CancelAsync();
            await feeding;
            await draining;
            Segments.Close();
        }

        public void Dispose()
        {
            ended.Cancel();
            Segments.Dispose();
            ended.Dispose();
        }

        private void Hear(string feed, in SegmentPlace place, ReadOnlySpan<byte> records)
        {
            lock (test.heard)
            {
                test.heard.AddRange(Heard.In(records.ToArray()).Lines);
            }
        }
    }
}
