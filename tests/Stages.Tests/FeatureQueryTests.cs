using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Publications.OpenData;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Which features are asked for, and how coarsely they lie.</summary>
public sealed class FeatureQueryTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static Feature At(string country, Instant? from = null, Instant? until = null) =>
        new("f", CoarseShape.For(Place.OfCountry(country)), from, until, []);

    private static FeatureQuery Ask(string? bbox = null, string? datetime = null)
    {
        (FeatureQuery? query, string? whyNot) = FeatureQuery.Read(bbox, datetime, null);
        Assert.Null(whyNot);
        return query!;
    }

    [Theory]
    [InlineData("20,5,40,25", "SD", true)]
    [InlineData("20,5,0,40,25,100", "SD", true)]
    [InlineData("-10,35,5,45", "SD", false)]
    [InlineData("170,-25,-170,-10", "FJ", true)]
    [InlineData("179.9,-20,-179.9,-15", "FJ", true)]
    [InlineData("-175,-25,170,-10", "AU", true)]
    [InlineData("170,-25,-170,-10", "SD", false)]
    [InlineData("-180,-90,180,90", "RU", true)]
    public void A_box_takes_what_meets_it_also_across_180_degrees(
        string bbox,
        string country,
        bool isTaken
    ) => Assert.Equal(isTaken, Ask(bbox).Takes(At(country)));

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,4,5")]
    [InlineData("a,b,c,d")]
    [InlineData("0,50,10,40")]
    [InlineData("-181,0,10,10")]
    [InlineData("0,0,10,91")]
    [InlineData("NaN,0,10,10")]
    [InlineData("0,0,1e400,10")]
    [InlineData("0,0,9,10,10,1")]
    public void A_box_that_makes_no_sense_is_refused_and_says_what_one_is(string bbox)
    {
        (FeatureQuery? query, string? whyNot) = FeatureQuery.Read(bbox, null, null);
        Assert.Null(query);
        Assert.Contains("west,south,east,north", whyNot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-05T00:00:00Z", true)]
    [InlineData("2026-01-05t00:00:00z", true)]
    [InlineData("2026-01-05T03:00:00+03:00", true)]
    [InlineData("2025-12-31T00:00:00Z", false)]
    [InlineData("../2026-01-01T00:00:00Z", true)]
    [InlineData("/2025-12-31T23:59:59Z", false)]
    [InlineData("2026-01-10T00:00:00Z/..", true)]
    [InlineData("2026-01-10T00:00:01Z/..", false)]
    [InlineData("2025-01-01T00:00:00Z/2027-01-01T00:00:00Z", true)]
    public void An_interval_takes_what_lasts_in_it(string datetime, bool isTaken) =>
        Assert.Equal(
            isTaken,
            Ask(datetime: datetime)
                .Takes(
                    At("SD", Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 10, 0, 0))
                )
        );

    [Fact]
    public void What_still_lasts_is_in_every_later_interval_and_what_has_no_time_in_none()
    {
        Assert.True(
            Ask(datetime: "2030-01-01T00:00:00Z/..")
                .Takes(At("SD", Instant.FromUtc(2026, 1, 1, 0, 0)))
        );
        Assert.False(Ask(datetime: "2030-01-01T00:00:00Z/..").Takes(At("SD")));
        Assert.True(Ask().Takes(At("SD")));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("../..")]
    [InlineData("/")]
    [InlineData("2026-01-02T00:00:00Z/2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z/2026-01-02T00:00:00Z/..")]
    [InlineData("2026-13-01T00:00:00Z")]
    public void A_time_that_makes_no_sense_is_refused(string datetime) =>
        Assert.NotNull(FeatureQuery.Read(null, datetime, null).WhyNot);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("99999999999")]
    public void A_limit_that_makes_no_sense_is_refused(string limit) =>
        Assert.NotNull(FeatureQuery.Read(null, null, limit).WhyNot);

    [Fact]
    public void Whoever_asks_for_more_than_the_most_gets_the_most() =>
        Assert.Equal(FeatureQuery.LimitMax, FeatureQuery.Read(null, null, "10000").Query!.Limit);

    [Fact]
    public void A_registry_lies_nowhere_an_area_lies_in_its_country_and_no_edge_is_finer_than_half_a_degree()
    {
        Assert.Null(CoarseShape.For(Place.OfFunction("rir:afrinic")));
        Assert.Null(CoarseShape.For(Place.OfTld("sd")));
        Assert.Null(CoarseShape.For(Place.OfAsn(new Asn(64500))));
        Assert.Equal(
            CoarseShape.For(Place.OfCountry("SD")),
            CoarseShape.For(Place.OfArea("SD", "Khartoum"))
        );
        Disruption registry = PublicationsFixture.SudanLike().Detection.Disruptions[0] with
        {
            Place = Place.OfFunction("rir:afrinic"),
        };
        using JsonDocument written = JsonDocument.Parse(GeoJson.Write(Feature.Of(registry)));
        Assert.Equal(JsonValueKind.Null, written.RootElement.GetProperty("geometry").ValueKind);
    }

    [Fact]
    public void Every_country_of_the_table_has_boxes_on_the_earth_or_is_named_as_one_without()
    {
        string[] without = ["BQ", "BV", "CC", "CX", "SJ", "TK"];
        foreach (
            string line in from first in Letters
            from second in Letters
            select $"{first}{second}" into code
            where Countries.IsCode(code)
            select code
        )
        {
            CoarseShape? shape = CoarseShape.For(Place.OfCountry(line));
            Assert.Equal(without.Contains(line), shape is null);
            Assert.All(
                shape?.Boxes ?? [],
                box =>
                {
                    Assert.True(box.West < box.East && box.South < box.North);
                    Assert.InRange(box.West, -180, 180);
                    Assert.InRange(box.East, -180, 180);
                    Assert.InRange(box.South, -90, 90);
                    Assert.InRange(box.North, -90, 90);
                    Assert.All(
                        new[] { box.West, box.South, box.East, box.North },
                        edge => Assert.Equal(0, edge * 2 % 1)
                    );
                }
            );
        }
    }
}
