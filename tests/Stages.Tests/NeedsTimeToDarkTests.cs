using Breakwater.Needs;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-12: battery hours plus litres divided by burn rate, and the order in which sites go dark.</summary>
public sealed class NeedsTimeToDarkTests
{
    private static IReadOnlyList<TimeToDark> Sites(params Site[] sites) =>
        Assess([], [], sites: sites).TimeToDark;

    [Theory]
    [InlineData(8, 120, 6d, 28)]
    [InlineData(0, 100, 8d, 12.5)]
    [InlineData(24, 0, 5d, 24)]
    [InlineData(6, 0, null, 6)]
    public void INV_12_Hours_are_battery_plus_litres_divided_by_burn(
        double battery,
        double litres,
        double? burn,
        double hours
    )
    {
        TimeToDark site = Assert.Single(Sites(SiteOf("a", battery, litres, burn)));
        Assert.Equal(hours, site.Hours);
        Assert.Equal(AsOf + Duration.FromHours(hours), site.DarkAt);
        Assert.EndsWith(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"= {hours} h"),
            site.Sum,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, 100d, 5d, "battery hours")]
    [InlineData(8d, null, 5d, "litres in the tank")]
    [InlineData(8d, 100d, null, "burn rate")]
    public void INV_12_An_unknown_term_makes_the_hours_unknown_and_is_named(
        double? battery,
        double? litres,
        double? burn,
        string missing
    )
    {
        TimeToDark site = Assert.Single(Sites(SiteOf("a", battery, litres, burn)));
        Assert.Null(site.Hours);
        Assert.Null(site.DarkAt);
        Assert.Null(site.Order);
        Assert.Equal($"unknown: {missing} not known", site.Sum);
    }

    [Fact]
    public void INV_12_The_order_in_which_sites_go_dark_is_explicit_and_unknown_sites_have_none() =>
        Assert.Equal(
            [("c", 1), ("a", 2), ("d", 3), ("b", (int?)null)],
            Sites(
                    SiteOf("a", 10, 0, null),
                    SiteOf("b", null, 0, null),
                    SiteOf("c", 2, 10, 10),
                    SiteOf("d", 10, 0, null)
                )
                .Select(site => (site.SiteId, site.Order))
        );

    [Fact]
    public void INV_12_More_fuel_never_makes_a_site_go_dark_earlier() =>
        Gen.Select(
                Gen.Double[0, 100],
                Gen.Double[0, 1000],
                Gen.Double[0, 1000],
                Gen.Double[0.5, 30]
            )
            .Sample(
                (battery, litres, more, burn) =>
                    Sites(SiteOf("a", battery, litres + more, burn))[0].Hours
                    >= Sites(SiteOf("a", battery, litres, burn))[0].Hours
            );

    [Fact]
    public void A_site_keeps_its_marking_because_its_place_is_sealed() =>
        Assert.Equal(Marking.Sealed, Sites(SiteOf("a", 1, 1, 1))[0].Marking);
}
