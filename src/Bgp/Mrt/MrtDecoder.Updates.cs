namespace Breakwater.Bgp;

/// <content>The three fields of an UPDATE, and what is wrong with them.</content>
public sealed partial class MrtDecoder
{
    // The faults of one message or table entry, on their way to the faults of the input.
    private readonly List<AttributeFault> damage = [];

    /// <summary>Each field is given as far as it can be read. Order: withdrawn, MP_UNREACH_NLRI, announced, MP_REACH_NLRI.</summary>
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
        AttributeAction action = PathAttributes.Read(
            update.Attributes,
            new AttributeReading(asnOctets, IsMessage: !record.IsRebuilt),
            damage,
            out PathAttributes attributes
        );
        bool hasReach = attributes.Has(AttributeType.MpReach);
        if (!record.IsRebuilt && (hasReach || !update.Announced.IsEmpty))
        {
            AttributeAction missing = attributes.CheckMandatory(
                isPlain: !update.Announced.IsEmpty,
                damage
            );
            action = missing > action ? missing : action;
        }

        if (damage.Count > 0)
        {
            Report(record);
        }

        bool isWithdrawn = action >= AttributeAction.TreatAsWithdraw;
        string? inField = Routes(
            record,
            peer,
            update.Withdrawn,
            RouteFamily.IPv4Unicast,
            isPlain: true,
            attributes,
            hasPathIds,
            isWithdrawn: true,
            ref visitor
        );
        fault ??= inField;
        if (attributes.Has(AttributeType.MpUnreach))
        {
            inField = MpRoutes(
                record,
                peer,
                attributes.MpUnreach,
                attributes,
                hasPathIds,
                isWithdrawn: true,
                ref visitor
            );
            fault ??= inField;
        }

        inField = Routes(
            record,
            peer,
            update.Announced,
            RouteFamily.IPv4Unicast,
            isPlain: true,
            attributes,
            hasPathIds,
            isWithdrawn,
            ref visitor
        );
        fault ??= inField;
        if (hasReach)
        {
            inField = MpRoutes(
                record,
                peer,
                attributes.MpReach,
                attributes,
                hasPathIds,
                isWithdrawn,
                ref visitor
            );
            fault ??= inField;
        }

        return fault;
    }

    /// <summary>Every fault of the attributes becomes a fault of the input, each with the action that was taken.</summary>
    private void Report(in MrtRecord record)
    {
        foreach (AttributeFault fault in damage)
        {
            faults.Add(record, fault.Reason, fault.Action);
        }

        damage.Clear();
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
                prefixes.Prefixes,
                family,
                isPlain: false,
                attributes,
                hasPathIds,
                isWithdrawn,
                ref visitor
            )
        // A malformed attribute has neither family nor prefixes, and was reported already.
        : prefixes.Afi == 0 ? null
        : Skip();

    private static string? Routes<TVisitor>(
        in MrtRecord record,
        in BgpPeer peer,
        ReadOnlySpan<byte> field,
        RouteFamily family,
        bool isPlain,
        in PathAttributes attributes,
        bool hasPathIds,
        bool isWithdrawn,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        string? fault = null;
        if (!hasPathIds && NlriCursor.HasPathIdsOnly(field, family))
        {
            hasPathIds = true;
            fault =
                "path identifiers in a record type without them, read with them (RFC 8050 section 3)";
        }

        var cursor = new NlriCursor(field, family, hasPathIds, isPlain);
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

        return cursor.Fault ?? fault;
    }
}
