using Breakwater.Preparedness.Resilience;
using Xunit;
using static Breakwater.Preparedness.Tests.Resilience.MadeIndex;

namespace Breakwater.Preparedness.Tests.Resilience;

public sealed class SensitivityTests
{
    private static readonly ResilienceIndex _index = Index(
        Value("SD", "battery", 10),
        Value("SD", "generators", 100),
        Value("SD", "hhi", 10_000),
        Value("SS", "battery", 0),
        Value("SS", "generators", 0),
        Value("SS", "hhi", 2_000),
        Value("ET", "battery", 9),
        Value("ET", "generators", 90),
        Value("ET", "hhi", 2_800),
        Value("ER", "battery", 1)
    );

    [Fact]
    public void The_same_seed_gives_the_same_study_and_another_seed_nearly_the_same()
    {
        Sensitivity one = Sensitivity.Of(Set, _index, new SensitivityTerms());
        Assert.Equal(
            one.Countries.Select(country => country.Scores),
            Sensitivity.Of(Set, _index, new SensitivityTerms()).Countries.Select(c => c.Scores)
        );
        Sensitivity other = Sensitivity.Of(Set, _index, new SensitivityTerms(Seed: 7));
        Assert.All(
            one.Countries.Zip(other.Countries),
            pair => Assert.Equal(pair.First.Scores.Low, pair.Second.Scores.Low, 3.0)
        );
    }

    [Fact]
    public void A_country_that_is_alike_everywhere_does_not_hang_on_weights()
    {
        CountrySensitivity alike = Sensitivity
            .Of(Set, _index, new SensitivityTerms())
            .Countries.Single(country => country.Country == "ET");
        Assert.Equal(90, alike.Score, 6);
        Assert.Equal(90, alike.Scores.Low, 6);
        Assert.Equal(90, alike.Scores.High, 6);
        Assert.Equal((1, 1, 1), (alike.Place, alike.BestPlace, alike.WorstPlace));
        Assert.Equal(90, alike.Geometric, 6);
    }

    [Fact]
    public void Countries_that_are_good_at_different_things_change_places_with_the_weights()
    {
        Sensitivity study = Sensitivity.Of(Set, _index, new SensitivityTerms());
        CountrySensitivity power = study.Countries.Single(country => country.Country == "SD");
        Assert.Equal(50, power.Score, 6);
        Assert.Equal((2, 3), (power.BestPlace, power.WorstPlace));
        Assert.InRange(power.Scores.Low, 30, 45);
        Assert.InRange(power.Scores.High, 55, 70);
        OnePillar first = power.Pillars[0];
        Assert.Equal(50, Math.Abs(first.Without - power.Score), 6);
        Assert.True(power.Geometric < power.Score);
    }

    [Fact]
    public void A_withheld_country_has_no_place() =>
        Assert.DoesNotContain(
            Sensitivity.Of(Set, _index, new SensitivityTerms(10)).Countries,
            country => country.Country == "ER"
        );

    [Fact]
    public void Drawn_weights_have_the_stated_ones_as_their_mean()
    {
        double[] mean = new double[3];
        const int draws = 20_000;
        for (int i = 0; i < draws; i++)
        {
            double[] drawn = new Draws((ulong)i * 977).Dirichlet([0.6, 0.3, 0.1], 50);
            Assert.Equal(1, drawn.Sum(), 9);
            for (int j = 0; j < 3; j++)
            {
                mean[j] += drawn[j] / draws;
            }
        }

        Assert.Equal(0.6, mean[0], 2);
        Assert.Equal(0.3, mean[1], 2);
        Assert.Equal(0.1, mean[2], 2);
    }
}
