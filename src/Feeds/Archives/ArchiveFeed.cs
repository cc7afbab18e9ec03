using System.Net;
using Breakwater.Signals;
using NodaTime;
using NodaTime.Extensions;

namespace Breakwater.Feeds.Archives;

/// <summary>What was asked for and what came of it.</summary>
/// <param name="Files">In order of collector and time, tables first; also those that are not there.</param>
/// <param name="Gaps">Stretches of the window in which a collector's updates, or any table before them, are not there.</param>
public sealed record ArchiveFetched(IReadOnlyList<FetchedFile> Files, IReadOnlyList<FeedGap> Gaps)
{
    /// <summary>True when something failed that may succeed another time; what the archive does not have is a gap only.</summary>
    public bool HasFailed => Files.Any(file => file.Outcome == FetchOutcome.Failed);
}

/// <summary>An HTTP archive of MRT files: fetches what a window needs, and says what it does not have.</summary>
/// <param name="http">See <see cref="Client"/>.</param>
/// <param name="clock">Tells what is due, and drives waiting and timeouts.</param>
/// <param name="random">0 to 1, for the jitter of waiting.</param>
public sealed class ArchiveFeed(
    HttpClient http,
    ArchiveLayout layout,
    ArchiveSettings settings,
    TimeProvider clock,
    Func<double> random
)
{
    private readonly FileFetch fetch = new(http, settings, clock, random);
    private int failuresInRow;

    /// <summary>A client that leaves redirects to the feed, keeps no cookies and unpacks nothing on the way.</summary>
    public static HttpClient Client() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = TimeSpan.FromSeconds(30),
                MaxResponseHeadersLength = 64,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>Fetches the updates of a window, and with them the table before it, for each collector.</summary>
    /// <param name="to">Not part of the window.</param>
    /// <param name="withRib">Also the last table before the window and the updates since then.</param>
    public async Task<ArchiveFetched> Fetch(
        IReadOnlyList<string> collectors,
        Instant from,
        Instant to,
        bool withRib,
        CancellationToken cancellation
    )
    {
        var files = new List<FetchedFile>();
        var gaps = new List<FeedGap>();
        foreach (string collector in collectors)
        {
            if (!ArchiveLayout.IsCollector(collector))
            {
                throw new ArgumentException(
                    $"{collector} is no name of a collector",
                    nameof(collectors)
                );
            }

            Instant updatesFrom = from;
            if (withRib)
            {
                IReadOnlyList<FetchedFile> ribs = await FetchRib(collector, from, cancellation);
                files.AddRange(ribs);
                if (ribs[^1].IsThere)
                {
                    updatesFrom = ribs[^1].File.From;
                }
                else
                {
                    gaps.Add(
                        new FeedGap(
                            collector,
                            from,
                            to,
                            FeedState.Degraded,
                            $"no table before the window: {ribs[^1].Reason}"
                        )
                    );
                }
            }

            FetchedFile[] updates = await FetchAll(
                [.. layout.Updates(collector, updatesFrom, to).Take(settings.FilesMax + 1)],
                cancellation
            );
            files.AddRange(updates);
            gaps.AddRange(GapsOf(updates, updatesFrom, to));
        }

        return new ArchiveFetched(files, gaps);
    }

    private async Task<IReadOnlyList<FetchedFile>> FetchRib(
        string collector,
        Instant from,
        CancellationToken cancellation
    )
    {
        var tried = new List<FetchedFile>();
        foreach (ArchiveFile rib in layout.RibsBefore(collector, from, settings.RibsTriedMax))
        {
            tried.Add(await FetchOne(rib, cancellation));
            if (tried[^1].IsThere)
            {
                break;
            }
        }

        return tried;
    }

    private async Task<FetchedFile[]> FetchAll(
        IReadOnlyList<ArchiveFile> wanted,
        CancellationToken cancellation
    )
    {
        if (wanted.Count > settings.FilesMax)
        {
            throw new ArgumentException(
                $"a window of more than {settings.FilesMax} files; ask for a shorter one",
                nameof(wanted)
            );
        }

        var fetched = new FetchedFile[wanted.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, wanted.Count),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = settings.ConcurrencyMax,
                CancellationToken = cancellation,
            },
            async (index, token) => fetched[index] = await FetchOne(wanted[index], token)
        );
        return fetched;
    }

    private async Task<FetchedFile> FetchOne(ArchiveFile file, CancellationToken cancellation)
    {
        Instant now = clock.GetUtcNow().ToInstant();
        if (file.To > now)
        {
            return new FetchedFile(
                file,
                FetchOutcome.NotDue,
                null,
                0,
                null,
                0,
                "not over at the time of asking"
            );
        }

        if (Volatile.Read(ref failuresInRow) >= settings.FailuresInRowMax)
        {
            return new FetchedFile(
                file,
                FetchOutcome.Failed,
                null,
                0,
                null,
                0,
                $"not asked for, since {settings.FailuresInRowMax} files in a row failed"
            );
        }

        FetchedFile fetched = await fetch.Fetch(file, cancellation);
        if (fetched.Outcome == FetchOutcome.Failed)
        {
            Interlocked.Increment(ref failuresInRow);
        }
        else
        {
            Volatile.Write(ref failuresInRow, 0);
        }

        bool mayCome =
            fetched.Outcome == FetchOutcome.Missing
            && now < file.To + Duration.FromTimeSpan(settings.PublishedWithin);
        return mayCome
            ? fetched with
            {
                Outcome = FetchOutcome.NotDue,
                Reason = "not yet in the archive",
            }
            : fetched;
    }

    /// <summary>What is not there, as stretches: files in a row with the same reason are one.</summary>
    private static IEnumerable<FeedGap> GapsOf(
        IEnumerable<FetchedFile> updates,
        Instant from,
        Instant to
    )
    {
        FeedGap? open = null;
        foreach (FetchedFile file in updates.Where(file => !file.IsThere))
        {
            Instant start = Instant.Max(file.File.From, from);
            Instant end = Instant.Min(file.File.To, to);
            string reason = file.Reason ?? "not there";
            if (open is not null && open.To == start && open.Reason == reason)
            {
                open = open with { To = end };
                continue;
            }

            if (open is not null)
            {
                yield return open;
            }

            open = new FeedGap(file.File.Collector, start, end, FeedState.Blind, reason);
        }

        if (open is not null)
        {
            yield return open;
        }
    }
}
