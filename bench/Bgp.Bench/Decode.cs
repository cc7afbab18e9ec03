using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// Decodes every common attribute of every element, from memory on one core, beside <c>bgpdump -m</c> on the same file:
/// <c>-- decode FILE...</c>. Processor time, least of some runs. Attributes of a message are decoded once for all its prefixes, as every consumer does.
/// </summary>
internal static class Decode
{
    private const int Runs = 15;

    public static int Run(IEnumerable<string> files)
    {
        Console.WriteLine(
            "| file | MB | elements | bgpdump -m | every attribute decoded | times | MB/s | M elements/s | indexed and checked only, MB/s | sum |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (string file in files)
        {
            byte[] octets = Measured.Decompressed(file);
            Sums sums = default;
            double theirs = Measured.Best(3, () => Measured.Bgpdump(file, "/dev/null"));
            double ours = Measured.Best(Runs, () => Measured.Own(() => sums = DecodeAll(octets)));
            double indexed = Measured.Best(Runs, () => Measured.Own(() => MrtCount.Of(octets)));
            Console.WriteLine(
                $"| {Path.GetFileName(file)} | {octets.Length / 1e6:F1} | {sums.Elements:N0} | {theirs * 1e3:F0} ms | {ours * 1e3:F1} ms "
                    + $"| {theirs / ours:F0} | {octets.Length / ours / 1e6:F0} | {sums.Elements / ours / 1e6:F1} | {octets.Length / indexed / 1e6:F0} | {sums.Sum:x16} |"
            );
        }

        return 0;
    }

    public static Sums DecodeAll(ReadOnlyMemory<byte> octets)
    {
        var sums = new Sums();
        MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults()), ref sums);
        return sums;
    }

    /// <summary>Adds up whatever it decodes, so that nothing of it can be left out.</summary>
    public struct Sums : IRouteVisitor
    {
        private long messageIndex;
        private bool wasPlain;

        public long Elements { get; private set; }

        public ulong Sum { get; private set; }

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        )
        {
            if (messageIndex != record.Index + 1 || wasPlain != nlri.IsPlain)
            {
                messageIndex = record.Index + 1;
                wasPlain = nlri.IsPlain;
                Add(nlri, attributes);
            }

            AddPrefix(nlri, peer);
        }

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
            AddPrefix(nlri, peer);

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        )
        {
            Add(nlri, attributes);
            AddPrefix(nlri, peer);
        }

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) { }

        public void SessionMessage(
            in MrtRecord record,
            in BgpPeer peer,
            in SessionMessage message
        ) { }

        private void AddPrefix(in Nlri nlri, in BgpPeer peer)
        {
            IpPrefix prefix = nlri.Prefix;
            unchecked
            {
                Elements++;
                Sum +=
                    (ulong)(prefix.Bits >> 64)
                    ^ (ulong)prefix.Bits
                    ^ prefix.Length
                    ^ peer.Asn.Number;
            }
        }

        private void Add(in Nlri nlri, in PathAttributes attributes)
        {
            unchecked
            {
                ulong sum = (ulong)(attributes.Origin ?? 0);
                foreach (AsSegment segment in attributes.AsPath)
                {
                    for (int at = 0; at < segment.Count; at++)
                    {
                        sum += segment[at].Number;
                    }
                }

                foreach (byte octet in attributes.NextHopOf(nlri))
                {
                    sum += octet;
                }

                sum += attributes.MultiExitDisc ?? 1;
                sum += attributes.LocalPref ?? 1;
                sum += attributes.IsAtomicAggregate ? 1UL : 0;
                if (attributes.Aggregator is { } aggregator)
                {
                    sum += aggregator.Asn.Number + aggregator.Address;
                }

                NumberList communities = attributes.Communities;
                for (int at = 0; at < communities.Count; at++)
                {
                    sum += communities[at];
                }

                ExtendedCommunityList extended = attributes.ExtendedCommunities;
                for (int at = 0; at < extended.Count; at++)
                {
                    sum += extended[at].Octets;
                }

                LargeCommunityList large = attributes.LargeCommunities;
                for (int at = 0; at < large.Count; at++)
                {
                    sum += large[at].Administrator + large[at].Data2;
                }

                Sum += sum;
            }
        }
    }
}
