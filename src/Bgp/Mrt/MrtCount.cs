namespace Breakwater.Bgp;

/// <summary>How much an MRT input holds.</summary>
/// <param name="Records">MRT records of any type.</param>
/// <param name="Announcements">Prefixes announced in messages.</param>
/// <param name="Withdrawals">Prefixes withdrawn in messages.</param>
/// <param name="RibEntries">Routes in table dumps, one per prefix, peer and path identifier.</param>
/// <param name="StateChanges">Changes of the state of a session.</param>
/// <param name="Skipped">Records, and fields of messages, of types or address families that are not read.</param>
/// <param name="Errors">What could not be used.</param>
public sealed record MrtCount(
    long Records,
    long Announcements,
    long Withdrawals,
    long RibEntries,
    long StateChanges,
    long Skipped,
    MrtFaults Errors
)
{
    public long Elements => Announcements + Withdrawals + RibEntries;

    public static MrtCount Of(ReadOnlyMemory<byte> octets, bool recovers = false) =>
        Of(new MrtReader(octets, new MrtFaults(), recovers));

    /// <param name="chunks">The decompressed input in pieces of any size.</param>
    /// <param name="recovers">See <see cref="MrtReader"/>.</param>
    public static MrtCount Of(IEnumerable<ReadOnlyMemory<byte>> chunks, bool recovers = false) =>
        Of(new MrtReader(chunks, new MrtFaults(), recovers));

    private static MrtCount Of(MrtReader reader)
    {
        var counter = new Counter();
        long skipped = MrtDecoder.ReadAll(reader, ref counter);
        return new MrtCount(
            reader.Records,
            counter.Announcements,
            counter.Withdrawals,
            counter.RibEntries,
            counter.StateChanges,
            skipped,
            reader.Faults
        );
    }

    private struct Counter : IRouteVisitor
    {
        public long Announcements;
        public long Withdrawals;
        public long RibEntries;
        public long StateChanges;

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) => Announcements++;

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) => Withdrawals++;

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) => RibEntries++;

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) => StateChanges++;
    }
}
