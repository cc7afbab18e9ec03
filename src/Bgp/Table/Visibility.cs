using System.Numerics;
using System.Runtime.InteropServices;

namespace Breakwater.Bgp;

/// <summary>
/// How many peer ASes hold each prefix, and which prefixes are visible, kept while the table changes. Changes only mark
/// a prefix; <see cref="Settle"/> looks at those marked, so that a route that flaps a thousand times is counted once. A
/// path that gives way to another of the same groups changes nothing here and marks nothing.
/// </summary>
/// <remarks>
/// Full-feed peers are chosen anew at each <see cref="Settle"/>. A peer whose session is down holds nothing, so that it
/// leaves the quorum by itself; when all are down, what was visible is kept, as nothing is known. Without a table dump of
/// any feed (<c>no_baseline</c>) whoever was heard counts, one peer AS is enough, and a stale route counts as there.
/// </remarks>
public sealed class Visibility
{
    private readonly RouteTable table;
    private readonly FullFeeds[] feeds;
    private readonly List<VisibleSpace> spaces = [];
    private readonly long[][] prefixesByCount =
    [
        [],
        [],
    ];
    private ushort[] counts = [];

    /// <summary>What <see cref="Settle"/> has to look at, by prefix.</summary>
    private Mark[] marks = [];
    private bool isEachMarked;
    private int[] recounted = new int[64];
    private int recountedCount;

    public Visibility(RouteTable table, VisibilityRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        this.table = table;
        Rules = rules ?? new VisibilityRules();
        feeds =
        [
            new FullFeeds(Rules.FullFeed, isV6: false),
            new FullFeeds(Rules.FullFeed, isV6: true),
        ];
    }

    private enum Mark : byte
    {
        None,

        /// <summary>A peer came or went with a route of the groups that all others have.</summary>
        Count,

        /// <summary>The groups of all routes are to be read again.</summary>
        Groups,
    }

    public VisibilityRules Rules { get; }

    /// <summary>True while no table dump was read: counts are of those heard, not of all.</summary>
    public bool IsWithoutBaseline => feeds[0].IsWithoutBaseline;

    /// <summary>Numbers of the peers that enter the quorum of a family.</summary>
    public IReadOnlyList<int> FullFeedPeers(bool isV6) => feeds[isV6 ? 1 : 0].Peers;

    /// <summary>Distinct ASes among the peers that enter the quorum.</summary>
    public int FullFeedPeerAses(bool isV6) => feeds[isV6 ? 1 : 0].Ases;

    /// <summary>Keeps, beside the prefixes, the visible address space of groups of routes such as origins or countries.</summary>
    public VisibleSpace Space(RouteGroup group)
    {
        var space = new VisibleSpace(table, Rules, group);
        spaces.Add(space);
        MarkAll();
        return space;
    }

    /// <summary>Prefixes whose count the last <see cref="Settle"/> changed; to be read before the next change.</summary>
    /// <remarks>In the order of their numbers.</remarks>
    public ReadOnlySpan<int> Recounted => recounted.AsSpan(0, recountedCount);

    /// <summary>To be told of each change of the table.</summary>
    public void Changed(in RouteChange change)
    {
        if (!change.IsKept || (!change.IsNewPath && !change.WasStale))
        {
            return;
        }

        Mark mark = Mark.Count;
        if (change.WasStale)
        {
            mark = Mark.Groups;
        }
        else
        {
            bool isReplaced = change.OldPath >= 0 && change.NewPath >= 0;
            bool isSame = true;
            foreach (VisibleSpace space in spaces)
            {
                isSame &= isReplaced ? space.IsSameGroup(change) : space.IsOfCommonGroup(change);
            }

            if (isReplaced && isSame)
            {
                return;
            }

            mark = isSame ? Mark.Count : Mark.Groups;
        }

        Set(change.Prefix, mark);
    }

    /// <summary>To be told when a session went down: its routes are held no longer.</summary>
    public void WentDown(int peer)
    {
        int prefix = table.NextPrefixOf(peer, 0);
        for (; prefix >= 0; prefix = table.NextPrefixOf(peer, prefix + 1))
        {
            Set(prefix, Mark.Groups);
        }
    }

    /// <summary>Marks every prefix, for a table that was filled without telling of its changes.</summary>
    public void MarkAll()
    {
        if (table.Prefixes.Count > 0)
        {
            Reserve(table.Prefixes.Count - 1);
            marks.AsSpan(0, table.Prefixes.Count).Fill(Mark.Groups);
            isEachMarked = true;
        }
    }

    /// <summary>Brings all counts up to now.</summary>
    public void Settle()
    {
        bool isOther = feeds[0].Refresh(table);
        if (feeds[1].Refresh(table) || isOther)
        {
            MarkAll();
        }

        if (counts.Length < table.Prefixes.Count)
        {
            Array.Resize(ref counts, Math.Max(table.Prefixes.Count, 2 * counts.Length));
        }

        for (int family = 0; family < 2; family++)
        {
            if (prefixesByCount[family].Length <= feeds[family].Peers.Count)
            {
                Array.Resize(ref prefixesByCount[family], 2 * feeds[family].Peers.Count + 2);
            }
        }

        foreach (VisibleSpace space in spaces)
        {
            space.Begin();
        }

        recountedCount = 0;
        if (isEachMarked && spaces.Count == 0 && feeds[0].IsOneWord && feeds[1].IsOneWord)
        {
            CountAll();
        }

        isEachMarked = false;
        Span<byte> rest = MemoryMarshal.AsBytes(marks.AsSpan());
        int prefix = 0;
        while (rest[prefix..].IndexOfAnyExcept((byte)Mark.None) is >= 0 and var skipped)
        {
            prefix += skipped;
            var mark = (Mark)rest[prefix];
            rest[prefix] = (byte)Mark.None;
            Recount(prefix, mark);
            prefix++;
        }
    }

    /// <summary>Full-feed peer ASes that held the prefix at the last <see cref="Settle"/>.</summary>
    public int PeerAses(int prefix) => prefix < counts.Length ? counts[prefix] : 0;

    /// <summary>
    /// True when it cannot be said how many hold the prefix: nobody is heard to, but a session that went down may; or the
    /// sessions of all full-feed peers are down.
    /// </summary>
    public bool IsUnknown(int prefix) =>
        PeerAses(prefix) == 0
        && table.HasRoutes(prefix)
        && (!table.IsHeld(prefix) || FullFeedPeerAses(table.Prefixes.IsV6(prefix)) == 0);

    /// <summary>True when the prefix was visible at the cut of <see cref="Rules"/> at the last <see cref="Settle"/>.</summary>
    public bool IsVisible(int prefix) =>
        prefix < counts.Length
        && counts[prefix]
            >= VisibilityRules.Needed(
                IsWithoutBaseline ? 0 : Rules.Cut,
                FullFeedPeerAses(table.Prefixes.IsV6(prefix))
            );

    /// <summary>Prefixes of a family that were visible at the last <see cref="Settle"/>.</summary>
    /// <param name="cut">Share of the full-feed peer ASes; those of <see cref="VisibilityRules.Cuts"/> or any other.</param>
    public long VisiblePrefixes(bool isV6, double cut)
    {
        long visible = 0;
        long[] byCount = prefixesByCount[isV6 ? 1 : 0];
        for (
            int count = VisibilityRules.Needed(cut, FullFeedPeerAses(isV6));
            count < byCount.Length;
            count++
        )
        {
            visible += byCount[count];
        }

        return visible;
    }

    /// <summary>Compares the words of all prefixes with their counts, and looks only at those that differ.</summary>
    private void CountAll()
    {
        ReadOnlySpan<ulong> words = table.OneWordRows;
        (ulong v4, ulong v6) = (feeds[0].OneWord, feeds[1].OneWord);
        int end = Math.Min(table.Prefixes.Count, words.Length / 2);
        ReadOnlySpan<bool> isV6 = table.Prefixes.Families[..end];
        ReadOnlySpan<ushort> before = counts.AsSpan(0, end);
        if (words.IsEmpty)
        {
            return;
        }

        for (int prefix = 0; prefix < before.Length; prefix++)
        {
            ulong full = isV6[prefix] ? v6 : v4;
            if (BitOperations.PopCount(words[unchecked(2 * prefix)] & full) != before[prefix])
            {
                Recount(prefix, Mark.Count);
            }
        }

        marks.AsSpan(0, end).Clear();
    }

    private void Recount(int prefix, Mark mark)
    {
        if (!Update(prefix, mark))
        {
            return;
        }

        if (recountedCount == recounted.Length)
        {
            Array.Resize(ref recounted, 2 * recountedCount);
        }

        recounted[recountedCount++] = prefix;
    }

    private void Set(int prefix, Mark mark)
    {
        Reserve(prefix);
        if (marks[prefix] < mark)
        {
            marks[prefix] = mark;
        }
    }

    private void Reserve(int prefix)
    {
        if (prefix >= marks.Length)
        {
            Array.Resize(ref marks, Math.Max(prefix + 1, 2 * marks.Length));
        }
    }

    /// <returns>True when another number of peer ASes holds the prefix than before.</returns>
    private bool Update(int prefix, Mark mark)
    {
        if (table.Prefixes.Length(prefix) < Rules.LengthMin)
        {
            return false;
        }

        bool isV6 = table.Prefixes.IsV6(prefix);
        FullFeeds full = feeds[isV6 ? 1 : 0];
        int before = counts[prefix];
        int count = table.HasRoutes(prefix) ? full.Count(table.WordsOf(prefix)) : 0;
        if (count != before)
        {
            long[] byCount = prefixesByCount[isV6 ? 1 : 0];
            byCount[before] -= before > 0 ? 1 : 0;
            byCount[count] += count > 0 ? 1 : 0;
            counts[prefix] = (ushort)count;
        }

        if (full.Ases > 0)
        {
            foreach (VisibleSpace space in spaces)
            {
                space.Update(prefix, full, count, mark == Mark.Groups);
            }
        }

        return count != before;
    }
}
