using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>Finds leaks in each announcement and follows them, with the records that they stand on.</summary>
internal sealed class LeakWatch(LeakRules rules) : IRouteVisitor
{
    /// <summary>Records kept for one leak: the first ones show it, more of the same add nothing.</summary>
    private const int RecordsOfLeakMax = 32;

    private const int LeaksMax = 100_000;

    private readonly LeakEpisodes episodes = new();
    private readonly List<LeakFinding> found = [];
    private readonly Dictionary<LeakSegment, List<RecordPlace>> records = [];
    private readonly Dictionary<LeakSegment, IReadOnlyList<Asn>> paths = [];
    private int input;

    public void From(int inputIndex) => input = inputIndex;

    public long LeftOut => episodes.LeftOut;

    public IReadOnlyList<LeakEpisode> All() => episodes.All();

    public IReadOnlyList<RecordPlace> RecordsOf(LeakSegment segment) =>
        records.GetValueOrDefault(segment) ?? [];

    public IReadOnlyList<Asn> PathOf(LeakSegment segment) => paths.GetValueOrDefault(segment) ?? [];

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    ) => Show(record, peer, nlri, attributes, isBaseline: false);

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    ) => Show(record, peer, nlri, attributes, isBaseline: true);

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
        episodes.Withdrawn(record.At, peer, nlri.Prefix);

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        if (from == SessionState.Established && to != SessionState.Established)
        {
            episodes.PeerLost(record.At, peer);
        }
    }

    private void Show(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        bool isBaseline
    )
    {
        if (record.IsLocal)
        {
            return;
        }

        found.Clear();
        rules.Find(attributes, found);
        Asn? origin = attributes.AsPath.TryOrigin(out Asn asn) ? asn : null;
        episodes.Announced(record.At, peer, nlri.Prefix, origin, found, isBaseline);
        foreach (LeakFinding finding in found)
        {
            Keep(LeakSegment.Of(finding), record, attributes);
        }
    }

    private void Keep(LeakSegment segment, in MrtRecord record, in PathAttributes attributes)
    {
        if (!records.TryGetValue(segment, out List<RecordPlace>? places))
        {
            if (records.Count == LeaksMax)
            {
                return;
            }

            records.Add(segment, places = []);
            Span<uint> hops = stackalloc uint[CleanPath.HopsMax];
            int count = CleanPath.Read(attributes.AsPath, hops, out _);
            paths.Add(segment, [.. hops[..count].ToArray().Select(hop => new Asn(hop))]);
        }

        if (places.Count < RecordsOfLeakMax)
        {
            places.Add(new RecordPlace(input, record.Index + 1, record.Offset, record.Length));
        }
    }
}
