using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>The digest that a zone carries proves that the file is whole (RFC 8976).</summary>
public sealed class ZoneIntegrityTests
{
    /// <summary>RFC 8976 appendix A.2: an example zone with everything that a digest can get wrong.</summary>
    private const string Complex = """
        $ORIGIN example.
        example.      86400  IN  SOA     ns1 admin 2018031900 ( 1800 900 604800 86400 )
                      86400  IN  NS      ns1
                      86400  IN  NS      ns2
                      86400  IN  ZONEMD  2018031900 1 1 (
                                         a3b69bad980a3504 e1cffcb0fd6397f9 3848071c93151f55
                                         2ae2f6b1711d4bd2 d8b39808226d7b9d b71e34b72077f8fe )
        ns1           3600   IN  A       203.0.113.63
        NS2           3600   IN  AAAA    2001:db8::63
        occluded.sub  7200   IN  TXT     "I'm occluded but must be digested"
        sub           7200   IN  NS      ns1
        duplicate     300    IN  TXT     "I must be digested just once"
        duplicate     300    IN  TXT     "I must be digested just once"
        foo.test.     555    IN  TXT     "out-of-zone data must be excluded"
        UPPERCASE     3600   IN  TXT     "canonicalize uppercase owner names"
        *             777    IN  PTR     dont-forget-about-wildcards
        mail          3600   IN  MX      20 MAIL1
        mail          3600   IN  MX      10 Mail2.Example.
        sortme        3600   IN  AAAA    2001:db8::5:61
        sortme        3600   IN  AAAA    2001:db8::3:62
        sortme        3600   IN  AAAA    2001:db8::4:63
        sortme        3600   IN  AAAA    2001:db8::1:65
        sortme        3600   IN  AAAA    2001:db8::2:64
        non-apex      900    IN  ZONEMD  2018031900 1 1 (
                                         616c6c6f77656420 6275742069676e6f 7265642e20616c6c
                                         6f77656420627574 2069676e6f726564 2e20616c6c6f7765 )

        """;

    private static ZoneDigestResult Verify(string text) =>
        ZoneDigest.Verify(Zone.Read(SourceFile.Of("zone", Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void The_example_of_the_standard_verifies() =>
        Assert.Equal(ZoneDigestState.Verified, Verify(Complex).State);

    [Theory]
    [InlineData("203.0.113.63", "203.0.113.64")]
    [InlineData("3600   IN  A ", "3601   IN  A ")]
    [InlineData("foo.test.", "foo.example.")]
    [InlineData("MX      20 MAIL1", "MX      20 MAIL3")]
    [InlineData("sub           7200   IN  NS      ns1\n", "")]
    public void A_changed_record_is_noticed(string old, string replacement)
    {
        Assert.Contains(old, Complex, StringComparison.Ordinal);
        Assert.Equal(
            ZoneDigestState.Mismatch,
            Verify(Complex.Replace(old, replacement, StringComparison.Ordinal)).State
        );
    }

    [Fact]
    public void A_digest_is_not_said_to_fail_when_it_cannot_be_made()
    {
        Assert.Equal(
            ZoneDigestState.Unverifiable,
            Verify(Complex + "odd 1 BOGUS what\n").State
        );
        Assert.Equal(
            ZoneDigestState.Unverifiable,
            Verify(
                Complex.Replace("2018031900 1 1 (", "2018031900 9 1 (", StringComparison.Ordinal)
            ).State
        );
        Assert.Equal(ZoneDigestState.Absent, Verify(CoreFixture.Text).State);
    }

    [Fact]
    public void The_order_of_records_changes_nothing()
    {
        string[] rows =
        [
            .. CoreFixture
                .Text.Split('\n')
                .Where(row => row.Length > 0 && row[0] != '$' && row[0] != ' '),
        ];
        // Every row with an owner of its own.
        string zone = "$TTL 86400\n" + string.Join('\n', rows) + "\n";
        string expected = Facts(zone);
        Gen.Shuffle(rows)
            .Sample(
                shuffled => Facts("$TTL 86400\n" + string.Join('\n', shuffled) + "\n") == expected,
                iter: 50
            );
    }

    private static string Facts(string text)
    {
        ZoneRead read = CoreFixture.Read(text);
        return string.Join(
            '\n',
            read.Delegations.Prepend(read.Root!)
                .Select(signal =>
                    Encoding.UTF8.GetString(
                        CanonicalJson.Of(
                            new
                            {
                                signal.Place,
                                signal.Zone,
                                signal.NameServers,
                                signal.Signers,
                            }
                        )
                    )
                )
        );
    }

    [Fact]
    public void The_real_root_zone_is_proven_to_the_last_record()
    {
        byte[] octets = File.ReadAllBytes(
            Tests.SharedData.PathOf(Path.Combine("data", "dns", "root.zone"))
        );
        ZoneRead read = SignalsFromZone.ReadZone(SourceFile.Of("root.zone", octets));
        Assert.Empty(read.Zone.Faults);
        Assert.Equal(24_877, read.Zone.Records.Count);
        Assert.Equal(2026073102u, read.Zone.Serial);
        Assert.Equal(ZoneDigestState.Verified, read.Digest.State);
        Assert.Equal((2_792, 2_792), (read.Signatures.Signatures, read.Signatures.Valid));
        Assert.True(read.Signatures.IsAuthentic);

        // One digit of one address, in the middle of the file.
        int at = octets.AsSpan().IndexOf("175.45.176.15"u8);
        octets[at + 12] = (byte)'4';
        ZoneRead forged = SignalsFromZone.ReadZone(SourceFile.Of("root.zone", octets));
        Assert.Equal(ZoneDigestState.Mismatch, forged.Digest.State);
        // Glue is not signed: only the digest shows it.
        Assert.Equal(0, forged.Signatures.Invalid);

        at = octets.AsSpan().IndexOf("\tDS\t"u8);
        octets[at + 4] = (byte)(octets[at + 4] == (byte)'1' ? '2' : '1');
        ZoneRead resigned = SignalsFromZone.ReadZone(SourceFile.Of("root.zone", octets));
        Assert.Equal(1, resigned.Signatures.Invalid);
        Assert.False(resigned.Signatures.IsAuthentic);
    }
}
