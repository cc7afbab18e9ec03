using System.Text;
using System.Text.Json;
using Breakwater.Feeds.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Resilience;

public sealed class IndicatorSetTests
{
    private const string Good = """
        id: mine
        version: 1.0.0
        completeness_min: 0.5
        pillars:
          - id: power
            name: Power
            weight: 1
            indicators:
              - id: battery
                name: { en: Hours on batteries, fr: Heures sur batterie }
                unit: hours
                better: higher
                floor: 0
                ceiling: 8
                step: 1
                weight: 1
                max_age_days: 365
                from: files
                source: The operators
        """;

    private static IndicatorSetRead Read(string text) =>
        IndicatorSetReader.Read(SourceFile.Of("set.yaml", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_set_is_read_as_it_is_written()
    {
        IndicatorSet set = Read(Good).Set!;
        Indicator battery = set.Indicators.Single();
        Assert.Equal(("mine", "1.0.0", 0.5), (set.Id, set.Version, set.CompletenessMin));
        Assert.Equal((0, 8, 1), (battery.Floor, battery.Ceiling, battery.Step));
        Assert.Equal("Heures sur batterie", battery.Names["fr"]);
    }

    [Theory]
    [InlineData("unit: hours", "unit: hour", "line 11", "'hours'")]
    [InlineData("ceiling: 8", "ceiling: 0", "line 14", "smaller number")]
    [InlineData("weight: 1\n    indicators", "weight: -1\n    indicators", "line 7", "from 0")]
    [InlineData("better: higher", "better: higher\n        wieght: 2", "line 13", "'weight'")]
    [InlineData("step: 1", "step: 0", "line 15", "above 0")]
    [InlineData("id: battery", "id: Battery Hours", "line 9", "lower-case")]
    [InlineData("max_age_days: 365", "", "line 9", "max_age_days")]
    [InlineData("completeness_min: 0.5", "completeness_min: NaN", "line 3", "from 0 to 1")]
    public void A_mistake_is_named_with_its_line(string from, string to, string line, string remedy)
    {
        string text = Good.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Good, text);
        IndicatorSetRead read = Read(text);
        Assert.Null(read.Set);
        Assert.Contains(
            read.Faults,
            fault => fault.At == line && fault.Remedy.Contains(remedy, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("id: mine", "")]
    [InlineData("    name: Power", "pillar")]
    [InlineData("        unit: hours", "indicator")]
    public void The_schema_knows_exactly_the_keys_that_the_reader_knows(string beside, string of)
    {
        // A key that nobody knows makes the reader list those that it knows.
        const string stranger = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
        string indent = beside[..^beside.TrimStart().Length];
        string remedy = Assert
            .Single(
                Read(
                    Good.Replace(
                        beside,
                        $"{beside}\n{indent}{stranger}: 1",
                        StringComparison.Ordinal
                    )
                ).Faults
            )
            .Remedy;
        using JsonDocument schema = JsonDocument.Parse(
            File.ReadAllText(
                Path.Combine(AppContext.BaseDirectory, "indicators", "indicators.schema.json")
            )
        );
        JsonElement mapping =
            of.Length == 0
                ? schema.RootElement
                : schema.RootElement.GetProperty("$defs").GetProperty(of);
        Assert.Equal(
            $"Known: {string.Join(", ", mapping.GetProperty("properties").EnumerateObject().Select(each => each.Name).Order(StringComparer.Ordinal))}",
            remedy
        );
    }

    [Fact]
    public void An_indicator_stands_in_one_pillar_only()
    {
        string second = Good[Good.IndexOf("  - id: power", StringComparison.Ordinal)..]
            .Replace("id: power", "id: other", StringComparison.Ordinal);
        Assert.Contains(
            "'battery' stands twice",
            Assert.Single(Read($"{Good}\n{second}").Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_set_in_which_nothing_counts_is_refused() =>
        Assert.Contains(
            Read(Good.Replace("weight: 1", "weight: 0", StringComparison.Ordinal)).Faults,
            fault => fault.Reason.Contains("nothing has a weight", StringComparison.Ordinal)
        );

    [Fact]
    public void The_bundled_set_has_every_pillar_and_every_name_in_three_languages()
    {
        IndicatorSetRead read = IndicatorSetReader.ReadBundled();
        Assert.Empty(read.Faults);
        Assert.Equal(
            [
                "infrastructure",
                "performance",
                "security",
                "market",
                "power",
                "routes",
                "core",
                "contacts",
                "agreements",
                "stocks",
                "exercises",
            ],
            read.Set!.Pillars.Select(pillar => pillar.Id)
        );
        Assert.All(
            read.Set.Pillars.Select(pillar => pillar.Names)
                .Concat(read.Set.Indicators.Select(indicator => indicator.Names)),
            names => Assert.Equal(["ar", "en", "fr"], names.Keys.Order())
        );
    }

    [Fact]
    public void What_Breakwater_counts_is_an_indicator_of_the_bundled_set()
    {
        IndicatorSet set = IndicatorSetReader.ReadBundled().Set!;
        LocalDate day = new(2026, 11, 1);
        IndicatorValue[] counted =
        [
            .. CountedValues.FromReadiness("SD", 3, 4, 2, day),
            .. CountedValues.FromAgreements("SD", 2, 3, 1, true, day),
            .. CountedValues.FromStocks("SD", 4, 3.5, true, day),
            .. CountedValues.FromPlan("SD", 4, 2, 2, 2, day),
            .. CountedValues.FromExercises("SD", 1, 4, 3, 5, true, day),
            .. CountedValues.FromTopLevelDomain("SD", 3, ["SD", "US"], true, day, "core"),
            .. CountedValues.FromRoutes("SD", [8, 3], 10, day, "table"),
        ];
        Assert.All(counted, value => Assert.Null(set.Of(value.Indicator)!.WhyNot(value.Value)));
        Assert.Equal(
            set.Indicators.Where(one => one.From == ValuesFrom.Breakwater)
                .Select(one => one.Id)
                .Order(),
            counted.Select(value => value.Indicator).Order()
        );
    }

    [Fact]
    public void Where_nothing_is_kept_nothing_is_known()
    {
        LocalDate day = new(2026, 11, 1);
        Assert.Empty(CountedValues.FromReadiness("SD", 0, 0, 0, day));
        Assert.Empty(CountedValues.FromAgreements("SD", 0, 0, 0, areKept: false, day));
        Assert.Empty(CountedValues.FromStocks("SD", 0, null, areKept: false, day));
        Assert.Empty(CountedValues.FromPlan("SD", 0, 0, 0, 40, day));
        Assert.Empty(CountedValues.FromRoutes("SD", [], 0, day, "table"));
        IndicatorValue none = Assert.Single(
            CountedValues.FromStocks("SD", 0, null, areKept: true, day)
        );
        Assert.Equal(0, none.Value);
    }

    [Fact]
    public void Items_that_nobody_answered_widen_the_range_of_a_plan()
    {
        IndicatorValue plan = Assert.Single(
            CountedValues.FromPlan("SD", 4, 2, 2, 2, new LocalDate(2026, 11, 1))
        );
        Assert.Equal((62.5, 50, 70), (plan.Value, plan.Low, plan.High));
    }
}
