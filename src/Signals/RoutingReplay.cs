using System.Globalization;
using Breakwater.Bgp;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// The table of routes over time, with the values of each series at the end of each bin. A session that goes down says
/// nothing about its routes: they are stale, which is neither held nor lost.
/// </summary>
internal sealed class RoutingReplay : IRouteVisitor
{
    public const int BinSeconds = 300;

    /// <summary>A month of bins. A record further from the first one has a wrong time, or belongs to another reading.</summary>
    public const int BinsMax = 31 * 288;

    /// <summary>Series of an origin or a country.</summary>
    public const int Held = 0;
    public const int Blocks24 = 1;
    public const int Blocks48 = 2;

    /// <summary>Twice the present table of both families; a file that names more is hostile.</summary>
    private const int PrefixesMax = 3_000_000;

    // A peer that is back sends its whole table within minutes; what it has not repeated by then, it no longer holds.
    private const int BinsUntilStaleIsGone = 6;

    private readonly Visibility visibility;
    private readonly VisibleSpace originSpace;
    private readonly VisibleSpace? countrySpace;
    private readonly List<bool> binHasRecords = [];

    /// <summary>By peer; far ahead while the session is down.</summary>
    private readonly List<int> upSinceBin = [];
    private int input;
    private int feed;
    private long firstBinAt;
    private int bin = -1;
    private bool isOutside;
    private long recordsOutside;
    private long localMessages;

    public RoutingReplay(OriginCountries? countries)
    {
        Countries = countries;
        visibility = new Visibility(Table);
        originSpace = visibility.Space(VisibleSpace.ByOrigin);
        countrySpace = countries is null ? null : visibility.Space(countries.Of);
    }

    public RouteTable Table { get; } = new(new RouteTableLimits { Prefixes = PrefixesMax });

    public OriginCountries? Countries { get; }

    public RoutingTraces Prefixes { get; } = new(1);

    public RoutingTraces Origins { get; } = new(3);

    public RoutingTraces OfCountries { get; } = new(3);

    /// <summary>True once a table dump was read.</summary>
    public bool HasBaseline => !visibility.IsWithoutBaseline;

    public void Begin(int inputIndex, int feedNumber, in MrtRecord record)
    {
        (input, feed) = (inputIndex, feedNumber);
        long at = record.Seconds / BinSeconds;
        if (bin < 0)
        {
            firstBinAt = at;
            bin = 0;
            binHasRecords.Add(false);
        }

        // Order holds only within one peer; a record of a bin already closed counts in the open one.
        long next = at - firstBinAt;
        isOutside = next >= BinsMax || next < -BinsMax;
        if (isOutside)
        {
            recordsOutside++;
            return;
        }

        while (bin < next)
        {
            Close();
            bin++;
            binHasRecords.Add(false);
        }

        binHasRecords[bin] = true;
    }

    public void End()
    {
        if (bin >= 0)
        {
            Close();
        }
    }

    public IEnumerable<string> Notes()
    {
        if (HasBaseline)
        {
            foreach (bool isV6 in (bool[])[false, true])
            {
                yield return Text(
                    $"full_feed: {visibility.FullFeedPeerAses(isV6)} peer ASes give a full {(isV6 ? "IPv6" : "IPv4")} table at the end; only these count, and more than half of them make a prefix visible"
                );
            }
        }

        if (Table.Resets > 0)
        {
            yield return Text(
                $"peer_reset: {Table.Resets} sessions went down; their routes count as unknown"
            );
        }

        if (recordsOutside > 0)
        {
            yield return Text(
                $"{recordsOutside} records are more than 31 days from the first and were left out"
            );
        }

        if (Table.Refused > 0)
        {
            yield return Text(
                $"{Table.Refused} routes past {PrefixesMax} prefixes, or another limit of the table, were left out"
            );
        }

        if (localMessages > 0)
        {
            yield return Text($"{localMessages} routes sent by the collector itself were left out");
        }
    }

    /// <summary>One sample a bin: the value at its end; null before anything was heard and where no record was read.</summary>
    public IReadOnlyList<Sample> Samples(IReadOnlyList<RoutingTraces.Change> changes)
    {
        var samples = new Sample[binHasRecords.Count];
        int next = 0;
        for (int at = 0; at < samples.Length; at++)
        {
            while (next < changes.Count && changes[next].Bin <= at)
            {
                next++;
            }

            bool isKnown = next > 0 && binHasRecords[at];
            samples[at] = new Sample(
                Instant.FromUnixTimeSeconds((firstBinAt + at) * BinSeconds),
                isKnown ? changes[next - 1].Value : null,
                isKnown ? changes[next - 1].Row : 0
            );
        }

        return samples;
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        if (IsCounted(record, nlri))
        {
            Apply(record, Table.Announce(feed, peer, nlri, attributes), isUpdate: true);
        }
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    )
    {
        if (IsCounted(record, nlri))
        {
            RouteChange change = Table.Announce(feed, peer, nlri, attributes, isTable: true);
            Apply(record, change, isUpdate: false);
        }
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        if (IsCounted(record, nlri))
        {
            Apply(record, Table.Withdraw(feed, peer, nlri), isUpdate: true);
        }
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        if (isOutside)
        {
            return;
        }

        SessionEffect effect = Table.ChangeState(feed, peer, from, to, out int number);
        if (effect == SessionEffect.Up)
        {
            SetUpSince(number, bin);
        }
        else if (effect == SessionEffect.Reset)
        {
            SetUpSince(number, int.MaxValue);
            visibility.WentDown(number);
            int prefix = Table.NextPrefixOf(number, 0);
            for (; prefix >= 0; prefix = Table.NextPrefixOf(number, prefix + 1))
            {
                Prefixes.Note(prefix, input, record, isUpdate: false);
            }
        }
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);

    private bool IsCounted(in MrtRecord record, in Nlri nlri)
    {
        if (record.IsLocal)
        {
            localMessages++;
            return false;
        }

        return !isOutside && nlri.Length >= visibility.Rules.LengthMin;
    }

    private void Apply(in MrtRecord record, in RouteChange change, bool isUpdate)
    {
        if (!change.IsKept)
        {
            return;
        }

        visibility.Changed(change);
        Prefixes.Note(change.Prefix, input, record, isUpdate);
        int now = change.NewPath >= 0 ? Table.Paths.OriginNumber(change.NewPath) : -1;
        int before = change.OldPath >= 0 ? Table.Paths.OriginNumber(change.OldPath) : -1;
        if (change.NewPath >= 0)
        {
            SetUpSince(change.Peer, Math.Min(UpSince(change.Peer), bin));
            NoteOrigin(now, record, isUpdate);
        }

        if (before != now)
        {
            NoteOrigin(before, record, isUpdate);
        }
    }

    private void NoteOrigin(int origin, in MrtRecord record, bool isUpdate)
    {
        if (origin < 0)
        {
            return;
        }

        Origins.Note(origin, input, record, isUpdate);
        if (Countries?.OfOrigin(Table, origin) is >= 0 and var country)
        {
            OfCountries.Note(country, input, record, isUpdate);
        }
    }

    private int UpSince(int peer) => peer < upSinceBin.Count ? upSinceBin[peer] : 0;

    private void SetUpSince(int peer, int at)
    {
        while (upSinceBin.Count <= peer)
        {
            upSinceBin.Add(0);
        }

        upSinceBin[peer] = at;
    }

    private void Close()
    {
        for (int peer = 0; peer < Table.Peers.Count; peer++)
        {
            if (Table.StaleSize(peer) > 0 && bin - (long)UpSince(peer) >= BinsUntilStaleIsGone)
            {
                DropStale(peer);
            }
        }

        visibility.Settle();
        foreach (int prefix in visibility.Recounted)
        {
            Prefixes.Touch(prefix);
        }

        foreach (int prefix in Prefixes.Touched)
        {
            bool isUnknown = visibility.IsUnknown(prefix);
            Prefixes.Set(prefix, Held, bin, isUnknown ? null : visibility.PeerAses(prefix));
        }

        Prefixes.ClearTouched();
        Take(Origins, originSpace);
        if (countrySpace is not null)
        {
            Take(OfCountries, countrySpace);
        }
    }

    private void Take(RoutingTraces traces, VisibleSpace space)
    {
        foreach (int number in space.Touched)
        {
            traces.Touch(number);
        }

        foreach (int number in traces.Touched)
        {
            long held = space.Prefixes(number, isV6: false) + space.Prefixes(number, isV6: true);
            traces.Set(number, Held, bin, held);
            traces.Set(number, Blocks24, bin, space.Blocks(number, isV6: false));
            traces.Set(number, Blocks48, bin, space.Blocks(number, isV6: true));
        }

        traces.ClearTouched();
    }

    private void DropStale(int peer)
    {
        int from = 0;
        while (Table.TryDropStale(peer, ref from, out RouteChange change))
        {
            visibility.Changed(change);
            Prefixes.Touch(change.Prefix);
        }
    }
}
