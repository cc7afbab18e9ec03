using System.Globalization;
using Breakwater.Bgp;

namespace Breakwater.Signals;

/// <summary>Counts the features of one collector minute by minute. Memory follows the table, the minutes and the paths of one minute.</summary>
internal sealed class FeatureWatch : IRouteVisitor
{
    /// <summary>Three months. A record further from the first one has a wrong time, or belongs to another reading.</summary>
    public const int MinutesMax = 92 * 1440;

    /// <summary>Twice the present table of both families; a file that names more is hostile.</summary>
    private const int PrefixesMax = 3_000_000;

    // A session that was set up sends its whole table within minutes.
    private const int TransferMinutes = 10;

    private readonly RouteTable table = new(new RouteTableLimits { Prefixes = PrefixesMax });
    private readonly FeatureMinute minute;
    private readonly List<FeatureRow> rows = [];
    private int[] transferUntil = [];
    private long firstMinute;
    private int open = -1;
    private bool isOutside;
    private bool hasRecords;
    private bool isCounted;
    private long recordsOutside;
    private long localMessages;

    public FeatureWatch() => minute = new FeatureMinute(table);

    /// <summary>One for each minute from the first to the last.</summary>
    public IReadOnlyList<FeatureRow> Rows => rows;

    public long FirstMinute => firstMinute;

    /// <summary>The stretch of each input that was read, by input number.</summary>
    public SortedDictionary<int, RecordStretch> Stretches { get; } = [];

    public bool HasBaseline => table.HasBaseline(0);

    public void Begin(int input, in MrtRecord record)
    {
        if (!Stretches.TryGetValue(input, out RecordStretch? stretch))
        {
            Stretches.Add(input, stretch = new RecordStretch(record.Index + 1, record.Offset));
        }

        stretch.LastRow = record.Index + 1;
        stretch.LastByte = record.Offset + record.Length - 1;
        // Entries of a table dump are no movement, and may be older than everything else.
        isCounted = record.Type is not (MrtType.TableDump or MrtType.TableDumpV2);
        if (!isCounted)
        {
            return;
        }

        long at = record.Seconds / 60;
        if (open < 0)
        {
            (firstMinute, open) = (at, 0);
        }

        // Order holds only within one peer; a record of a minute already closed counts in the open one.
        long next = at - firstMinute;
        isOutside = next is >= MinutesMax or < -MinutesMax;
        if (isOutside)
        {
            recordsOutside++;
            return;
        }

        while (open < next)
        {
            Close();
            open++;
        }

        if (!hasRecords)
        {
            hasRecords = true;
            minute.Row = (int)Math.Min(int.MaxValue, record.Index + 1);
        }

        minute.BeginMessage();
    }

    public void End()
    {
        if (open >= 0)
        {
            Close();
        }
    }

    public IEnumerable<string> Notes(string feed)
    {
        if (!HasBaseline && rows.Count > 0)
        {
            yield return Text(
                $"no_baseline: {feed}: only updates were read; a route that its peer did not repeat is not known, so that repetitions are undercounted and withdrawals of nothing overcounted at first"
            );
        }

        if (table.Resets > 0)
        {
            yield return Text(
                $"peer_reset: {feed}: {table.Resets} sessions went down; what their peers repeat afterwards is a table transfer"
            );
        }

        if (recordsOutside > 0)
        {
            yield return Text(
                $"{feed}: {recordsOutside} records are more than 92 days from the first and were left out"
            );
        }

        if (table.Refused > 0)
        {
            yield return Text(
                $"{feed}: {table.Refused} routes past {PrefixesMax} prefixes, or another limit of the table, were left out"
            );
        }

        if (localMessages > 0)
        {
            yield return Text(
                $"{feed}: {localMessages} routes sent by the collector itself were left out"
            );
        }
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        if (!IsUsed(record))
        {
            return;
        }

        RouteChange change = table.Announce(0, peer, nlri, attributes);
        if (!change.IsKept)
        {
            return;
        }

        if (change.WasStale || IsInTransfer(change.Peer))
        {
            minute.Transfer();
            return;
        }

        minute.Announced(record, attributes, change);
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        if (!IsUsed(record))
        {
            return;
        }

        RouteChange change = table.Withdraw(0, peer, nlri);
        if (change.IsKept)
        {
            minute.Withdrawn(record, change);
        }
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    ) => table.Announce(0, peer, nlri, attributes, isTable: true);

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

        SessionEffect effect = table.ChangeState(0, peer, from, to, out int number);
        if (effect == SessionEffect.Reset)
        {
            minute.Reset();
        }
        else if (effect == SessionEffect.Up)
        {
            if (number >= transferUntil.Length)
            {
                Array.Resize(ref transferUntil, Math.Max(64, 2 * number));
            }

            transferUntil[number] = open + TransferMinutes;
        }
    }

    private bool IsInTransfer(int peer) =>
        peer < transferUntil.Length && open < transferUntil[peer];

    private bool IsUsed(in MrtRecord record)
    {
        if (record.IsLocal)
        {
            localMessages++;
            return false;
        }

        return isCounted && !isOutside;
    }

    private void Close()
    {
        rows.Add(hasRecords ? minute.Close() : default);
        hasRecords = false;
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>From where to where an input was read.</summary>
internal sealed class RecordStretch(long firstRow, long firstByte)
{
    public long FirstRow => firstRow;

    public long FirstByte => firstByte;

    public long LastRow { get; set; }

    public long LastByte { get; set; }
}
