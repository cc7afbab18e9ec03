using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Bgp;

public class HijackTypeTests
{
    [Fact]
    public void Every_type_is_read_back_from_its_text() =>
        Gen.Select(
                Gen.Enum<HijackedPrefix>(),
                Gen.Enum<HijackedPath>(),
                Gen.Int[0, 9],
                Gen.Enum<HijackedPolicy>(),
                (prefix, path, hop, policy) =>
                    new HijackType(prefix, path, path == HijackedPath.Hop ? hop : 0, policy)
            )
            .Sample(type =>
                HijackType.TryParse(type.ToString(), out HijackType read) && read == type
            );

    [Theory]
    [InlineData("")]
    [InlineData("E|0|-")]
    [InlineData("X|0|-|-")]
    [InlineData("E|0|D|-")]
    [InlineData("E|-1|-|-")]
    [InlineData("E|0|-|-|-")]
    public void Other_text_is_no_type(string text) =>
        Assert.False(HijackType.TryParse(text, out _));

    [Theory]
    [InlineData("E|-|-|-", false)]
    [InlineData("-|-|-|-", false)]
    [InlineData("S|-|-|-", true)]
    [InlineData("Q|0|-|-", true)]
    [InlineData("E|1|-|-", true)]
    [InlineData("E|-|-|L", true)]
    public void The_known_prefix_announced_as_expected_is_no_departure(string text, bool isOne)
    {
        Assert.True(HijackType.TryParse(text, out HijackType type));
        Assert.Equal(isOne, type.IsDeparture);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(23456, true)]
    [InlineData(64512, true)]
    [InlineData(65535, true)]
    [InlineData(4200000000, true)]
    [InlineData(64496, false)]
    [InlineData(3356, false)]
    [InlineData(131072, false)]
    public void Reserved_numbers_are_known(uint asn, bool isReserved) =>
        Assert.Equal(isReserved, Bogons.IsReserved(new Asn(asn)));

    [Theory]
    [InlineData("10.1.0.0/16", true)]
    [InlineData("192.168.4.0/24", true)]
    [InlineData("fd00::/48", true)]
    [InlineData("198.51.100.0/24", false)]
    [InlineData("8.8.8.0/24", false)]
    [InlineData("2001:db8::/32", false)]
    public void Space_that_is_not_reachable_is_known(string text, bool isReserved)
    {
        Assert.True(IpPrefix.TryParse(text, out IpPrefix prefix));
        Assert.Equal(isReserved, Bogons.IsReserved(prefix));
    }
}
