using System.Numerics;

namespace Breakwater.Bgp;

/// <summary>The peers of one family whose word counts, as masks over the bits of a row.</summary>
internal sealed class FullFeeds(FullFeedRule rule, bool isV6)
{
    private readonly List<int> peers = [];
    private readonly List<(int Word, ulong Mask)> shared = [];
    private readonly List<int> sharedEnds = [];
    private List<int> before = [];

    /// <summary>Peers that are the only full-feed peer of their AS: they are counted by the word.</summary>
    private ulong[] alone = [];
    private ulong[] all = [];

    public IReadOnlyList<int> Peers => peers;

    /// <summary>Distinct ASes among them.</summary>
    public int Ases { get; private set; }

    /// <summary>True while no table dump was read: then whoever was heard counts, and one is enough.</summary>
    public bool IsWithoutBaseline { get; private set; } = true;

    public bool Has(int peer) => peer >> 6 < all.Length && (all[peer >> 6] >> (peer & 63) & 1) != 0;

    /// <summary>Chooses the peers anew.</summary>
    /// <returns>True when the choice is another than before.</returns>
    public bool Refresh(RouteTable table)
    {
        bool wasWithoutBaseline = IsWithoutBaseline;
        IsWithoutBaseline = true;
        for (int feed = 0; feed < table.Peers.FeedCount; feed++)
        {
            IsWithoutBaseline &= !table.HasBaseline(feed);
        }

        Choose(table);
        if (wasWithoutBaseline == IsWithoutBaseline && peers.SequenceEqual(before))
        {
            return false;
        }

        before = [.. peers];
        MakeMasks(table);
        return true;
    }

    /// <summary>Distinct peer ASes that hold a prefix.</summary>
    /// <param name="words">Two words for each 64 peers, as <see cref="RouteTable.WordsOf"/> gives them.</param>
    public int Count(ReadOnlySpan<ulong> words)
    {
        int count = 0;
        int end = Math.Min(alone.Length, words.Length >> 1);
        for (int word = 0; word < end; word++)
        {
            count += BitOperations.PopCount(words[2 * word] & alone[word]);
        }

        int at = 0;
        foreach (int ends in sharedEnds)
        {
            bool isHeld = false;
            for (; at < ends; at++)
            {
                (int word, ulong mask) = shared[at];
                isHeld |= (words[2 * word] & mask) != 0;
            }

            count += isHeld ? 1 : 0;
        }

        return count;
    }

    /// <summary>True when one word says it all: at most 64 peers, each the only one of its AS.</summary>
    public bool IsOneWord => alone.Length <= 1 && sharedEnds.Count == 0;

    /// <summary>The peers that count, where <see cref="IsOneWord"/>.</summary>
    public ulong OneWord => alone.Length == 0 ? 0 : alone[0];

    private void Choose(RouteTable table)
    {
        int largest = 0;
        for (int peer = 0; peer < table.Peers.Count; peer++)
        {
            if (IsEligible(table, peer))
            {
                largest = Math.Max(largest, table.TableSize(peer, isV6));
            }
        }

        peers.Clear();
        for (int peer = 0; peer < table.Peers.Count; peer++)
        {
            if (
                IsWithoutBaseline
                || IsEligible(table, peer)
                    && rule.IsFull(table.TableSize(peer, isV6), largest, isV6)
            )
            {
                peers.Add(peer);
            }
        }
    }

    private static bool IsEligible(RouteTable table, int peer) =>
        table.HasBaseline(table.Peers.FeedOf(peer));

    private void MakeMasks(RouteTable table)
    {
        int length = (table.Peers.Count + 63) >> 6;
        (alone, all) = (new ulong[length], new ulong[length]);
        shared.Clear();
        sharedEnds.Clear();
        Ases = 0;
        foreach (IGrouping<int, int> ofAs in peers.GroupBy(table.Peers.AsNumber))
        {
            Ases++;
            bool isAlone = !ofAs.Skip(1).Any();
            foreach (int peer in ofAs)
            {
                all[peer >> 6] |= 1UL << (peer & 63);
                if (isAlone)
                {
                    alone[peer >> 6] |= 1UL << (peer & 63);
                }
            }

            if (!isAlone)
            {
                shared.AddRange(
                    ofAs.GroupBy(peer => peer >> 6, peer => 1UL << (peer & 63))
                        .Select(inWord =>
                            (inWord.Key, inWord.Aggregate((left, right) => left | right))
                        )
                );
                sharedEnds.Add(shared.Count);
            }
        }
    }
}
