using NodaTime;

namespace Breakwater.Preparedness.Resilience;

/// <summary>What a country could raise, and what the whole index would then be.</summary>
/// <param name="From">The value now.</param>
/// <param name="To">The next one that it can reach.</param>
/// <param name="Then">The index with it.</param>
/// <param name="Gain">Points of the index.</param>
/// <param name="Best">The value that scores 100.</param>
/// <param name="GainAtBest">Points if it were reached.</param>
/// <param name="IsTied">True when another one raises it by as much.</param>
public sealed record Improvement(
    string Indicator,
    double From,
    double To,
    double Then,
    double Gain,
    double Best,
    double GainAtBest,
    bool IsTied
);

/// <summary>What nobody knows well enough. To find it out makes the index narrower, and nothing better.</summary>
/// <param name="Share">How much of the weight becomes known with it; 0 when sources disagree, for then it is known.</param>
/// <param name="Narrows">By how many points the range would be narrower if it were known exactly; null where there is no range because the index is withheld.</param>
/// <param name="IsContradicted">True when sources disagree; false when it is missing or too old.</param>
public sealed record FindOut(string Indicator, double Share, double? Narrows, bool IsContradicted);

/// <summary>What to do first in a country: the acts that raise its index most, and apart from them what to find out.</summary>
/// <param name="First">Three, and any that tie with the third. None while the index is withheld: of what nobody may state, no part is stated either.</param>
/// <param name="FindOut">What narrows the range most comes first; where the index is withheld, what makes most of the weight known.</param>
/// <param name="Needed">How many of them, from the first on, make enough known for the index to be stated; 0 when it is.</param>
public sealed record Improvements(
    string Country,
    IReadOnlyList<Improvement> First,
    int Others,
    IReadOnlyList<FindOut> FindOut,
    int Needed
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
                .Range(0, country.IsWithheld ? 0 : country.Choices.Count)
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
        FindOut[] findOut =
        [
            .. country
                .Indicators.Where(one =>
                    one.Share > 0
                    && (one.State != IndicatorState.Used || one.Contradicting.Count > 0)
                )
                .Select(one => Unknown(one, country.IsWithheld))
                .OrderByDescending(one => one.Narrows ?? one.Share),
        ];
        return new Improvements(
            country.Country,
            first,
            all.Length - first.Length,
            findOut,
            country.IsWithheld
                ? ShortestWay(findOut, set.CompletenessMin - country.Completeness)
                : 0
        );
    }

    private static FindOut Unknown(IndicatorScore one, bool isWithheld)
    {
        bool isContradicted = one.State == IndicatorState.Used;
        return new FindOut(
            one.Indicator,
            isContradicted ? 0 : one.Share,
            isWithheld ? null : one.Share * (one.Range.High - one.Range.Low),
            isContradicted
        );
    }

    /// <param name="lacking">Of the weight.</param>
    private static int ShortestWay(FindOut[] findOut, double lacking)
    {
        int count = 0;
        while (count < findOut.Length && lacking > Alike)
        {
            lacking -= findOut[count++].Share;
        }

        return count;
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

        double then = With(next);
        return new Improvement(
            choice.Indicator.Id,
            now.Value,
            next,
            then,
            then - country.Score!.Value,
            choice.Indicator.Best,
            With(choice.Indicator.Best) - country.Score.Value,
            false
        );

        double With(double value)
        {
            Choice[] changed = [.. country.Choices];
            changed[at] = choice.If(value);
            return ResilienceFromValues.Of(set, country.Country, changed, asOf).Score!.Value;
        }
    }
}
