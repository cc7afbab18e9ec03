using System.Text.Json;
using Breakwater.Bgp;
using CsCheck;
using Xunit;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Bgp;

/// <summary>Damaged and hostile input through every form of output: faults, and never an exception.</summary>
public class MrtDamageTests
{
    private static readonly byte[] open =
    [
        4,
        .. U16(64500),
        .. U16(180),
        192,
        0,
        2,
        9,
        8,
        2,
        6,
        65,
        4,
        .. U32(64500),
    ];

    private static readonly byte[] small = new MrtBytes()
        .Record(1_700_000_000, 16, 4, Peer(64500), Message(open, type: 1))
        .Announce(1_700_000_000, 64500, "192.0.2.0/24", 64500, 64501)
        .Update(
            1_700_000_001,
            64500,
            UpdateOf(
                Nlri("10.0.0.0/8"),
                [
                    .. Attributes(Path(4, 64500)),
                    .. Attribute(7, [.. U32(1), 1, 2, 3, 4]),
                    .. Attribute(8, U32(5)),
                    .. Attribute(14, MpReach("2001:db8::/32")),
                    .. Attribute(16, new byte[8]),
                    .. Attribute(32, new byte[12]),
                ],
                []
            )
        )
        .Record(1_700_000_002, 16, 4, Peer(64500), Message([6, 2, 3, 97, 98, 99], type: 3))
        .State(1_700_000_003, 64500, 6, 1)
        .Withdraw(1_700_000_004, 64500, "192.0.2.0/24")
        .ToArray();

    [Fact]
    public void Truncation_at_every_octet_keeps_what_comes_before()
    {
        string whole = Dumped.Lines(small);
        for (int length = 0; length < small.Length; length++)
        {
            string cut = Dumped.Lines(small[..length]);
            Assert.StartsWith(cut, whole, StringComparison.Ordinal);
            Show(small[..length]);
        }
    }

    [Fact]
    public void Flipped_bits_are_faults_and_never_exceptions() =>
        Gen.Select(Gen.Int[0, (small.Length * 8) - 1], Gen.Int[0, (small.Length * 8) - 1])
            .Sample(
                (first, second) =>
                {
                    byte[] octets = [.. small];
                    octets[first >> 3] ^= (byte)(1 << (first & 7));
                    octets[second >> 3] ^= (byte)(1 << (second & 7));
                    Show(octets);
                }
            );

    [Fact]
    public void Lying_lengths_leave_the_next_record_readable()
    {
        // Offsets inside the second record: message, withdrawn routes, attributes, one attribute.
        int second = 12 + 20 + 19 + open.Length;
        foreach (int inside in (int[])[12 + 20 + 16, 12 + 20 + 19, 12 + 20 + 21, 12 + 20 + 23 + 2])
        {
            byte[] octets = [.. small];
            octets[second + inside] = 0xFF;
            (List<string> lines, MrtFaults faults) = Heard.In(octets);
            Assert.NotEqual(0, faults.Count);
            Assert.Equal(second, faults.Kept[0].Offset);
            Assert.Contains("1700000004 AS64500 W 192.0.2.0/24", lines);
            Show(octets);
        }
    }

    [Fact]
    public void A_path_without_end_and_a_message_of_64k_are_read()
    {
        // 255 hops a segment, as many as an attribute can hold.
        byte[] path =
        [
            .. Enumerable
                .Range(0, 60)
                .SelectMany(_ => Path(4, [.. Enumerable.Repeat(4_294_967_295u, 255)])),
        ];
        byte[] update = UpdateOf([], Attributes(path), Nlri("192.0.2.0/24"));
        byte[] octets = new MrtBytes().Update(1, 64500, update).ToArray();
        Assert.InRange(octets.Length, 61_000, 65_535);
        string line = Dumped.Lines(octets);
        Assert.Equal(60 * 255, line.Split("4294967295").Length - 1);
        byte[] withdrawn =
        [
            .. Enumerable.Repeat(Nlri("192.0.2.0/24"), 16_000).SelectMany(one => one),
        ];
        octets = new MrtBytes().Update(1, 64500, UpdateOf(withdrawn, [], [])).ToArray();
        Assert.Equal(16_000, Dumped.Lines(octets).Split('\n').Length - 1);
    }

    [Fact]
    public void Ten_thousand_repeated_attributes_give_a_bounded_number_of_faults()
    {
        byte[] repeated = [.. Enumerable.Repeat(Attribute(6, 9), 10_000).SelectMany(one => one)];
        byte[] octets = new MrtBytes()
            .Update(1, 64500, UpdateOf([], repeated, Nlri("192.0.2.0/24")))
            .ToArray();
        (List<string> lines, MrtFaults faults) = Heard.In(octets);
        Assert.Equal(["1 AS64500 W 192.0.2.0/24"], lines);
        Assert.InRange(faults.Count, 2, 100);
    }

    private static void Show(byte[] octets)
    {
        Dumped.Lines(octets, recovers: true);
        Dumped.Blocks(octets);
        Assert.Equal(JsonValueKind.Array, Dumped.Json(octets).ValueKind);
    }
}
