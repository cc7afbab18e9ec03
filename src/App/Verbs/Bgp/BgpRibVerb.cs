using System.CommandLine;
using System.Diagnostics;
using Breakwater.Bgp;

namespace Breakwater.App.Verbs;

/// <summary><c>bgp rib</c>: the table of routes that dumps and updates make together.</summary>
internal static class BgpRibVerb
{
    private const int PeersShown = 20;

    public static Command Command(Printing print)
    {
        Argument<string[]> files = MrtFile.Arguments();
        Option<bool> json = Options.Json();
        var command = new Command(
            "rib",
            "The table that MRT files make together, in the order of time. Example: breakwater bgp rib bview.20020722.2337.gz"
        )
        {
            files,
            json,
        };
        command.SetAction(parsed =>
        {
            var watch = Stopwatch.StartNew();
            var read = new RibRead(parsed.GetValue(files)!, print);
            RouteTable table = read.Table;
            var visibility = new Visibility(table);
            visibility.MarkAll();
            visibility.Settle();
            double cut = visibility.IsWithoutBaseline ? 0 : visibility.Rules.Cut;
            var result = new
            {
                peers = table.Peers.Count,
                fullFeedPeers = visibility.IsWithoutBaseline
                    ? 0
                    : visibility
                        .FullFeedPeers(isV6: false)
                        .Union(visibility.FullFeedPeers(isV6: true))
                        .Count(),
                prefixes = table.RoutedPrefixes,
                routes = table.Routes,
                visiblePrefixes = visibility.VisiblePrefixes(isV6: false, cut)
                    + visibility.VisiblePrefixes(isV6: true, cut),
                errors = read.Errors,
                seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
            };
            print.ProgressDone();
            int exitCode =
                read.Records == 0 && read.Errors.Count > 0 ? ExitCode.Usage : ExitCode.Done;
            if (parsed.GetValue(json))
            {
                print.Json(result);
                return exitCode;
            }

            print.Line($"peers             {result.peers}");
            print.Line($"full-feed peers   {result.fullFeedPeers}");
            print.Line($"prefixes          {result.prefixes}");
            print.Line($"routes            {result.routes}");
            print.Line($"visible prefixes  {result.visiblePrefixes}");
            print.Line($"errors            {read.Errors.Count}");
            read.Errors.ForEach(error =>
                print.Line(
                    $"  {error.File}: {(error.Offset is { } offset ? $"offset {offset}: " : "")}{error.Reason}"
                )
            );
            print.Line($"seconds           {result.seconds}");
            PrintFamilies(print, visibility);
            PrintPeers(print, table, visibility);
            PrintNotes(print, table, visibility);
            return exitCode;
        });
        return command;
    }

    private static void PrintFamilies(Printing print, Visibility visibility)
    {
        print.Line();
        print.Line("family  quorum     >= 1     > 25 %     > 50 %     > 75 %      100 %");
        foreach (bool isV6 in (bool[])[false, true])
        {
            print.Line(
                $"{(isV6 ? "IPv6" : "IPv4")}    {visibility.FullFeedPeerAses(isV6), 6}"
                    + string.Concat(
                        VisibilityRules.Cuts.Select(
                            (cut, at) =>
                                $"{visibility.VisiblePrefixes(isV6, cut)}".PadLeft(at == 0 ? 9 : 11)
                        )
                    )
            );
        }
    }

    private static void PrintPeers(Printing print, RouteTable table, Visibility visibility)
    {
        HashSet<int> full =
        [
            .. visibility.FullFeedPeers(isV6: false),
            .. visibility.FullFeedPeers(isV6: true),
        ];
        print.Line();
        print.Line("   IPv4    IPv6   stale  peer");
        foreach (
            int peer in Enumerable
                .Range(0, table.Peers.Count)
                .OrderByDescending(peer =>
                    (long)table.TableSize(peer, isV6: false) + table.TableSize(peer, isV6: true)
                )
                .ThenBy(peer => peer)
                .Take(PeersShown)
        )
        {
            string feed = table.Peers.FeedName(table.Peers.FeedOf(peer));
            print.Line(
                $"{table.TableSize(peer, isV6: false), 7} {table.TableSize(peer, isV6: true), 7} {table.StaleSize(peer), 7}  {table.Peers[peer]}"
                    + (table.Peers.FeedCount > 1 ? $" at {feed}" : "")
                    + (full.Contains(peer) && !visibility.IsWithoutBaseline ? "  full feed" : "")
            );
        }

        if (table.Peers.Count > PeersShown)
        {
            print.Line($"        and {table.Peers.Count - PeersShown} smaller ones");
        }
    }

    private static void PrintNotes(Printing print, RouteTable table, Visibility visibility)
    {
        if (visibility.IsWithoutBaseline)
        {
            print.Line();
            print.Line(
                "no_baseline: only updates were read. A route that no peer repeated is not here, no peer is known to be a full feed, and a prefix counts as visible when one peer AS announced it"
            );
        }

        if (table.Resets > 0)
        {
            print.Line();
            print.Line(
                $"peer_reset: {table.Resets} sessions went down; their routes are stale, neither held nor lost, until repeated"
            );
        }

        if (table.Refused > 0)
        {
            print.Line();
            print.Line(
                $"{table.Refused} routes are past the limits of the table and were left out"
            );
        }
    }
}
