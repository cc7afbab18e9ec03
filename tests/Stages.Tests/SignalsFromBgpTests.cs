using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Stages.Tests;

public class SignalsFromBgpTests
{
    // 2023-11-14 22:15:00 UTC, the start of a bin.
    private const uint Start = 1_700_000_100;
    private const uint Bin = 300;

    private static readonly Place prefix = PlaceOf("192.0.2.0/24");
    private static readonly Place origin = PlaceOf("AS64510");

    [Fact]
    public void Visibility_follows_announcements_and_withdrawals_of_each_peer()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64500, 64510)
            .Announce(Start + 1, 64501, "192.0.2.0/24", 64501, 64510)
            .Withdraw(Start + Bin, 64500, "192.0.2.0/24")
            .Withdraw(Start + (2 * Bin), 64501, "192.0.2.0/24");
        RoutingRead read = Read(octets);
        Assert.Equal([2, 1, 0], Values(read, prefix, "visible_peers"));
        Assert.Equal([1, 1, 0], Values(read, origin, "visible_prefixes"));
        Assert.Equal([1, 1, 0], Values(read, origin, "visible_24s"));
    }

    [Fact]
    public void A_route_to_another_origin_withdraws_the_first_one_implicitly()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64500, 64510)
            .Announce(Start + Bin, 64500, "192.0.2.0/24", 64500, 64511);
        RoutingRead read = Read(octets);
        Assert.Equal([1, 1], Values(read, prefix, "visible_peers"));
        Assert.Equal([1, 0], Values(read, origin, "visible_prefixes"));
        Assert.Equal([null, 1], Values(read, PlaceOf("AS64511"), "visible_prefixes"));
    }

    [Fact]
    public void Two_sessions_of_one_peer_AS_count_once()
    {
        byte[] other = [.. U32(64500), .. U32(64496), 0, 0, 0, 1, 192, 0, 2, 77, 192, 0, 2, 254];
        byte[] update = UpdateOf([], Attributes(Path(4, 64500, 64510)), Nlri("192.0.2.0/24"));
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64500, 64510)
            .Record(Start, 16, 4, other, Message(update));
        Assert.Equal([1], Values(Read(octets), prefix, "visible_peers"));
    }

    [Fact]
    public void A_session_that_goes_down_is_unknown_and_no_loss()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64500, 64510)
            .State(Start + Bin, 64500, 6, 1)
            .State(Start + (2 * Bin), 64500, 5, 6)
            .Announce(Start + (3 * Bin), 64500, "192.0.2.0/24", 64500, 64510);
        RoutingRead read = Read(octets);
        Assert.Equal([1, null, null, 1], Values(read, prefix, "visible_peers"));
        Assert.Equal([1, 1, 1, 1], Values(read, origin, "visible_prefixes"));
        Assert.Contains(
            read.Notes,
            note => note.StartsWith("peer_reset", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void What_a_returned_peer_does_not_repeat_in_half_an_hour_is_gone()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64500, 64510)
            .State(Start + 1, 64500, 6, 1)
            .State(Start + 2, 64500, 5, 6);
        for (uint bin = 1; bin <= 7; bin++)
        {
            _ = octets.Announce(Start + (bin * Bin), 64501, "198.51.100.0/24", 64501);
        }

        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 0], Values(Read(octets), origin, "visible_prefixes"));
    }

    [Fact]
    public void A_bin_without_any_record_is_a_gap_and_not_zero()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64500, 64510)
            .Announce(Start + (2 * Bin), 64501, "198.51.100.0/24", 64501);
        Assert.Equal([1, null, 1], Values(Read(octets), prefix, "visible_peers"));
    }

    [Fact]
    public void Overlapping_prefixes_of_an_origin_are_counted_once_in_24s()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "198.51.100.0/22", 64510)
            .Announce(Start, 64500, "198.51.101.0/24", 64510)
            .Announce(Start, 64500, "198.51.101.128/25", 64510)
            .Announce(Start, 64500, "192.0.2.0/25", 64510);
        RoutingRead read = Read(octets);
        Assert.Equal([4], Values(read, origin, "visible_prefixes"));
        Assert.Equal([5], Values(read, origin, "visible_24s"));
    }

    [Fact]
    public void Updates_without_a_table_say_that_they_lack_a_baseline()
    {
        RoutingRead read = Read(new MrtBytes().Announce(Start, 64500, "192.0.2.0/24", 64510));
        Assert.Contains(
            read.Notes,
            note => note.StartsWith("no_baseline", StringComparison.Ordinal)
        );
        Assert.All(
            read.Signals.Cast<SeriesSignal>(),
            signal => Assert.EndsWith("no baseline", signal.Unit, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Evidence_names_the_octets_of_the_records()
    {
        MrtBytes octets = new MrtBytes().Announce(Start, 64501, "198.51.100.0/24", 64511);
        int first = octets.Count;
        _ = octets.Announce(Start, 64500, "192.0.2.0/24", 64510);
        int last = octets.Count - 1;
        SeriesSignal signal = Find(Read(octets), prefix, "visible_peers");
        Evidence evidence = Assert.Single(signal.Evidence);
        Assert.Equal($"{first}-{last}", evidence.Bytes);
        Assert.Equal("2-2", evidence.Rows);
        Assert.Equal(2, signal.Samples[0].Row);
        Assert.Equal(Instant.FromUnixTimeSeconds(Start), signal.Samples[0].At);
    }

    [Fact]
    public void Named_places_are_given_alone_and_those_unheard_are_noted()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64510)
            .Announce(Start, 64500, "198.51.100.0/24", 64511);
        RoutingRead read = Read(
            octets,
            new RoutingSelection { Origins = [new Asn(64510), new Asn(64599)] }
        );
        Assert.All(read.Signals, signal => Assert.Equal(origin, signal.Place));
        Assert.Contains("not heard: AS64599", read.Notes);
    }

    [Fact]
    public void Files_of_two_collectors_are_replayed_in_order_of_time()
    {
        byte[] a = new MrtBytes()
            .Announce(Start, 64500, "192.0.2.0/24", 64510)
            .Withdraw(Start + Bin, 64500, "192.0.2.0/24")
            .ToArray();
        byte[] b = new MrtBytes().Announce(Start + 1, 64501, "192.0.2.0/24", 64510).ToArray();
        RoutingRead both = SignalsFromBgp.Read(
            [Input("rrc00", a), Input("rrc01", b)],
            new RoutingSelection()
        );
        RoutingRead swapped = SignalsFromBgp.Read(
            [Input("rrc01", b), Input("rrc00", a)],
            new RoutingSelection()
        );
        Assert.Equal([2, 1], Values(both, prefix, "visible_peers"));
        Assert.Equal([2, 1], Values(swapped, prefix, "visible_peers"));
    }

    [Fact]
    public void A_damaged_record_is_a_fault_with_its_offset_and_the_rest_is_replayed()
    {
        MrtBytes octets = new MrtBytes()
            .Update(Start, 64500, [0, 9, 1])
            .Announce(Start, 64500, "192.0.2.0/24", 64510);
        RoutingRead read = Read(octets);
        Assert.Equal("offset 0", Assert.Single(read.Faults).At);
        Assert.Equal([1], Values(read, prefix, "visible_peers"));
    }

    [Fact]
    public void With_a_table_only_full_feeds_count_and_more_than_half_of_them_must_hold()
    {
        MrtBytes octets = Table(64500, 64501, 64502)
            .Announce(Start + 1, 64599, "192.0.2.0/24", 64599, 64510)
            .Withdraw(Start + Bin, 64500, "192.0.2.0/24")
            .Withdraw(Start + (2 * Bin), 64501, "192.0.2.0/24")
            .Announce(Start + (3 * Bin), 64501, "192.0.2.0/24", 64501, 64510);
        RoutingRead read = Read(octets);
        Assert.Equal([3, 2, 1, 2], Values(read, prefix, "visible_peers"));
        Assert.Equal([769, 769, 768, 769], Values(read, origin, "visible_24s"));
        Assert.Equal("/24s", Find(read, origin, "visible_24s").Unit);
        Assert.Contains(
            read.Notes,
            note => note.StartsWith("full_feed: 3 peer ASes", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_full_feed_whose_session_is_down_leaves_the_quorum_and_takes_nothing_with_it()
    {
        RoutingRead read = Read(
            Table(64500, 64501)
                .State(Start + Bin, 64500, 6, 1)
                .State(Start + (2 * Bin), 64501, 6, 1)
        );
        Assert.Equal([2, 1, null], Values(read, prefix, "visible_peers"));
        Assert.Equal([769, 769, 769], Values(read, origin, "visible_24s"));
    }

    [Fact]
    public void Space_of_countries_is_given_when_the_countries_of_ASes_are_known()
    {
        MrtBytes octets = new MrtBytes()
            .Announce(Start, 64500, "198.51.100.0/23", 64500, 64510)
            .Announce(Start, 64500, "198.51.101.0/24", 64500, 64511)
            .Announce(Start, 64500, "203.0.113.0/24", 64500, 64512)
            .Withdraw(Start + Bin, 64500, "198.51.100.0/23");
        var countries = new Dictionary<Asn, string>
        {
            [new Asn(64510)] = "AA",
            [new Asn(64511)] = "AA",
        };
        RoutingRead read = Read(octets, new RoutingSelection { Countries = countries });
        Assert.Equal([2, 1], Values(read, Place.OfCountry("AA"), "visible_24s"));
        Assert.Equal([2, 1], Values(read, Place.OfCountry("AA"), "visible_prefixes"));
    }

    /// <summary>A table dump in which each peer has four prefixes, 192.0.2.0/24 among them.</summary>
    private static MrtBytes Table(params uint[] peers)
    {
        MrtBytes octets = new MrtBytes().Record(
            Start,
            13,
            1,
            [0, 0, 0, 1, 0, 0],
            U16(peers.Length),
            [.. peers.SelectMany(Listed)]
        );
        foreach (
            string text in (string[])["192.0.2.0/24", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"]
        )
        {
            byte[] entries =
            [
                .. peers.SelectMany(
                    (peer, at) =>
                    {
                        byte[] attributes = Attributes(Path(4, peer, 64510));
                        return (byte[])
                            [.. U16(at), 0, 0, 0, 0, .. U16(attributes.Length), .. attributes];
                    }
                ),
            ];
            octets.Record(Start, 13, 2, [0, 0, 0, 0], Nlri(text), U16(peers.Length), entries);
        }

        return octets;

        // As an IPv4 peer with an AS number of four octets, at the address that the messages have.
        static byte[] Listed(uint peer) =>
            [2, 0, 0, 0, 0, 192, 0, 2, (byte)(peer & 0xFF), .. U32(peer)];
    }

    private static RoutingRead Read(MrtBytes octets, RoutingSelection? selection = null) =>
        SignalsFromBgp.Read(
            [Input("rrc00", octets.ToArray())],
            selection ?? new RoutingSelection()
        );

    private static MrtInput Input(string feed, byte[] octets)
    {
        SourceFile file = SourceFile.Of("updates", octets);
        return new MrtInput(feed, file.Name, file.Sha256, [file.Content]);
    }

    private static Place PlaceOf(string text)
    {
        Assert.True(Place.TryParse(text, out Place place));
        return place;
    }

    private static SeriesSignal Find(RoutingRead read, Place place, string metric) =>
        Assert.Single(
            read.Signals.Cast<SeriesSignal>(),
            signal => signal.Place == place && signal.Metric == metric
        );

    private static double?[] Values(RoutingRead read, Place place, string metric) =>
        [.. Find(read, place, metric).Samples.Select(sample => sample.Value)];
}
