using System.Buffers;

namespace Breakwater.Bgp;

/// <summary>
/// Reads what <c>bgpdump -m</c> prints, one element for each line, and gives each as the MRT record that it could have come
/// from, placed at its line: a message or a state change, or a table row with the table of its one peer before it. Decode
/// them with an <see cref="MrtDecoder"/>. A line that cannot be read is a fault with its number and offset.
/// </summary>
/// <remarks>
/// The text does not tell a MED or LOCAL_PREF of 0 from none, nor a second next hop; these are taken as absent. Types:
/// BGP, TABLE_DUMP, TABLE_DUMP2, BGP4MP, BGP4MP_ET, and these with _LOCAL and _AP.
/// </remarks>
/// <param name="chunks">The text in pieces of any size.</param>
/// <param name="faults">Receives what cannot be used.</param>
public sealed class BgpdumpTextReader(IEnumerable<ReadOnlyMemory<byte>> chunks, MrtFaults faults)
    : IDisposable
{
    private readonly TextLines lines = new(chunks);
    private readonly ArrayBufferWriter<byte> octets = new(1024);
    private readonly BgpdumpTextLine line = new();
    private BgpPeer tablePeer;
    private bool hasTablePeer;
    private bool isRowPending;

    public MrtFaults Faults => faults;

    /// <summary>Lines read so far, with those that could not be used.</summary>
    public long Lines => lines.Number;

    /// <summary>Reads a text to its end.</summary>
    public static void ReadAll<TVisitor>(
        IEnumerable<ReadOnlyMemory<byte>> chunks,
        MrtFaults faults,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        using var reader = new BgpdumpTextReader(chunks, faults);
        var decoder = new MrtDecoder(faults);
        while (reader.Read(out MrtRecord record))
        {
            decoder.Decode(record, ref visitor);
        }
    }

    /// <summary>The next record; false at the end. Its spans live until the next call.</summary>
    public bool Read(out MrtRecord record)
    {
        if (isRowPending)
        {
            isRowPending = false;
            record = Row();
            return true;
        }

        while (lines.Read(out ReadOnlySpan<byte> text))
        {
            if (text.IsEmpty && !lines.IsTooLong)
            {
                continue;
            }

            string? fault = lines.IsTooLong ? "longer than 1 MiB" : line.Read(text);
            if (fault is not null)
            {
                faults.Add(
                    lines.Offset,
                    lines.Length,
                    FormattableString.Invariant($"line {lines.Number}: {fault}")
                );
            }

            if (fault is null || line.IsUsable)
            {
                record = Record();
                return true;
            }
        }

        record = default;
        return false;
    }

    public void Dispose() => lines.Dispose();

    private MrtRecord Record()
    {
        octets.ResetWrittenCount();
        var writer = new MrtWriter(octets);
        switch (line.Kind)
        {
            case BgpdumpTextLine.LineKind.State:
                writer.StateChange(line.Seconds, line.Microseconds, line.Peer, line.From, line.To);
                break;
            case BgpdumpTextLine.LineKind.Entry when !hasTablePeer || tablePeer != line.Peer:
                (tablePeer, hasTablePeer, isRowPending) = (line.Peer, true, true);
                writer.PeerIndexTable(line.Seconds, collectorId: 0, [line.Peer]);
                break;
            case BgpdumpTextLine.LineKind.Entry:
                return Row();
            default:
                writer.Message(
                    line.Seconds,
                    line.Microseconds,
                    line.Peer,
                    line.Message(),
                    hasPathIds: line.PathId is not null,
                    isLocal: line.IsLocal,
                    isRebuilt: true
                );
                break;
        }

        return Placed();
    }

    private MrtRecord Row()
    {
        octets.ResetWrittenCount();
        new MrtWriter(octets).RibRow(
            line.Seconds,
            sequence: 0,
            line.Prefix,
            [new MrtRibEntry(0, line.Seconds, line.Attributes(), line.PathId)]
        );
        return Placed();
    }

    private MrtRecord Placed() =>
        MrtRecord.Placed(lines.Number - 1, lines.Offset, lines.Length, octets.WrittenMemory);
}
