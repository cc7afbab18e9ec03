using System.IO.Compression;
using Breakwater.Signals;
using Breakwater.Tests;
using Xunit;
using static Breakwater.Signals.RoutingFeatures;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Stages.Tests;

public sealed class RoutingFeaturesTests
{
    // 2023-11-14 22:15:00 UTC, the start of a minute.
    private const uint Start = 1_700_000_100;
    private const string A = "192.0.2.0/24";
    private const string B = "198.51.100.0/24";

    [Fact]
    public void Messages_and_their_prefixes_are_counted_apart()
    {
        RoutingRead read = Read(
            new MrtBytes()
                .Update(
                    Start,
                    64500,
                    UpdateOf(
                        Nlri("203.0.113.0/24"),
                        Attributes(Path(4, 64500, 64510)),
                        [.. Nlri(A), .. Nlri(B)]
                    )
                )
                .Withdraw(Start + 1, 64500, A)
                .Withdraw(Start + 59, 64500, A)
                .Announce(Start + 60, 64500, A, 64500, 64510)
        );
        Assert.Equal([1, 1], Values(read, Announcements));
        Assert.Equal([3, 0], Values(read, Withdrawals));
        Assert.Equal([2, 1], Values(read, AnnouncedPrefixes));
        Assert.Equal([3, 0], Values(read, WithdrawnPrefixes));
        // The first of all and the second withdrawal of A: nothing was held.
        Assert.Equal([2, 0], Values(read, DuplicateWithdrawals));
    }

    [Fact]
    public void Repetitions_and_changes_of_path_are_told_apart()
    {
        RoutingRead read = Read(
            new MrtBytes()
                .Announce(Start, 64500, A, 64500, 64501, 64510)
                .Announce(Start + 1, 64500, A, 64500, 64501, 64510)
                .Announce(Start + 2, 64500, A, 64500, 64502, 64503, 64510)
                .Announce(Start + 3, 64501, A, 64501, 64510)
        );
        Assert.Equal([1], Values(read, DuplicateAnnouncements));
        Assert.Equal([1], Values(read, ImplicitWithdrawals));
        // 64501 becomes 64502, and 64503 is put in.
        Assert.Equal([2], Values(read, EditDistanceMean));
        Assert.Equal([2], Values(read, EditDistanceMaximum));
        Assert.Equal([3], Values(read, PathLengthMean));
        Assert.Equal([4], Values(read, PathLengthMaximum));
        Assert.Equal([3], Values(read, UniquePathLengthMean));
    }

    [Fact]
    public void A_set_is_one_hop_and_prepending_counts()
    {
        byte[] path = [.. Path(4, 64500, 64500), 1, 2, .. U32(64510), .. U32(64511)];
        RoutingRead read = Read(
            new MrtBytes().Update(Start, 64500, UpdateOf([], Attributes(path), Nlri(A)))
        );
        Assert.Equal([3], Values(read, PathLengthMaximum));
    }

    [Fact]
    public void Origins_are_counted_by_message()
    {
        var octets = new MrtBytes();
        foreach (byte origin in (byte[])[0, 0, 1, 2])
        {
            byte[] attributes =
            [
                .. Attribute(1, origin),
                .. Attribute(2, Path(4, 64500)),
                .. Attribute(3, 192, 0, 2, 1),
            ];
            _ = octets.Update(Start, 64500, UpdateOf([], attributes, [.. Nlri(A), .. Nlri(B)]));
        }

        RoutingRead read = Read(octets);
        Assert.Equal([2], Values(read, OriginIgp));
        Assert.Equal([1], Values(read, OriginEgp));
        Assert.Equal([1], Values(read, OriginIncomplete));
    }

    [Fact]
    public void Entropy_is_zero_of_one_and_one_bit_of_two_equal_shares()
    {
        RoutingRead read = Read(
            new MrtBytes()
                .Announce(Start, 64500, A, 64500, 64510)
                .Announce(Start, 64501, A, 64501, 64510)
                .Announce(Start + 60, 64500, A, 64500, 64510)
                .Announce(Start + 60, 64500, B, 64500, 64511)
        );
        Assert.Equal([1, 0], Values(read, PeerEntropy));
        Assert.Equal([0, 1], Values(read, OriginEntropy));
        Assert.Equal([0, 1], Values(read, PrefixEntropy));
        Assert.Equal([0.5, 1], Values(read, BusiestPeerShare));
    }

    [Fact]
    public void Octets_are_those_of_the_message_with_its_header()
    {
        byte[] update = UpdateOf(Nlri(A), [], []);
        RoutingRead read = Read(new MrtBytes().Update(Start, 64500, update));
        Assert.Equal([19 + update.Length], Values(read, MessageOctetsMean));
    }

    [Fact]
    public void A_table_that_a_peer_repeats_after_a_reset_is_a_transfer_and_no_unrest()
    {
        RoutingRead read = Read(
            new MrtBytes()
                .Announce(Start, 64500, A, 64500, 64510)
                .Announce(Start, 64501, A, 64501, 64510)
                .State(Start + 60, 64500, 6, 1)
                .State(Start + 61, 64500, 5, 6)
                .Announce(Start + 62, 64500, A, 64500, 64511)
                .Announce(Start + 62, 64500, B, 64500, 64510)
                .Announce(Start + 63, 64501, A, 64501, 64511)
                .Announce(Start + 720, 64500, A, 64500, 64512)
        );
        Assert.Equal([2.0, 1.0, 1.0], Known(read, AnnouncedPrefixes));
        Assert.Equal([0.0, 2.0, 0.0], Known(read, TableTransferPrefixes));
        Assert.Equal([0.0, 1.0, 0.0], Known(read, SessionResets));
        Assert.Equal([0.0, 1.0, 1.0], Known(read, ImplicitWithdrawals));
        Assert.Contains(
            read.Notes,
            note => note.StartsWith("peer_reset", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_minute_without_any_record_is_a_gap_and_not_zero()
    {
        RoutingRead read = Read(
            new MrtBytes().Announce(Start, 64500, A, 64500).Announce(Start + 120, 64500, A, 64500)
        );
        Assert.Equal([1, null, 1], Values(read, AnnouncedPrefixes));
    }

    [Fact]
    public void A_minute_without_announcements_has_no_path_length()
    {
        RoutingRead read = Read(new MrtBytes().Withdraw(Start, 64500, A));
        Assert.Equal([null], Values(read, PathLengthMean));
        Assert.Equal([null], Values(read, OriginEntropy));
        Assert.Equal([0], Values(read, AnnouncedPrefixes));
    }

    [Fact]
    public void Every_metric_is_given_for_each_collector()
    {
        byte[] octets = new MrtBytes().Announce(Start, 64500, A, 64500).ToArray();
        RoutingRead read = RoutingFeatures.Read(
            [],
            [
                new MrtRouteInput("rrc01", "b", new string('b', 64), [octets]),
                new MrtRouteInput("rrc00", "a", new string('a', 64), [octets]),
            ]
        );
        Assert.Equal(
            (string[])["rrc00", "rrc01"],
            read.Signals.Select(signal => signal.Source).Distinct()
        );
        Assert.Equal(2 * Metrics.Count, read.Signals.Count);
        Assert.All(read.Signals, signal => Assert.Equal("1-1", signal.Evidence[0].Rows));
    }

    [Fact]
    public void A_record_of_another_century_is_left_out_and_said()
    {
        RoutingRead read = Read(
            new MrtBytes().Announce(Start, 64500, A, 64500).Announce(uint.MaxValue, 64500, A, 64500)
        );
        Assert.Equal([1], Values(read, AnnouncedPrefixes));
        Assert.Contains(read.Notes, note => note.Contains("1 records", StringComparison.Ordinal));
    }

    [Fact]
    public void Cut_input_gives_what_was_whole_and_a_fault()
    {
        byte[] octets = new MrtBytes()
            .Announce(Start, 64500, A, 64500)
            .Announce(Start, 64500, B, 64500)
            .ToArray();
        RoutingRead read = Read(new MrtBytes().Raw(octets[..^3]));
        Assert.Equal([1], Values(read, AnnouncedPrefixes));
        Assert.NotEmpty(read.Faults);
    }

    /// <summary>Counted from the text of another program, line by line, of files that have unicast routes only.</summary>
    [Theory]
    [InlineData("updates.et-header.2015.gz")]
    [InlineData("updates.20071015.1505.gz")]
    public void Features_of_real_updates_are_those_counted_from_the_text_of_bgpdump(string name)
    {
        byte[] octets = Unpacked(SharedData.PathOf($"data/routing/bgpdump/{name}"));
        string text = SharedData.PathOf($"data/routing/bgpdump_expected_text/{name}.bgp.gz");
        var expected = new TextCounts();
        foreach (string line in System.Text.Encoding.ASCII.GetString(Unpacked(text)).Split('\n'))
        {
            expected.Add(line.Split('|'));
        }

        RoutingRead read = RoutingFeatures.Read(
            [],
            [new MrtRouteInput("rrc", name, new string('a', 64), [octets])]
        );
        double Sum(string metric) => Known(read, metric).Sum();
        Assert.Equal(
            (expected.Announced, expected.Withdrawn, expected.Duplicates, expected.Implicits),
            (
                Sum(AnnouncedPrefixes),
                Sum(WithdrawnPrefixes),
                Sum(DuplicateAnnouncements),
                Sum(ImplicitWithdrawals)
            )
        );
        Assert.Equal(expected.DuplicateWithdrawals, Sum(DuplicateWithdrawals));
        Assert.Equal(expected.Transfers, Sum(TableTransferPrefixes));
        Assert.Equal(expected.LongestPath, Known(read, PathLengthMaximum).DefaultIfEmpty(0).Max());
    }

    /// <summary>Sessions that are set up within a file, and none that goes down: whatever their peers send then is a transfer.</summary>
    private sealed class TextCounts
    {
        private readonly Dictionary<(string Peer, string Prefix), string> held = [];
        private readonly HashSet<string> established = [];

        public double Transfers { get; private set; }

        public double Announced { get; private set; }

        public double Withdrawn { get; private set; }

        public double Duplicates { get; private set; }

        public double Implicits { get; private set; }

        public double DuplicateWithdrawals { get; private set; }

        public double LongestPath { get; private set; }

        public void Add(string[] fields)
        {
            if (fields is [_, _, "STATE", var address, var asn, _, "6"])
            {
                _ = established.Add($"{address} {asn}");
            }

            if (fields.Length < 6 || fields[2] is not ("A" or "W"))
            {
                return;
            }

            string peer = $"{fields[3]} {fields[4]}";
            (string, string) route = (peer, fields[5]);
            if (fields[2] == "W")
            {
                Withdrawn++;
                DuplicateWithdrawals += held.Remove(route) ? 0 : 1;
                return;
            }

            string path = fields[6];
            if (established.Contains(peer))
            {
                Transfers++;
                held[route] = path;
                return;
            }

            Announced++;
            LongestPath = Math.Max(LongestPath, path.Split(' ').Length);
            if (held.TryGetValue(route, out string? before))
            {
                Duplicates += before == path ? 1 : 0;
                Implicits += before == path ? 0 : 1;
            }

            held[route] = path;
        }
    }

    private static byte[] Unpacked(string path)
    {
        using var packed = new GZipStream(
            System.IO.File.OpenRead(path),
            CompressionMode.Decompress
        );
        using var octets = new MemoryStream();
        packed.CopyTo(octets);
        return octets.ToArray();
    }

    private static RoutingRead Read(MrtBytes octets) =>
        RoutingFeatures.Read(
            [],
            [new MrtRouteInput("rrc00", "updates.mrt", new string('a', 64), [octets.ToArray()])]
        );

    private static IEnumerable<double?> Values(RoutingRead read, string metric) =>
        read
            .Signals.OfType<SeriesSignal>()
            .Single(series => series.Metric == metric)
            .Samples.Select(sample =>
                sample.Value is { } value ? Math.Round(value, 5) : (double?)null
            );

    private static IEnumerable<double> Known(RoutingRead read, string metric) =>
        Values(read, metric).OfType<double>();
}
