using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Bgp;

public class TableLookupTests
{
    // Few distinct bits, so that prefixes contain each other and addresses hit them.
    private static readonly Gen<IpPrefix> v4 = Gen.Select(Gen.UInt, Gen.Int[0, 32])
        .Select((bits, length) => Cut((UInt128)(bits & 0xC003_0181) << 96, length, isV6: false));

    private static readonly Gen<IpPrefix> v6 = Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 128])
        .Select(
            (high, low, length) =>
                Cut(
                    new UInt128(high & 0x8000_1001_8001_0001, low & 0x8000_0000_0000_0003),
                    length,
                    isV6: true
                )
        );

    [Fact]
    public void The_longest_IPv4_prefix_is_that_of_a_search_through_all() =>
        Gen.Select(v4.Array[0, 40], v4.Array[1, 20])
            .Sample(
                (prefixes, asked) =>
                {
                    var lookup = new Ipv4Lookup(prefixes);
                    foreach (IpPrefix one in asked.Concat(prefixes))
                    {
                        IpPrefix address = one with { Length = 32 };
                        Assert.Equal(
                            Longest(prefixes, address),
                            lookup.Longest((uint)(address.Bits >> 96))
                        );
                        IpPrefix last = Last(one);
                        Assert.Equal(
                            Longest(prefixes, last),
                            lookup.Longest((uint)(last.Bits >> 96))
                        );
                    }
                },
                iter: 60,
                threads: 1
            );

    [Fact]
    public void The_longest_IPv6_prefix_is_that_of_a_search_through_all() =>
        Gen.Select(v6.Array[0, 40], v6.Array[1, 20])
            .Sample(
                (prefixes, asked) =>
                {
                    var lookup = new Ipv6Lookup(prefixes);
                    foreach (IpPrefix one in asked.Concat(prefixes))
                    {
                        IpPrefix address = one with { Length = 128 };
                        Assert.Equal(Longest(prefixes, address), lookup.Longest(address.Bits));
                        IpPrefix last = Last(one);
                        Assert.Equal(Longest(prefixes, last), lookup.Longest(last.Bits));
                    }
                },
                iter: 300
            );

    [Fact]
    public void Covering_and_covered_prefixes_are_those_of_a_search_through_all() =>
        Gen.Select(Gen.OneOf(v4, v6).Array[0, 60], Gen.OneOf(v4, v6).Array[1, 20])
            .Sample(
                (prefixes, asked) =>
                {
                    var tree = new PrefixTree();
                    IpPrefix[] distinct = [.. prefixes.Distinct()];
                    for (int number = 0; number < distinct.Length; number++)
                    {
                        tree.Add(distinct[number], number);
                    }

                    foreach (IpPrefix one in asked.Concat(distinct))
                    {
                        List<IpPrefix> covering = [];
                        foreach (int number in tree.Covering(one))
                        {
                            covering.Add(distinct[number]);
                        }

                        List<IpPrefix> covered = [];
                        foreach (int number in tree.Covered(one))
                        {
                            covered.Add(distinct[number]);
                        }

                        Assert.Equal(
                            distinct
                                .Where(other => other.Contains(one))
                                .OrderBy(other => other.Length),
                            covering
                        );
                        Assert.Equal(distinct.Where(one.Contains).Order(), covered);
                    }
                },
                iter: 1000
            );

    [Fact]
    public void A_table_knows_what_covers_a_prefix_that_came_after_the_first_question()
    {
        var table = new RouteTable();
        var visitor = new TableVisitor(table, table.Peers.Feed("rrc00"));
        Read(new MrtBytes().Announce(1, 64500, "192.0.2.0/24", 64500), ref visitor);
        Assert.Equal([0], Covering(table, "192.0.2.1/32"));
        Read(new MrtBytes().Announce(1, 64500, "192.0.0.0/16", 64500), ref visitor);
        Assert.Equal([1, 0], Covering(table, "192.0.2.1/32"));
    }

    private static void Read(MrtBytes octets, ref TableVisitor visitor) =>
        MrtDecoder.ReadAll(new MrtReader(octets.ToArray(), new MrtFaults()), ref visitor);

    private static List<int> Covering(RouteTable table, string text)
    {
        Assert.True(IpPrefix.TryParse(text, out IpPrefix prefix));
        List<int> numbers = [];
        foreach (int number in table.Containment.Covering(prefix))
        {
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Of equal ones the last counts.</summary>
    private static int Longest(IpPrefix[] prefixes, IpPrefix address)
    {
        int longest = -1;
        for (int at = 0; at < prefixes.Length; at++)
        {
            if (
                prefixes[at].Contains(address)
                && (longest < 0 || prefixes[at].Length >= prefixes[longest].Length)
            )
            {
                longest = at;
            }
        }

        return longest;
    }

    private static IpPrefix Last(IpPrefix prefix)
    {
        UInt128 host = prefix.Length == 128 ? 0 : UInt128.MaxValue >> prefix.Length;
        UInt128 bits = prefix.Bits | host;
        return prefix.IsV6
            ? new IpPrefix(bits, 128, true)
            : new IpPrefix(bits >> 96 << 96, 32, false);
    }

    private static IpPrefix Cut(UInt128 bits, int length, bool isV6) =>
        new(length == 0 ? 0 : bits & (UInt128.MaxValue << (128 - length)), (byte)length, isV6);
}
