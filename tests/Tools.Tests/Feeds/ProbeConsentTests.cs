using System.Net;
using System.Text;
using Breakwater.Feeds.Probing;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

public sealed class ProbeConsentTests
{
    private static readonly Instant now = Instant.FromUtc(2026, 6, 1, 0, 0);

    private static readonly Gen<IPAddress> addresses = Gen.OneOf(
        Gen.Select(
            Gen.OneOf("192.0.2", "198.51.100", "127.0.0", "10.0.0", "0.0.0", "224.0.0"),
            Gen.Int[0, 255],
            (net, host) => IPAddress.Parse($"{net}.{host}")
        ),
        Gen.Select(
            Gen.OneOf("2001:db8:1", "2001:db8:2", "fd00:1:1", "ff02:1:1", "::ffff:127.0.0"),
            Gen.Int[1, 255],
            (net, host) =>
                IPAddress.Parse(
                    net.EndsWith(".0", StringComparison.Ordinal)
                        ? $"{net}.{host}"
                        : $"{net}::{host:x}"
                )
        ),
        Gen.OneOf(IPAddress.IPv6Loopback, IPAddress.IPv6Any, IPAddress.Broadcast)
    );

    private static readonly Gen<string> consented = Gen.OneOf(
        "192.0.2.0/24",
        "192.0.2.0/30",
        "198.51.100.7",
        "2001:db8:1::/48",
        "10.0.0.0/24",
        "example.org",
        "tcp://192.0.2.9:443",
        "tcp://example.org:443",
        "https://example.org/",
        "icmp://198.51.100.9"
    );

    private static readonly Gen<ProbeConsent> consents = Gen.Select(
        consented.Array[1, 4],
        Gen.Int[-2, 2],
        (targets, days) =>
            new ProbeConsent(
                [.. targets.Select(Consented)],
                "Example",
                now + Duration.FromDays(days),
                null,
                null
            )
    );

    private static readonly Gen<ProbeTarget> names = Gen.OneOf(
            "tcp://example.org:443",
            "tcp://example.org:80",
            "https://example.org/x",
            "icmp://www.example.org",
            "https://example.net"
        )
        .Select(Target);

    [Fact]
    public void Nothing_is_asked_beyond_loopback_without_a_consent_in_force() =>
        Gen.Select(consents.Array[0, 4], addresses)
            .Sample(
                (given, address) =>
                {
                    var target = Target(
                        $"tcp://{(address.ToString().Contains(':') ? $"[{address}]" : address)}:443"
                    );
                    PolicyAnswer answer = new ProbePolicy(given).Ask(target, address, now);
                    IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
                    bool isCovered = given.Any(one =>
                        one.Expiry > now
                        && one.Targets.Any(consent =>
                            consent.ToString() == target.ToString()
                            || (
                                IpPrefix.TryParse(consent.ToString(), out IpPrefix prefix)
                                && prefix.Contains(
                                    IpPrefix.From(
                                        plain.GetAddressBytes(),
                                        plain.GetAddressBytes().Length * 8
                                    )
                                )
                            )
                        )
                    );
                    Assert.Equal(IPAddress.IsLoopback(plain) || isCovered, answer.IsAllowed);
                    Assert.Equal(answer.IsAllowed, answer.Missing is null);
                },
                iter: 5_000
            );

    [Fact]
    public void The_order_of_consents_changes_nothing_and_one_that_ended_adds_nothing() =>
        Gen.Select(consents.Array[0, 4], names, addresses)
            .Sample(
                (given, target, address) =>
                {
                    bool Allows(IEnumerable<ProbeConsent> some) =>
                        new ProbePolicy([.. some]).Ask(target, address, now).IsAllowed;
                    Assert.Equal(Allows(given), Allows(given.Reverse()));
                    Assert.Equal(Allows(given), Allows(given.Where(one => one.Expiry > now)));
                },
                iter: 5_000
            );

    [Fact]
    public void A_name_with_consent_never_leads_into_a_network_of_ones_own() =>
        Gen.Select(names, Gen.Int[1, 254])
            .Sample(
                (target, host) =>
                {
                    var policy = new ProbePolicy([
                        new ProbeConsent(
                            [Consented(target.ToString()), Consented(target.Host)],
                            "Example",
                            now + Duration.FromDays(1),
                            null,
                            null
                        ),
                    ]);
                    Assert.True(
                        policy.Ask(target, IPAddress.Parse($"192.0.2.{host}"), now).IsAllowed
                    );
                    foreach (
                        string own in (string[])
                            ["10.1.2", "172.16.0", "192.168.1", "169.254.1", "100.64.0"]
                    )
                    {
                        Assert.False(
                            policy.Ask(target, IPAddress.Parse($"{own}.{host}"), now).IsAllowed
                        );
                    }

                    Assert.False(
                        policy.Ask(target, IPAddress.Parse($"fd00::{host:x}"), now).IsAllowed
                    );
                },
                iter: 300
            );

    [Theory]
    [InlineData("dns://192.0.2.53", "dns://192.0.2.53/example.org?type=A", true)]
    [InlineData("dns://192.0.2.53/example.org", "dns://192.0.2.53/example.net", false)]
    [InlineData("https://192.0.2.1/", "https://192.0.2.1/deep/path", true)]
    [InlineData("https://192.0.2.1/deep", "https://192.0.2.1/", false)]
    [InlineData("tcp://192.0.2.1:443", "tcp://192.0.2.1:80", false)]
    [InlineData("tcp://192.0.2.1:443", "https://192.0.2.1/", false)]
    [InlineData("192.0.2.1", "icmp://192.0.2.1", true)]
    public void A_target_in_full_covers_its_kind_host_and_port(
        string consent,
        string asked,
        bool isAllowed
    ) =>
        Assert.Equal(
            isAllowed,
            new ProbePolicy([
                new ProbeConsent(
                    [Consented(consent)],
                    "Example",
                    now + Duration.FromDays(1),
                    null,
                    null
                ),
            ])
                .Ask(Target(asked), Target(asked).Address!, now)
                .IsAllowed
        );

    [Theory]
    [InlineData("192.0.2.7/24", "bits set")]
    [InlineData("0.0.0.0/0", "wider")]
    [InlineData("192.0.2.0/33", "length")]
    [InlineData("2001:db8::/8", "bits set")]
    [InlineData("ftp://192.0.2.1", "icmp, tcp, dns or https")]
    [InlineData("exa mple", "neither a name")]
    public void What_nobody_can_consent_to_is_no_consent(string text, string reason) =>
        Assert.Contains(reason, ConsentTarget.Read(text, out _), StringComparison.Ordinal);

    [Fact]
    public void A_file_gives_its_consents_and_a_faulty_one_grants_nothing()
    {
        const string text = """
            {"consents": [
            	{"targets": ["192.0.2.0/24", "example.org"], "owner": "Example", "expiry": "2026-12-31T00:00:00Z", "purpose": "test", "maximumPerMinute": 6},
            	{"targets": ["198.51.100.0/24"], "owner": "Other", "expiry": "soon"},
            	{"targets": ["198.51.100.0/24"], "owner": "Other", "expiry": "2026-12-31T00:00:00Z", "maximumPerMinut": 1},
            	{"targets": ["203.0.113.0/24"], "owner": "Third", "expiry": "2026-12-31T00:00:00Z", "maximumPerMinute": 61}
            ]}
            """;
        (IReadOnlyList<ProbeConsent> read, IReadOnlyList<InputFault> faults) = ConsentFile.Read(
            File(text)
        );
        ProbeConsent one = Assert.Single(read);
        Assert.Equal(("Example", 6, 2), (one.Owner, one.MaximumPerMinute, one.Targets.Count));
        Assert.Equal(["line 3", "line 4", "line 5"], faults.Select(fault => fault.At));
        Assert.Contains("'maximumPerMinute'", faults[1].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\"consents\": [\n{\"targets\": [}", "line 2")]
    [InlineData("[]", "line 1")]
    [InlineData("{}", "line 1")]
    [InlineData("consents: []", "line 1")]
    public void A_file_that_is_none_is_told_by_its_line(string text, string at)
    {
        (IReadOnlyList<ProbeConsent> read, IReadOnlyList<InputFault> faults) = ConsentFile.Read(
            File(text)
        );
        Assert.Empty(read);
        Assert.Equal(at, faults[0].At);
    }

    [Fact]
    public void No_text_makes_reading_a_file_throw() =>
        Gen.Select(
                Gen.String[Gen.Char["{}[]\",:abt01\\/ \n\tconsents"], 0, 80],
                Gen.Int[0, 120],
                Gen.Int[0, 30]
            )
            .Sample(
                (noise, at, cut) =>
                {
                    const string good =
                        """{"consents":[{"targets":["192.0.2.0/24"],"owner":"E","expiry":"2026-12-31T00:00:00Z"}]}""";
                    int from = at % good.Length;
                    string text = good[..from] + noise + good[Math.Min(good.Length, from + cut)..];
                    ConsentFile.Read(File(text));
                    ConsentFile.Read(File(noise));
                },
                iter: 3_000
            );

    private static SourceFile File(string text) =>
        SourceFile.Of("consent.json", Encoding.UTF8.GetBytes(text));

    private static ConsentTarget Consented(string text)
    {
        Assert.Null(ConsentTarget.Read(text, out ConsentTarget? target));
        return target!;
    }

    private static ProbeTarget Target(string text)
    {
        Assert.Null(ProbeTarget.Read(text, out ProbeTarget? target));
        return target!;
    }
}
