using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>What a tired reader must know of a hijack to read its numbers right.</summary>
internal static class HijackWords
{
    private const int NamesMax = 6;

    public static IEnumerable<string> Notes(
        RouteSignal signal,
        RoutingFacts facts,
        HijackProfile profile
    )
    {
        OriginDeparture departure = signal.Departure;
        yield return departure.Facts.IsUndecided
            ? Undecided(facts.SuspectOrigins)
            : Text(
                $"announced {(departure.Origin.Number == 0 ? "with a set in place of an origin" : $"by {departure.Origin}")}; expected from {Names(facts.ExpectedOrigins)} ({Basis(departure)})"
            );
        yield return Text(
            $"type {facts.Type}: {Meaning(facts)}; seen by {facts.PeersSeen} of {facts.PeersHearing} peers that hear it"
        );
        yield return $"rpki: {facts.Rpki.Reason}";
        if (
            departure.Basis is ExpectationBasis.Window or ExpectationBasis.Rpki
            && !departure.Facts.HasBaseline
        )
        {
            yield return "no_baseline: no table dump was read, so nothing older than the window says who held the prefix";
        }

        if (facts.PeersSeen < profile.PeersMin)
        {
            yield return Text(
                $"few_peers: fewer than {profile.PeersMin} peers saw it, which lowers the confidence"
            );
        }

        if (facts.Episodes.Count > 1)
        {
            yield return Text(
                $"{facts.Episodes.Count} episodes: {string.Join(", ", facts.Episodes.Take(NamesMax).Select(episode => $"{episode.From} to {(episode.To is { } to ? $"{to}" : "now")}"))}"
            );
        }

        int lost = departure.Spells.Count(spell => spell.End == SpellEnd.SessionLost);
        if (lost > 0)
        {
            yield return Text(
                $"peer_reset: {lost} sessions went down while they held it; its end is unseen there"
            );
        }

        yield return "suspicion of the route, not of intent: a slip in configuration looks the same";
    }

    public static string Undecided(IEnumerable<Asn> origins) =>
        Text(
            $"two origins, none known to be expected: {Names([.. origins.OrderBy(origin => origin.Number)])}; the later may be a hijack or the end of one"
        );

    // Sensing rules: VRPs older than two hours are stale.
    private const int StaleMinutes = 120;

    public static RpkiVerdict Rpki(OriginValidity validity, RpkiSource? source)
    {
        if (source is null)
        {
            return new RpkiVerdict(RouteValidity.Unknown, "unknown: no VRPs", null, null);
        }

        string age = source.AgeMinutes switch
        {
            null => "age unknown",
            > StaleMinutes and var minutes => Text($"{minutes} minutes from the event, stale"),
            { } minutes => Text($"{minutes} minutes from the event"),
        };
        return new RpkiVerdict(
            validity.State,
            Text(
                $"{(validity.State == RouteValidity.Invalid ? validity.ReasonWord : validity.ToString())} ({source.Name}, {source.Count} VRPs, {age})"
            ),
            source.Name,
            source.AgeMinutes
        );
    }

    private static string Meaning(RoutingFacts facts) =>
        facts.Type switch
        {
            { Policy: HijackedPolicy.NoExportViolated } =>
                "exported beyond a neighbour that was told not to",
            { Path: HijackedPath.Hop, Hop: > 0 } =>
                "the expected origin behind a neighbour that is not expected",
            { Prefix: HijackedPrefix.SubPrefix, Path: HijackedPath.None } =>
                $"a part of {facts.KnownPrefix} that is not expected",
            { Prefix: HijackedPrefix.SubPrefix } =>
                $"another origin for a part of {facts.KnownPrefix}",
            { Prefix: HijackedPrefix.Squatting } => "a prefix that nobody is expected to announce",
            _ => "another origin for the same prefix",
        };

    private static string Basis(OriginDeparture departure) =>
        departure.Basis switch
        {
            ExpectationBasis.Configured => "configured",
            ExpectationBasis.Rpki => "authorised in the RPKI",
            ExpectationBasis.Baseline => Text(
                $"held {departure.KnownPrefix} at {departure.Known.Sum(known => known.Peers)} sessions in the table read before"
            ),
            _ => Text(
                $"announced by {departure.Known.Sum(known => known.Peers)} peers in the same window"
            ),
        };

    private static string Names(IReadOnlyList<Asn> asns) =>
        asns.Count == 0 ? "nobody"
        : asns.Count <= NamesMax ? string.Join(", ", asns)
        : Text($"{string.Join(", ", asns.Take(NamesMax))} and {asns.Count - NamesMax} more");

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
