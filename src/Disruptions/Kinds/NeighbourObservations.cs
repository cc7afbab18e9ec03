using NodaTime;
using static Breakwater.Disruptions.Kinds.Observation;

namespace Breakwater.Disruptions.Kinds;

/// <summary>What falls in other countries at the same time. Silence counts only for neighbours in which losses are seen at all.</summary>
internal static class NeighbourObservations
{
    private const int WatchedLeast = 2;
    private const int OthersLeast = 2;

    public static IEnumerable<Observation> Of(
        Disruption disruption,
        Surroundings surroundings,
        KindProfile profile
    )
    {
        if (disruption.Place.Country is not { } country)
        {
            yield break;
        }

        var reach = Duration.FromMinutes(profile.OthersWithinMinutes.Value);
        IReadOnlyList<Disruption> others = surroundings.FirstElsewhere(
            country,
            disruption.Start,
            reach
        );
        IReadOnlyList<string> neighbours = LandNeighbours.Of(country);
        List<Disruption> beside =
        [
            .. others.Where(other => neighbours.Contains(other.Place.Country!)),
        ];
        if (beside.Count > 0)
        {
            yield return new Observation(
                "neighbours_fall_too",
                Say($"{Names(beside)}, next to it, fall at the same time."),
                Ids(beside)
            );
        }
        else if (others.Count >= OthersLeast)
        {
            yield return new Observation(
                "several_countries_at_once",
                Say($"{others.Count} other countries fall at the same time: {Names(others)}."),
                Ids(others)
            );
        }
        else
        {
            int watched = neighbours.Count(surroundings.IsWatched);
            yield return watched >= WatchedLeast
                ? new Observation(
                    "neighbours_unaffected",
                    Say(
                        $"None of {watched} neighbouring countries that are watched falls with it."
                    ),
                    [disruption.Id]
                )
                : new Observation("neighbours_unseen", "Too few neighbours are watched.", []);
        }

        if (OneFeed([disruption, .. others], profile) is { } feed)
        {
            yield return new Observation(
                "one_feed_many_countries",
                Say(
                    $"{others.Count + 1} countries fall at the same time in one feed alone, {Shown(feed)}: the feed may be at fault."
                ),
                Ids(others)
            );
        }
    }

    /// <summary>The one source on which all of them rest; null when there is a second one or too few countries.</summary>
    private static string? OneFeed(List<Disruption> together, KindProfile profile)
    {
        if (together.Count < profile.OneFeedCountries.Value)
        {
            return null;
        }

        List<string> feeds =
        [
            .. together
                .SelectMany(disruption => disruption.Sources)
                .Where(source => source.Verdict == Verdict.Agrees)
                .Select(source => source.Name)
                .Distinct(StringComparer.Ordinal)
                .Take(2),
        ];
        return feeds.Count == 1 ? feeds[0] : null;
    }

    private static string Names(IReadOnlyList<Disruption> others) =>
        string.Join(", ", others.Take(FromMax).Select(other => other.Place.Country))
        + (others.Count > FromMax ? Say($" and {others.Count - FromMax} more") : "");
}
