using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;

namespace Breakwater.Bench.Accuracy.Kinds;

/// <summary>
/// Counts how often each tag occurs in events of each kind. An event counts once however many rows it has: a nightly
/// shutdown of two months is one event and not sixty.
/// </summary>
internal static class KindLearning
{
    public static IReadOnlyList<KindTag> Count(
        IReadOnlyList<KindEvent> rows,
        IReadOnlySet<string> groups,
        KindProfile profile
    )
    {
        // All rows stand around, scored or not: what else fell at that time is known without any cause.
        IReadOnlyDictionary<string, IReadOnlyList<string>> tags = KindsFromEvidence.Tags(
            [.. rows.Select(row => row.Disruption)],
            profile
        );
        Dictionary<string, HashSet<string>> featureTags = profile
            .Tags.GroupBy(tag => tag.Feature)
            .ToDictionary(
                feature => feature.Key,
                feature => feature.Select(tag => tag.Tag).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
        List<IGrouping<(string Group, DisruptionKind Kind), KindEvent>> events =
        [
            .. rows.Where(row => row.Truth is not null && groups.Contains(row.Group))
                .GroupBy(row => (row.Group, row.Truth!.Value)),
        ];
        return
        [
            .. profile.Tags.Select(tag =>
                tag with
                {
                    Counts = events
                        .GroupBy(item => item.Key.Kind)
                        .OrderBy(kind => kind.Key)
                        .ToDictionary(
                            kind => kind.Key,
                            kind => CountOf(tag.Tag, featureTags[tag.Feature], kind, tags)
                        ),
                }
            ),
        ];
    }

    private static IReadOnlyList<double> CountOf(
        string tag,
        HashSet<string> feature,
        IEnumerable<IEnumerable<KindEvent>> events,
        IReadOnlyDictionary<string, IReadOnlyList<string>> tags
    )
    {
        double present = 0;
        int judged = 0;
        foreach (IEnumerable<KindEvent> rows in events)
        {
            List<IReadOnlyList<string>> able =
            [
                .. rows.Select(row => tags[row.Disruption.Id])
                    .Where(all => all.Any(feature.Contains)),
            ];
            if (able.Count > 0)
            {
                present += able.Average(all => all.Contains(tag) ? 1.0 : 0);
                judged++;
            }
        }

        return [Math.Round(present, 2), judged];
    }
}
