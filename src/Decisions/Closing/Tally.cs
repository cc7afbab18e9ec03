using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Closing;

/// <summary>
/// How classes lean. Many of one class are one class; voices, those who recused and those with a conflict of interest are not
/// counted.
/// </summary>
/// <param name="Classes">Classes that took part.</param>
/// <param name="Unanswered">Counted objections that nobody has answered.</param>
/// <param name="Voices">Objections of those who are heard and not counted, that nobody has answered.</param>
internal sealed record Tally(
    int Classes,
    int Towards,
    int Against,
    IReadOnlyList<Position> Unanswered,
    IReadOnlyList<Position> Voices
)
{
    public static Tally Of(Decision decision)
    {
        List<Position> counted = [.. decision.Positions.Where(position => position.Counts)];
        List<int> leans =
        [
            .. counted
                .GroupBy(position => position.Class)
                .Select(group => group.Sum(position => LeanOf(position.Stand))),
        ];
        return new Tally(
            leans.Count,
            leans.Count(lean => lean > 0),
            leans.Count(lean => lean < 0),
            [.. counted.Where(position => position is { Stand: Stand.Object, Answer: null })],
            [
                .. decision.Positions.Where(position =>
                    position is { Counts: false, Stand: Stand.Object, Answer: null }
                ),
            ]
        );
    }

    /// <summary>Classes of which more lean towards it than against it.</summary>
    public static IReadOnlyList<StakeholderClass> InFavour(Decision decision) =>
        [
            .. decision
                .Positions.Where(position => position.Counts)
                .GroupBy(position => position.Class)
                .Where(group => group.Sum(position => LeanOf(position.Stand)) > 0)
                .Select(group => group.Key),
        ];

    private static int LeanOf(Stand stand) =>
        stand switch
        {
            Stand.Support or Stand.NoObjection => 1,
            Stand.Object => -1,
            _ => 0,
        };
}
