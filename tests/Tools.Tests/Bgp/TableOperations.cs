using System.Buffers;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;

namespace Breakwater.Tests.Bgp;

/// <summary>One thing a peer does, drawn from few peers, prefixes and paths so that they meet often.</summary>
internal readonly record struct TableOperation(
    int Feed,
    int Peer,
    int Prefix,
    int PathId,
    int Path,
    int Act
)
{
    private static readonly IpPrefix[] prefixes =
    [
        .. new[]
        {
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.2.0/24",
            "10.1.2.128/25",
            "192.0.2.0/24",
            "2001:db8::/32",
            "2001:db8:1::/48",
            "2001:db8:1:2::/64",
        }.Select(text => IpPrefix.TryParse(text, out IpPrefix prefix) ? prefix : default),
    ];

    public static Gen<TableOperation[]> Sequences(int peers, int longest = 200) =>
        Gen.Select(
                Gen.Int[0, 1],
                Gen.Int[0, peers - 1],
                Gen.Int[0, prefixes.Length - 1],
                Gen.Int[0, 5],
                Gen.Int[0, 5],
                Gen.Int[0, 19]
            )
            .Select(
                (feed, peer, prefix, pathId, path, act) =>
                    new TableOperation(feed, peer, prefix, pathId, path, act)
            )
            .Array[0, longest];

    public string FeedName => Feed == 0 ? "rrc00" : "rrc01";

    public IpPrefix At => prefixes[Prefix];

    /// <summary>Every third peer has an AS number in common with the one before it.</summary>
    public BgpPeer From =>
        new(
            new Asn((uint)(64500 + Peer - (Peer % 3 == 2 ? 1 : 0))),
            (UInt128)(0xC0000200 + (uint)Peer) << 96,
            IsV6: false
        );

    /// <summary>One MRT record, of the time given.</summary>
    public ReadOnlyMemory<byte> Record(uint seconds)
    {
        var output = new ArrayBufferWriter<byte>();
        var mrt = new MrtWriter(output);
        var message = new BgpMessageWriter();
        bool hasPathIds = PathId > 2;
        switch (Act)
        {
            case 0:
                mrt.StateChange(seconds, 0, From, SessionState.Established, SessionState.Idle);
                break;
            case 1:
                mrt.StateChange(
                    seconds,
                    0,
                    From,
                    SessionState.OpenConfirm,
                    SessionState.Established
                );
                break;
            case 2 or 3:
                _ = message.Clear().Origin(RouteOrigin.Igp).AsPath(Asns());
                mrt.PeerIndexTable(seconds, 1, [From]);
                mrt.RibRow(
                    seconds,
                    0,
                    At,
                    [new MrtRibEntry(0, seconds, message.Attributes.ToArray())]
                );
                break;
            case < 8:
                byte[] withdrawn = [.. Identifier(hasPathIds), .. MrtBytes.Nlri(At)];
                mrt.Message(seconds, 0, From, Withdrawal(withdrawn), hasPathIds);
                break;
            default:
                _ = message.Clear().Origin(RouteOrigin.Igp).AsPath(Asns()).NextHop([192, 0, 2, 1]);
                byte[] announced = [.. Identifier(hasPathIds), .. MrtBytes.Nlri(At)];
                mrt.Message(
                    seconds,
                    0,
                    From,
                    Announcement(message.Attributes, announced),
                    hasPathIds
                );
                break;
        }

        return output.WrittenMemory;
    }

    private uint[] Asns() =>
        Path switch
        {
            0 => [64500],
            1 => [64500, 64510],
            2 => [64500, 64510, 64510],
            3 => [64501, 65536, 64510],
            4 => [64501, 64502, 64503, 64504, 64505, 64511],
            _ => [.. Enumerable.Range(0, 300).Select(index => 65000U + (uint)index)],
        };

    private byte[] Identifier(bool hasPathIds) => hasPathIds ? MrtBytes.U32((uint)PathId) : [];

    private byte[] Withdrawal(byte[] nlri) =>
        MrtBytes.Message(
            At.IsV6
                ? MrtBytes.UpdateOf([], MrtBytes.Attribute(15, [0, 2, 1, .. nlri]), [])
                : MrtBytes.UpdateOf(nlri, [], [])
        );

    private byte[] Announcement(ReadOnlySpan<byte> attributes, byte[] nlri) =>
        MrtBytes.Message(
            At.IsV6
                ? MrtBytes.UpdateOf(
                    [],
                    [
                        .. attributes,
                        .. MrtBytes.Attribute(14, [0, 2, 1, 16, .. new byte[16], 0, .. nlri]),
                    ],
                    []
                )
                : MrtBytes.UpdateOf([], attributes.ToArray(), nlri)
        );
}
