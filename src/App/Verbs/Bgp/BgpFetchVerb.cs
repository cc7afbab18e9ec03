using System.CommandLine;
using System.Diagnostics;
using Breakwater.Feeds.Archives;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary><c>bgp fetch</c>: the one verb on routing data that uses the network, at the address that it is given.</summary>
internal static class BgpFetchVerb
{
    private static readonly Option<string> archive = new("--archive")
    {
        Description = "Layout of the archive: routeviews or ris",
        Required = true,
        HelpName = "LAYOUT",
    };

    private static readonly Option<string> url = new("--url")
    {
        Description = "Root of the archive; nothing else is contacted",
        Required = true,
        HelpName = "BASE",
    };

    private static readonly Option<string[]> collectors = new("--collector")
    {
        Description = "Collector, such as rrc00 or route-views3; may be repeated",
        Required = true,
        HelpName = "NAME",
    };

    private static readonly Option<string> from = new("--from")
    {
        Description = "Start of the window, UTC RFC 3339",
        Required = true,
        HelpName = "T",
    };

    private static readonly Option<string> to = new("--to")
    {
        Description = "End of the window",
        Required = true,
        HelpName = "T",
    };

    private static readonly Option<string> folder = new("--out")
    {
        Description = "Folder to keep files in, at the paths of the archive",
        Required = true,
        HelpName = "DIR",
    };

    private static readonly Option<bool> rib = new("--rib")
    {
        Description = "Also the last table before the window and the updates since then",
    };

    private static readonly Option<bool> revalidate = new("--revalidate")
    {
        Description = "Ask whether files that are there have changed",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        var command = new Command(
            "fetch",
            "Fetches files of an archive; uses the network. Example: breakwater bgp fetch --archive ris --url https://data.ris.ripe.net/ "
                + "--collector rrc00 --from 2026-06-01T00:00Z --to 2026-06-01T01:00Z --out mrt --rib"
        )
        {
            archive,
            url,
            collectors,
            from,
            to,
            folder,
            rib,
            revalidate,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                ArchiveLayout layout =
                    ArchiveLayout.Of(parsed.GetValue(archive)!)
                    ?? throw Wrong(
                        $"--archive {parsed.GetValue(archive)} is not known. Say routeviews or ris"
                    );
                Instant start = Time("--from", parsed.GetValue(from)!);
                Instant end = Time("--to", parsed.GetValue(to)!);
                var settings = new ArchiveSettings(
                    Address(parsed.GetValue(url)!),
                    Path.GetFullPath(parsed.GetValue(folder)!)
                )
                {
                    Revalidates = parsed.GetValue(revalidate),
                };
                Check(parsed.GetValue(collectors)!, layout, start, end, settings);
                var watch = Stopwatch.StartNew();
                print.Progress($"fetching from {settings.Url.Host}");
                using HttpClient http = ArchiveFeed.Client();
                ArchiveFetched fetched = await new ArchiveFeed(
                    http,
                    layout,
                    settings,
                    TimeProvider.System,
                    Random.Shared.NextDouble
                ).Fetch(
                    parsed.GetValue(collectors)!,
                    start,
                    end,
                    parsed.GetValue(rib),
                    cancellation
                );
                print.ProgressDone();
                return Print(print, fetched, parsed.GetValue(json), watch.Elapsed.TotalSeconds);
            }
        );
        return command;
    }

    private static int Print(Printing print, ArchiveFetched fetched, bool json, double seconds)
    {
        if (json)
        {
            print.Json(
                new
                {
                    files = fetched.Files.Select(file => new
                    {
                        path = file.Path ?? file.File.Path,
                        collector = file.File.Collector,
                        content = file.File.Content.ToString().ToLowerInvariant(),
                        from = file.File.From.ToString(),
                        to = file.File.To.ToString(),
                        outcome = Words(file.Outcome),
                        octets = file.Octets,
                        sha256 = file.Sha256,
                        reason = file.Reason,
                    }),
                    octets = fetched.Files.Sum(file => file.Octets),
                    received = fetched.Files.Sum(file => file.Received),
                    blind = fetched.Gaps.Select(gap => new
                    {
                        feed = gap.Feed,
                        from = gap.From.ToString(),
                        to = gap.To.ToString(),
                        state = gap.State.ToString().ToLowerInvariant(),
                        reason = gap.Reason,
                    }),
                    seconds = Math.Round(seconds, 3),
                }
            );
        }
        else
        {
            foreach (FetchedFile file in fetched.Files)
            {
                print.Line(
                    $"{Words(file.Outcome), -8} {file.Octets, 12} {file.Sha256 ?? "-"} {file.Path ?? file.File.Path}"
                        + (file.Reason is { } reason ? $" ({reason})" : "")
                );
            }

            foreach (var gap in fetched.Gaps)
            {
                print.Line($"blind    {gap.Feed} {gap.From} to {gap.To}: {gap.Reason}");
            }
        }

        if (!fetched.HasFailed)
        {
            return ExitCode.Done;
        }

        FetchedFile first = fetched.Files.First(file => file.Outcome == FetchOutcome.Failed);
        print.Fault(
            $"{first.File.Path}: {first.Reason}. Try again: what was fetched is kept, and what was begun goes on"
        );
        return ExitCode.Cannot;
    }

    private static string Words(FetchOutcome outcome) =>
        outcome == FetchOutcome.NotDue ? "not due" : outcome.ToString().ToLowerInvariant();

    private static void Check(
        string[] names,
        ArchiveLayout layout,
        Instant start,
        Instant end,
        ArchiveSettings settings
    )
    {
        if (start >= end)
        {
            throw Wrong($"--from {start} is not before --to {end}. Swap them");
        }

        if (names.FirstOrDefault(name => !ArchiveLayout.IsCollector(name)) is { } wrong)
        {
            throw Wrong(
                $"--collector {wrong} is no name of a collector. Letters, digits, dots and dashes are"
            );
        }

        if ((end - start) / layout.UpdatesEvery * names.Length > settings.FilesMax)
        {
            throw Wrong(
                $"the window has more than {settings.FilesMax} files. Ask for a shorter one"
            );
        }
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw Wrong(
                $"--url {text} is no http or https address. Name the root of the archive"
            );

    private static Instant Time(string option, string text) =>
        OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } full ? full.Value.ToInstant()
        : InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'").Parse(text)
            is { Success: true } minutes
            ? minutes.Value
        : throw Wrong($"{option} {text} is no time. Write it as 2026-06-01T00:00:00Z");

    private static Fault Wrong(string line) => new(ExitCode.Usage, line);
}
