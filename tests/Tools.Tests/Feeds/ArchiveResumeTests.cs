using System.Security.Cryptography;
using Breakwater.Feeds.Archives;
using Xunit;

namespace Breakwater.Tests.Feeds;

public sealed class ArchiveResumeTests : IDisposable
{
    private static readonly byte[] content = ArchiveKeeper.Content;
    private readonly ArchiveKeeper kept = new();

    public void Dispose() => kept.Dispose();

    [Fact]
    public async Task A_second_run_asks_for_nothing()
    {
        using var server = new ArchiveServer((asked, _) => Answer.From(asked, content));
        await kept.Fetch(server);
        ArchiveFetched again = await kept.Fetch(server);
        Assert.Equal(FetchOutcome.Kept, Assert.Single(again.Files).Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_file_that_is_compared_is_fetched_again_only_when_it_changed()
    {
        byte[] now = content;
        string tag = "\"one\"";
        using var server = new ArchiveServer(
            (asked, _) =>
                asked.Headers.GetValueOrDefault("if-none-match") == tag
                    ? Answer.Nothing(304)
                    : Answer.Of(now, tag)
        );
        await kept.Fetch(server, change: settings => settings with { Revalidates = true });
        ArchiveFetched same = await kept.Fetch(
            server,
            change: settings => settings with { Revalidates = true }
        );
        Assert.Equal((FetchOutcome.Kept, 0L), (same.Files[0].Outcome, same.Files[0].Received));
        (now, tag) = ([1, 2, 3], "\"two\"");
        ArchiveFetched changed = await kept.Fetch(
            server,
            change: settings => settings with { Revalidates = true }
        );
        Assert.Equal(FetchOutcome.Fetched, changed.Files[0].Outcome);
        Assert.Equal(now, File.ReadAllBytes(changed.Files[0].Path!));
    }

    [Fact]
    public async Task A_cut_connection_is_resumed_where_it_broke()
    {
        using var server = new ArchiveServer(
            (asked, before) =>
                before == 0
                    ? Answer.Of(content) with
                    {
                        CutAfter = 123_456,
                    }
                    : Answer.From(asked, content)
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(FetchOutcome.Resumed, file.Outcome);
        Assert.Equal(content, File.ReadAllBytes(file.Path!));
        Assert.Equal(content.Length, file.Received);
        Asked second = server.Requests[1];
        Assert.Equal("bytes=123456-", second.Headers["range"]);
        Assert.Equal("\"one\"", second.Headers["if-range"]);
    }

    [Fact]
    public async Task What_one_run_began_the_next_run_finishes()
    {
        using var server = new ArchiveServer(
            (asked, before) =>
                before == 0
                    ? Answer.Of(content) with
                    {
                        CutAfter = 100_000,
                    }
                    : Answer.From(asked, content)
        );
        ArchiveFetched cut = await kept.Fetch(
            server,
            change: settings => settings with { AttemptsMax = 1 }
        );
        Assert.True(cut.HasFailed);
        Assert.Contains(
            kept.Everything(),
            path => path.EndsWith(".part", StringComparison.Ordinal)
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal((FetchOutcome.Resumed, 200_000L), (file.Outcome, file.Received));
        Assert.Equal(content, File.ReadAllBytes(file.Path!));
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_fetched_from_its_start()
    {
        byte[] other = [.. content.Reverse()];
        using var server = new ArchiveServer(
            (asked, before) =>
                before == 0
                    ? Answer.Of(content) with
                    {
                        CutAfter = 123_456,
                    }
                    : Answer.From(asked, other, "\"two\"")
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(FetchOutcome.Fetched, file.Outcome);
        Assert.Equal(other, File.ReadAllBytes(file.Path!));
    }

    [Fact]
    public async Task A_server_that_ignores_If_Range_does_not_splice_two_files()
    {
        byte[] other = [.. content.Reverse()];
        using var server = new ArchiveServer(
            (asked, before) =>
                before switch
                {
                    0 => Answer.Of(content) with { CutAfter = 123_456 },
                    1 => Answer.From(
                        asked with
                        {
                            Headers = new Dictionary<string, string>
                            {
                                ["range"] = asked.Headers["range"],
                            },
                        },
                        other,
                        "\"two\""
                    ),
                    _ => Answer.From(asked, other, "\"two\""),
                }
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(other, File.ReadAllBytes(file.Path!));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_range_that_is_not_there_starts_the_file_again()
    {
        using var server = new ArchiveServer(
            (asked, before) =>
                before switch
                {
                    0 => Answer.Of(content) with { CutAfter = 1_000 },
                    1 => Answer.Nothing(416, "Content-Range: bytes */500\r\n"),
                    _ => Answer.From(asked, content),
                }
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(content, File.ReadAllBytes(file.Path!));
        Assert.DoesNotContain("range", server.Requests[2].Headers.Keys);
    }

    [Fact]
    public async Task A_file_shorter_than_its_length_is_never_taken_for_whole()
    {
        using var server = new ArchiveServer(
            (_, _) => new Answer(200, content[..50], "Content-Length: 300000\r\n")
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(FetchOutcome.Failed, file.Outcome);
        Assert.DoesNotContain(
            kept.Everything(),
            path => path.EndsWith(".gz", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_file_that_does_not_match_its_MD5_is_fetched_again()
    {
#pragma warning disable CA5351 // It is what servers send.
        byte[] right = MD5.HashData(content);
#pragma warning restore CA5351
        using var server = new ArchiveServer(
            (_, before) =>
                new Answer(
                    200,
                    before == 0 ? [.. content.Reverse()] : content,
                    $"Content-MD5: {Convert.ToBase64String(right)}\r\n"
                )
        );
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(content, File.ReadAllBytes(file.Path!));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_and_resumed()
    {
        using var server = new ArchiveServer(
            (asked, _) =>
                asked.Headers.ContainsKey("range")
                    ? Answer.From(asked, content)
                    : Answer.Of(content) with
                    {
                        CutAfter = 70_000,
                        Stalls = true,
                    }
        );
        FetchedFile file = Assert.Single(
            (
                await kept.Fetch(
                    server,
                    change: settings =>
                        settings with
                        {
                            StalledAfter = TimeSpan.FromMilliseconds(700),
                        }
                )
            ).Files
        );
        Assert.Equal(FetchOutcome.Resumed, file.Outcome);
        Assert.Equal(content, File.ReadAllBytes(file.Path!));
    }

    [Fact]
    public async Task What_was_changed_in_the_folder_is_fetched_again()
    {
        using var server = new ArchiveServer((asked, _) => Answer.From(asked, content));
        string path = (await kept.Fetch(server)).Files[0].Path!;
        byte[] changed = [.. content];
        changed[7] ^= 1;
        File.WriteAllBytes(path, changed);
        FetchedFile file = Assert.Single((await kept.Fetch(server)).Files);
        Assert.Equal(FetchOutcome.Fetched, file.Outcome);
        Assert.Contains("checksum", file.Reason!, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes(path));
    }
}
