using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace Breakwater.Tests.Feeds;

/// <summary>Captures of real routers (Huawei, Cisco, 6WIND), against what pmacct made of them.</summary>
public class BmpCaptureTests
{
    private const string Folder = "data/routing/bmp/pmacct";

    public static TheoryData<string> Captures =>
        [
            .. SharedData
                .FilesIn(Folder)
                .Where(file => file == Folder || file.EndsWith(".pcap", StringComparison.Ordinal)),
        ];

    [Theory]
    [InlineData("200-BMP-HUAWEI-locrib_instance", "output-bmp-00.json")]
    [InlineData("201-BMP-CISCO-rd_instance", "output-bmp-00.json.gz")]
    [InlineData("204-BMP-CISCO-peer_down", "output-bmp-00.json.gz")]
    [InlineData("205-BMP-6wind-FRR-peer_down", "output-bmp-00.json.gz")]
    public void Real_sessions_give_what_pmacct_gives(string scenario, string expected)
    {
        byte[] capture = File.ReadAllBytes(
            SharedData.PathOf($"{Folder}/{scenario}/traffic-00.pcap")
        );
        List<string> lines = [];
        List<string> kinds = [];
        foreach (byte[] stream in Pcap.Streams(capture))
        {
            (List<string> heard, List<string> types, var faults) = BmpTests.In(stream);
            Assert.Empty(faults.Kept);
            lines.AddRange(heard);
            kinds.AddRange(types.Select(type => type.Split(' ', ':')[0]));
        }

        List<JsonElement> rows = Rows(SharedData.PathOf($"{Folder}/{scenario}/{expected}"));
        int Count(string type) => rows.Count(row => Text(row, "bmp_msg_type") == type);
        Assert.Equal(Count("init"), kinds.Count(kind => kind == "Initiation"));
        Assert.Equal(Count("peer_up"), kinds.Count(kind => kind == "PeerUp"));
        Assert.Equal(Count("peer_down"), kinds.Count(kind => kind == "PeerDown"));
        Assert.Equal(
            rows.Where(IsUnicast).Select(Line).Select(WithoutPeer).Order(StringComparer.Ordinal),
            OfHeldRoutes(lines).Select(WithoutPeer).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>pmacct is silent about withdrawals of routes that it does not hold.</summary>
    private static IEnumerable<string> OfHeldRoutes(List<string> lines)
    {
        var held = new HashSet<string>();
        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            if (
                (words[2] == "A" && (held.Add(words[1] + words[3]) || true))
                || (words[2] == "W" && held.Remove(words[1] + words[3]))
            )
            {
                yield return string.Join(' ', words);
            }
        }
    }

    /// <summary>pmacct gives no AS number for the Loc-RIB of the 6WIND router, where the router does (RFC 9069 section 4.1).</summary>
    private static string WithoutPeer(string line) =>
        line.Replace(" AS0 ", " AS4226809914 ", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_capture_is_read_to_its_end(string file)
    {
        int messages = 0;
        long octetsAfter = 0;
        foreach (byte[] stream in Pcap.Streams(File.ReadAllBytes(SharedData.PathOf(file))))
        {
            (_, List<string> kinds, var faults) = BmpTests.In(stream);
            Assert.All(
                faults.Kept,
                fault => Assert.Equal("octets after the BGP message", fault.Reason)
            );
            octetsAfter += faults.Count;
            messages += kinds.Count;
        }

        Assert.NotEqual(0, messages);
        // One of the routers there appends fields of a draft (RFC 7854 has none in Route Monitoring).
        Assert.Equal(
            file.EndsWith("route-monitoring.pcap", StringComparison.Ordinal) ? 200 : 0,
            octetsAfter
        );
    }

    private static bool IsUnicast(JsonElement row) =>
        Text(row, "bmp_msg_type") == "route_monitor"
        && Text(row, "log_type") is "update" or "withdraw"
        && row.GetProperty("safi").GetInt32() == 1;

    private static string Line(JsonElement row)
    {
        JsonElement path = row.GetProperty("as_path");
        string text =
            path.ValueKind == JsonValueKind.Array
                ? string.Join(' ', path.EnumerateArray().Select(asn => asn.GetString()))
            : path.ValueKind == JsonValueKind.String ? path.GetString()!
            : "";
        string seconds = Text(row, "timestamp")!.Split('.')[0];
        string start = $"{seconds} AS{row.GetProperty("peer_asn").GetUInt32()}";
        return Text(row, "log_type") == "update"
            ? $"{start} A {Text(row, "ip_prefix")} {text}"
            : $"{start} W {Text(row, "ip_prefix")}";
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static List<JsonElement> Rows(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(plain);
        List<JsonElement> rows = [];
        while (reader.ReadLine() is { } line)
        {
            rows.Add(JsonDocument.Parse(line).RootElement);
        }

        return rows;
    }
}
