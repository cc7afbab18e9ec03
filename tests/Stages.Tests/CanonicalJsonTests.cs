using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>RFC 8785: the example of section 3.2.2 and number samples of appendix B.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData(0x0000000000000000UL, "0")]
    [InlineData(0x8000000000000000UL, "0")]
    [InlineData(0x0000000000000001UL, "5e-324")]
    [InlineData(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [InlineData(0x4340000000000000UL, "9007199254740992")]
    [InlineData(0x4430000000000000UL, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [InlineData(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef50UL, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [InlineData(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [InlineData(0x41b3de4355555553UL, "333333333.3333332")]
    [InlineData(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    public void Numbers_are_written_as_the_RFC_samples_show(ulong ieee, string expected) =>
        Assert.Equal(
            expected,
            Canonical(
                BitConverter
                    .UInt64BitsToDouble(ieee)
                    .ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            )
        );

    [Fact]
    public void Members_are_sorted_and_white_space_is_gone() =>
        Assert.Equal(
            """{"a":[1,true,null],"b":"x"}""",
            Canonical("""{ "b": "x", "a": [1.0, true, null] }""")
        );

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Of(document.RootElement));
    }
}
