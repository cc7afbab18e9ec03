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
        && (ShapeObservations.AccessDrop(disruption) ?? 1) >= profile.WholeCountryDrop.Value
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

        Dictionary<string, Disruption> areas = new(StringComparer.Ordinal);
        foreach (
            Disruption other in surroundings.In(
                disruption.Place.Country,
                disruption.Start,
                Duration.FromHours(profile.AreasWithinHours.Value)
            )
        )
        {
            if (other.Place.Area is not null && !IsOneNetwork(other))
            {
                areas.TryAdd(other.Place.Key, other);
            }
        }

        if (areas.Count < AreasLeast)
        {
            return null;
        }

        Duration spread = SpreadOfMost([.. areas.Values.Select(area => area.Start).Order()]);
        return spread <= Duration.FromMinutes(2 * profile.AtOnceMinutes.Value)
                ? new Observation(
                    "areas_fall_at_once",
                    Say($"{areas.Count} areas fall within the same hour."),
                    Ids(areas.Values)
                )
            : spread >= Duration.FromHours(profile.AreasOverHours.Value)
                ? new Observation(
                    "areas_fall_over_hours",
                    Say(
                        $"{areas.Count} areas fall one after another over {spread.TotalHours:0.#} hours, as when batteries run down."
                    ),
                    Ids(areas.Values)
                )
            : null;
    }

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
