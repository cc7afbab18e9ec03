using Breakwater.Needs;
using Breakwater.Vocabulary;

namespace Breakwater.Plans;

/// <summary>People of one group at one area who lack service: what offers compete to serve.</summary>
/// <param name="People">The middle of the range that the need states.</param>
internal sealed record Demand(
    string NeedId,
    Place Place,
    string PlaceName,
    PopulationGroup Group,
    long People,
    IReadOnlyDictionary<string, long> ByNetwork
)
{
    public bool IsResponders => Group == PopulationGroup.Responders;

    /// <summary>
    /// One demand for each area and group; the services of a need share the same people, so messaging stands for all.
    /// Displaced people and refugees are among the residents counted, so residents are what is left: nobody is planned
    /// for twice.
    /// </summary>
    public static IReadOnlyList<Demand> From(Assessment assessment)
    {
        List<Demand> all =
        [
            .. assessment
                .Needs.Where(need =>
                    need is { Service: Service.Messaging, WithoutService: not null }
                )
                .OrderBy(need => need.Place.Key, StringComparer.Ordinal)
                .ThenBy(need => need.Group)
                .Select(need => new Demand(
                    need.Id,
                    need.Place,
                    need.PlaceName,
                    need.Group,
                    Middle(need.WithoutService!),
                    need.ByNetwork.ToDictionary(
                        part => part.Network,
                        part => Middle(part.WithoutService)
                    )
                )),
        ];
        return
        [
            .. all.Select(demand =>
                demand.Group == PopulationGroup.Residents
                    ? demand.Without(
                        all.Where(other =>
                                other.Place.Equals(demand.Place)
                                && other.Group
                                    is PopulationGroup.Displaced
                                        or PopulationGroup.Refugees
                            )
                            .Sum(other => other.People)
                    )
                    : demand
            ),
        ];
    }

    private Demand Without(long counted) =>
        People == 0
            ? this
            : this with
            {
                People = Math.Max(0, People - counted),
                ByNetwork = ByNetwork.ToDictionary(
                    part => part.Key,
                    part => (long)(part.Value * (Math.Max(0, People - counted) / (double)People))
                ),
            };

    private static long Middle(CountRange range) => range.Low + ((range.High - range.Low) / 2);
}
