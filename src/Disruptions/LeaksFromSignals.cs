using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>
/// Judges leaks by the sum of their tags: a mark in the route itself (RFC 9234), attested providers (ASPA), and, weakest,
/// inferred relationships, which alone never reach the sum from which a leak is reported.
/// </summary>
internal static class LeaksFromSignals
{
    private const int NamesMax = 12;

    public static (IReadOnlyList<Disruption> Leaks, IReadOnlyList<SetAside> SetAside) Judge(
        IReadOnlyList<LeakSignal> signals,
        HijackProfile profile
    )
    {
        List<Disruption> leaks = [];
        List<SetAside> setAside = [];
        foreach (LeakSignal signal in signals.OrderBy(signal => signal.Id, StringComparer.Ordinal))
        {
            List<RoutingTag> tags = Tags(signal.Episode, profile);
            double opening = tags.Where(tag => !profile.LowersOnly.Contains(tag.Tag))
                .Sum(tag => tag.Score);
            if (opening < profile.OpenScore)
            {
                setAside.Add(
                    new SetAside(
                        signal.Place,
                        signal.Episode.Segment.Leaker,
                        [],
                        signal.Episode.Since,
                        tags.Sum(tag => tag.Score),
                        tags
                    )
                );
            }
            else
            {
                leaks.Add(LeakOf(signal, tags, profile));
            }
        }

        return (leaks, setAside);
    }

    private static List<RoutingTag> Tags(LeakEpisode episode, HijackProfile profile)
    {
        List<RoutingTag> tags =
        [
            .. episode
                .Findings.GroupBy(finding => finding.Tag)
                .Select(group => new RoutingTag(group.Key, group.Max(finding => finding.Score))),
        ];
        if (episode.Peers.Count < profile.PeersMin)
        {
            tags.Add(profile.Tag("few_peers"));
        }

        return tags;
    }

    private static Disruption LeakOf(
        LeakSignal signal,
        List<RoutingTag> tags,
        HijackProfile profile
    )
    {
        LeakEpisode episode = signal.Episode;
        double logOdds =
            Fusion.LogOdds(profile.PriorProbability)
            + (tags.Sum(tag => tag.Score) * profile.LogOddsPerPoint);
        var confidence = new Confidence(
            Math.Min(Fusion.Probability(logOdds), profile.ConfidenceCap)
        );
        InstantRange? end = episode is { End: LeakEnd.Ended, Until: { } until }
            ? new InstantRange(until, until)
            : null;
        return new Disruption
        {
            Id = ContentId.Of(
                "disruption",
                new
                {
                    signal.Id,
                    tags,
                    profile = $"{profile.Name} {profile.Version}",
                    version = DisruptionsFromSignals.MethodVersion,
                }
            ),
            Kind = DisruptionKind.Leak,
            State =
                end is not null ? DisruptionState.Closed
                : confidence.Probability >= profile.ConfirmAt ? DisruptionState.Confirmed
                : DisruptionState.Suspected,
            Place = signal.Place,
            Asns = [episode.Segment.Leaker],
            Start = episode.Since,
            Onset = new InstantRange(episode.Since, episode.Since),
            End = end,
            Confidence = confidence,
            Severity = [],
            Sources =
            [
                .. tags.Select(tag => new SourceVerdict(
                    signal.Source,
                    SignalFamily.Routing,
                    tag.Score > 0 ? Verdict.Agrees : Verdict.Disagrees,
                    tag.Tag,
                    Math.Round(tag.Score * profile.LogOddsPerPoint, 3)
                )),
            ],
            Claims = [],
            Links = [],
            Notes = [.. Notes(signal)],
            Origin = signal.Origin,
            Marking = signal.Marking,
            Signals = [signal.Id],
            Evidence = signal.Evidence,
            Detector = string.Create(
                CultureInfo.InvariantCulture,
                $"{profile.Name} {profile.Version}, method {DisruptionsFromSignals.MethodVersion}"
            ),
        };
    }

    private static IEnumerable<string> Notes(LeakSignal signal)
    {
        LeakEpisode episode = signal.Episode;
        foreach (LeakFinding finding in episode.Findings)
        {
            yield return finding.Reason;
        }

        yield return Text(
            $"{episode.Prefixes.Count} prefixes of {episode.Origins.Count} origins, seen by {episode.Peers.Count} peers, at most {episode.RoutesMax} routes at one time: {string.Join(", ", episode.Prefixes.Take(NamesMax))}{(episode.Prefixes.Count > NamesMax ? " and more" : "")}"
        );
        yield return $"path: {CleanPath.Text(signal.Path)}; judged by {string.Join(", ", signal.JudgedBy)}";
        if (episode.IsOlder)
        {
            yield return "it was there when watching began: its onset is earlier";
        }

        if (episode.End == LeakEnd.OutOfSight)
        {
            yield return "peer_reset: the last peers that showed it lost their session; its end is unseen";
        }

        yield return "suspicion of the route, not of intent: a slip in configuration looks the same";
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
