using Breakwater.Vocabulary;
using NodaTime;
using static Breakwater.Disruptions.Kinds.Observation;

namespace Breakwater.Disruptions.Kinds;

/// <summary>How far it reaches inside its country: one network, one area, everything at once, or one area after another.</summary>
internal static class ExtentObservations
{
    private const int AreasLeast = 3;
    private const int NetworksLeast = 3;

    public static IEnumerable<Observation> Of(
        Disruption disruption,
        Surroundings surroundings,
        KindProfile profile
    )
    {
        string[] from = [disruption.Id];
        return (
            (IEnumerable<Observation?>)
                [
                    Extent(disruption, profile, from),
                    Areas(disruption, surroundings, profile),
                    Networks(disruption, surroundings, profile),
                ]
        ).OfType<Observation>();
    }

    private static bool IsOneNetwork(Disruption disruption) =>
        disruption.Network is not null || disruption.Place.Asn is not null;

    private static Observation? Extent(
        Disruption disruption,
        KindProfile profile,
        IReadOnlyList<string> from
    ) =>
        disruption.Place.Tld is not null
            ? new("name_space", "A top-level domain is affected and no place.", from)
        : IsOneNetwork(disruption) ? new("one_network", "One network is affected.", from)
        : disruption.Place.Area is not null
            ? new("one_area", "A part of the country is affected.", from)
        : disruption.Place.Country is not null
        && (ShapeObservations.AccessDrop(disruption) ?? 1) >= profile.MostOfPlaceDrop.Value
            ? new("whole_country", "Most of the country is affected.", from)
        : null;

    private static Observation? Areas(
        Disruption disruption,
        Surroundings surroundings,
        KindProfile profile
    )
    {
        if (IsOneNetwork(disruption))
        {
            return null;
        }

        var window = Duration.FromHours(profile.AreasWithinHours.Value);
        Dictionary<string, Disruption> areas = new(StringComparer.Ordinal);
        foreach (
            Disruption other in surroundings.In(disruption.Place.Country, disruption.Start, window)
        )
        {
            // A province that is judged by its districts is not one more area.
            if (
                other.Place.Area is not null
                && other.Areas is null
                && !IsOneNetwork(other)
                && (ShapeObservations.AccessDrop(other) ?? 1) >= profile.MostOfPlaceDrop.Value
                && IsDownDuring(disruption, other.Start, other.End)
            )
            {
                areas.TryAdd(other.Place.Key, other);
            }
        }

        List<Disruption> together = DownTogether([.. areas.Values]);
        if (together.Count < AreasLeast)
        {
            return null;
        }

        Duration spread = SpreadOfMost([.. together.Select(area => area.Start)]);
        return spread <= Duration.FromMinutes(2 * profile.AtOnceMinutes.Value)
                ? new Observation(
                    "areas_fall_at_once",
                    Say($"{together.Count} areas fall within the same hour."),
                    Ids(together)
                )
            : spread >= Duration.FromHours(profile.AreasOverHours.Value) && spread <= window
                ? new Observation(
                    "areas_fall_over_hours",
                    Say(
                        $"{together.Count} areas fall one after another over {spread.TotalHours:0.#} hours, as when batteries run down."
                    ),
                    Ids(together)
                )
            : null;
    }

    private static bool IsDownDuring(Disruption one, Instant from, InstantRange? until) =>
        from <= (one.End?.Latest ?? Instant.MaxValue)
        && (until?.Latest ?? Instant.MaxValue) >= one.Start;

    /// <summary>
    /// The areas that are down at one moment, at which the most are: dips that come and go one by one are no wave.
    /// In order of onset.
    /// </summary>
    private static List<Disruption> DownTogether(IReadOnlyList<Disruption> areas)
    {
        List<Disruption> byStart =
        [
            .. areas.OrderBy(area => area.Start).ThenBy(area => area.Id, StringComparer.Ordinal),
        ];
        List<Instant> ends = [.. byStart.Select(EndOf).Order()];
        (int most, Instant at) = (0, Instant.MinValue);
        int over = 0;
        for (int begun = 1; begun <= byStart.Count; begun++)
        {
            Instant now = byStart[begun - 1].Start;
            while (over < ends.Count && ends[over] < now)
            {
                over++;
            }

            (most, at) = begun - over > most ? (begun - over, now) : (most, at);
        }

        return [.. byStart.Where(area => area.Start <= at && EndOf(area) >= at)];
    }

    private static Instant EndOf(Disruption area) =>
        area.End is { } end ? Instant.Max(end.Earliest, area.Start) : Instant.MaxValue;

    /// <summary>The shortest stretch in which four in five begin: one straggler does not make it slow.</summary>
    private static Duration SpreadOfMost(IReadOnlyList<Instant> sorted)
    {
        int most = (sorted.Count * 4 + 4) / 5;
        return Enumerable
            .Range(0, sorted.Count - most + 1)
            .Min(first => sorted[first + most - 1] - sorted[first]);
    }

    private static Observation? Networks(
        Disruption disruption,
        Surroundings surroundings,
        KindProfile profile
    )
    {
        if (disruption.Place.Country is null)
        {
            return null;
        }

        Dictionary<string, Disruption> together = new(StringComparer.Ordinal);
        foreach (
            Disruption other in surroundings.In(
                disruption.Place.Country,
                disruption.Start,
                Duration.FromMinutes(profile.OthersWithinMinutes.Value)
            )
        )
        {
            if (other.Network is { } network)
            {
                together.TryAdd(network, other);
            }
        }

        return together.Count >= NetworksLeast
            ? new Observation(
                "networks_fall_together",
                Say($"{together.Count} networks of the country fall together."),
                Ids(together.Values)
            )
            : null;
    }
}
