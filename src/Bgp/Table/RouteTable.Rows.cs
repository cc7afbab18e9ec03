using System.Numerics;

namespace Breakwater.Bgp;

/// <content>
/// How routes are kept: for each prefix two bits per peer (held, stale) and the paths in the order of those bits, so that
/// a route takes four octets; for each peer one bit per prefix. Several paths of one peer go to <see cref="PathIdRoutes"/>.
/// </content>
public sealed partial class RouteTable
{
    /// <summary>Marks a number in a row as that of the first of several routes instead of a path.</summary>
    private const uint Many = 0x8000_0000;

    private readonly NumberArena arena;
    private readonly PathIdRoutes pathIds;
    private Row[] rows = new Row[256];

    /// <summary>For each prefix and each 64 peers: a word of those that hold it, a word of those whose route is stale.</summary>
    private ulong[] words = new ulong[512];
    private int stride = 1;
    private ulong[][] peerWords = [];
    private int[] heldPrefixesV4 = [];
    private int[] heldPrefixesV6 = [];
    private int[] stalePrefixes = [];

    private record struct Row(uint At, ushort Count, ushort Capacity);

    private bool MayWiden() =>
        limits.PrefixesTimesPeers / (128L * stride) is var prefixes && Prefixes.Count <= prefixes;

    private void GrowRows(int prefix)
    {
        int length = Math.Max(prefix + 1, (int)Math.Min(2L * rows.Length, Prefixes.Max));
        Array.Resize(ref rows, length);
        Array.Resize(ref words, length * stride * 2);
    }

    private void GrowPeers(int peer)
    {
        if (peer >= heldPrefixesV4.Length)
        {
            int length = Math.Max(16, 2 * peer);
            int before = peerWords.Length;
            Array.Resize(ref peerWords, length);
            Array.Fill(peerWords, [], before, length - before);
            Array.Resize(ref heldPrefixesV4, length);
            Array.Resize(ref heldPrefixesV6, length);
            Array.Resize(ref stalePrefixes, length);
        }

        if (peer >> 6 < stride)
        {
            return;
        }

        int wider = 2 * stride;
        var widened = new ulong[rows.Length * wider * 2];
        for (int prefix = 0; prefix < rows.Length; prefix++)
        {
            words
                .AsSpan(prefix * stride * 2, stride * 2)
                .CopyTo(widened.AsSpan(prefix * wider * 2));
        }

        (words, stride) = (widened, wider);
        long room = limits.PrefixesTimesPeers / (64L * stride);
        Prefixes.Max = (int)Math.Min(Prefixes.Max, Math.Max(room, Prefixes.Count));
    }

    /// <returns>False when no more routes are kept; then nothing changed.</returns>
    private bool TryHold(
        int prefix,
        int peer,
        uint pathId,
        int path,
        out int oldPath,
        out bool wasStale
    )
    {
        int word = (prefix * stride + (peer >> 6)) * 2;
        ulong bit = 1UL << (peer & 63);
        oldPath = -1;
        wasStale = false;
        if (((words[word] | words[word + 1]) & bit) == 0)
        {
            uint entry = (uint)path;
            if (pathId != 0)
            {
                entry = Many | (uint)pathIds.Begin(pathId, path);
            }

            if (!TryInsert(prefix, RankOf(prefix, peer), entry))
            {
                if (pathId != 0)
                {
                    pathIds.End(entry & ~Many);
                }

                return false;
            }

            words[word] |= bit;
            SetPresent(prefix, peer);
            CountHeld(prefix, peer, 1);
            Routes++;
            return true;
        }

        ref uint kept = ref arena.At(rows[prefix].At + (uint)RankOf(prefix, peer));
        if (pathId == 0 && (kept & Many) == 0)
        {
            oldPath = (int)kept;
            kept = (uint)path;
            if ((words[word + 1] & bit) != 0)
            {
                wasStale = true;
                words[word] |= bit;
                words[word + 1] &= ~bit;
                stalePrefixes[peer]--;
                CountHeld(prefix, peer, 1);
            }

            return true;
        }

        if ((kept & Many) == 0)
        {
            kept = Many | (uint)pathIds.Begin(0, (int)kept, (words[word + 1] & bit) != 0);
        }

        if (!pathIds.TryHold(ref kept, pathId, path, out oldPath, out wasStale))
        {
            return false;
        }

        Routes += oldPath < 0 ? 1 : 0;
        SetBits(prefix, peer, word, bit, isHeld: true, pathIds.HasStale(kept & ~Many));
        return true;
    }

    /// <returns>The path that was removed, still referred to; -1 when there was none.</returns>
    private int Remove(int prefix, int peer, uint pathId, out bool wasStale)
    {
        int word = (prefix * stride + (peer >> 6)) * 2;
        ulong bit = 1UL << (peer & 63);
        wasStale = false;
        if (((words[word] | words[word + 1]) & bit) == 0)
        {
            return -1;
        }

        int rank = RankOf(prefix, peer);
        ref uint kept = ref arena.At(rows[prefix].At + (uint)rank);
        int path;
        if ((kept & Many) == 0)
        {
            if (pathId != 0)
            {
                return -1;
            }

            path = (int)kept;
            wasStale = (words[word + 1] & bit) != 0;
        }
        else
        {
            if (!pathIds.TryRemove(ref kept, pathId, out path, out wasStale, out bool isEmpty))
            {
                return -1;
            }

            if (!isEmpty)
            {
                Routes--;
                uint first = kept & ~Many;
                SetBits(prefix, peer, word, bit, pathIds.HasHeld(first), pathIds.HasStale(first));
                return path;
            }
        }

        Routes--;
        Cut(prefix, rank);
        SetBits(prefix, peer, word, bit, isHeld: false, isStale: false);
        peerWords[peer][prefix >> 6] &= ~(1UL << (prefix & 63));
        return path;
    }

    private void MakeStale(int peer)
    {
        for (int prefix = NextPrefix(peer, 0); prefix >= 0; prefix = NextPrefix(peer, prefix + 1))
        {
            int word = (prefix * stride + (peer >> 6)) * 2;
            ulong bit = 1UL << (peer & 63);
            if ((words[word] & bit) != 0)
            {
                uint kept = arena.At(rows[prefix].At + (uint)RankOf(prefix, peer));
                if ((kept & Many) != 0)
                {
                    pathIds.MakeStale(kept & ~Many);
                }

                SetBits(prefix, peer, word, bit, isHeld: false, isStale: true);
            }
        }
    }

    private bool TryFindStale(int prefix, int peer, out uint pathId)
    {
        pathId = 0;
        int word = (prefix * stride + (peer >> 6)) * 2;
        if ((words[word + 1] >> (peer & 63) & 1) == 0)
        {
            return false;
        }

        uint kept = arena.At(rows[prefix].At + (uint)RankOf(prefix, peer));
        return (kept & Many) == 0 || pathIds.TryFindStale(kept & ~Many, out pathId);
    }

    private void SetBits(int prefix, int peer, int word, ulong bit, bool isHeld, bool isStale)
    {
        if ((words[word] & bit) != 0 != isHeld)
        {
            words[word] ^= bit;
            CountHeld(prefix, peer, isHeld ? 1 : -1);
        }

        if ((words[word + 1] & bit) != 0 != isStale)
        {
            words[word + 1] ^= bit;
            stalePrefixes[peer] += isStale ? 1 : -1;
        }
    }

    private void CountHeld(int prefix, int peer, int by) =>
        (Prefixes.IsV6(prefix) ? heldPrefixesV6 : heldPrefixesV4)[peer] += by;

    private void SetPresent(int prefix, int peer)
    {
        ref ulong[] held = ref peerWords[peer];
        if (prefix >> 6 >= held.Length)
        {
            Array.Resize(ref held, Math.Max((prefix >> 6) + 1, 2 * held.Length));
        }

        held[prefix >> 6] |= 1UL << (prefix & 63);
    }

    /// <returns>The next prefix from <paramref name="from"/> on of which the peer has a route, held or stale; -1 at the end.</returns>
    private int NextPrefix(int peer, int from)
    {
        ulong[] held = peerWords[peer];
        int word = from >> 6;
        if (word >= held.Length)
        {
            return -1;
        }

        ulong rest = held[word] & (ulong.MaxValue << (from & 63));
        while (rest == 0)
        {
            if (++word == held.Length)
            {
                return -1;
            }

            rest = held[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>How many peers with a smaller number have the prefix.</summary>
    private int RankOf(int prefix, int peer)
    {
        int at = prefix * stride * 2;
        int end = at + (peer >> 6) * 2;
        int rank = 0;
        for (; at < end; at += 2)
        {
            rank += BitOperations.PopCount(words[at] | words[at + 1]);
        }

        ulong below = (1UL << (peer & 63)) - 1;
        return rank + BitOperations.PopCount((words[at] | words[at + 1]) & below);
    }

    private bool TryInsert(int prefix, int rank, uint entry)
    {
        ref Row row = ref rows[prefix];
        if (row.Count == row.Capacity)
        {
            int capacity = NumberArena.Capacity(row.Count + 1);
            uint at = arena.Take(capacity);
            if (at == 0)
            {
                return false;
            }

            Move(ref row, at, capacity);
        }

        Span<uint> paths = arena.At(row.At, row.Count + 1);
        paths[rank..^1].CopyTo(paths[(rank + 1)..]);
        paths[rank] = entry;
        RoutedPrefixes += row.Count == 0 ? 1 : 0;
        row.Count++;
        return true;
    }

    private void Cut(int prefix, int rank)
    {
        ref Row row = ref rows[prefix];
        Span<uint> paths = arena.At(row.At, row.Count);
        paths[(rank + 1)..].CopyTo(paths[rank..]);
        row.Count--;
        if (row.Count == 0)
        {
            arena.Free(row.At, row.Capacity);
            row = default;
            RoutedPrefixes--;
        }
        else if (row.Count <= row.Capacity / 2)
        {
            int capacity = NumberArena.Capacity(row.Count);
            if (capacity < row.Capacity && arena.Take(capacity) is not 0 and var at)
            {
                Move(ref row, at, capacity);
            }
        }
    }

    private void Move(ref Row row, uint at, int capacity)
    {
        if (row.Capacity > 0)
        {
            arena.At(row.At, row.Count).CopyTo(arena.At(at, row.Count));
            arena.Free(row.At, row.Capacity);
        }

        (row.At, row.Capacity) = (at, (ushort)capacity);
    }
}
