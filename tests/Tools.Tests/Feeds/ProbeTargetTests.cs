using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Feeds;

public sealed class ProbeTargetTests
{
    [Theory]
    [InlineData("192.0.2.1", "icmp://192.0.2.1")]
    [InlineData("2001:DB8::1", "icmp://[2001:db8::1]")]
    [InlineData("192.0.2.1:80", "tcp://192.0.2.1:80")]
    [InlineData("[2001:db8::1]:80", "tcp://[2001:db8::1]:80")]
    [InlineData("Example.org", "https://example.org/")]
    [InlineData("example.org.:443", "tcp://example.org:443")]
    [InlineData("icmp://[::ffff:192.0.2.1]", "icmp://192.0.2.1")]
    [InlineData("dns://192.0.2.53", "dns://192.0.2.53")]
    [InlineData(
        "dns://192.0.2.53:5353/Example.org?type=aaaa",
        "dns://192.0.2.53:5353/example.org?type=AAAA"
    )]
    [InlineData("https://example.org:8443/a?b=c", "https://example.org:8443/a?b=c")]
    public void A_target_has_one_form(string text, string form)
    {
        Assert.Null(ProbeTarget.Read(text, out ProbeTarget? target));
        Assert.Equal(form, target!.ToString());
        Assert.Null(ProbeTarget.Read(form, out ProbeTarget? again));
        Assert.Equal(target, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tcp://192.0.2.1")]
    [InlineData("icmp://192.0.2.1:80")]
    [InlineData("tcp://192.0.2.1:0")]
    [InlineData("tcp://192.0.2.1:65536")]
    [InlineData("tcp://127.1:80")]
    [InlineData("tcp://0x7f000001:80")]
    [InlineData("tcp://2130706433:80")]
    [InlineData("tcp://010.0.0.1:80")]
    [InlineData("icmp://fe80::1%eth0")]
    [InlineData("https://user@example.org/")]
    [InlineData("https://example.org/#part")]
    [InlineData("ftp://example.org")]
    [InlineData("tcp://[example.org]:80")]
    [InlineData("tcp://[::1:80")]
    [InlineData("https://ex ample.org/")]
    [InlineData("https://exämple.org/")]
    [InlineData("https://example.org/\r\nHost: other")]
    [InlineData("dns://192.0.2.53/a?type=ANY")]
    public void What_different_readers_would_read_differently_is_refused(string text)
    {
        Assert.NotNull(ProbeTarget.Read(text, out ProbeTarget? target));
        Assert.Null(target);
    }

    [Fact]
    public void No_text_makes_it_throw_and_what_is_read_can_be_read_again() =>
        Gen.String[Gen.Char["icmptdnshttps:/[]0123456789.abx%?=&#@-_ "], 0, 40]
            .Sample(
                text =>
                {
                    if (ProbeTarget.Read(text, out ProbeTarget? target) is null)
                    {
                        Assert.Null(ProbeTarget.Read(target!.ToString(), out ProbeTarget? again));
                        Assert.Equal(target, again);
                        Assert.True(target.Kind == ProbeKind.Icmp == (target.Port == 0));
                    }
                },
                iter: 20_000
            );
}
