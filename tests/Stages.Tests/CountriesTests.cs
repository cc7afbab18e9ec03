using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Names of countries as lists spell them.</summary>
public sealed class CountriesTests
{
    [Theory]
    [InlineData("Iran (Islamic Republic of)", "IR")]
    [InlineData("Côte d’Ivoire", "CI")]
    [InlineData("Ivory Coast (Cote d'Ivoire)", "CI")]
    [InlineData(" turkey ", "TR")]
    [InlineData("Türkiye", "TR")]
    [InlineData("Congo - Kinshasa", "CD")]
    [InlineData("Congo", "CG")]
    [InlineData("Antigua & Barbuda", "AG")]
    [InlineData("St. Lucia", "LC")]
    [InlineData("The Gambia", "GM")]
    [InlineData("Somaliland", "SO/Somaliland")]
    [InlineData("Niger", "NE")]
    [InlineData("Nigeria", "NG")]
    public void A_name_is_found_in_each_of_its_spellings(string name, string place) =>
        Assert.Equal(place, Countries.OfName(name)?.Key);

    [Theory]
    [InlineData("Nigerria")]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("Kurdistan")]
    public void A_name_that_is_none_is_null(string name) => Assert.Null(Countries.OfName(name));

    [Fact]
    public void Codes_are_those_of_ISO_3166()
    {
        Assert.Equal("IR", Countries.OfAlpha3("irn"));
        Assert.Null(Countries.OfAlpha3("NA"));
        Assert.True(Countries.IsCode("NA"));
        Assert.False(Countries.IsCode("ZZ"));
    }

    [Fact]
    public void The_longest_name_in_a_text_is_the_one_it_names() =>
        Assert.Equal(
            ["SS", "RU"],
            Countries.NamedIn("Forces of South Sudan and the Military of the Russian Federation")
        );
}
