using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What somebody says of a disruption, in a file of its own.</summary>
public sealed class SignalsFromClaimsTests
{
    private const string Good =
        """{"kind":"shutdown","place":"IR","start":{"earliest":"2026-01-08T16:00:00Z","latest":"2026-01-08T17:00:00Z"},"source":"a list","wording":"Access was cut.","actor":"foreign-state","cause":"protests","target":"telegram","furtherPlaces":["AS64500"]}""";

    private static SignalsRead Read(params string[] items) =>
        SignalsFromClaims.Read(File($"{{\"claims\":[\n{string.Join(",\n", items)}]}}"));

    [Fact]
    public void A_claim_is_attributed_and_says_all_that_was_said()
    {
        ClaimSignal signal = Assert.IsType<ClaimSignal>(Assert.Single(Read(Good).Signals));
        Assert.Equal(
            ("shutdown", "protests", Actor.ForeignState, "a list", "Access was cut."),
            (
                signal.Claim.What,
                signal.Claim.Cause,
                signal.Claim.Actor,
                signal.Claim.Source,
                signal.Claim.Wording
            )
        );
        Assert.Equal(Instant.FromUtc(2026, 1, 8, 16, 0), signal.Claim.Start!.Earliest);
        Assert.Null(signal.Claim.End);
        Assert.Equal(("IR", "telegram"), (signal.Place.Key, signal.Target));
        Assert.Equal("AS64500", Assert.Single(signal.FurtherPlaces!).Key);
        Assert.Equal(("2", "claims[0]"), (signal.Evidence[0].Rows, signal.Evidence[0].Column));
    }

    [Theory]
    [InlineData("\"source\":\"a list\",", "", "source")]
    [InlineData("\"place\":\"IR\"", "\"place\":\"nowhere at all\"", "no place")]
    [InlineData("foreign-state", "army", "no actor")]
    [InlineData("\"AS64500\"", "\"?\"", "furtherPlaces")]
    [InlineData("\"cause\"", "\"name\"", "not known")]
    [InlineData("2026-01-08T16", "yesterday", "no time")]
    public void What_is_wrong_is_left_out_with_its_line_and_the_rest_is_read(
        string good,
        string bad,
        string reason
    )
    {
        SignalsRead read = Read(Good.Replace(good, bad, StringComparison.Ordinal), Good);
        Assert.Single(read.Signals);
        InputFault fault = Assert.Single(read.Faults);
        Assert.StartsWith("line 2", fault.At, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_claims_is_told_by_its_content_and_nothing_throws()
    {
        Assert.Equal("claims-json", SignalFormats.Guess(File($"{{\"claims\":[{Good}]}}")));
        Gen.OneOf(
                Gen.Byte.Array[0, 200],
                Gen.Select(
                    Gen.Int[0, Good.Length - 1],
                    Gen.Byte,
                    (at, octet) =>
                    {
                        byte[] text = Encoding.UTF8.GetBytes($"{{\"claims\":[{Good}]}}");
                        text[at] = octet;
                        return text;
                    }
                )
            )
            .Sample(octets => SignalsFromClaims.Read(SourceFile.Of("claims.json", octets)));
    }
}
