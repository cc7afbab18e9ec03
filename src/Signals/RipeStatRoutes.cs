using System.Buffers;
using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// Answers of RIPEstat: <c>bgp-updates</c> as messages, <c>bgp-state</c> as a table dump. Rows are those of
/// <c>data.updates</c> or <c>data.bgp_state</c>, the first is 1; octets are those of the row in the file. Times without a zone
/// are UTC. A row names its peer by collector and address only: its AS number is taken from the paths that it sends, whose
/// first AS it is unless the peer is a route server that leaves itself out.
/// </summary>
public sealed class RipeStatRoutes : RouteInput
{
    /// <summary>Further rows are not read: an answer holds some thousands.</summary>
    public const int RowsMax = 5_000_000;

    private readonly ReadOnlyMemory<byte> content;
    private readonly List<Row> rows = [];
    private readonly Dictionary<string, Asn> asns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> peerNumbers = new(StringComparer.Ordinal);
    private readonly List<BgpPeer> peers = [];
    private readonly BgpMessageWriter message = new();
    private readonly ArrayBufferWriter<byte> octets = new(1024);
    private readonly MrtWriter writer;
    private readonly bool isState;
    private int next;
    private string feed = "ripestat";

    public RipeStatRoutes(SourceFile file)
        : base((file ?? throw new ArgumentNullException(nameof(file))).Name, file.Sha256)
    {
        content = file.Content;
        writer = new MrtWriter(octets);
        isState = RipeStatRows.FindArray(content.Span, "updates"u8) < 0;
        int start = RipeStatRows.FindArray(content.Span, isState ? "bgp_state"u8 : "updates"u8);
        if (start < 0)
        {
            Faults.Add(0, content.Length, "neither data.updates nor data.bgp_state is in it");
            return;
        }

        RipeStatRows.Stamp? stateAt = isState ? RipeStatRows.FindTime(content.Span) : null;
        if (isState && stateAt is null)
        {
            Faults.Add(0, content.Length, "data.timestamp of the state is missing or is no time");
            return;
        }

        foreach (RipeStatRow row in RipeStatRows.Read(content, start, isState, Faults))
        {
            if (rows.Count == RowsMax)
            {
                Faults.Add(row.Offset, content.Length - row.Offset, $"more than {RowsMax} rows");
                break;
            }

            Learn(row);
            RipeStatRows.Stamp at = stateAt ?? row.At;
            rows.Add(new Row(row.Index, row.Offset, row.Length, at.Seconds, at.Microseconds));
        }

        // Answers come in order; a stable sort costs nothing then and repairs one that does not.
        List<Row> sorted = [.. rows.OrderBy(row => row.Seconds).ThenBy(row => row.Microseconds)];
        rows = sorted;
        next = isState && rows.Count > 0 ? -1 : 0;
    }

    /// <summary>True for an answer of <c>bgp-updates</c> or <c>bgp-state</c>.</summary>
    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlySpan<byte> content = file.Content.Span;
        return content.TrimStart(" \r\n\t"u8) is [(byte)'{', ..]
            && (
                RipeStatRows.FindArray(content, "updates"u8) >= 0
                || RipeStatRows.FindArray(content, "bgp_state"u8) >= 0
            );
    }

    public override string Feed => feed;

    /// <summary>True for a table (<c>bgp-state</c>), false for messages.</summary>
    public bool IsTable => isState;

    public override string Remedy => "The row is left out; ask RIPEstat again if it matters";

    public override bool TryPeekSeconds(out uint seconds)
    {
        seconds = next < rows.Count ? rows[Math.Max(next, 0)].Seconds : 0;
        return next < rows.Count;
    }

    public override bool Read(out MrtRecord record)
    {
        record = default;
        while (next < rows.Count)
        {
            if (next < 0)
            {
                next = 0;
                return ReadPeers(out record);
            }

            Row place = rows[next++];
            if (
                RipeStatRows.Parse(content.Span.Slice((int)place.Offset, place.Length), isState)
                    is not { } row
                || !TryWrite(place, row)
            )
            {
                Faults.Add(place.Offset, place.Length, "row does not fit a BGP message");
                continue;
            }

            feed = FeedOf(row.Source);
            record = MrtRecord.Placed(
                place.Index,
                place.Offset,
                place.Length,
                octets.WrittenMemory
            );
            return true;
        }

        return false;
    }

    private bool ReadPeers(out MrtRecord record)
    {
        octets.ResetWrittenCount();
        writer.PeerIndexTable(rows[0].Seconds, 0, peers);
        record = MrtRecord.Placed(0, 0, content.Length, octets.WrittenMemory);
        return true;
    }

    private void Learn(in RipeStatRow row)
    {
        if (row.Hops.Count > 0 && row.Hops[0] is [var first])
        {
            asns.TryAdd(row.Source, new Asn(first));
        }

        if (isState && !peerNumbers.ContainsKey(row.Source) && peers.Count < ushort.MaxValue)
        {
            peerNumbers.Add(row.Source, peers.Count);
            peers.Add(PeerOf(row));
        }
    }

    private BgpPeer PeerOf(in RipeStatRow row) =>
        new(asns.GetValueOrDefault(row.Source), row.PeerAddress, row.IsPeerV6);

    private bool TryWrite(in Row place, in RipeStatRow row)
    {
        octets.ResetWrittenCount();
        message.Clear();
        if (row.PathOctets() is not { Length: <= 4000 } path || row.Communities.Count > 4000)
        {
            return false;
        }

        Span<byte> nextHop = stackalloc byte[16];
        nextHop.Clear();
        ReadOnlySpan<IpPrefix> prefix = [row.Prefix];
        if (!row.IsWithdrawal)
        {
            message
                .Origin(RouteOrigin.Incomplete)
                .Attribute(0x40, AttributeType.AsPath, path)
                .NextHop(nextHop[..4]);
            if (row.Communities.Count > 0)
            {
                message.Communities([.. row.Communities]);
            }
        }

        if (isState)
        {
            if (!peerNumbers.TryGetValue(row.Source, out int number))
            {
                return false;
            }

            writer.RibRow(
                place.Seconds,
                (uint)place.Index,
                row.Prefix,
                [new MrtRibEntry(number, place.Seconds, message.Attributes.ToArray())]
            );
            return true;
        }

        ReadOnlySpan<byte> update = (row.IsWithdrawal, row.Prefix.IsV6) switch
        {
            (true, false) => message.Update(prefix, []),
            (true, true) => message.MpUnreach(prefix).Update([], []),
            (false, false) => message.Update([], prefix),
            (false, true) => message.MpReach(nextHop, prefix).Update([], []),
        };
        writer.Message(place.Seconds, place.Microseconds, PeerOf(row), update, isRebuilt: true);
        return true;
    }

    /// <summary>RIPEstat numbers the collectors of RIS: <c>19-196.60.9.165</c> spoke to rrc19.</summary>
    private static string FeedOf(string source) =>
        source.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
            ? string.Create(CultureInfo.InvariantCulture, $"rrc{source[..dash]}")
            : "ripestat";

    private readonly record struct Row(
        long Index,
        long Offset,
        int Length,
        uint Seconds,
        uint Microseconds
    );
}
