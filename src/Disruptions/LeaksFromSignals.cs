using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>
/// Judges leaks by the sum of their tags: a mark in the route itself (RFC 9234), attested providers (ASPA), and, weakest,
/// inferred relationships, which need many prefixes, or several peers that let go of it again, and keep the confidence low.
/// What one AS passed on from one neighbour is one leak, whoever received it.
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
        foreach (WholeLeak leak in WholeLeak.Of(signals, profile))
        {
            List<RoutingTag> tags = Tags(leak, profile);
            double opening = tags.Where(tag => !profile.LowersOnly.Contains(tag.Tag))
                .Sum(tag => tag.Score);
            if (opening < profile.OpenScore)
            {
                setAside.Add(
                    new SetAside(
                        leak.Place,
                        leak.Leaker,
                        [],
                        leak.Since,
                        tags.Sum(tag => tag.Score),
                        tags
                    )
                );
            }
            else
            {
                leaks.Add(LeakOf(leak, tags, profile));
            }
        }

        return (leaks, setAside);
    }

    private static List<RoutingTag> Tags(WholeLeak leak, HijackProfile profile)
    {
        List<RoutingTag> tags =
        [
            .. leak
                .Findings.GroupBy(finding => finding.Tag)
                .Select(group => new RoutingTag(group.Key, group.Max(finding => finding.Score))),
        ];
        if (leak.Peers.Count < profile.PeersMin)
        {
            tags.Add(profile.Tag("few_peers"));
        }
        else if (leak.End == LeakEnd.Ended && !leak.IsOlder)
        {
            tags.Add(profile.Tag("came_and_went"));
        }

        if (leak.Prefixes.Count >= profile.ManyPrefixes)
        {
            tags.Add(profile.Tag("many_prefixes_at_once"));
        }

        return tags;
    }

    private static Disruption LeakOf(WholeLeak leak, List<RoutingTag> tags, HijackProfile profile)
    {
        double logOdds =
            Fusion.LogOdds(profile.PriorProbability)
            + (tags.Sum(tag => tag.Score) * profile.LogOddsPerPoint);
        bool isInferred = leak.Findings.All(finding => finding.Kind >= LeakKind.Type1);
        var confidence = new Confidence(
            Math.Min(
                Fusion.Probability(logOdds),
                isInferred ? profile.InferredCap : profile.ConfidenceCap
            )
        );
        InstantRange? end = leak is { End: LeakEnd.Ended, Until: { } until }
            ? new InstantRange(until, until)
            : null;
        return new Disruption
        {
            Id = ContentId.Of(
                "disruption",
                new
                {
                    signals = leak.Signals.Select(signal => signal.Id),
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
            Place = leak.Place,
            Asns = [leak.Leaker],
            Start = leak.Since,
            Onset = new InstantRange(leak.Since, leak.Since),
            End = end,
            Confidence = confidence,
            Severity = [],
            Sources =
            [
                .. tags.Select(tag => new SourceVerdict(
                    leak.Source,
                    SignalFamily.Routing,
                    tag.Score > 0 ? Verdict.Agrees : Verdict.Disagrees,
                    tag.Tag,
                    Math.Round(tag.Score * profile.LogOddsPerPoint, 3)
                )),
            ],
            Claims = [],
            Links = [],
            Notes = [.. Notes(leak)],
            Origin = leak.Signals[0].Origin,
            Marking = leak.Signals[0].Marking,
            Signals = [.. leak.Signals.Select(signal => signal.Id)],
            Evidence = leak.Evidence,
            Detector = string.Create(
                CultureInfo.InvariantCulture,
                $"{profile.Name} {profile.Version}, method {DisruptionsFromSignals.MethodVersion}"
            ),
        };
    }

    private static IEnumerable<string> Notes(WholeLeak leak)
    {
        foreach (LeakFinding finding in leak.Findings.Take(NamesMax))
        {
            yield return finding.Reason;
        }

        if (leak.Receivers.Count > 1)
        {
            yield return Text(
                $"passed on to {leak.Receivers.Count} ASes: {string.Join(", ", leak.Receivers.Take(NamesMax))}{(leak.Receivers.Count > NamesMax ? " and more" : "")}"
            );
        }

        yield return Text(
            $"{leak.Prefixes.Count} prefixes of {leak.Origins} origins, seen by {leak.Peers.Count} peers, at most {leak.RoutesMax} routes at one time: {string.Join(", ", leak.Prefixes.Take(NamesMax))}{(leak.Prefixes.Count > NamesMax ? " and more" : "")}"
        );
        yield return $"path: {CleanPath.Text(leak.Signals[0].Path)}; judged by {string.Join(", ", leak.Signals.SelectMany(signal => signal.JudgedBy).Distinct())}";
        if (leak.IsOlder)
        {
            yield return "it was there when watching began: its onset is earlier";
        }

        if (leak.End == LeakEnd.OutOfSight)
        {
            yield return "peer_reset: the last peers that showed it lost their session; its end is unseen";
        }

        yield return "suspicion of the route, not of intent: a slip in configuration looks the same";
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
