using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Positions that people write into free text, in the forms that they are shared in.</summary>
public sealed class PositionInTextTests
{
    [Theory]
    [InlineData("office at 15.5527, 32.5599")]
    [InlineData("bureau à 15,5527 ; 32,5599")]
    [InlineData("١٥٫٥٥٢٧، ٣٢٫٥٥٩٩")]
    [InlineData("https://maps.example/search/?api=1&query=15.5007%2C32.5599")]
    [InlineData("https://maps.example/#map=16/15.50/32.56")]
    [InlineData("geo:15.51,32.57")]
    [InlineData("15.5007 N, longitude: 32.5599")]
    [InlineData("lat 15.50 and lon 32.56")]
    [InlineData("15°33′09″N 32°33′36″E")]
    [InlineData("15 30 02 N, 32 33 36 E")]
    [InlineData("N15 30.12 E032 33.60")]
    [InlineData("36PVF5210019230")]
    [InlineData("36N 445000mE 1713000mN")]
    [InlineData("36P 452100 1719230")]
    [InlineData("6G2RHG3X+7V")]
    [InlineData("///some.three.words")]
    [InlineData("https://w3w.co/some.three.words")]
    public void A_position_is_found_and_nothing_of_it_is_left(string text)
    {
        Assert.True(PositionInText.Is(text));
        string struck = PositionInText.Struck(text);
        Assert.Contains("[…]", struck, StringComparison.Ordinal);
        Assert.False(PositionInText.Is(struck), struck);
        Assert.DoesNotMatch(@"\d{4}", struck.Replace("16/", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-02-01T08:30:00Z, again at 09:15")]
    [InlineData("sha256:3b8f65563caa89d8018e34ccf4a34abca4bee9c6a45b8b1082718b3048920159")]
    [InlineData("between 1,000 and 20,000 people, 91,600,000 in all")]
    [InlineData("version 10.0.12 at 192.168.100.200")]
    [InlineData("40 °C in the shade, 104°F")]
    [InlineData("artículo 19º del Pacto")]
    [InlineData("file:///home.dir.name")]
    [InlineData("USD 12.50 a month")]
    [InlineData("PK-2018-2020, C.A. 977-978/2018")]
    public void An_ordinary_text_is_left_as_it_is(string text)
    {
        Assert.False(PositionInText.Is(text));
        Assert.Equal(text, PositionInText.Struck(text));
    }

    [Theory]
    [InlineData("1.11", " ")]
    [InlineData("", "1")]
    [InlineData("15°", "\t")]
    [InlineData("geo:", "-")]
    [InlineData("36P ", "4")]
    [InlineData("///", "a.")]
    public void A_hostile_text_is_read_through(string start, string repeated) =>
        Assert.NotNull(
            PositionInText.Struck(start + string.Concat(Enumerable.Repeat(repeated, 50_000)))
        );
}
