using System.Text.Json;
using Breakwater.Bgp;

namespace Breakwater.Signals;

/// <summary>Cuts the rows out of an answer. A row that is damaged is a fault, and the next one is found again.</summary>
internal static partial class RipeStatRows
{
    /// <summary>A row takes some hundred octets; this leaves room for the longest path with all its communities.</summary>
    private const int RowLengthMax = 1 << 20;

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
