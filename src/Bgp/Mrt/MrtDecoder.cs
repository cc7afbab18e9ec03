namespace Breakwater.Bgp;

/// <summary>
/// Decodes the records of one input, in order, and hands each route to a visitor. It holds the peer index table that
/// later records of a TABLE_DUMP_V2 refer to.
/// </summary>
public sealed partial class MrtDecoder(MrtFaults faults)
{
    private BgpPeer[] peers = [];

    /// <summary>The peers of the last peer index table, by the number that table rows use.</summary>
    public IReadOnlyList<BgpPeer> Peers => peers;

    /// <summary>Where the collector and its peers are; null unless the input has a geographic peer table (RFC 6397).</summary>
    public GeoPeerTable? GeoPeers { get; private set; }

    /// <summary>Records of a type or subtype that is not read, and NLRI of families that are not read.</summary>
    public long Skipped { get; private set; }

    /// <summary>Reads an input to its end.</summary>
    /// <returns>The number of records that were skipped as unknown.</returns>
    public static long ReadAll<TVisitor>(MrtReader reader, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        var decoder = new MrtDecoder(reader.Faults);
        while (reader.Read(out MrtRecord record))
        {
            decoder.Decode(record, ref visitor);
        }

        return decoder.Skipped;
    }

    public void Decode<TVisitor>(in MrtRecord record, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        string? fault = record.Type switch
        {
            MrtType.Bgp4mp or MrtType.Bgp4mpEt => DecodeBgp4mp(record, ref visitor),
            MrtType.TableDumpV2 => DecodeTableDumpV2(record, ref visitor),
            MrtType.TableDump => DecodeTableDump(record, ref visitor),
            MrtType.Bgp => DecodeLegacy(record, ref visitor),
            _ => Skip(),
        };
        if (fault is not null)
        {
            faults.Add(record, fault);
        }
    }

    private string? Skip()
    {
        Skipped++;
        return null;
    }
}
