using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>One row of an answer of RIPEstat.</summary>
/// <param name="Hops">Peer first, origin last; a hop of several numbers is a set.</param>
internal readonly record struct RipeStatRow(
    long Index,
    long Offset,
    int Length,
    RipeStatRows.Stamp At,
    bool IsWithdrawal,
    string Source,
    UInt128 PeerAddress,
    bool IsPeerV6,
    IpPrefix Prefix,
    IReadOnlyList<uint[]> Hops,
    IReadOnlyList<uint> Communities
)
{
    /// <summary>The value of AS_PATH (RFC 4271 section 4.3), with four-octet numbers.</summary>
    public byte[] PathOctets()
    {
        using var octets = new MemoryStream();
        int at = 0;
        while (at < Hops.Count)
        {
            bool isSet = Hops[at].Length != 1;
            int count = 1;
            while (!isSet && at + count < Hops.Count && count < 255 && Hops[at + count].Length == 1)
            {
                count++;
            }

            uint[] numbers = isSet
                ? [.. Hops[at].Take(255)]
                : [.. Hops.Skip(at).Take(count).Select(hop => hop[0])];
            at += count;
            if (numbers.Length == 0)
            {
                continue;
            }

            octets.WriteByte((byte)(isSet ? AsSegmentKind.Set : AsSegmentKind.Sequence));
            octets.WriteByte((byte)numbers.Length);
            Span<byte> number = stackalloc byte[4];
            foreach (uint asn in numbers)
            {
                BinaryPrimitives.WriteUInt32BigEndian(number, asn);
                octets.Write(number);
            }
        }

        return octets.ToArray();
    }
}

/// <summary>Cuts the rows out of an answer. A row that is damaged is a fault, and the next one is found again.</summary>
internal static class RipeStatRows
{
    /// <summary>A row takes some hundred octets; this leaves room for the longest path with all its communities.</summary>
    private const int RowLengthMax = 1 << 20;

    private const int HopsMax = 2000;

    public readonly record struct Stamp(uint Seconds, uint Microseconds);

    /// <summary>Where the array begins that is the value of a member, after its bracket; -1 when there is none.</summary>
    public static int FindArray(ReadOnlySpan<byte> content, ReadOnlySpan<byte> member)
    {
        int from = 0;
        while (content[from..].IndexOf(member) is >= 0 and var found)
        {
            int at = from + found;
            from = at + member.Length;
            if (at == 0 || content[at - 1] != '"' || from >= content.Length || content[from] != '"')
            {
                continue;
            }

            int rest = SkipBlank(content, from + 1);
            if (rest < content.Length && content[rest] == ':')
            {
                rest = SkipBlank(content, rest + 1);
                if (rest < content.Length && content[rest] == '[')
                {
                    return rest + 1;
                }
            }
        }

        return -1;
    }

    /// <summary>The member <c>timestamp</c> of the answer: when a state was taken.</summary>
    public static Stamp? FindTime(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> member = "\"timestamp\""u8;
        if (content.IndexOf(member) is not (>= 0 and var found))
        {
            return null;
        }

        int colon = SkipBlank(content, found + member.Length);
        if (colon >= content.Length || content[colon] != ':')
        {
            return null;
        }

        int quote = SkipBlank(content, colon + 1);
        ReadOnlySpan<byte> rest = quote < content.Length ? content[(quote + 1)..] : [];
        return rest.IndexOf((byte)'"') is >= 0 and < 64 and var end
            ? Time(System.Text.Encoding.UTF8.GetString(rest[..end]))
            : null;
    }

    public static IEnumerable<RipeStatRow> Read(
        ReadOnlyMemory<byte> content,
        int start,
        bool isState,
        MrtFaults faults
    )
    {
        long index = 0;
        int at = start;
        while (Next(content, ref at, ref index, isState, faults) is { } row)
        {
            yield return row;
        }
    }

    private static RipeStatRow? Next(
        ReadOnlyMemory<byte> memory,
        ref int at,
        ref long index,
        bool isState,
        MrtFaults faults
    )
    {
        ReadOnlySpan<byte> content = memory.Span;
        bool isBehindDamage = false;
        while (true)
        {
            at = SkipBlank(content, at);
            if (at >= content.Length)
            {
                faults.Add(content.Length, 0, "the file ends inside its rows");
                return null;
            }

            if (content[at] == ',')
            {
                at++;
                continue;
            }

            if (content[at] == ']')
            {
                return null;
            }

            int row = at;
            int length = content[at] == '{' ? ObjectLength(content[at..]) : 0;
            if (length > 0 && Parse(content.Slice(at, length), isState) is { } parsed)
            {
                at += length;
                return parsed with { Index = index++, Offset = row, Length = length };
            }

            if (length > 0)
            {
                // Whole, and not a row: the number is used up, so that rows keep theirs; not so for a part of a damaged row.
                at += length;
                index += isBehindDamage ? 0 : 1;
                faults.Add(row, length, "row without time, type, peer, prefix or path");
                continue;
            }

            int next = content[(at + 1)..].IndexOf((byte)'{');
            int skipped = next < 0 ? content.Length - at : next + 1;
            faults.Add(at, skipped, "not a row of JSON; skipped to the next one");
            at += skipped;
            index += isBehindDamage ? 0 : 1;
            isBehindDamage = true;
        }
    }

    /// <summary>Octets of the JSON object at the start, 0 when it is none.</summary>
    private static int ObjectLength(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content[..Math.Min(content.Length, RowLengthMax)]);
        try
        {
            if (reader.Read() && reader.TrySkip())
            {
                return (int)reader.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            // A damaged row is a finding of the caller.
        }

        return 0;
    }

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

            IReadOnlyList<uint[]>? hops = type == "A" ? Hops(Member(attrs, "path")) : [];
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

    private static int SkipBlank(ReadOnlySpan<byte> content, int at)
    {
        while (
            at < content.Length
            && content[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'
        )
        {
            at++;
        }

        return at;
    }
}
