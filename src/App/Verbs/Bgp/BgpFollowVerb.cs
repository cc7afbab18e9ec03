using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>bgp follow</c>: live routing messages into segments, with the health of each feed.</summary>
internal static class BgpFollowVerb
{
    private static readonly Option<string?> _risLive = new("--ris-live")
    {
        Description = "Address of a RIS Live server: ws://… or wss://… (uses the network)",
        HelpName = "URL",
    };
    private static readonly Option<string?> _bmp = new("--bmp")
    {
        Description = "Address to listen on for routers that speak BMP (uses the network)",
        HelpName = "ADDR:PORT",
    };
    private static readonly Option<string[]> _router = new("--router")
    {
        Description = "With --bmp: let in only this router (repeatable)",
        HelpName = "ADDR",
    };
    private static readonly Option<string?> _collector = new("--collector")
    {
        Description = "With --ris-live: only what this collector hears, such as rrc00",
        HelpName = "NAME",
    };
    private static readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "With --ris-live: only this prefix and those inside it",
        HelpName = "PREFIX",
    };
    private static readonly Option<string> _out = new("--out")
    {
        Description = "Folder for the segments",
        HelpName = "DIR",
        DefaultValueFactory = _ => "segments",
    };
    private static readonly Option<string?> _for = new("--for")
    {
        Description = "How long to follow, such as 90s, 15m or 2h; until Ctrl-C when absent",
        HelpName = "DURATION",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        var command = new Command(
            "follow",
            "Live routing messages, kept in MRT segments. Example: breakwater bgp follow --bmp 127.0.0.1:11019 --out segments --for 15m --json"
        )
        {
            _risLive,
            _bmp,
            _router,
            _collector,
            _prefix,
            _out,
            _for,
            json,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                TimeSpan? length = parsed.GetValue(_for) is { } text
                    ? Options.Length(_for, text).ToTimeSpan()
                    : null;
                if (length <= TimeSpan.Zero)
                {
                    throw new Fault(
                        ExitCode.Usage,
                        $"--for {parsed.GetValue(_for)} is no time to follow for. Write 90s, 15m, 1h or 1d"
                    );
                }

                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                if (length is { } known)
                {
                    ended.CancelAfter(known);
                }

                var segments = new SegmentSettings(parsed.GetValue(_out)!);
                FollowSummary summary = (parsed.GetValue(_risLive), parsed.GetValue(_bmp)) switch
                {
                    ({ } url, null) => await Follow(
                            RisLive(url, parsed),
                            segments,
                            print,
                            ended.Token
                        )
                        .ConfigureAwait(false),
                    (null, { } address) => await Listen(
                            Bmp(address, parsed),
                            segments,
                            print,
                            ended.Token
                        )
                        .ConfigureAwait(false),
                    _ => throw new Fault(
                        ExitCode.Usage,
                        "what is to be followed? State --ris-live URL or --bmp ADDR:PORT, one of them"
                    ),
                };
                print.ProgressDone();
                Show(print, parsed.GetValue(json), summary);
                // Nothing was kept though something was heard: the evidence is gone.
                return summary.Refused > 0 && summary.Segments.Count == 0
                    ? ExitCode.Cannot
                    : ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task<FollowSummary> Follow(
        RisLiveSettings settings,
        SegmentSettings segmentSettings,
        Printing print,
        CancellationToken cancel
    )
    {
        TimeProvider time = TimeProvider.System;
        const string name = "ris-live";
        using var segments = new SegmentWriter(segmentSettings, name);
        var backlog = new LiveBacklog(segments);
        var malformed = new MalformedFile(
            Path.Combine(segmentSettings.Folder, $"{name}.malformed.txt")
        );
        var feed = new RisLiveFeed(
            settings,
            segments,
            backlog,
            malformed,
            new FeedHealth(name, Now(time), FeedHealthProfile.Default),
            time,
            Random.Shared.NextDouble
        );
        var counting = new FollowedRoutes();
        Task following = feed.Run(cancel);
        Task draining = backlog.Drain(counting.Hear, CancellationToken.None);
        await Report(
                following,
                () =>
                {
                    print.Fault(Line(feed.Status(), counting));
                    Tell(print, counting);
                },
                cancel
            )
            .ConfigureAwait(false);
        await following.ConfigureAwait(false);
        await draining.ConfigureAwait(false);
        segments.Close();
        RisLiveCounts counts = feed.Counts();
        Detection detection = counting.Detect(segments.Closed, feed.Gaps());
        return new FollowSummary
        {
            Messages = counts.Messages,
            Elements = counting.Elements,
            Announcements = counting.Announcements,
            Withdrawals = counting.Withdrawals,
            StateChanges = counting.StateChanges,
            Malformed = counts.Malformed,
            Compared = counts.Compared,
            Disagreements = counts.Disagreements,
            Reconnects = Math.Max(counts.Connections - 1, 0),
            Refused = segments.Refused,
            Trouble = segments.Trouble ?? counts.LastFailure,
            Health = [feed.Status()],
            Gaps = feed.Gaps(),
            Notes = feed.Notes(),
            Routers = [],
            Segments = segments.Closed,
            Disruptions = detection.Disruptions,
            SetAside = detection.SetAside,
        };
    }

    private static async Task<FollowSummary> Listen(
        BmpSettings settings,
        SegmentSettings segmentSettings,
        Printing print,
        CancellationToken cancel
    )
    {
        var counting = new FollowedRoutes();
        using var listener = new BmpListener(
            settings,
            segmentSettings,
            FeedHealthProfile.Default,
            counting.Hear,
            TimeProvider.System
        );
        try
        {
            listener.Start();
        }
        catch (SocketException fault)
        {
            throw new Fault(
                ExitCode.Cannot,
                $"--bmp {settings.Address}: cannot be bound: {fault.Message}. Name a free port of this machine"
            );
        }

        print.Fault($"listening for routers on {listener.Address}");
        Task serving = listener.Run(cancel);
        await Report(
                serving,
                () =>
                {
                    foreach (BmpRouter router in listener.Routers())
                    {
                        print.Fault(Line(router.Health, counting));
                    }

                    Tell(print, counting);
                },
                cancel
            )
            .ConfigureAwait(false);
        await serving.ConfigureAwait(false);
        IReadOnlyList<BmpRouter> routers = listener.Routers();
        IReadOnlyList<Segment> segments = [.. routers.SelectMany(router => router.Segments)];
        Detection detection = counting.Detect(
            segments,
            [.. routers.SelectMany(router => router.Gaps)]
        );
        return new FollowSummary
        {
            Messages = routers.Sum(router => router.Messages),
            Elements = counting.Elements,
            Announcements = counting.Announcements,
            Withdrawals = counting.Withdrawals,
            StateChanges = counting.StateChanges,
            Malformed = routers.Sum(router => router.Faults),
            Reconnects = routers.Sum(router => router.Connections - 1),
            Refused = counting.Unkept,
            Trouble = null,
            Health = [.. routers.Select(router => router.Health)],
            Gaps = [.. routers.SelectMany(router => router.Gaps)],
            Notes =
                listener.Refused == 0 ? [] : [$"{listener.Refused} connections were not let in"],
            Routers =
            [
                .. routers.Select(router => new FollowedRouter(
                    router.Address,
                    router.Name,
                    router.Connections,
                    router.LastFailure
                )),
            ],
            Segments = segments,
            Disruptions = detection.Disruptions,
            SetAside = detection.SetAside,
        };
    }

    /// <summary>Tells every minute how it goes, until the feed ends.</summary>
    private static async Task Report(Task feed, Action tell, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        try
        {
            while (
                !feed.IsCompleted && await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false)
            )
            {
                tell();
            }
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }
    }

    private static void Tell(Printing print, FollowedRoutes routes)
    {
        foreach (string line in routes.News())
        {
            print.Fault(line);
        }
    }

    private static string Line(FeedStatus status, FollowedRoutes count) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Feed}: {status.State}{(status.Reasons.Count == 0 ? "" : $" ({string.Join("; ", status.Reasons)})")}, {status.Messages} messages, {count.Elements} elements, {status.LivePeers} live peers, lag {status.LagSeconds:F1} s, dropped {status.Dropped}"
        );

    private static Instant Now(TimeProvider time) => Instant.FromDateTimeOffset(time.GetUtcNow());

    private static RisLiveSettings RisLive(string url, ParseResult parsed) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "ws" or "wss"
            ? new RisLiveSettings(address!)
            {
                Collector = parsed.GetValue(_collector),
                Prefix = parsed.GetValue(_prefix),
            }
            : throw new Fault(
                ExitCode.Usage,
                $"--ris-live {url} is no WebSocket address. Write wss://HOST/PATH"
            );

    private static BmpSettings Bmp(string address, ParseResult parsed) =>
        IPEndPoint.TryParse(address, out IPEndPoint? endpoint)
        && address.Contains(':', StringComparison.Ordinal)
            ? new BmpSettings(endpoint)
            {
                Routers = [.. (parsed.GetValue(_router) ?? []).Select(Router)],
            }
            : throw new Fault(
                ExitCode.Usage,
                $"--bmp {address} is no address and port. Write 127.0.0.1:11019 or [::1]:11019"
            );

    private static IPAddress Router(string text) =>
        IPAddress.TryParse(text, out IPAddress? address)
            ? address
            : throw new Fault(ExitCode.Usage, $"--router {text} is no address. Write 192.0.2.1");

    private static void Show(Printing print, bool isJson, FollowSummary summary)
    {
        if (isJson)
        {
            print.Json(summary);
            return;
        }

        print.Line(
            $"messages  {summary.Messages} ({summary.Malformed} that could not be used), reconnects {summary.Reconnects}"
        );
        print.Line(
            $"elements  {summary.Elements} (announcements {summary.Announcements}, withdrawals {summary.Withdrawals}), state changes {summary.StateChanges}"
        );
        foreach (FeedStatus status in summary.Health)
        {
            print.Line(
                $"{status.Feed}: {status.State}{(status.Reasons.Count == 0 ? "" : $": {string.Join("; ", status.Reasons)}")}, dropped {status.Dropped}, spilled {status.Spilled}"
            );
        }

        foreach (FeedGap gap in summary.Gaps)
        {
            print.Line($"{gap.Feed}: {gap.State} from {gap.From} to {gap.To}: {gap.Reason}");
        }

        DisruptionTables.Disruptions(print, summary.Disruptions);
        RoutingTables.SetAside(print, summary.SetAside);
        foreach (Segment segment in summary.Segments)
        {
            print.Line($"{segment.Sha256}  {segment.File}  {segment.Records} records");
        }
    }
}
