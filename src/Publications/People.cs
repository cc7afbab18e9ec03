using Breakwater.Needs;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>
/// Counts of people without service, added only where adding is true: over places that do not contain each other, within
/// one group. Services are not added (the same person lacks several), groups are not added (they overlap), and civilians
/// and responders never meet (INV-05).
/// </summary>
public static class People
{
    public static bool IsCivilian(PopulationGroup group) => group != PopulationGroup.Responders;

    /// <summary>People of one group without at least one service, and in how many places the count is unknown.</summary>
    public static (CountRange? Count, int Unknown) Without(
        IReadOnlyList<Need> needs,
        PopulationGroup group
    )
    {
        var ofGroup = needs.Where(need => need.Group == group).ToList();
        var places = ofGroup.Select(need => need.Place).Distinct().ToList();
        var widest = places
            .Where(place => !places.Any(other => !other.Equals(place) && place.IsWithin(other)))
            .Select(place => At(ofGroup, place, group))
            .ToList();
        var known = widest.OfType<CountRange>().ToList();
        return (
            known.Count == 0
                ? null
                : new CountRange(known.Sum(count => count.Low), known.Sum(count => count.High)),
            widest.Count - known.Count
        );
    }

    /// <summary>At one place, of the service that most people lack.</summary>
    public static CountRange? At(IReadOnlyList<Need> needs, Place place, PopulationGroup group) =>
        needs
            .Where(need => need.Group == group && need.Place.Equals(place))
            .Select(need => need.WithoutService)
            .OfType<CountRange>()
            .OrderByDescending(count => count.High)
            .ThenByDescending(count => count.Low)
            .FirstOrDefault();

    /// <summary>The largest civilian group at a place, which is what the map draws.</summary>
    public static CountRange? LargestGroupAt(IReadOnlyList<Need> needs, Place place) =>
        Enum.GetValues<PopulationGroup>()
            .Where(IsCivilian)
            .Select(group => At(needs, place, group))
            .OfType<CountRange>()
            .OrderByDescending(count => count.High)
            .ThenByDescending(count => count.Low)
            .FirstOrDefault();

    /// <summary>A count as it may be printed: a handful of people is not named by its number.</summary>
    public static Word Printed(CountRange? count) =>
        count is { High: > 0 and < ReleaseCheck.SmallestGroupOfPeople }
            ? new Said("fewer-than", ("limit", new Count(ReleaseCheck.SmallestGroupOfPeople)))
            : Word.Of(count);
}
