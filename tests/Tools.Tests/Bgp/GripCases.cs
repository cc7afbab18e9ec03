using System.Buffers;
using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Tests.Bgp;

/// <summary>
/// An event as GRIP published it: prefixes, origins, paths and tags. It is a suspicion of GRIP's, not a truth. Used by the
/// tests and by the table of the benchmark.
/// </summary>
internal sealed record GripCase(
    string Name,
    string EventType,
    IpPrefix Known,
    IpPrefix Announced,
    IReadOnlyList<Asn> Victims,
    IReadOnlyList<Asn> Attackers,
    IReadOnlyList<uint[]> KnownPaths,
    IReadOnlyList<uint[]> Paths,
    IReadOnlyDictionary<Asn, string> Rpki,
    IReadOnlyList<string> Tags,
    int Suspicion,
    uint At
)
{
    /// <summary>Null for a file that is no such event.</summary>
    public static GripCase Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        JsonElement details = root.GetProperty("details");
        bool isSub = root.GetProperty("event_type").GetString() == "submoas";
        List<uint[]> sub = PathsIn(details, isSub ? "sub_aspaths" : "aspaths");
        List<uint[]> super = isSub ? PathsIn(details, "super_aspaths") : sub;
        Assert(
            IpPrefix.TryParse(
                details.GetProperty(isSub ? "sub_pfx" : "prefix").GetString()!,
                out IpPrefix announced
            )
        );
        IpPrefix known = announced;
        if (isSub)
        {
            Assert(IpPrefix.TryParse(details.GetProperty("super_pfx").GetString()!, out known));
        }

        List<Asn> attackers = Asns(root.GetProperty("attackers"));
        bool isByAttacker(uint[] hops) => attackers.Contains(new Asn(hops[^1]));
        List<uint[]> paths = [.. sub.Where(isByAttacker)];
        List<uint[]> knownPaths = [.. super.Where(hops => !isByAttacker(hops))];
        if (isSub && paths.Count == 0)
        {
            // The newcomer announced the wider of the two prefixes, over a part that the other origin holds.
            bool isWiderKnown = details.GetProperty("super_old_origins").GetArrayLength() > 0;
            paths = [.. super.Where(isByAttacker)];
            knownPaths = [.. sub.Where(hops => !isByAttacker(hops))];
            (known, announced) = (isWiderKnown ? known : announced, known);
        }

        return new GripCase(
            Path.GetFileName(path),
            root.GetProperty("event_type").GetString()!,
            known,
            announced,
            Asns(root.GetProperty("victims")),
            attackers,
            knownPaths,
            paths,
            root.GetProperty("extra")
                .GetProperty("rpki")
                .EnumerateObject()
                .ToDictionary(
                    member => Asn.TryParse(member.Name, out Asn asn) ? asn : default,
                    member => member.Value.GetString()!
                ),
            [
                .. root.GetProperty("tags")
                    .EnumerateArray()
                    .Select(tag => tag.GetProperty("name").GetString()!),
            ],
            root.GetProperty("inferences")
                .EnumerateArray()
                .Max(one => one.GetProperty("suspicion_level").GetInt32()),
            (uint)root.GetProperty("view_ts").GetInt64()
        );
    }

    /// <summary>
    /// What the newcomer did, in the dimensions of ARTEMIS. In some <c>submoas</c> it announced the wider prefix: another
    /// origin of it where that had one, else a prefix that covers a known one, for which ARTEMIS has no type.
    /// </summary>
    public string ExpectedType =>
        Announced == Known ? "E|0|-|-"
        : Known.Contains(Announced) ? "S|0|-|-"
        : "-|-|-|-";

    /// <summary>What GRIP knew before as a table, the paths of the newcomers as messages; judged as our own data would be.</summary>
    public (OriginDeparture Departure, HijackJudgement Judgement)? Judge()
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new MrtWriter(octets);
        var message = new BgpMessageWriter();
        List<BgpPeer> peers =
        [
            .. KnownPaths.Concat(Paths).Select(hops => PeerOf(hops[0])).Distinct(),
        ];
        writer.PeerIndexTable(At - 300, 0, peers);
        MrtRibEntry[] entries =
        [
            .. KnownPaths
                .DistinctBy(hops => hops[0])
                .Select(hops => new MrtRibEntry(
                    peers.IndexOf(PeerOf(hops[0])),
                    At - 300,
                    message
                        .Clear()
                        .Origin(RouteOrigin.Igp)
                        .AsPath(hops)
                        .NextHop([192, 0, 2, 1])
                        .Attributes.ToArray()
                )),
        ];
        writer.RibRow(At - 300, 0, Known, entries);
        foreach (uint[] hops in Paths)
        {
            message.Clear().Origin(RouteOrigin.Igp).AsPath(hops).NextHop([192, 0, 2, 1]);
            writer.Message(At, 0, PeerOf(hops[0]), message.Update([], [Announced]));
        }

        var watch = new OriginWatch();
        watch.From(0, "grip");
        MrtDecoder.ReadAll(new MrtReader(octets.WrittenMemory, new MrtFaults()), ref watch);
        OriginDeparture? departure = watch
            .Departures(DepartureContext.Nothing with { Vrps = Vrps() })
            .FirstOrDefault(one => one.Prefix == Announced && Attackers.Contains(one.Origin));
        return departure is null
            ? null
            : (departure, HijackTags.Judge(departure, HijackProfile.Default));
    }

    /// <summary>VRPs that give each origin the state that GRIP recorded for it; the real ones of that day are not at hand.</summary>
    private VrpSet Vrps()
    {
        // One for a prefix that nobody asks for: an empty set would be a fault of the source and say nothing.
        List<Vrp> vrps = [new Vrp(IpPrefix.From([192, 0, 2, 0], 24), 24, new Asn(64496))];
        foreach ((Asn asn, string state) in Rpki)
        {
            // The state of a victim is that of the covering prefix, the state of a newcomer that of the one it announced.
            IpPrefix prefix = Attackers.Contains(asn) ? Announced : Known;
            if (state == "VALID")
            {
                vrps.Add(new Vrp(prefix, prefix.Length, asn));
            }
            else if (state == "INVALID_LENGTH")
            {
                vrps.Add(new Vrp(Shorter(prefix), (byte)(prefix.Length - 1), asn));
            }
            else if (state == "INVALID_AS" && !Rpki.Any(other => other.Value == "VALID"))
            {
                vrps.Add(new Vrp(prefix, prefix.Length, new Asn(4_199_999_999)));
            }
        }

        return VrpSet.Of(vrps, [new VrpSource("grip", null, null, vrps.Count)]);
    }

    private static IpPrefix Shorter(IpPrefix prefix) =>
        new(
            prefix.Bits & (UInt128.MaxValue << (129 - prefix.Length)),
            (byte)(prefix.Length - 1),
            prefix.IsV6
        );

    private static BgpPeer PeerOf(uint asn) => new(new Asn(asn), (UInt128)asn << 96, IsV6: false);

    private static List<uint[]> PathsIn(JsonElement details, string name) =>
        [
            .. details
                .GetProperty(name)
                .GetString()!
                .Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Select(path => path.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(path => path.Length > 0 && path.All(hop => Asn.TryParse(hop, out _)))
                .Select(path =>
                    path.Select(hop => Asn.TryParse(hop, out Asn asn) ? asn.Number : 0).ToArray()
                ),
        ];

    private static List<Asn> Asns(JsonElement array) =>
        [
            .. array
                .EnumerateArray()
                .Select(one => Asn.TryParse(one.GetString(), out Asn asn) ? asn : default),
        ];

    private static void Assert(bool isTrue)
    {
        if (!isTrue)
        {
            throw new InvalidDataException("not an event of GRIP");
        }
    }
}
