namespace Breakwater.Bgp;

/// <summary>
/// Decodes the records of one input, in order, and hands each route to a visitor. It holds the peer index table that
/// later records of a TABLE_DUMP_V2 refer to.
/// </summary>
public sealed partial class MrtDecoder(MrtFaults faults)
{
    private BgpPeer[] peers = [];

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

    /// <summary>The three fields of an UPDATE, each given as far as it can be read.</summary>
    private string? DecodeUpdate<TVisitor>(
        in MrtRecord record,
        in BgpPeer peer,
        ReadOnlySpan<byte> body,
        int asnOctets,
        bool hasPathIds,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        string? fault = BgpUpdate.Read(body, out BgpUpdate update);
        string? damage = PathAttributes.Read(
            update.Attributes,
            asnOctets,
            out PathAttributes attributes
        );
        bool isWithdrawn = damage is not null;
        fault ??= damage;
        fault = Routes(
            record,
            peer,
            new NlriCursor(update.Withdrawn, RouteFamily.IPv4Unicast, hasPathIds),
            attributes,
            isWithdrawn: true,
            ref visitor
        )
            is { } inWithdrawn
            ? fault ?? inWithdrawn
            : fault;
        if (attributes.Has(AttributeType.MpUnreach))
        {
            string? inUnreach = MpPrefixes.ReadUnreach(
                attributes.Value(AttributeType.MpUnreach),
                out MpPrefixes unreach
            );
            inUnreach ??= MpRoutes(
                record,
                peer,
                unreach,
                attributes,
                hasPathIds,
                isWithdrawn: true,
                ref visitor
            );
            fault ??= inUnreach;
        }

        string? inNlri = Routes(
            record,
            peer,
            new NlriCursor(update.Announced, RouteFamily.IPv4Unicast, hasPathIds),
            attributes,
            isWithdrawn,
            ref visitor
        );
        fault ??= inNlri;
        if (attributes.Has(AttributeType.MpReach))
        {
            string? inReach = MpPrefixes.ReadReach(
                attributes.Value(AttributeType.MpReach),
                out MpPrefixes reach
            );
            inReach ??= MpRoutes(
                record,
                peer,
                reach,
                attributes,
                hasPathIds,
                isWithdrawn,
                ref visitor
            );
            fault ??= inReach;
        }

        return fault;
    }

    private string? MpRoutes<TVisitor>(
        in MrtRecord record,
        in BgpPeer peer,
        in MpPrefixes prefixes,
        in PathAttributes attributes,
        bool hasPathIds,
        bool isWithdrawn,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct =>
        prefixes.Family is { } family
            ? Routes(
                record,
                peer,
                new NlriCursor(prefixes.Prefixes, family, hasPathIds),
                attributes,
                isWithdrawn,
                ref visitor
            )
            : Skip();

    private static string? Routes<TVisitor>(
        in MrtRecord record,
        in BgpPeer peer,
        NlriCursor cursor,
        in PathAttributes attributes,
        bool isWithdrawn,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        while (cursor.MoveNext())
        {
            if (isWithdrawn)
            {
                visitor.Withdrawn(record, peer, cursor.Current);
            }
            else
            {
                visitor.Announced(record, peer, cursor.Current, attributes);
            }
        }

        return cursor.Fault;
    }
}
