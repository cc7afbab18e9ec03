using System.Globalization;

namespace Breakwater.Preparedness.Resilience;

/// <summary>
/// What the index is made of: pillars, indicators, thresholds and weights. It is a file that anybody can read, contest and replace, so
/// an index always says by which set and version it was computed.
/// </summary>
/// <param name="CompletenessMin">Share of the weight that must be known, or the index is withheld.</param>
public sealed record IndicatorSet(
    string Id,
    string Version,
    double CompletenessMin,
    IReadOnlyList<Pillar> Pillars
)
{
    public const int IndicatorsMax = 500;

    public IEnumerable<Indicator> Indicators => Pillars.SelectMany(pillar => pillar.Indicators);

    public Indicator? Of(string id) => Indicators.FirstOrDefault(indicator => indicator.Id == id);

    /// <summary>The share of a pillar in the whole. Weights are relative: they are divided by their sum.</summary>
    public double ShareOf(Pillar pillar)
    {
        ArgumentNullException.ThrowIfNull(pillar);
        return Share(pillar.Weight, Pillars.Sum(each => each.Weight));
    }

    /// <summary>The shares of a pillar's indicators in it, in their order.</summary>
    public static double[] SharesIn(Pillar pillar)
    {
        ArgumentNullException.ThrowIfNull(pillar);
        double sum = pillar.Indicators.Sum(each => each.Weight);
        return [.. pillar.Indicators.Select(each => Share(each.Weight, sum))];
    }

    /// <summary>What a reader of the results must know of the set.</summary>
    public IReadOnlyList<string> Notes() =>
        [
            .. Indicators
                .Where(indicator => indicator.Weight == 0)
                .Select(indicator =>
                    $"{indicator.Id} has weight 0: it is shown and counts nothing"
                ),
            .. Pillars
                .Where(pillar => pillar.Weight == 0)
                .Select(pillar =>
                    $"pillar {pillar.Id} has weight 0: it is shown and counts nothing"
                ),
            .. Divided(),
        ];

    private IEnumerable<string> Divided()
    {
        (string Of, double Sum)[] sums =
        [
            .. Pillars
                .Select(pillar => (pillar.Id, pillar.Indicators.Sum(each => each.Weight)))
                .Prepend(("all pillars", Pillars.Sum(pillar => pillar.Weight)))
                .Where(each => each.Item2 != 0 && Math.Abs(each.Item2 - 1) > 1e-9),
        ];
        if (sums.Length > 0)
        {
            yield return "weights are relative, and each is divided by the sum of those beside it: "
                + string.Join(
                    ", ",
                    sums.Select(each =>
                        string.Create(CultureInfo.InvariantCulture, $"{each.Of} {each.Sum:0.###}")
                    )
                );
        }
    }

    private static double Share(double weight, double sum) => sum > 0 ? weight / sum : 0;
}
