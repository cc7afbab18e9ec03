namespace Breakwater.Preparedness.Resilience;

/// <summary>How a study of the weights is made.</summary>
/// <param name="Draws">How often all weights are drawn anew.</param>
/// <param name="Concentration">Of the Dirichlet distribution around the weights; with 11 equal pillars, 50 varies each by about half of itself.</param>
public sealed record SensitivityTerms(int Draws = 1_000, double Concentration = 50, ulong Seed = 1)
{
    public const int DrawsMax = 100_000;
}

/// <summary>One country's score if a pillar counted nothing, or twice.</summary>
public sealed record OnePillar(string Pillar, double Without, double Doubled);

/// <summary>How much a country's score hangs on the weights, which are a judgement.</summary>
/// <param name="Scores">The middle nine tenths of the scores over all draws.</param>
/// <param name="BestPlace">The 5th and</param>
/// <param name="WorstPlace">95th percentile of its places over all draws.</param>
/// <param name="EqualWeights">If every indicator of a pillar, and every pillar, counted the same.</param>
/// <param name="Geometric">If a low pillar could not be made up for by a high one: the geometric mean of pillars.</param>
/// <param name="Pillars">One at a time; the one on which it hangs most comes first.</param>
public sealed record CountrySensitivity(
    string Country,
    double Score,
    ScoreRange Scores,
    int Place,
    int BestPlace,
    int WorstPlace,
    double EqualWeights,
    double Geometric,
    IReadOnlyList<OnePillar> Pillars
);

/// <summary>The study of all countries that have a score. The same terms give the same study.</summary>
public sealed record Sensitivity(
    SensitivityTerms Terms,
    IReadOnlyList<CountrySensitivity> Countries
)
{
    public static Sensitivity Of(IndicatorSet set, ResilienceIndex index, SensitivityTerms terms)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(terms);
        CountryResilience[] scored = [.. index.Countries.Where(country => !country.IsWithheld)];
        Weighted[] countries = [.. scored.Select(country => new Weighted(set, country))];
        double[][] scores = [.. countries.Select(_ => new double[terms.Draws])];
        int[][] places = [.. countries.Select(_ => new int[terms.Draws])];
        var nominal = Weights.Of(set);
        for (int draw = 0; draw < terms.Draws; draw++)
        {
            Weights weights = nominal.Drawn(
                new Draws(unchecked(terms.Seed + ((ulong)draw * 0xD1342543DE82EF95))),
                terms.Concentration
            );
            double[] drawn = [.. countries.Select(country => country.Score(weights))];
            int[] placed = PlacesOf(drawn);
            for (int i = 0; i < drawn.Length; i++)
            {
                (scores[i][draw], places[i][draw]) = (drawn[i], placed[i]);
            }
        }

        double[] now = [.. countries.Select(country => country.Score(nominal))];
        int[] placesNow = PlacesOf(now);
        Weights equal = nominal.Equal();
        return new Sensitivity(
            terms,
            [
                .. countries.Select(
                    (country, i) =>
                        new CountrySensitivity(
                            scored[i].Country,
                            now[i],
                            terms.Draws == 0
                                ? new ScoreRange(now[i], now[i])
                                : new ScoreRange(
                                    Percentile(scores[i], 0.05),
                                    Percentile(scores[i], 0.95)
                                ),
                            placesNow[i],
                            terms.Draws == 0 ? placesNow[i] : Percentile(places[i], 0.05),
                            terms.Draws == 0 ? placesNow[i] : Percentile(places[i], 0.95),
                            country.Score(equal),
                            country.Geometric(nominal),
                            [
                                .. set
                                    .Pillars.Select(
                                        (pillar, at) =>
                                            new OnePillar(
                                                pillar.Id,
                                                country.Score(nominal.Times(at, 0)),
                                                country.Score(nominal.Times(at, 2))
                                            )
                                    )
                                    .OrderByDescending(one => Math.Abs(one.Without - now[i])),
                            ]
                        )
                ),
            ]
        );
    }

    /// <summary>1 and all that score higher; equal scores share a place.</summary>
    private static int[] PlacesOf(double[] scores)
    {
        double[] sorted = [.. scores.OrderDescending()];
        return [.. scores.Select(score => 1 + Above(sorted, score))];
    }

    /// <summary>How many of those in falling order are greater.</summary>
    private static int Above(double[] falling, double score)
    {
        (int low, int high) = (0, falling.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = falling[middle] > score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static T Percentile<T>(T[] values, double share)
    {
        T[] sorted = [.. values.Order()];
        return sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }

    /// <summary>Shares of pillars, and of indicators in each.</summary>
    private sealed record Weights(double[] Pillars, double[][] Within)
    {
        public static Weights Of(IndicatorSet set) =>
            new(
                [.. set.Pillars.Select(set.ShareOf)],
                [.. set.Pillars.Select(IndicatorSet.SharesIn)]
            );

        public Weights Drawn(Draws draws, double concentration) =>
            new(
                draws.Dirichlet(Pillars, concentration),
                [.. Within.Select(within => draws.Dirichlet(within, concentration))]
            );

        /// <summary>What counts nothing goes on counting nothing.</summary>
        public Weights Equal() => new(Equal(Pillars), [.. Within.Select(Equal)]);

        public Weights Times(int pillar, double factor) =>
            this with
            {
                Pillars = [.. Pillars.Select((share, at) => at == pillar ? share * factor : share)],
            };

        private static double[] Equal(double[] shares)
        {
            int counting = shares.Count(share => share > 0);
            return [.. shares.Select(share => share > 0 ? 1.0 / counting : 0)];
        }
    }

    /// <summary>The scores of a country's indicators, ready to be weighed again and again. What is unknown is negative.</summary>
    private sealed class Weighted
    {
        private const double Unknown = -1;
        private readonly double[][] _scores;

        public Weighted(IndicatorSet set, CountryResilience country)
        {
            int at = 0;
            _scores =
            [
                .. set.Pillars.Select(pillar =>
                    (double[])
                        [
                            .. pillar.Indicators.Select(_ =>
                                country.Indicators[at++].Score ?? Unknown
                            ),
                        ]
                ),
            ];
        }

        /// <summary>As the index itself is computed.</summary>
        public double Score(Weights weights)
        {
            (double sum, double known) = (0, 0);
            for (int i = 0; i < _scores.Length; i++)
            {
                double pillar = Pillar(i, weights);
                if (pillar >= 0)
                {
                    sum += weights.Pillars[i] * pillar;
                    known += weights.Pillars[i];
                }
            }

            return known > 0 ? sum / known : 0;
        }

        /// <summary>A pillar at zero counts as one point, so that the others are still told apart.</summary>
        public double Geometric(Weights weights)
        {
            (double sum, double known) = (0, 0);
            for (int i = 0; i < _scores.Length; i++)
            {
                double pillar = Pillar(i, weights);
                if (pillar >= 0)
                {
                    sum += weights.Pillars[i] * Math.Log(Math.Max(1, pillar));
                    known += weights.Pillars[i];
                }
            }

            return known > 0 ? Math.Exp(sum / known) : 0;
        }

        private double Pillar(int at, Weights weights)
        {
            (double sum, double known) = (0, 0);
            double[] within = weights.Within[at];
            double[] scores = _scores[at];
            for (int i = 0; i < scores.Length; i++)
            {
                if (scores[i] >= 0)
                {
                    sum += within[i] * scores[i];
                    known += within[i];
                }
            }

            return known > 0 ? sum / known : Unknown;
        }
    }
}
