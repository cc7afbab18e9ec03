namespace Breakwater.Bgp;

/// <summary>What a route counts for: the number of its origin, country, upstream ...; -1 for nothing. The same answer every time.</summary>
public delegate int RouteGroup(RouteTable table, int prefix, int path);

/// <summary>
/// Visible address space of groups of routes: how many prefixes, and the union of their /24s (IPv4) and /48s (IPv6). A
/// prefix counts for a group when enough full-feed peer ASes hold it by a route of that group; a block counts once,
/// whatever overlaps, and as soon as a part of it is announced, so that a /25 counts as its /24.
/// </summary>
public sealed class VisibleSpace
{
    /// <summary>Groups of one prefix; a prefix with more origins at once is a leak of the whole table.</summary>
    private const int GroupsMax = 32;

    private const int None = -1;
    private const int Several = -2;

    private readonly RouteTable table;
    private readonly VisibilityRules rules;
    private readonly RouteGroup group;
    private readonly BlockUnion blocks = new();
    private readonly Dictionary<int, int[]> several = [];
    private readonly List<int> touched = [];
    private readonly int[] found = new int[GroupsMax];
    private readonly int[] single = new int[1];
    private int[] groupOf = [];

    /// <summary>By prefix: the group that each route which counts has; <see cref="Several"/> when it is not one for all.</summary>
    private int[] commonOf = [];
    private int[] asSeen = [];
    private int asSeenRound;
    private bool[] isTouched = [];

    internal VisibleSpace(RouteTable table, VisibilityRules rules, RouteGroup group)
    {
        this.table = table;
        this.rules = rules;
        this.group = group;
    }

    /// <summary>Groups that the last <see cref="Visibility.Settle"/> changed, each once.</summary>
    public IReadOnlyList<int> Touched => touched;

    public long Prefixes(int group, bool isV6) => blocks.Prefixes(group, isV6);

    /// <summary>Blocks that are visible, overlaps once: /24s, or /48s for IPv6.</summary>
    public long Blocks(int group, bool isV6) => blocks.Blocks(group, isV6);

    /// <summary>By the AS that originates the route: numbers of <see cref="PathTable.Origins"/>.</summary>
    public static int ByOrigin(RouteTable table, int prefix, int path) =>
        table.Paths.OriginNumber(path);

    internal void Begin()
    {
        foreach (int other in touched)
        {
            isTouched[other] = false;
        }

        touched.Clear();
        if (groupOf.Length < table.Prefixes.Count)
        {
            int before = groupOf.Length;
            Array.Resize(ref groupOf, Math.Max(table.Prefixes.Count, 2 * before));
            Array.Fill(groupOf, None, before, groupOf.Length - before);
            Array.Resize(ref commonOf, groupOf.Length);
            Array.Fill(commonOf, Several, before, groupOf.Length - before);
        }

        if (asSeen.Length < table.Peers.AsCount)
        {
            Array.Resize(ref asSeen, Math.Max(table.Peers.AsCount, 2 * asSeen.Length));
        }
    }

    /// <summary>True when a path gave way to another of the same group.</summary>
    internal bool IsSameGroup(in RouteChange change) =>
        group(table, change.Prefix, change.OldPath) == group(table, change.Prefix, change.NewPath);

    /// <summary>True when the route that came or went has the group that all others had at the last settling.</summary>
    internal bool IsOfCommonGroup(in RouteChange change) =>
        change.Prefix < commonOf.Length
        && commonOf[change.Prefix] is >= 0 and var common
        && group(table, change.Prefix, change.OldPath >= 0 ? change.OldPath : change.NewPath)
            == common;

    /// <param name="count">Full-feed peer ASes that hold the prefix.</param>
    /// <param name="isAnew">False when routes only came or went that have the group all others have.</param>
    internal void Update(int prefix, FullFeeds full, int count, bool isAnew)
    {
        int needed = VisibilityRules.Needed(full.IsWithoutBaseline ? 0 : rules.Cut, full.Ases);
        Span<int> now = found;
        bool isEach = true;
        if (isAnew || full.IsWithoutBaseline)
        {
            now = now[..Groups(prefix, full, out isEach)];
            commonOf[prefix] = isEach && now.Length == 1 ? now[0] : Several;
        }
        else
        {
            now[0] = commonOf[prefix];
            now = now[..(count > 0 ? 1 : 0)];
        }

        int kept = 0;
        foreach (int candidate in now)
        {
            // When each route is of one group, its peers are all those that hold the prefix.
            bool isVisible =
                full.IsWithoutBaseline
                || count >= needed
                    && (isEach && now.Length == 1 || Ases(prefix, candidate, full) >= needed);
            if (isVisible)
            {
                now[kept++] = candidate;
            }
        }

        now = now[..kept];
        int known = groupOf[prefix];
        if (known >= 0 ? kept == 1 && now[0] == known : known == None && kept == 0)
        {
            return;
        }

        Replace(prefix, now);
    }

    private void Replace(int prefix, ReadOnlySpan<int> now)
    {
        single[0] = groupOf[prefix];
        ReadOnlySpan<int> before =
            single[0] == None ? []
            : single[0] == Several ? several[prefix]
            : single;
        var space = table.Prefixes[prefix];
        foreach (int gone in before)
        {
            if (!now.Contains(gone))
            {
                blocks.Remove(gone, space);
                Touch(gone);
            }
        }

        foreach (int come in now)
        {
            if (!before.Contains(come))
            {
                blocks.Add(come, space);
                Touch(come);
            }
        }

        if (groupOf[prefix] == Several)
        {
            several.Remove(prefix);
        }

        groupOf[prefix] = now.Length switch
        {
            0 => None,
            1 => now[0],
            _ => Several,
        };
        if (now.Length > 1)
        {
            several[prefix] = now.ToArray();
        }
    }

    /// <summary>The groups of the routes that count, each once, into <see cref="found"/>.</summary>
    /// <param name="isEach">True when every one of them is of a group.</param>
    private int Groups(int prefix, FullFeeds full, out bool isEach)
    {
        int groups = 0;
        isEach = true;
        foreach (HeldRoute route in table.RoutesOf(prefix))
        {
            if ((route.IsStale && !full.IsWithoutBaseline) || !full.Has(route.Peer))
            {
                continue;
            }

            int candidate = group(table, prefix, route.Path);
            isEach &= candidate >= 0;
            if (
                candidate >= 0
                && (groups == 0 || found[groups - 1] != candidate)
                && groups < GroupsMax
                && !found.AsSpan(0, groups).Contains(candidate)
            )
            {
                found[groups++] = candidate;
            }
        }

        return groups;
    }

    private int Ases(int prefix, int candidate, FullFeeds full)
    {
        asSeenRound++;
        int count = 0;
        foreach (HeldRoute route in table.RoutesOf(prefix))
        {
            if (
                !route.IsStale
                && full.Has(route.Peer)
                && group(table, prefix, route.Path) == candidate
            )
            {
                ref int seen = ref asSeen[table.Peers.AsNumber(route.Peer)];
                count += seen == asSeenRound ? 0 : 1;
                seen = asSeenRound;
            }
        }

        return count;
    }

    private void Touch(int changed)
    {
        if (changed >= isTouched.Length)
        {
            Array.Resize(ref isTouched, Math.Max(changed + 1, 2 * isTouched.Length));
        }

        if (!isTouched[changed])
        {
            isTouched[changed] = true;
            touched.Add(changed);
        }
    }
}
