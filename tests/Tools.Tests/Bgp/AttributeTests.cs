using Breakwater.Bgp;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Bgp;

public class AttributeTests
{
    private static readonly byte[] mandatory = Attributes(Path(4, 64500, 64501));

    [Fact]
    public void Every_attribute_has_a_reader()
    {
        byte[] raw =
        [
            .. mandatory,
            .. Attribute(4, U32(7)),
            .. Attribute(5, U32(200)),
            .. Attribute(6),
            .. Attribute(7, [.. U32(4_200_000_000), 203, 0, 113, 1]),
            .. Attribute(8, [.. U32(0xFFFFFF01), .. U32((64500u << 16) | 5)]),
            .. Attribute(9, 192, 0, 2, 7),
            .. Attribute(10, [192, 0, 2, 8, 192, 0, 2, 9]),
            .. Attribute(16, [0, 2, .. U16(64500), .. U32(99)]),
            .. Attribute(32, [.. U32(1), .. U32(4_294_967_295), .. U32(3)]),
            .. Attribute(35, U32(64502)),
            .. Attribute(99, 1, 2, 3),
        ];
        PathAttributes attributes = ReadFine(raw);
        Assert.Equal(RouteOrigin.Igp, attributes.Origin);
        Assert.Equal("64500 64501", Heard.Path(attributes));
        Assert.Equal<byte>([192, 0, 2, 1], attributes.NextHop.ToArray());
        Assert.Equal((7u, 200u), (attributes.MultiExitDisc, attributes.LocalPref));
        Assert.True(attributes.IsAtomicAggregate);
        Assert.Equal(new Aggregator(new Asn(4_200_000_000), 0xCB007101), attributes.Aggregator);
        Assert.Equal(2, attributes.Communities.Count);
        Assert.Equal(Community.NoExport, new Community(attributes.Communities[0]));
        Assert.Equal("64500:5", new Community(attributes.Communities[1]).ToString());
        Assert.Equal(0xC0000207u, attributes.OriginatorId);
        Assert.Equal(0xC0000209u, attributes.ClusterList[1]);
        Assert.Equal("0002fbf400000063", attributes.ExtendedCommunities[0].ToString());
        Assert.Equal("1:4294967295:3", attributes.LargeCommunities[0].ToString());
        Assert.Equal(new Asn(64502), attributes.OnlyToCustomer);
        Assert.False(attributes.Has((AttributeType)99));
    }

    [Fact]
    public void Unknown_attributes_are_walked_raw_with_their_flags()
    {
        PathAttributes attributes = ReadFine([.. mandatory, .. Flagged(0xE0, 99, 1, 2, 3)]);
        var last = default(AttributeOctets);
        int count = 0;
        foreach (AttributeOctets attribute in attributes)
        {
            last = attribute;
            count++;
        }

        Assert.Equal((4, 99, false), (count, (int)last.Type, last.IsKnown));
        Assert.True(last.IsOptional && last.IsTransitive && last.IsPartial);
        Assert.Equal<byte>([1, 2, 3], last.Value.ToArray());
    }

    [Fact]
    public void A_next_hop_of_two_addresses_is_taken_apart_in_the_full_and_the_short_form()
    {
        byte[] global = [0x20, 1, .. new byte[13], 1];
        byte[] local = [0xFE, 0x80, .. new byte[13], 2];
        byte[][] forms =
        [
            [0, 2, 1, 32, .. global, .. local, 0],
            [32, .. global, .. local],
        ];
        foreach (byte[] form in forms)
        {
            PathAttributes attributes = ReadFine(Attribute(14, form));
            Assert.Equal(global, attributes.MpReach.GlobalNextHop.ToArray());
            Assert.Equal(local, attributes.MpReach.LinkLocalNextHop.ToArray());
        }
    }

    [Theory]
    [InlineData(1, 2, AttributeAction.TreatAsWithdraw)]
    [InlineData(2, 3, AttributeAction.TreatAsWithdraw)]
    [InlineData(3, 5, AttributeAction.TreatAsWithdraw)]
    [InlineData(4, 3, AttributeAction.TreatAsWithdraw)]
    [InlineData(5, 0, AttributeAction.TreatAsWithdraw)]
    [InlineData(6, 1, AttributeAction.Discard)]
    [InlineData(7, 6, AttributeAction.Discard)]
    [InlineData(8, 5, AttributeAction.TreatAsWithdraw)]
    [InlineData(8, 0, AttributeAction.TreatAsWithdraw)]
    [InlineData(9, 5, AttributeAction.TreatAsWithdraw)]
    [InlineData(10, 6, AttributeAction.TreatAsWithdraw)]
    [InlineData(14, 4, AttributeAction.ResetSession)]
    [InlineData(15, 2, AttributeAction.ResetSession)]
    [InlineData(16, 9, AttributeAction.TreatAsWithdraw)]
    [InlineData(17, 3, AttributeAction.Discard)]
    [InlineData(18, 6, AttributeAction.Discard)]
    [InlineData(25, 19, AttributeAction.TreatAsWithdraw)]
    [InlineData(32, 13, AttributeAction.TreatAsWithdraw)]
    [InlineData(35, 2, AttributeAction.TreatAsWithdraw)]
    public void A_value_of_the_wrong_length_is_a_fault_of_its_own_class(
        int type,
        int length,
        AttributeAction expected
    )
    {
        var faults = new List<AttributeFault>();
        AttributeAction action = PathAttributes.Read(
            Attribute(type, [.. Enumerable.Repeat((byte)0xEE, length)]),
            new AttributeReading(4, IsMessage: true),
            faults,
            out PathAttributes attributes
        );
        Assert.Equal(expected, action);
        Assert.Equal(expected, Assert.Single(faults).Action);
        Assert.Contains("RFC", faults[0].Reason, StringComparison.Ordinal);
        if (expected == AttributeAction.Discard)
        {
            Assert.False(attributes.Has((AttributeType)type));
        }
    }

    [Fact]
    public void Of_a_repeated_attribute_the_first_counts_and_prefixes_may_not_repeat()
    {
        PathAttributes attributes = Read(
            [.. mandatory, .. Attribute(5, U32(1)), .. Attribute(5, U32(2))],
            out List<AttributeFault> faults
        );
        Assert.Equal(1u, attributes.LocalPref);
        Assert.Equal(AttributeAction.Discard, Assert.Single(faults).Action);
        Read([.. Attribute(15, 0, 2, 1), .. Attribute(15, 0, 2, 1)], out faults);
        Assert.Equal(AttributeAction.ResetSession, Assert.Single(faults).Action);
    }

    [Fact]
    public void A_message_is_held_to_flags_and_mandatory_attributes_and_a_table_is_not()
    {
        byte[] odd = [.. Flagged(0xC0, 1, 0), .. Attribute(3, 192, 0, 2, 1)];
        (List<string> lines, MrtFaults faults) = Heard.In(
            new MrtBytes().Update(1, 64500, UpdateOf([], odd, Nlri("192.0.2.0/24"))).ToArray()
        );
        Assert.Equal(["1 AS64500 W 192.0.2.0/24"], lines);
        Assert.Equal(2, faults.Count);
        Assert.All(
            faults.Kept,
            fault => Assert.Equal(AttributeAction.TreatAsWithdraw, fault.Action)
        );
        (lines, faults) = Heard.In(
            new MrtBytes()
                .Record(
                    1,
                    12,
                    1,
                    [0, 0, 0, 0, 192, 0, 2, 0, 24, 1, .. U32(9)],
                    [192, 0, 2, 1, .. U16(64500), .. U16(odd.Length), .. odd]
                )
                .ToArray()
        );
        Assert.Equal(["9 AS64500 B 192.0.2.0/24 "], lines);
        Assert.Equal(0, faults.Count);
    }

    [Fact]
    public void A_discarded_attribute_is_a_fault_and_the_route_stays()
    {
        byte[] attributes = [.. mandatory, .. Attribute(6, 1), .. Attribute(7, 1, 2, 3)];
        (List<string> lines, MrtFaults faults) = Heard.In(
            new MrtBytes()
                .Update(1, 64500, UpdateOf([], attributes, Nlri("192.0.2.0/24")))
                .ToArray()
        );
        Assert.Equal(["1 AS64500 A 192.0.2.0/24 64500 64501"], lines);
        Assert.Equal(2, faults.Count);
        Assert.All(faults.Kept, fault => Assert.Equal(AttributeAction.Discard, fault.Action));
    }

    [Fact]
    public void Reading_attributes_allocates_nothing()
    {
        byte[] raw = [.. mandatory, .. Attribute(8, U32(1)), .. Attribute(32, new byte[12])];
        var faults = new List<AttributeFault>();
        ulong sum = 0;
        void ReadOnce()
        {
            PathAttributes.Read(
                raw,
                new AttributeReading(4, IsMessage: true),
                faults,
                out PathAttributes attributes
            );
            foreach (AsSegment segment in attributes.AsPath)
            {
                sum += segment[0].Number;
            }

            sum += attributes.Communities[0] + attributes.LargeCommunities[0].Data1;
            sum += attributes.Aggregator?.Address ?? 0;
        }

        ReadOnce();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 1000; run++)
        {
            ReadOnce();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0ul, sum);
    }

    private static PathAttributes ReadFine(byte[] raw)
    {
        PathAttributes attributes = Read(raw, out List<AttributeFault> faults);
        Assert.Empty(faults);
        return attributes;
    }

    private static PathAttributes Read(byte[] raw, out List<AttributeFault> faults)
    {
        faults = [];
        PathAttributes.Read(
            raw,
            new AttributeReading(4, IsMessage: true),
            faults,
            out PathAttributes attributes
        );
        return attributes;
    }
}
