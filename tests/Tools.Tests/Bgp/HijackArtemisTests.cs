using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Tests.Bgp;

/// <summary>Cases of ARTEMIS. The operator's configuration is only implied by them; it is written out here.</summary>
public class HijackArtemisTests
{
    private static readonly Expectations configuration = new([
        Rule("10.0.0.0/8", [1], [2, 3, 4, 5, 6, 7, 8, 9]),
        Rule("11.0.0.0/8", [1], [2]),
        Rule("11.0.0.0/9", [1], [2]),
        Rule("11.128.0.0/9", [1], [2]),
        Rule("10.0.0.0/16", [], null),
        Rule("10.0.1.0/24", [200], [2]),
        Rule("10.0.2.0/24", [241, 242], null),
        Rule("10.0.3.0/24", [243], [2]),
        Rule("10.0.4.0/24", [4], null),
        Rule("10.0.5.0/24", [245], [1], isNotExported: true),
        Rule("10.0.6.0/24", [.. Range(300, 309)], [.. Range(320, 330)]),
        Rule("10.0.20.0/24", [1], null),
        Rule("10.0.30.0/24", [6777], null),
        Rule("10.0.40.0/24", [1000], [1001, 1002]),
        Rule("10.0.40.0/24", [1000], [1003], isNotExported: true),
        Rule("10.10.1.0/24", [1], null),
        Rule("10.11.1.0/24", [1], null),
        Rule("10.12.1.0/24", [1], null),
        Rule("10.13.1.0/24", [1], null),
        Rule("2001:db8:abcd:10::/64", [777], null),
        Rule("2001:db8:abcd:11::/64", [777], null),
        Rule("2001:db8:abcd:12::/64", [777], null),
    ]);

    public static TheoryData<string> Files =>
        new(
            SharedData
                .FilesIn("data/routing/rislive/artemis_detection_cases")
                .Where(file => file.EndsWith(".json", StringComparison.Ordinal))
                .DefaultIfEmpty("data/routing/rislive/artemis_detection_cases")
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_update_gets_the_type_and_the_suspect_that_ARTEMIS_gives_it(string file)
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf(file)));
        int announcements = 0;
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            JsonElement sent = First(one.GetProperty("send"));
            if (sent.GetProperty("type").GetString() != "A")
            {
                continue;
            }

            announcements++;
            uint[] path =
            [
                .. sent.GetProperty("path").EnumerateArray().Select(hop => hop.GetUInt32()),
            ];
            Classified got = Classify(sent.GetProperty("prefix").GetString()!, path);
            if (
                one.TryGetProperty("detection_hijack_response", out JsonElement hijack)
                && First(hijack) is { ValueKind: JsonValueKind.Object } expected
                && expected.TryGetProperty("type", out JsonElement type)
            )
            {
                Assert.Equal(type.GetString(), got.Type.ToString());
                int suspect = expected.GetProperty("hijack_as").GetInt32();
                Assert.Equal(suspect < 0 ? null : new Asn((uint)suspect), got.Suspect);
                Assert.Equal(
                    expected.GetProperty("configured_prefix").GetString(),
                    got.Known.ToString()
                );
            }
            else
            {
                Assert.False(got.Type.IsDeparture, $"{file}: {got.Type}");
            }
        }

        Assert.True(announcements > 0);
    }

    [Theory]
    [InlineData("10.0.0.0/8", new uint[] { 8, 3, 2, 1 }, "E|-|-|-")]
    [InlineData("10.0.0.0/8", new uint[] { 8, 3, 2, 100 }, "E|0|-|-")]
    [InlineData("10.0.0.0/8", new uint[] { 8, 3, 100, 1 }, "E|1|-|-")]
    [InlineData("10.128.0.0/16", new uint[] { 4, 3, 2, 100 }, "S|0|-|-")]
    [InlineData("10.128.0.0/16", new uint[] { 4, 3, 2, 1 }, "S|-|-|-")]
    [InlineData("10.0.0.0/16", new uint[] { 4, 3, 2, 100 }, "Q|0|-|-")]
    [InlineData("10.0.5.0/24", new uint[] { 4, 3, 2, 1, 245 }, "E|-|-|L")]
    [InlineData("10.0.5.0/24", new uint[] { 4, 1, 245 }, "E|-|-|-")]
    [InlineData("192.0.2.0/24", new uint[] { 4, 3, 2, 1 }, "-|-|-|-")]
    public void A_path_is_judged_by_what_is_expected_of_its_prefix(
        string prefix,
        uint[] path,
        string type
    ) => Assert.Equal(type, Classify(prefix, path).Type.ToString());

    [Fact]
    public void Prepending_and_loops_do_not_move_the_origin()
    {
        Assert.Equal(new Asn(101), Classify("10.0.0.0/8", [4, 3, 2, 101, 101, 101]).Suspect);
        Assert.Equal(new Asn(102), Classify("10.0.0.0/8", [4, 3, 2, 102, 3, 2, 102]).Suspect);
    }

    private static Classified Classify(string prefix, uint[] path)
    {
        Span<uint> hops = stackalloc uint[CleanPath.HopsMax];
        int count = CleanPath.Read(path, hops);
        return HijackClassification.Classify(
            Prefix(prefix),
            hops[..count],
            hasOrigin: true,
            configuration
        );
    }

    private static JsonElement First(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? element.EnumerateArray().FirstOrDefault()
            : element;

    private static IpPrefix Prefix(string text) =>
        IpPrefix.TryParse(text, out IpPrefix prefix) ? prefix : throw new ArgumentException(text);

    private static IEnumerable<uint> Range(uint first, uint last)
    {
        for (uint asn = first; asn <= last; asn++)
        {
            yield return asn;
        }
    }

    private static Expectation Rule(
        string prefix,
        uint[] origins,
        uint[]? neighbours,
        bool isNotExported = false
    ) =>
        new()
        {
            Prefix = Prefix(prefix),
            Origins = [.. origins.Select(asn => new Asn(asn))],
            Neighbours = neighbours?.Select(asn => new Asn(asn)).ToArray(),
            IsNotExported = isNotExported,
        };
}
