using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Findings;

/// <param name="IsDated">Read with the day as of which readings are known.</param>
public sealed record Mismatch(CaseSheet Case, Expectation Expected, Outcome Actual, bool IsDated);

public sealed record BasisScore(int Matched, int Total);

/// <summary>A pack held against cases. Agreement shows consistency with whoever coded them, and not that the law is right.</summary>
/// <param name="Expectations">Read without dates.</param>
/// <param name="Dated">Read with dates.</param>
public sealed record Score(
    int Cases,
    int Expectations,
    int Matched,
    int Dated,
    int DatedMatched,
    IReadOnlyList<Mismatch> Mismatched,
    IReadOnlyDictionary<Basis, BasisScore> ByBasis
);

public static class Scoring
{
    public static Score Of(LawPack pack, IReadOnlyList<CaseSheet> cases)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(cases);
        var programmes = new Dictionary<(AsOf, bool), Programme>();
        var all = cases
            .SelectMany(one =>
                one.Expected.Select(expected => (Case: one, Expected: expected, IsDated: false))
                    .Concat(
                        one.Dated.Select(expected => (Case: one, Expected: expected, IsDated: true))
                    )
            )
            .Select(one => new Mismatch(
                one.Case,
                one.Expected,
                Actual(one.Case, one.Expected, one.IsDated),
                one.IsDated
            ))
            .ToList();
        List<Mismatch> undated = [.. all.Where(one => !one.IsDated)];
        return new Score(
            cases.Count,
            undated.Count,
            undated.Count(IsMatch),
            all.Count - undated.Count,
            all.Count(one => one.IsDated && IsMatch(one)),
            [.. all.Where(one => !IsMatch(one))],
            undated
                .GroupBy(one => one.Expected.Basis)
                .OrderBy(group => group.Key)
                .ToDictionary(
                    group => group.Key,
                    group => new BasisScore(group.Count(IsMatch), group.Count())
                )
        );

        Outcome Actual(CaseSheet one, Expectation expected, bool isDated)
        {
            AsOf asOf =
                isDated && expected.AsOf is { } day
                    ? new AsOf(day.Last, one.Facts.Conduct?.LastDay)
                    : AsOf.Undated;
            if (!programmes.TryGetValue((asOf, one.Facts.IsClosed), out Programme? programme))
            {
                programme = Programme.Of(pack, asOf, one.Facts.IsClosed);
                programmes[(asOf, one.Facts.IsClosed)] = programme;
            }

            var evaluation = new Evaluation(programme);
            evaluation.Evaluate(KnownFacts.Of(one.Facts, asOf).Values);
            return evaluation.OutcomeOf(
                programme.RuleIndex[expected.Rule],
                programme.ProfileAt(expected.Profile)
            );
        }
    }

    private static bool IsMatch(Mismatch one) => one.Actual == one.Expected.Outcome;
}
