using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary>Routes of a hijack as text for a tired person: who, instead of whom, since when, seen by whom.</summary>
internal static class RoutingTables
{
    private const int PeersShown = 5;
    private const int SetAsideShown = 12;

    /// <summary>The lines under the title of a disruption that has routes.</summary>
    public static void Write(Printing print, Disruption disruption)
    {
        RoutingFacts routing = disruption.Routing!;
        print.Line($"    announced by  {Names(routing.SuspectOrigins)}");
        print.Line($"    expected from {Names(routing.ExpectedOrigins)} (by {Basis(routing)})");
        print.Line($"    since         {Time(disruption.Start)}");
        print.Line(
            $"    until         {(disruption.End is { } end ? Time(end.Latest) : "not seen to end")}"
        );
        foreach (
            Episode episode in routing.Episodes.Count > 1 ? routing.Episodes.Take(PeersShown) : []
        )
        {
            print.Line(
                $"                  {Time(episode.From)} to {(episode.To is { } to ? Time(to) : "now")}"
            );
        }

        print.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"    seen by       {routing.PeersSeen} of {routing.PeersHearing} peer ASes that hear the prefix, over {routing.Peers.Count} sessions"
            )
        );
        foreach (RoutingPeer peer in routing.Peers.Take(PeersShown))
        {
            print.Line(
                $"                  {peer.Feed} {peer.Peer} {peer.Address}: {CleanPath.Text(peer.Path)}"
            );
        }

        if (routing.Peers.Count > PeersShown)
        {
            print.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"                  and {routing.Peers.Count - PeersShown} more (--json lists all)"
                )
            );
        }

        print.Line($"    rpki          {routing.Rpki.Reason}");
        print.Line($"    type          {routing.Type}");
        print.Line($"    for, against  {Tags(routing.Tags)}");
        foreach (string note in disruption.Notes)
        {
            if (
                note.StartsWith("no_baseline", StringComparison.Ordinal)
                || note.StartsWith("few_peers", StringComparison.Ordinal)
                || note.StartsWith("peer_reset", StringComparison.Ordinal)
                || note.StartsWith("suspicion", StringComparison.Ordinal)
            )
            {
                print.Line($"    note: {note}");
            }
        }

        foreach (Claim claim in disruption.Claims)
        {
            print.Line($"    claim by {claim.Source}: {claim.Wording}");
        }
    }

    public static void SetAside(Printing print, IReadOnlyList<SetAside> setAside)
    {
        if (setAside.Count == 0)
        {
            return;
        }

        print.Line();
        print.Line(
            $"SET ASIDE  {setAside.Count} departures of origins that have another explanation"
        );
        foreach (SetAside one in setAside.Take(SetAsideShown))
        {
            print.Line(
                $"  {Time(one.From)} {one.Place}: {one.Origin}, expected {Names(one.Expected)}; {Tags(one.Tags)}"
            );
        }

        if (setAside.Count > SetAsideShown)
        {
            print.Line($"  and {setAside.Count - SetAsideShown} more (--json lists all)");
        }
    }

    private static string Basis(RoutingFacts routing) =>
        routing.ExpectedFrom switch
        {
            ExpectationBasis.Configured => "configuration",
            ExpectationBasis.Rpki => "the RPKI",
            ExpectationBasis.Baseline => $"the table read before, {routing.KnownPrefix}",
            _ => "most peers in the same window",
        };

    private static string Names(IReadOnlyList<Asn> asns) =>
        asns.Count == 0 ? "nobody" : string.Join(", ", asns.Take(8));

    private static string Tags(IReadOnlyList<RoutingTag> tags) =>
        string.Join(
            ", ",
            tags.Select(tag =>
                $"{tag.Tag} {tag.Score.ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture)}"
            )
        );

    private static string Time(Instant at) => InstantPattern.General.Format(at);
}
