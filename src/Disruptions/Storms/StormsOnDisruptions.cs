using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Lays storms of a feed beside the losses of routes that the same feed saw. A storm alone is no loss.</summary>
internal static class StormsOnDisruptions
{
    public static Disruption Attach(
        Disruption disruption,
        IReadOnlyList<Storm> storms,
        DetectorProfile profile
    )
    {
        List<SourceVerdict> verdicts =
        [
            .. storms
                .Where(storm => Overlaps(storm, disruption) && IsOfFeed(storm, disruption))
                .Select(storm => storm.ToVerdict(StormProfile.Default)),
        ];
        if (verdicts.Count == 0)
        {
            return disruption;
        }

        double logOdds =
            Fusion.LogOdds(Math.Clamp(disruption.Confidence.Probability, 0.001, 0.999))
            + verdicts.Max(verdict => verdict.Weight);
        return disruption with
        {
            Confidence = new(Math.Min(Fusion.Probability(logOdds), profile.CapOf(disruption))),
            Sources = [.. disruption.Sources, .. verdicts],
            Notes = [.. disruption.Notes, "routes were unstable: a storm of routing"],
        };
    }

    private static bool IsOfFeed(Storm storm, Disruption disruption) =>
        disruption.Sources.Any(source =>
            source.Family == SignalFamily.Routing
            && source.Verdict == Verdict.Agrees
            && source.Name.Split('+').Contains(storm.Feed)
        );

    private static bool Overlaps(Storm storm, Disruption disruption) =>
        storm.Onset.Earliest <= (disruption.End?.Latest ?? Instant.MaxValue)
        && disruption.Onset.Earliest <= (storm.End?.Latest ?? Instant.MaxValue);
}
