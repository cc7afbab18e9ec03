using System.Security.Cryptography;
using Breakwater.Feeds.Archives;
using Breakwater.Signals;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

public sealed class ArchiveFeedTests : IDisposable
{
    private static readonly Instant from = ArchiveKeeper.From;
    private static readonly byte[] content = ArchiveKeeper.Content;
    private readonly ArchiveKeeper kept = new();

    public void Dispose() => kept.Dispose();

    [Fact]
    public async Task Files_of_a_window_are_fetched_under_their_paths_with_their_hash()
    {
        using var server = new ArchiveServer((asked, _) => Answer.From(asked, content));
        ArchiveFetched fetched = await kept.Fetch(server, minutes: 15);
        Assert.Equal(
            [
                "rrc00/2026.05/updates.20260531.2350.gz",
                "rrc00/2026.05/updates.20260531.2355.gz",
                "rrc00/2026.06/updates.20260601.0000.gz",
            ],
            fetched.Files.Select(file => file.File.Path)
        );
        Assert.Empty(fetched.Gaps);
        Assert.All(
            fetched.Files,
            file =>
            {
                Assert.Equal(FetchOutcome.Fetched, file.Outcome);
                Assert.Equal(content, File.ReadAllBytes(file.Path!));
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.Sha256);
            }
        );
        Assert.DoesNotContain(
            kept.Everything(),
            path => path.EndsWith(".part", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task RouteViews_names_its_files_in_its_own_way()
    {
        using var server = new ArchiveServer((asked, _) => Answer.From(asked, content));
        ArchiveFetched fetched = await kept.Fetch(
            server,
            minutes: 20,
            layout: ArchiveLayout.RouteViews,
            collector: "route-views.jinx",
            withRib: true
        );
        Assert.Equal(
            "route-views.jinx/bgpdata/2026.05/RIBS/rib.20260531.2200.bz2",
            fetched.Files[0].File.Path
        );
        Assert.Equal(
            "route-views.jinx/bgpdata/2026.05/UPDATES/updates.20260531.2200.bz2",
            fetched.Files[1].File.Path
        );
        Assert.Equal(
            "route-views.jinx/bgpdata/2026.06/UPDATES/updates.20260601.0000.bz2",
            fetched.Files[^1].File.Path
        );
        Assert.Equal(1 + 9, fetched.Files.Count);
    }

    [Fact]
    public async Task A_missing_file_is_a_blind_stretch_and_no_failure()
    {
        using var server = new ArchiveServer(
            (asked, _) =>
                asked.Path.Contains("2355", StringComparison.Ordinal)
                || asked.Path.Contains("0000", StringComparison.Ordinal)
                    ? Answer.Nothing(404)
                    : Answer.Of(content)
        );
        ArchiveFetched fetched = await kept.Fetch(server, minutes: 20);
        FeedGap gap = Assert.Single(fetched.Gaps);
        Assert.Equal(
            new FeedGap(
                "rrc00",
                Instant.FromUtc(2026, 5, 31, 23, 55),
                Instant.FromUtc(2026, 6, 1, 0, 5),
                FeedState.Blind,
                "the archive answers 404"
            ),
            gap
        );
        Assert.False(fetched.HasFailed);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_missing_table_is_replaced_by_an_earlier_one_with_the_updates_since()
    {
        using var server = new ArchiveServer(
            (asked, _) =>
                asked.Path.EndsWith("bview.20260531.1600.gz", StringComparison.Ordinal)
                    ? Answer.Nothing(404)
                    : Answer.Of([1])
        );
        ArchiveFetched fetched = await kept.Fetch(server, minutes: 5, withRib: true);
        Assert.Equal(
            ["bview.20260531.1600.gz", "bview.20260531.0800.gz", "updates.20260531.0800.gz"],
            fetched.Files.Take(3).Select(file => file.File.Path.Split('/')[^1])
        );
        Assert.Empty(fetched.Gaps);
    }

    [Fact]
    public async Task Without_any_table_the_window_is_degraded()
    {
        using var server = new ArchiveServer(
            (asked, _) =>
                asked.Path.Contains("bview", StringComparison.Ordinal)
                    ? Answer.Nothing(404)
                    : Answer.Of([1])
        );
        ArchiveFetched fetched = await kept.Fetch(server, minutes: 5, withRib: true);
        Assert.Equal(FeedState.Degraded, Assert.Single(fetched.Gaps).State);
    }

    [Fact]
    public async Task An_error_of_the_server_is_tried_again()
    {
        using var server = new ArchiveServer(
            (asked, before) =>
                before switch
                {
                    0 => Answer.Nothing(500),
                    1 => Answer.Nothing(503, "Retry-After: 0\r\n"),
                    2 => Answer.Nothing(429),
                    _ => Answer.From(asked, content),
                }
        );
        Assert.Equal(FetchOutcome.Fetched, Assert.Single((await kept.Fetch(server)).Files).Outcome);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_left_alone_after_some_files()
    {
        using var server = new ArchiveServer((_, _) => Answer.Nothing(500));
        ArchiveFetched fetched = await kept.Fetch(
            server,
            minutes: 100,
            change: settings =>
                settings with
                {
                    AttemptsMax = 2,
                    FailuresInRowMax = 3,
                    ConcurrencyMax = 1,
                }
        );
        Assert.True(fetched.HasFailed);
        Assert.Equal(20, fetched.Files.Count);
        Assert.Equal(6, server.Requests.Count);
        Assert.Equal(from + Duration.FromMinutes(100), fetched.Gaps[^1].To);
        Assert.Equal(from, fetched.Gaps[0].From);
    }

    [Theory]
    [InlineData("http://192.0.2.1/updates.gz")]
    [InlineData("http://localhost:1/updates.gz")]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task A_redirect_to_elsewhere_is_not_followed(string location)
    {
        using var server = new ArchiveServer(
            (_, _) => Answer.Nothing(302, $"Location: {location}\r\n")
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(FetchOutcome.Failed, file.Outcome);
        Assert.Contains("not followed", file.Reason!, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Redirects_on_the_same_server_are_followed_and_limited()
    {
        using var server = new ArchiveServer(
            (asked, _) =>
                asked.Path == "moved"
                    ? Answer.Of(content)
                    : Answer.Nothing(301, "Location: /moved\r\n")
        );
        Assert.Equal(content, File.ReadAllBytes((await kept.Fetch(server)).Files[0].Path!));
        using var endless = new ArchiveServer(
            (_, _) => Answer.Nothing(301, "Location: /again\r\n")
        );
        Assert.Equal(
            FetchOutcome.Failed,
            (await kept.Fetch(endless, collector: "rrc01")).Files[0].Outcome
        );
        Assert.Equal(4, endless.Requests.Count);
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused()
    {
        using var server = new ArchiveServer((asked, _) => Answer.From(asked, content));
        FetchedFile file = Assert.Single(
            (
                await kept.Fetch(server, change: settings => settings with { OctetsMax = 1_000 })
            ).Files
        );
        Assert.Contains("limit", file.Reason!, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_is_not_over_is_not_asked_for_and_what_is_late_is_not_missing()
    {
        using var server = new ArchiveServer((_, _) => Answer.Nothing(404));
        ArchiveFetched fetched = await kept.Fetch(
            server,
            minutes: 10,
            now: from + Duration.FromMinutes(7)
        );
        Assert.All(fetched.Files, file => Assert.Equal(FetchOutcome.NotDue, file.Outcome));
        Assert.Single(server.Requests);
        Assert.Equal(from + Duration.FromMinutes(10), fetched.Gaps[^1].To);
    }

    [Fact]
    public async Task A_server_that_is_not_there_fails_with_a_gap()
    {
        var server = new ArchiveServer((_, _) => Answer.Nothing(500));
        server.Dispose();
        var url = new Uri("http://127.0.0.1:9/");
        using HttpClient http = ArchiveFeed.Client();
        ArchiveFetched fetched = await kept.Feed(
                http,
                url,
                ArchiveLayout.Ris,
                settings => settings with { AttemptsMax = 1 }
            )
            .Fetch(
                ["rrc00"],
                from,
                from + Duration.FromMinutes(5),
                false,
                TestContext.Current.CancellationToken
            );
        Assert.True(fetched.HasFailed);
        Assert.Single(fetched.Gaps);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("rrc00/..")]
    [InlineData("")]
    [InlineData("http:")]
    [InlineData(".hidden")]
    public void A_path_is_no_collector(string name) =>
        Assert.False(ArchiveLayout.IsCollector(name));

    [Fact]
    public void Waiting_doubles_up_to_its_limit_with_jitter()
    {
        var settings = new ArchiveSettings(new Uri("http://localhost/"), "");
        Assert.Equal(1, settings.BackOff(1, 0).TotalSeconds);
        Assert.Equal(2, settings.BackOff(2, 0).TotalSeconds);
        Assert.Equal(6, settings.BackOff(3, 1).TotalSeconds);
        Assert.Equal(60, settings.BackOff(1_000, 0).TotalSeconds);
    }
}
