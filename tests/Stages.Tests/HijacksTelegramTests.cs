using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>The case of 2026-06-16 against a plain scan of the same files, which shares no code with what is tested.</summary>
public class HijacksTelegramTests
{
    private const string Folder = "data/routing/telegram-india-2026-06/data/raw";
    private const uint Suspect = 18101;

    public static TheoryData<string> Files =>
        new(
            SharedData
                .FilesIn(Folder)
                .Where(file => file.EndsWith("_full.json", StringComparison.Ordinal))
                .DefaultIfEmpty(Folder)
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_file_alone_gives_onset_and_end_of_what_the_raw_data_shows(string file) =>
        Check([file]);

    [Fact]
    public void All_files_together_give_one_hijack_for_each_prefix_that_was_announced()
    {
        SharedData.PathOf(Folder);
        string[] files =
        [
            .. SharedData
                .FilesIn(Folder)
                .Where(file => file.EndsWith("_full.json", StringComparison.Ordinal)),
        ];
        Assert.Equal(26, Check(files));
    }

    [Fact]
    public void A_table_of_the_covering_prefix_makes_the_other_origin_of_its_part_a_departure()
    {
        string updates = SharedData.PathOf($"{Folder}/2a0a_f280___48_full.json");
        string state = SharedData.PathOf($"{Folder}/bgp_state_2a0a_f280___32_peak.json");
        RoutingRead read = SignalsFromRoutes.Read(
            [new RipeStatRoutes(Open(state))],
            [new RipeStatRoutes(Open(updates))],
            DepartureContext.Nothing
        );
        RouteSignal signal = Assert.Single(read.Signals.OfType<RouteSignal>());
        Assert.Equal(new Asn(45820), signal.Departure.Origin);
        Assert.Equal("S|0|-|-", signal.Departure.Type.ToString());
    }

    private static int Check(IReadOnlyList<string> files)
    {
        SourceFile[] raws = [.. files.Select(file => Open(SharedData.PathOf(file)))];
        RoutingRead read = SignalsFromRoutes.Read(
            [],
            [.. raws.Select(raw => new RipeStatRoutes(raw))],
            DepartureContext.Nothing
        );
        Assert.Empty(read.Faults);
        Detection detection = DisruptionsFromSignals.Detect(read.Signals, DetectorProfile.Default);
        List<Scan> expected = [.. raws.Select(Scan.Of).Where(scan => scan.Onset is not null)];
        Assert.Equal(
            expected.Select(scan => scan.Prefix).Order(),
            detection
                .Disruptions.Where(hijack => hijack.Asns.Contains(new Asn(Suspect)))
                .Select(hijack => hijack.Place.Prefix!.Value)
                .Order()
        );
        foreach (Scan scan in expected)
        {
            Disruption hijack = detection.Disruptions.Single(one =>
                one.Place.Prefix == scan.Prefix
            );
            Assert.Equal(DisruptionKind.Hijack, hijack.Kind);
            Assert.Equal(scan.Onset, hijack.Start);
            Assert.Equal(scan.End, hijack.End?.Latest);
            Assert.Equal(
                [scan.MostHeard],
                hijack.Routing!.ExpectedOrigins.Select(asn => asn.Number)
            );
            Assert.Equal("unknown: no VRPs", hijack.Routing.Rpki.Reason);
            Assert.Equal("E|0|-|-", hijack.Routing.Type.ToString());
            Assert.Contains("no_baseline", hijack.Routing.Tags.Select(tag => tag.Tag));
            Assert.All(hijack.Evidence, evidence => Assert.NotNull(evidence.Bytes));
        }

        return expected.Count;
    }

    private static SourceFile Open(string path)
    {
        byte[] octets = File.ReadAllBytes(path);
        if (octets is [0x1F, 0x8B, ..])
        {
            using var gzip = new System.IO.Compression.GZipStream(
                new MemoryStream(octets),
                System.IO.Compression.CompressionMode.Decompress
            );
            using var plain = new MemoryStream();
            gzip.CopyTo(plain);
            octets = plain.ToArray();
        }

        return SourceFile.Of(Path.GetFileName(path), octets);
    }

    /// <summary>First announcement by the suspect, the moment when no peer holds its route any more, and the origin that most peers gave.</summary>
    private sealed record Scan(IpPrefix Prefix, Instant? Onset, Instant? End, uint MostHeard)
    {
        public static Scan Of(SourceFile file)
        {
            using JsonDocument document = JsonDocument.Parse(file.Content);
            JsonElement data = document.RootElement.GetProperty("data");
            Assert.True(
                IpPrefix.TryParse(data.GetProperty("resource").GetString()!, out IpPrefix prefix)
            );
            HashSet<string> holders = [];
            Dictionary<uint, HashSet<string>> heard = [];
            Instant? onset = null;
            Instant? end = null;
            foreach (JsonElement update in data.GetProperty("updates").EnumerateArray())
            {
                JsonElement attrs = update.GetProperty("attrs");
                string peer = attrs.GetProperty("source_id").GetString()!;
                Instant at = LocalDateTimePattern
                    .ExtendedIso.Parse(update.GetProperty("timestamp").GetString()!)
                    .Value.InUtc()
                    .ToInstant();
                uint origin =
                    update.GetProperty("type").GetString() == "A"
                        ? attrs.GetProperty("path").EnumerateArray().Last().GetUInt32()
                        : 0;
                if (origin != 0)
                {
                    heard.TryAdd(origin, []);
                    heard[origin].Add(peer);
                }

                if (origin == Suspect)
                {
                    holders.Add(peer);
                    onset ??= at;
                    end = null;
                }
                else if (holders.Remove(peer) && holders.Count == 0)
                {
                    end = at;
                }
            }

            return new Scan(
                prefix,
                onset,
                end,
                heard.Where(pair => pair.Key != Suspect).MaxBy(pair => pair.Value.Count).Key
            );
        }
    }
}
