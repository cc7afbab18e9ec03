using System.Globalization;
using System.Net;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <content>The members of a row.</content>
internal static partial class RipeStatRows
{
    private const int HopsMax = 2000;

    /// <summary>Reads one row; null when it lacks what a route needs.</summary>
    /// <param name="isState">True when peer, prefix and path stand in the row itself and not in <c>attrs</c>.</param>
    public static RipeStatRow? Parse(ReadOnlySpan<byte> row, bool isState)
    {
        try
        {
            var reader = new Utf8JsonReader(row);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            JsonElement attrs = isState ? root : Member(root, "attrs");
            string? type = isState ? "A" : Text(root, "type");
            string? source = Text(attrs, "source_id");
            Stamp? at = isState ? default(Stamp) : Time(Text(root, "timestamp"));
            if (
                at is null
                || type is not ("A" or "W")
                || source is null
                || !TryPeer(source, out UInt128 address, out bool isV6)
                || Text(attrs, "target_prefix") is not { } prefixText
                || !IpPrefix.TryParse(prefixText, out IpPrefix prefix)
            )
            {
                return null;
            }

            List<uint[]>? hops = type == "A" ? Hops(Member(attrs, "path")) : [];
            return hops is null || (type == "A" && hops.Count == 0)
                ? null
                : new RipeStatRow(
                    0,
                    0,
                    0,
                    at.Value,
                    type == "W",
                    source,
                    address,
                    isV6,
                    prefix,
                    hops,
                    Communities(Member(attrs, "community"))
                );
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static bool TryPeer(string source, out UInt128 address, out bool isV6)
    {
        int dash = source.IndexOf('-', StringComparison.Ordinal);
        (address, isV6) = (default, false);
        if (!IPAddress.TryParse(source.AsSpan(dash + 1), out IPAddress? peer))
        {
            return false;
        }

        isV6 = peer.GetAddressBytes().Length == 16;
        address = IpPrefix.From(peer.GetAddressBytes(), isV6 ? 128 : 32).Bits;
        return true;
    }

    /// <summary>Hops as numbers, as text, as a text of all, or as arrays and braces for sets; null when one is no AS number.</summary>
    private static List<uint[]>? Hops(JsonElement path)
    {
        List<uint[]> hops = [];
        if (path.ValueKind == JsonValueKind.String)
        {
            foreach (
                string part in path.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            )
            {
                if (Numbers(part) is not { } hop || hops.Count == HopsMax)
                {
                    return null;
                }

                hops.Add(hop);
            }

            return hops;
        }

        if (path.ValueKind != JsonValueKind.Array || path.GetArrayLength() > HopsMax)
        {
            return null;
        }

        foreach (JsonElement element in path.EnumerateArray())
        {
            uint[]? hop = element.ValueKind switch
            {
                JsonValueKind.Number when element.TryGetUInt32(out uint number) => [number],
                JsonValueKind.String => Numbers(element.GetString()!),
                JsonValueKind.Array => Hops(element)?.SelectMany(inner => inner).ToArray(),
                _ => null,
            };
            if (hop is null)
            {
                return null;
            }

            // An array inside the path is a set, also when it has one member: then the origin is a set as well.
            hops.Add(
                element.ValueKind == JsonValueKind.Array && hop.Length == 1 ? [hop[0], hop[0]] : hop
            );
        }

        return hops;
    }

    private static uint[]? Numbers(string text)
    {
        bool isSet = text.StartsWith('{') && text.EndsWith('}');
        List<uint> numbers = [];
        foreach (string part in (isSet ? text[1..^1] : text).Split(','))
        {
            if (!Asn.TryParse(part.Trim(), out Asn asn))
            {
                return null;
            }

            numbers.Add(asn.Number);
        }

        if (isSet && numbers.Count == 1)
        {
            numbers.Add(numbers[0]);
        }

        return [.. numbers];
    }

    private static List<uint> Communities(JsonElement communities)
    {
        List<uint> values = [];
        if (communities.ValueKind != JsonValueKind.Array)
        {
            return values;
        }

        foreach (JsonElement element in communities.EnumerateArray())
        {
            // Communities of RFC 1997 alone: larger ones do not enter the judgement.
            if (
                element.ValueKind == JsonValueKind.String
                && element.GetString()!.Split(':') is [var high, var low]
                && ushort.TryParse(
                    high,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out ushort asn
                )
                && ushort.TryParse(
                    low,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out ushort value
                )
            )
            {
                values.Add(((uint)asn << 16) | value);
            }
        }

        return values;
    }

    private static Stamp? Time(string? text)
    {
        if (
            !DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime time
            )
        )
        {
            return null;
        }

        long ticks = (time - DateTime.UnixEpoch).Ticks;
        long seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out long rest);
        return seconds is >= 0 and <= uint.MaxValue && rest >= 0
            ? new Stamp((uint)seconds, (uint)(rest / 10))
            : null;
    }

    private static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement member)
            ? member
            : default;

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;
}
