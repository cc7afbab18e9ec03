using Breakwater.Bgp;
using Xunit;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Bgp;

/// <summary>RFC 6793 section 4.2.3, on paths that hold confederations (RFC 5065).</summary>
public sealed class AsPathMergeTests
{
    private const byte Sequence = 2;
    private const byte Confederation = 3;

    [Fact]
    public void A_leading_confederation_stays_when_no_other_hop_does() =>
        Assert.Equal(
            "(65001) 64500 400000",
            Merged([Of(Confederation, 65001), Of(Sequence, 64500, 23456)], 64500, 400000)
        );

    [Fact]
    public void A_confederation_beside_a_kept_hop_stays() =>
        Assert.Equal(
            "64500 (65001) 400000",
            Merged([Of(Sequence, 64500), Of(Confederation, 65001), Of(Sequence, 23456)], 400000)
        );

    [Fact]
    public void A_confederation_behind_a_hop_that_is_replaced_goes_with_it() =>
        Assert.Equal(
            "64500 400000 400001",
            Merged(
                [Of(Sequence, 64500, 23456), Of(Confederation, 65001), Of(Sequence, 23456)],
                400000,
                400001
            )
        );

    [Fact]
    public void Leading_hops_are_kept() =>
        Assert.Equal("64500 400000", Merged([Of(Sequence, 64500, 23456)], 400000));

    [Fact]
    public void A_longer_path_of_four_octets_is_ignored() =>
        Assert.Equal("23456", Merged([Of(Sequence, 23456)], 64500, 400000));

    private static byte[] Of(byte kind, params uint[] asns) =>
        [kind, (byte)asns.Length, .. asns.SelectMany(asn => U16((int)asn))];

    private static string Merged(byte[][] path, params uint[] as4Path)
    {
        byte[] attributes =
        [
            .. Attribute(2, [.. path.SelectMany(segment => segment)]),
            .. Attribute(17, Path(4, as4Path)),
        ];
        PathAttributes.Read(attributes, 2, out PathAttributes read);
        List<string> words = [];
        foreach (AsSegment segment in read.AsPath)
        {
            IEnumerable<uint> asns = Asns(segment);
            words.Add(
                segment.Kind == AsSegmentKind.ConfederationSequence
                    ? $"({string.Join(' ', asns)})"
                    : string.Join(' ', asns)
            );
        }

        return string.Join(' ', words);
    }

    private static List<uint> Asns(in AsSegment segment)
    {
        List<uint> asns = [];
        for (int at = 0; at < segment.Count; at++)
        {
            asns.Add(segment[at].Number);
        }

        return asns;
    }
}
