using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Bgp;

public class MrtTests
{
    private static readonly byte[] small = new MrtBytes()
        .Announce(1_700_000_000, 64500, "192.0.2.0/24", 64500, 64501)
        .Withdraw(1_700_000_001, 64500, "192.0.2.0/24")
        .State(1_700_000_002, 64500, 6, 1)
        .Record(1_700_000_003, 16, 4, Peer(64502), Message([], type: 4))
        .Announce(1_700_000_004, 64502, "198.51.100.0/25", 64502)
        .ToArray();

    private static readonly Gen<IpPrefix> prefixes = Gen.Select(
            Gen.Byte.Array[16],
            Gen.Bool,
            Gen.Int[0, 128]
        )
        .Select(
            (address, isV6, length) =>
                isV6
                    ? IpPrefix.From(address, length)
                    : IpPrefix.From(address.AsSpan(0, 4), length / 4)
        );

    [Fact]
    public void Messages_and_state_changes_are_read_in_order()
    {
        (List<string> lines, MrtFaults faults) = Heard.In(small);
        Assert.Equal(
            [
                "1700000000 AS64500 A 192.0.2.0/24 64500 64501",
                "1700000001 AS64500 W 192.0.2.0/24",
                "1700000002 AS64500 Established Idle",
                "1700000004 AS64502 A 198.51.100.0/25 64502",
            ],
            lines
        );
        Assert.Equal(0, faults.Count);
        MrtCount count = MrtCount.Of(small);
        Assert.Equal((5, 3, 2, 1, 0, 1), Tuple(count));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen.Select(prefixes.Array[0, 20], prefixes.Array[0, 20], Gen.UInt.Array[1, 10])
            .Sample(
                (announced, withdrawn, path) =>
                {
                    byte[] reach =
                    [
                        .. MpReach(),
                        .. announced.Where(prefix => prefix.IsV6).SelectMany(Nlri),
                    ];
                    byte[] unreach =
                    [
                        0,
                        2,
                        1,
                        .. withdrawn.Where(prefix => prefix.IsV6).SelectMany(Nlri),
                    ];
                    byte[] update = UpdateOf(
                        [.. withdrawn.Where(prefix => !prefix.IsV6).SelectMany(Nlri)],
                        [
                            .. Attributes(Path(4, path)),
                            .. Attribute(14, reach),
                            .. Attribute(15, unreach),
                        ],
                        [.. announced.Where(prefix => !prefix.IsV6).SelectMany(Nlri)]
                    );
                    (List<string> lines, MrtFaults faults) = Heard.In(
                        new MrtBytes().Update(7, 64500, update).ToArray()
                    );
                    string hops = string.Join(' ', path);
                    Assert.Equal(
                        announced
                            .Select(prefix => $"7 AS64500 A {prefix} {hops}")
                            .Concat(withdrawn.Select(prefix => $"7 AS64500 W {prefix}"))
                            .Order(StringComparer.Ordinal),
                        lines.Order(StringComparer.Ordinal)
                    );
                    Assert.Equal(0, faults.Count);
                },
                iter: 500
            );
    }

    [Fact]
    public void Random_octets_never_throw()
    {
        Gen.Byte.Array[0, 400]
            .Sample(
                octets =>
                {
                    _ = Heard.In(octets);
                    _ = Heard.In(octets, recovers: true);
                },
                iter: 5_000
            );
    }

    [Fact]
    public void Any_body_under_any_header_never_throws()
    {
        Gen.Select(
                Gen.Int[0, 4].Select(at => new[] { 5, 12, 13, 16, 17 }[at]),
                Gen.Int[0, 13],
                Gen.Byte.Array[0, 300]
            )
            .Sample(
                (type, subtype, body) =>
                {
                    byte[] octets = new MrtBytes().Record(1, type, subtype, body).ToArray();
                    _ = Heard.In(octets);
                },
                iter: 20_000
            );
    }

    [Fact]
    public void Any_attribute_value_in_a_sound_message_never_throws()
    {
        Gen.Select(
                Gen.Int[1, 36],
                Gen.Int[0, 6].Array[0, 40],
                Gen.Byte.Array[0, 40],
                Gen.Int[0, 11]
            )
            .Sample(
                (type, small, large, subtype) =>
                {
                    // Small numbers hit kinds, families and counts; large ones hit lengths.
                    byte[] value = [.. small.Select(number => (byte)number), .. large];
                    byte[] update = UpdateOf(large, Attribute(type, value), value);
                    _ = Heard.In(
                        new MrtBytes()
                            .Record(1, 16, subtype, Peer(64500), Message(update))
                            .Record(1, 16, 1, Peer(64500)[4..], Message(update))
                            .ToArray()
                    );
                },
                iter: 20_000
            );
    }

    [Fact]
    public void A_flipped_octet_never_throws_and_costs_few_records_or_is_told()
    {
        for (int at = 0; at < small.Length; at++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] octets = [.. small];
                octets[at] = (byte)value;
                MrtCount count = MrtCount.Of(octets, recovers: true);
                // A first length that leads to the very end takes all records with it, and only what it holds tells.
                Assert.InRange(count.Records, count.Errors.Count > 0 ? 1 : 2, 6);
                _ = Heard.In(octets);
            }
        }
    }

    [Fact]
    public void A_file_cut_at_any_octet_gives_the_whole_records_and_the_offset_of_the_cut_one()
    {
        int[] starts = Starts(small);
        for (int length = 0; length <= small.Length; length++)
        {
            foreach (bool recovers in new[] { false, true })
            {
                MrtCount count = MrtCount.Of(small.AsMemory(0, length), recovers);
                int whole = starts.Count(start => start <= length) - 1;
                Assert.Equal(whole, count.Records);
                bool isCut = !starts.Contains(length);
                Assert.Equal(isCut ? 1 : 0, count.Errors.Count);
                Assert.All(count.Errors.Kept, fault => Assert.Equal(starts[whole], fault.Offset));
            }
        }
    }

    [Fact]
    public void Pieces_of_any_size_give_the_same_as_one_piece()
    {
        for (int size = 1; size < 40; size++)
        {
            MrtCount count = MrtCount.Of(
                small.Chunk(size).Select(chunk => new ReadOnlyMemory<byte>(chunk)),
                recovers: true
            );
            Assert.Equal((5, 3, 2, 1, 0, 1), Tuple(count));
        }
    }

    [Fact]
    public void A_record_whose_inner_length_lies_is_a_fault_and_the_next_is_read()
    {
        byte[] lying = UpdateOf([], Attributes(Path(4, 64500)), Nlri("192.0.2.0/24"));
        lying[1] = 200;
        byte[] octets = new MrtBytes()
            .Update(1, 64500, lying)
            .Announce(2, 64500, "198.51.100.0/24", 64500)
            .ToArray();
        (List<string> lines, MrtFaults faults) = Heard.In(octets);
        Assert.EndsWith("A 198.51.100.0/24 64500", lines[^1], StringComparison.Ordinal);
        MrtFault fault = Assert.Single(faults.Kept);
        Assert.Equal(0, fault.Offset);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(0x7000_0000)]
    public void A_record_length_that_lies_costs_that_record_only(int lie)
    {
        byte[] octets = [.. small];
        int[] starts = Starts(small);
        U32((uint)(starts[2] - starts[1] - 12 + lie)).CopyTo(octets, starts[1] + 8);
        (List<string> lines, MrtFaults faults) = Heard.In(octets, recovers: true);
        Assert.Contains("1700000000 AS64500 A 192.0.2.0/24 64500 64501", lines);
        Assert.Contains("1700000002 AS64500 Established Idle", lines);
        Assert.Contains("1700000004 AS64502 A 198.51.100.0/25 64502", lines);
        Assert.NotEqual(0, faults.Count);
    }

    [Fact]
    public void Damaged_attributes_withdraw_their_routes()
    {
        byte[] octets = new MrtBytes()
            .Update(
                1,
                64500,
                UpdateOf(
                    [],
                    [
                        .. Attribute(1, 7),
                        .. Attribute(2, Path(4, 64500)),
                        .. Attribute(3, 192, 0, 2, 1),
                    ],
                    [.. Nlri("192.0.2.0/24"), .. Nlri("198.51.100.0/24")]
                )
            )
            .ToArray();
        (List<string> lines, MrtFaults faults) = Heard.In(octets);
        Assert.Equal(["1 AS64500 W 192.0.2.0/24", "1 AS64500 W 198.51.100.0/24"], lines);
        MrtFault fault = Assert.Single(faults.Kept);
        Assert.StartsWith("ORIGIN malformed", fault.Reason, StringComparison.Ordinal);
        Assert.Equal(AttributeAction.TreatAsWithdraw, fault.Action);
    }

    [Fact]
    public void A_two_octet_session_gets_its_four_octet_path_back()
    {
        byte[] attributes =
        [
            .. Attributes(Path(2, 64500, 23456, 23456)),
            .. Attribute(17, Path(4, 200_000, 300_000)),
        ];
        byte[] peer = [.. U16(64500), .. U16(64496), 0, 0, 0, 1, 192, 0, 2, 1, 192, 0, 2, 254];
        byte[] octets = new MrtBytes()
            .Record(1, 16, 1, peer, Message(UpdateOf([], attributes, Nlri("192.0.2.0/24"))))
            .ToArray();
        Assert.Equal(["1 AS64500 A 192.0.2.0/24 64500 200000 300000"], Heard.In(octets).Lines);
    }

    [Fact]
    public void Path_identifiers_are_read_where_the_subtype_says_so()
    {
        byte[] update = UpdateOf(
            [],
            Attributes(Path(4, 64500)),
            [.. U32(7), .. Nlri("192.0.2.0/24")]
        );
        byte[] octets = new MrtBytes().Record(1, 16, 9, Peer(64500), Message(update)).ToArray();
        Assert.Equal(["1 AS64500 A 192.0.2.0/24 path 7 64500"], Heard.In(octets).Lines);
    }

    [Fact]
    public void A_table_dump_gives_one_entry_per_peer()
    {
        byte[] attributes = Attributes(Path(4, 64500, 64501));
        byte[] entry = [.. U32(99), .. U16(attributes.Length), .. attributes];
        byte[] octets = new MrtBytes()
            .Record(
                1,
                13,
                1,
                [192, 0, 2, 9, 0, 0, 0, 2],
                [2, 1, 1, 1, 1, 192, 0, 2, 1, .. U32(64500)],
                [0, 2, 2, 2, 2, 192, 0, 2, 2, .. U16(64502)]
            )
            .Record(1, 13, 2, U32(0), Nlri("192.0.2.0/24"), U16(2), U16(0), entry, U16(1), entry)
            .Record(1, 13, 2, U32(1), Nlri("198.51.100.0/24"), U16(1), U16(2), entry)
            .ToArray();
        (List<string> lines, MrtFaults faults) = Heard.In(octets);
        Assert.Equal(
            ["99 AS64500 B 192.0.2.0/24 64500 64501", "99 AS64502 B 192.0.2.0/24 64500 64501"],
            lines
        );
        Assert.Contains(
            "peer index table",
            Assert.Single(faults.Kept).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Unknown_types_are_counted_and_skipped()
    {
        byte[] octets = new MrtBytes().Record(1, 48, 0, [1, 2, 3]).ToArray();
        MrtCount count = MrtCount.Of((byte[])[.. octets, .. small], recovers: true);
        Assert.Equal((6, 3, 2, 1, 0, 1), Tuple(count));
        Assert.Equal(1, count.Skipped);
        Assert.Equal(0, count.Errors.Count);
    }

    [Fact]
    public void A_record_beyond_the_limit_is_skipped_without_being_held()
    {
        IEnumerable<ReadOnlyMemory<byte>> chunks =
        [
            new MrtBytes()
                .Raw([.. U32(1), .. U16(16), .. U16(4), .. U32(MrtReader.LengthMax + 1)])
                .ToArray(),
            .. Enumerable.Repeat(new ReadOnlyMemory<byte>(new byte[1 << 20]), 16),
            new byte[1],
            small,
        ];
        MrtCount count = MrtCount.Of(chunks);
        Assert.Equal(5, count.Records);
        Assert.Equal(MrtReader.LengthMax + 13, Assert.Single(count.Errors.Kept).Length);
    }

    [Fact]
    public void Nothing_is_allocated_per_element()
    {
        var octets = new MrtBytes();
        for (int record = 0; record < 2_000; record++)
        {
            octets.Announce(1_700_000_000, 64500, "192.0.2.0/24", 64500, 64501);
        }

        byte[] file = octets.ToArray();
        _ = MrtCount.Of(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = MrtCount.Of(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000);
    }

    private static (long, long, long, long, long, long) Tuple(MrtCount count) =>
        (
            count.Records,
            count.Elements,
            count.Announcements,
            count.Withdrawals,
            count.RibEntries,
            count.StateChanges
        );

    private static int[] Starts(byte[] octets)
    {
        List<int> starts = [0];
        while (starts[^1] < octets.Length)
        {
            int at = starts[^1] + 8;
            starts.Add(at + 4 + (octets[at + 2] << 8) + octets[at + 3]);
        }

        return [.. starts];
    }
}
