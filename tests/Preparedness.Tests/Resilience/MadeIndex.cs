using System.Text;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Tests.Resilience;

/// <summary>A set small enough to be computed by hand, and values for it.</summary>
internal static class MadeIndex
{
    public static readonly LocalDate Today = new(2026, 11, 1);

    /// <summary>Power has two indicators (hours 0 to 10 with weight 3, share 0 to 100 with weight 1), market one (points, lower is better).</summary>
    public static readonly IndicatorSet Set = new(
        "made",
        "1.0.0",
        0.6,
        [
            new Pillar(
                "power",
                Name("Power"),
                1,
                [
                    Of("battery", "power", IndicatorUnit.Hours, Better.Higher, 0, 10, 2, 3),
                    Of("generators", "power", IndicatorUnit.Percent, Better.Higher, 0, 100, 10, 1),
                ]
            ),
            new Pillar(
                "market",
                Name("Market"),
                1,
                [Of("hhi", "market", IndicatorUnit.HhiPoints, Better.Lower, 2_000, 10_000, null, 1)]
            ),
        ]
    );

    public static IReadOnlyDictionary<string, string> Name(string english) =>
        new Dictionary<string, string> { ["en"] = english };

    public static Indicator Of(
        string id,
        string pillar,
        IndicatorUnit unit,
        Better better,
        double floor,
        double ceiling,
        double? step,
        double weight
    ) =>
        new(
            id,
            pillar,
            Name(id),
            unit,
            better,
            floor,
            ceiling,
            step,
            weight,
            ValuesFrom.Files,
            "made",
            365
        );

    public static IndicatorValue Value(
        string country,
        string indicator,
        double value,
        double? low = null,
        double? high = null,
        LocalDate? date = null
    ) =>
        new(
            country,
            indicator,
            value,
            low,
            high,
            date ?? Today,
            "made up for a test",
            "CC0",
            Origin.Modelled,
            "test"
        );

    public static ResilienceIndex Index(params IndicatorValue[] values) =>
        ResilienceFromValues.Compute(Set, values, Today);

    public static CountryResilience Country(params IndicatorValue[] values) =>
        Index(values).Countries.Single();

    public static ValuesRead Csv(string text) =>
        ValuesFromCsv.Read(SourceFile.Of("values.csv", Encoding.UTF8.GetBytes(text)), Set);
}
