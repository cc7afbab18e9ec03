using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <content>What is kept of each session and prefix.</content>
public sealed partial class OriginWatch
{
    /// <param name="DownMicroseconds">When it went down; <see cref="long.MaxValue"/> while it is up.</param>
    private readonly record struct Session(
        int Feed,
        BgpPeer Peer,
        uint PathId,
        long DownMicroseconds
    )
    {
        public bool IsDown => DownMicroseconds != long.MaxValue;
    }

    /// <summary>An origin that table dumps gave a prefix, by how many sessions, and one path to it.</summary>
    private record struct BaselineOrigin(uint Origin, int Sessions, int Path);

    private sealed class Prefix(IpPrefix value)
    {
        /// <summary>Stands for the origin of a session that holds nothing; the number is reserved (RFC 7300).</summary>
        public const uint Nothing = uint.MaxValue;

        private BaselineOrigin[] baseline = [];
        private long[] held = new long[2];
        private int heldCount;

        public IpPrefix Value { get; } = value;

        /// <summary>For each session that holds the prefix: its number in the high half, the origin in the low half.</summary>
        public ArraySegment<long> Held => new(held, 0, heldCount);

        /// <summary>Changes of origin; null while all that happened is usual.</summary>
        public List<RouteSpell>? Log { get; set; }

        /// <summary>Table dumps gave the prefix a path that ends in a set, which has no origin.</summary>
        public bool HasSetInTable { get; set; }

        public ReadOnlySpan<BaselineOrigin> Baseline => baseline;

        public int IndexOf(int session)
        {
            for (int at = 0; at < heldCount; at++)
            {
                if (SessionIn(held[at]) == session)
                {
                    return at;
                }
            }

            return -1;
        }

        /// <summary>The entry of a session, made when it is missing. Entries of lost sessions are cleared on the way.</summary>
        public ref long HeldBy(int session, List<Session> sessions)
        {
            int at = IndexOf(session);
            if (at < 0)
            {
                if (heldCount == held.Length)
                {
                    ForgetLost(sessions);
                }

                if (heldCount == held.Length)
                {
                    Array.Resize(ref held, heldCount + (heldCount >> 1) + 1);
                }

                at = heldCount++;
                held[at] = Packed(session, Nothing);
            }

            return ref held[at];
        }

        public void Forget(int at)
        {
            heldCount--;
            held.AsSpan(at + 1, heldCount - at).CopyTo(held.AsSpan(at));
        }

        private void ForgetLost(List<Session> sessions)
        {
            int kept = 0;
            foreach (long one in held)
            {
                if (!sessions[SessionIn(one)].IsDown)
                {
                    held[kept++] = one;
                }
            }

            heldCount = kept;
        }

        public void AddBaseline(uint origin, PathStore paths, in AsPath path)
        {
            for (int at = 0; at < baseline.Length; at++)
            {
                if (baseline[at].Origin == origin)
                {
                    baseline[at].Sessions++;
                    return;
                }
            }

            Span<uint> hops = stackalloc uint[CleanPath.HopsMax];
            int count = CleanPath.Read(path, hops, out _);
            Array.Resize(ref baseline, baseline.Length + 1);
            baseline[^1] = new BaselineOrigin(origin, 1, paths.Keep(hops[..count]));
        }

        /// <summary>True when table dumps gave this origin to the prefix, by at least half as many sessions as the most usual one.</summary>
        public bool IsUsual(uint origin)
        {
            int most = 0;
            int its = 0;
            foreach (BaselineOrigin known in baseline)
            {
                most = Math.Max(most, known.Sessions);
                its = known.Origin == origin ? known.Sessions : its;
            }

            return its > 0 && its * 2 >= most;
        }

        /// <summary>True when nothing departs yet. A path without origin (0) departs only from what a table holds.</summary>
        public bool IsNothingNew(uint origin) =>
            origin == 0 ? HasSetInTable || baseline.Length == 0 : IsUsual(origin);

        /// <summary>One path by which table dumps gave this origin to the prefix.</summary>
        public int PathTo(uint origin) =>
            Array.Find(baseline, known => known.Origin == origin).Path;

        public bool WasInBaseline(uint origin)
        {
            foreach (BaselineOrigin known in baseline)
            {
                if (known.Origin == origin)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Writes down who held what the table gave, because it may turn out that the table held the departure.</summary>
    private void LogHolders(Prefix prefix)
    {
        foreach (ref long one in prefix.Held.AsSpan())
        {
            uint origin = OriginOf(one);
            if (origin is 0 or Prefix.Nothing || !prefix.IsUsual(origin))
            {
                continue;
            }

            var spell = new RouteSpell(
                SessionIn(one),
                origin,
                prefix.PathTo(origin),
                tableMicroseconds,
                tablePlace,
                long.MaxValue,
                SpellEnd.Open,
                0,
                default
            );
            one = Packed(SessionIn(one), origin, TryBegin(prefix, spell));
        }
    }

    private bool TryBegin(Prefix prefix, in RouteSpell spell)
    {
        prefix.Log ??= new List<RouteSpell>(1);
        if (prefix.Log.Count >= SpellsOfPrefixMax || spells >= SpellsMax)
        {
            SpellsBeyondLimit++;
            return false;
        }

        spells++;
        prefix.Log.Add(spell);
        return true;
    }

    private static void EndOpen(
        Prefix prefix,
        long held,
        long at,
        SpellEnd end,
        uint next,
        in RecordPlace place
    )
    {
        // What did not fit into the log is not looked for: a prefix with a full log may flap for days.
        if (prefix.Log is not { } log || (held & Logged) == 0)
        {
            return;
        }

        (int session, uint origin) = (SessionIn(held), OriginOf(held));
        for (int index = log.Count - 1; index >= 0; index--)
        {
            if (log[index].Session == session && log[index].IsOpen && log[index].Origin == origin)
            {
                log[index] = log[index] with
                {
                    ToMicroseconds = at,
                    End = end,
                    Next = next,
                    Ended = place,
                };
                return;
            }
        }
    }
}
