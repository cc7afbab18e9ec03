using System.Globalization;
using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

public sealed class CanonicalJsonTests
{
    private static readonly Gen<string> _number = Gen.OneOf(
        Gen.Double.Where(double.IsFinite)
            .Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Decimal.Select(value => value.ToString(CultureInfo.InvariantCulture)),
        Gen.Long.Select(value => value.ToString(CultureInfo.InvariantCulture)),
        Gen.Int[-100, 100].Select(value => value.ToString(CultureInfo.InvariantCulture)),
        OneOf(
            "-0",
            "0.0",
            "1.50",
            "1e3",
            "1E-7",
            "0.000001",
            "0.0000001",
            "9007199254740993",
            "123456789012345.6",
            "100000000000000000000000"
        )
    );

    private static readonly Gen<string> _text = Gen.OneOf(
        Gen.String.Select(text => JsonSerializer.Serialize(text)),
        Gen.String.Select(text => JsonSerializer.Serialize(text, Json.Compact)),
        OneOf("\"plain\"", "\"\\u0061\"", "\"\\/\"", "\"\\ud83d\\ude00\"", "\"é\"")
    );

    private static readonly Gen<string> _any = Gen.Recursive<string>(
        (depth, any) =>
            depth > 4
                ? Gen.OneOf(_number, _text)
                : Gen.OneOf(
                    _number,
                    _text,
                    OneOf("true", "false", "null", "{}", "[]", "[ ]"),
                    any.Array[0, 4].Select(items => $"[{string.Join(',', items)}]"),
                    Gen.Select(_text, any)
                        .Array[0, 5]
                        .Select(members =>
                            $"{{{string.Join(", ", members.Select(member => $"{member.Item1}:{member.Item2}"))}}}"
                        ),
                    Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 3], any)
                        .Array[0, 5]
                        .Select(members =>
                            $"{{{string.Join(',', members.OrderBy(member => member.Item1, StringComparer.Ordinal).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"
                        )
                )
    );

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("4.5", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("1E30", "1e+30")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("295147905179352830000", "295147905179352830000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    public void Numbers_are_written_as_the_standard_writes_them(string given, string canonical) =>
        // RFC 8785 section 3.2.2.3 and appendix B.
        Assert.Equal(canonical, Canonical(given));

    [Fact]
    public void Members_are_sorted_by_the_code_units_of_their_names() =>
        // RFC 8785 section 3.2.3.
        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            Canonical(
                """
                {
                  "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
                  "\u00f6": "Latin Small Letter O With Diaeresis"
                }
                """
            )
        );

    [Fact]
    public void What_is_recognised_as_canonical_is_what_writing_it_anew_gives() =>
        _any.Sample(
            text =>
            {
                JsonElement element;
                try
                {
                    element = JsonElement.Parse(text);
                }
                catch (JsonException)
                {
                    // Half a character, which some generated texts hold.
                    return;
                }

                byte[] anew = CanonicalJson.Of(element);
                Assert.Equal(anew, CanonicalJson.Of((object)element));
                Assert.Equal(anew, CanonicalJson.Of(JsonElement.Parse(anew)));
            },
            iter: 5_000
        );

    [Fact]
    public void Records_come_out_with_their_members_in_order_and_their_numbers_exact() =>
        Assert.Equal(
            """{"amount":1.5,"name":"a\"b","place":{"asn":64500,"country":"SD"},"share":0.1,"zeta":9007199254740992}""",
            Encoding.UTF8.GetString(
                CanonicalJson.Of(
                    new
                    {
                        Zeta = 9007199254740993,
                        Share = 0.1,
                        Amount = 1.50m,
                        Name = "a\"b",
                        Place = new Place { Country = "SD", Asn = new Asn(64500) },
                    }
                )
            )
        );

    private static Gen<string> OneOf(params string[] texts) =>
        Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(JsonElement.Parse(json)));
}
