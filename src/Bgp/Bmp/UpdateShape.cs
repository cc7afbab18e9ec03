namespace Breakwater.Bgp;

/// <summary>How an UPDATE of a BMP session is to be read.</summary>
/// <param name="IsMixed">It has families with and families without path identifiers, which no MRT record can say.</param>
internal readonly record struct UpdateShape(bool IsAs4, bool HasPathIds, bool IsMixed)
{
    public static UpdateShape Of(
        ReadOnlySpan<byte> body,
        in BmpCapabilities capabilities,
        BmpView view,
        bool isAs4
    )
    {
        if (BgpUpdate.Read(body, out BgpUpdate update) is not null)
        {
            return new UpdateShape(isAs4, HasPathIds: false, IsMixed: false);
        }

        PathAttributes.Read(update.Attributes, isAs4 ? 4 : 2, out PathAttributes attributes);
        // Routers are known to set the flag wrongly; a path of one width is never well formed in the other.
        ReadOnlySpan<byte> path = attributes.Value(AttributeType.AsPath);
        if (!AsPath.IsWellFormed(path, isAs4 ? 4 : 2) && AsPath.IsWellFormed(path, isAs4 ? 2 : 4))
        {
            isAs4 = !isAs4;
        }

        bool with = false;
        bool without = false;
        if (!update.Withdrawn.IsEmpty || !update.Announced.IsEmpty)
        {
            Note(capabilities.HasPathIds(RouteFamily.IPv4Unicast, view), ref with, ref without);
        }

        if (
            MpPrefixes.ReadUnreach(
                attributes.Value(AttributeType.MpUnreach),
                out MpPrefixes unreach
            )
                is null
            && unreach.Family is { } lost
            && !unreach.Prefixes.IsEmpty
        )
        {
            Note(capabilities.HasPathIds(lost, view), ref with, ref without);
        }

        if (
            MpPrefixes.ReadReach(attributes.Value(AttributeType.MpReach), out MpPrefixes reach)
                is null
            && reach.Family is { } found
            && !reach.Prefixes.IsEmpty
        )
        {
            Note(capabilities.HasPathIds(found, view), ref with, ref without);
        }

        return new UpdateShape(isAs4, with, with && without);
    }

    private static void Note(bool hasPathIds, ref bool with, ref bool without)
    {
        with |= hasPathIds;
        without |= !hasPathIds;
    }
}
