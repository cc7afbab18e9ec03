using System.Globalization;

namespace Breakwater.Bgp;

/// <summary>A line for each attribute, by name; those that are absent are left out.</summary>
internal static class RecordTextAttributes
{
    public static void Write(AsciiBuffer text, in Nlri nlri, in PathAttributes attributes)
    {
        if (attributes.Has(AttributeType.AsPath))
        {
            text.Name("path");
            text.Ensure(3 * attributes.Raw.Length + 64);
            BgpdumpAttributes.Path(text, attributes.AsPath);
            text.Append((byte)'\n');
        }

        if (attributes.Origin is { } origin)
        {
            text.Line("origin", RecordNames.Origin(origin));
        }

        NextHops(text, nlri, attributes);
        Number(text, "med", attributes.MultiExitDisc);
        Number(text, "local pref", attributes.LocalPref);
        if (attributes.IsAtomicAggregate)
        {
            text.Line("atomic aggregate", "yes");
        }

        if (attributes.Aggregator is { } aggregator)
        {
            Address(text, "aggregator", aggregator.Address, $"{aggregator.Asn} ");
        }

        Communities(text, attributes);
        if (attributes.OriginatorId is { } originator)
        {
            Address(text, "originator", originator);
        }

        for (int at = 0; at < attributes.ClusterList.Count; at++)
        {
            Address(text, "cluster", attributes.ClusterList[at]);
        }

        if (attributes.OnlyToCustomer is { } customer)
        {
            text.Line("only to customer", customer.ToString());
        }

        foreach (AttributeOctets other in attributes)
        {
            if (!other.IsKnown || other.Type == AttributeType.IPv6ExtendedCommunities)
            {
                text.Line(
                    FormattableString.Invariant($"attribute {(byte)other.Type}"),
                    FormattableString.Invariant(
                        $"flags {other.Flags:x2}, {other.Value.Length} octets: {Convert.ToHexStringLower(other.Value)}"
                    )
                );
            }
        }
    }

    private static void NextHops(AsciiBuffer text, in Nlri nlri, in PathAttributes attributes)
    {
        ReadOnlySpan<byte> nextHop = attributes.NextHopOf(nlri);
        if (!nextHop.IsEmpty)
        {
            text.Name("next hop");
            text.Ensure(64);
            text.Address(nextHop);
            text.Append((byte)'\n');
        }

        ReadOnlySpan<byte> local = nlri.IsPlain ? [] : attributes.MpReach.LinkLocalNextHop;
        if (!local.IsEmpty)
        {
            text.Name("link-local next hop");
            text.Ensure(64);
            text.Address(local);
            text.Append((byte)'\n');
        }
    }

    private static void Communities(AsciiBuffer text, in PathAttributes attributes)
    {
        NumberList communities = attributes.Communities;
        if (communities.Count > 0)
        {
            text.Name("communities");
            for (int at = 0; at < communities.Count; at++)
            {
                var community = new Community(communities[at]);
                text.Words(RecordNames.WellKnown(community.Number) ?? community.ToString());
                text.Words(" ");
            }

            EndList(text);
        }

        LargeCommunityList large = attributes.LargeCommunities;
        if (large.Count > 0)
        {
            text.Name("large communities");
            for (int at = 0; at < large.Count; at++)
            {
                text.Words($"{large[at]} ");
            }

            EndList(text);
        }

        ExtendedCommunityList extended = attributes.ExtendedCommunities;
        if (extended.Count > 0)
        {
            text.Name("extended communities");
            for (int at = 0; at < extended.Count; at++)
            {
                text.Words(RecordNames.Extended(extended[at]) ?? extended[at].ToString());
                text.Words(" ");
            }

            EndList(text);
        }
    }

    private static void EndList(AsciiBuffer text)
    {
        text.Drop();
        text.Append((byte)'\n');
    }

    private static void Number(AsciiBuffer text, string name, uint? number)
    {
        if (number is { } given)
        {
            text.Line(name, given.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Address(AsciiBuffer text, string name, uint address, string before = "")
    {
        text.Name(name);
        text.Words(before);
        text.Ensure(32);
        text.IPv4(address);
        text.Append((byte)'\n');
    }
}
