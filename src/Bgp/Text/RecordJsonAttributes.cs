using System.Net;
using System.Text.Json;

namespace Breakwater.Bgp;

/// <summary>Path attributes as members of a JSON object; those that are absent are left out.</summary>
internal static class RecordJsonAttributes
{
    public static void Write(Utf8JsonWriter json, in Nlri nlri, in PathAttributes attributes)
    {
        Path(json, attributes);
        if (attributes.Origin is { } origin)
        {
            json.WriteString("origin", RecordNames.Origin(origin));
        }

        NextHops(json, nlri, attributes);
        Number(json, "multiExitDisc", attributes.MultiExitDisc);
        Number(json, "localPref", attributes.LocalPref);
        if (attributes.IsAtomicAggregate)
        {
            json.WriteBoolean("atomicAggregate", true);
        }

        if (attributes.Aggregator is { } aggregator)
        {
            json.WriteStartObject("aggregator");
            json.WriteNumber("asn", aggregator.Asn.Number);
            Address(json, "address", aggregator.Address);
            json.WriteEndObject();
        }

        Communities(json, attributes);
        if (attributes.OriginatorId is { } originator)
        {
            Address(json, "originatorId", originator);
        }

        Number(json, "onlyToCustomer", attributes.OnlyToCustomer?.Number);
        Others(json, attributes);
    }

    /// <summary>An IPv4 address, or a BGP identifier written like one.</summary>
    public static void Address(Utf8JsonWriter json, string name, uint address) =>
        json.WriteString(name, Dotted(address));

    /// <summary>Numbers in a row; a segment that is no sequence is an object with its kind.</summary>
    private static void Path(Utf8JsonWriter json, in PathAttributes attributes)
    {
        if (!attributes.Has(AttributeType.AsPath))
        {
            return;
        }

        json.WriteStartArray("path");
        foreach (AsSegment segment in attributes.AsPath)
        {
            bool isSequence = segment.Kind == AsSegmentKind.Sequence;
            if (!isSequence)
            {
                json.WriteStartObject();
                json.WriteStartArray(
                    segment.Kind switch
                    {
                        AsSegmentKind.Set => "set",
                        AsSegmentKind.ConfederationSequence => "confederationSequence",
                        _ => "confederationSet",
                    }
                );
            }

            for (int at = 0; at < segment.Count; at++)
            {
                json.WriteNumberValue(segment[at].Number);
            }

            if (!isSequence)
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void NextHops(Utf8JsonWriter json, in Nlri nlri, in PathAttributes attributes)
    {
        ReadOnlySpan<byte> nextHop = attributes.NextHopOf(nlri);
        if (!nextHop.IsEmpty)
        {
            json.WriteString("nextHop", new IPAddress(nextHop).ToString());
        }

        ReadOnlySpan<byte> local = nlri.IsPlain ? [] : attributes.MpReach.LinkLocalNextHop;
        if (!local.IsEmpty)
        {
            json.WriteString("linkLocalNextHop", new IPAddress(local).ToString());
        }
    }

    private static void Communities(Utf8JsonWriter json, in PathAttributes attributes)
    {
        NumberList communities = attributes.Communities;
        if (communities.Count > 0)
        {
            json.WriteStartArray("communities");
            for (int at = 0; at < communities.Count; at++)
            {
                json.WriteStringValue(new Community(communities[at]).ToString());
            }

            json.WriteEndArray();
        }

        ExtendedCommunityList extended = attributes.ExtendedCommunities;
        if (extended.Count > 0)
        {
            json.WriteStartArray("extendedCommunities");
            for (int at = 0; at < extended.Count; at++)
            {
                json.WriteStringValue(
                    RecordNames.Extended(extended[at]) ?? extended[at].ToString()
                );
            }

            json.WriteEndArray();
        }

        LargeCommunityList large = attributes.LargeCommunities;
        if (large.Count > 0)
        {
            json.WriteStartArray("largeCommunities");
            for (int at = 0; at < large.Count; at++)
            {
                json.WriteStringValue(large[at].ToString());
            }

            json.WriteEndArray();
        }

        NumberList clusters = attributes.ClusterList;
        if (clusters.Count > 0)
        {
            json.WriteStartArray("clusterList");
            for (int at = 0; at < clusters.Count; at++)
            {
                json.WriteStringValue(Dotted(clusters[at]));
            }

            json.WriteEndArray();
        }
    }

    private static void Others(Utf8JsonWriter json, in PathAttributes attributes)
    {
        bool isOpen = false;
        foreach (AttributeOctets other in attributes)
        {
            if (other.IsKnown && other.Type != AttributeType.IPv6ExtendedCommunities)
            {
                continue;
            }

            if (!isOpen)
            {
                isOpen = true;
                json.WriteStartArray("others");
            }

            json.WriteStartObject();
            json.WriteNumber("type", (byte)other.Type);
            json.WriteNumber("flags", other.Flags);
            json.WriteString("value", Convert.ToHexStringLower(other.Value));
            json.WriteEndObject();
        }

        if (isOpen)
        {
            json.WriteEndArray();
        }
    }

    private static void Number(Utf8JsonWriter json, string name, uint? number)
    {
        if (number is { } given)
        {
            json.WriteNumber(name, given);
        }
    }

    private static string Dotted(uint address) =>
        FormattableString.Invariant(
            $"{address >> 24}.{address >> 16 & 0xFF}.{address >> 8 & 0xFF}.{address & 0xFF}"
        );
}
