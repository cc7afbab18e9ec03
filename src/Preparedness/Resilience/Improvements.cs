using NodaTime;

namespace Breakwater.Preparedness.Resilience;

/// <summary>What a country could raise, and what the whole index would then be.</summary>
/// <param name="From">The value now.</param>
/// <param name="To">The next one that it can reach.</param>
/// <param name="Then">The index with it; null when the index is withheld.</param>
/// <param name="Gain">Points of the mean of what is known.</param>
/// <param name="Best">The value that scores 100.</param>
/// <param name="GainAtBest">Points if it were reached.</param>
/// <param name="IsTied">True when another one raises it by as much.</param>
public sealed record Improvement(
    string Indicator,
    double From,
    double To,
    double? Then,
    double Gain,
    double Best,
    double GainAtBest,
    bool IsTied
);

/// <summary>What nobody knows well enough. To find it out makes the index narrower, and nothing better.</summary>
/// <param name="Narrows">By how many points the range would be narrower if it were known exactly.</param>
/// <param name="IsContradicted">True when sources disagree; false when it is missing or too old.</param>
public sealed record FindOut(string Indicator, double Narrows, bool IsContradicted);

/// <summary>What to do first in a country: the acts that raise its index most, and apart from them what to find out.</summary>
/// <param name="First">Three, and any that tie with the third.</param>
public sealed record Improvements(
    string Country,
    IReadOnlyList<Improvement> First,
    int Others,
    IReadOnlyList<FindOut> FindOut
)
{
    public const int FirstMax = 3;

    private const double Alike = 1e-9;

    /// <summary>Each known value is raised by one step, alone, and the whole index is computed again.</summary>
    public static Improvements Of(IndicatorSet set, CountryResilience country, LocalDate asOf)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(country);
        Improvement[] all =
        [
            .. Enumerable
                .Range(0, country.Choices.Count)
                .Select(at => Raised(set, country, at, asOf))
                .OfType<Improvement>()
                .Where(one => one.Gain > Alike)
                .OrderByDescending(one => one.Gain),
        ];
        double third = all.Length == 0 ? 0 : all[Math.Min(FirstMax, all.Length) - 1].Gain;
        Improvement[] first =
        [
            .. all.Where(one => one.Gain >= third - Alike)
                .Select(one =>
                    one with
                    {
                        IsTied = all.Any(other =>
                            other.Indicator != one.Indicator
                            && Math.Abs(other.Gain - one.Gain) < Alike
                        ),
                    }
                ),
        ];
        return new Improvements(
            country.Country,
            first,
            all.Length - first.Length,
            [
                .. country
                    .Indicators.Where(one =>
                        one.Share > 0
                        && (one.State != IndicatorState.Used || one.Contradicting.Count > 0)
                    )
                    .Select(one => new FindOut(
                        one.Indicator,
                        one.Share * (one.Range.High - one.Range.Low),
                        one.State == IndicatorState.Used
                    ))
                    .OrderByDescending(one => one.Narrows),
            ]
        );
    }

    /// <summary>Null for what is unknown or contradicted: nobody can say from where it would be raised.</summary>
    private static Improvement? Raised(
        IndicatorSet set,
        CountryResilience country,
        int at,
        LocalDate asOf
    )
    {
        Choice choice = country.Choices[at];
        if (
            choice is not { Used: { } now, IsTooOld: false, Contradicting.Count: 0 }
            || choice.Indicator.Next(now.Value) is not { } next
        )
        {
            return null;
        }

        CountryResilience then = With(next);
        return new Improvement(
            choice.Indicator.Id,
            now.Value,
            next,
            then.Score,
            then.Known!.Value - country.Known!.Value,
            choice.Indicator.Best,
            With(choice.Indicator.Best).Known!.Value - country.Known.Value,
            false
        );

        CountryResilience With(double value)
        {
            Choice[] changed = [.. country.Choices];
            changed[at] = choice.If(value);
            return ResilienceFromValues.Of(set, country.Country, changed, asOf);
        }
    }
}
