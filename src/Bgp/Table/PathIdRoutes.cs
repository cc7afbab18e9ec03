namespace Breakwater.Bgp;

/// <summary>Routes of sessions that give several paths per prefix (RFC 7911): a short chain for prefix and peer, in the order of path identifiers.</summary>
internal sealed class PathIdRoutes(int chainMax)
{
    private const uint Many = 0x8000_0000;

    // Entry 0 is never used, so that 0 ends a chain.
    private Entry[] entries = new Entry[16];
    private int created = 1;
    private uint freed;

    private record struct Entry(uint PathId, int Path, uint Next, bool IsStale);

    public long Octets => 16L * entries.Length;

    public uint Next(uint at) => entries[at].Next;

    public HeldRoute At(uint at, int peer)
    {
        ref readonly Entry entry = ref entries[at];
        return new HeldRoute(peer, entry.PathId, entry.Path, entry.IsStale);
    }

    public uint Begin(uint pathId, int path, bool isStale = false, uint next = 0)
    {
        uint at = freed;
        if (at != 0)
        {
            freed = entries[at].Next;
        }
        else
        {
            if (created == entries.Length)
            {
                Array.Resize(ref entries, 2 * created);
            }

            at = (uint)created++;
        }

        entries[at] = new Entry(pathId, path, next, isStale);
        return at;
    }

    public void End(uint at)
    {
        entries[at] = new Entry(0, -1, freed, false);
        freed = at;
    }

    /// <param name="chain">The number in the row, marked as the first of several.</param>
    /// <returns>False when the peer gives too many paths for the prefix.</returns>
    public bool TryHold(ref uint chain, uint pathId, int path, out int oldPath, out bool wasStale)
    {
        (oldPath, wasStale) = (-1, false);
        uint before = 0;
        uint at = chain & ~Many;
        int length = 0;
        while (at != 0 && entries[at].PathId < pathId)
        {
            (before, at) = (at, entries[at].Next);
            length++;
        }

        if (at != 0 && entries[at].PathId == pathId)
        {
            ref Entry entry = ref entries[at];
            (oldPath, wasStale) = (entry.Path, entry.IsStale);
            (entry.Path, entry.IsStale) = (path, false);
            return true;
        }

        for (uint rest = at; rest != 0; rest = entries[rest].Next)
        {
            length++;
        }

        if (length >= chainMax)
        {
            return false;
        }

        uint added = Begin(pathId, path, next: at);
        if (before == 0)
        {
            chain = Many | added;
        }
        else
        {
            entries[before].Next = added;
        }

        return true;
    }

    public bool TryRemove(
        ref uint chain,
        uint pathId,
        out int path,
        out bool wasStale,
        out bool isEmpty
    )
    {
        (path, wasStale, isEmpty) = (-1, false, false);
        uint before = 0;
        uint at = chain & ~Many;
        while (at != 0 && entries[at].PathId != pathId)
        {
            (before, at) = (at, entries[at].Next);
        }

        if (at == 0)
        {
            return false;
        }

        (path, wasStale) = (entries[at].Path, entries[at].IsStale);
        uint next = entries[at].Next;
        End(at);
        if (before != 0)
        {
            entries[before].Next = next;
        }
        else if (next != 0)
        {
            chain = Many | next;
        }
        else
        {
            isEmpty = true;
        }

        return true;
    }

    public bool HasHeld(uint at) => Has(at, isStale: false, out _);

    public bool HasStale(uint at) => Has(at, isStale: true, out _);

    public bool TryFindStale(uint at, out uint pathId) => Has(at, isStale: true, out pathId);

    public void MakeStale(uint at)
    {
        for (; at != 0; at = entries[at].Next)
        {
            entries[at].IsStale = true;
        }
    }

    private bool Has(uint at, bool isStale, out uint pathId)
    {
        for (; at != 0; at = entries[at].Next)
        {
            if (entries[at].IsStale == isStale)
            {
                pathId = entries[at].PathId;
                return true;
            }
        }

        pathId = 0;
        return false;
    }
}
