using System.Text.Json;

namespace Breakwater.Publications.Hxl;

/// <summary>Rows of a table in either JSON encoding of HXL, also where the table is a member of an object.</summary>
internal sealed class HxlJsonRows
{
    private readonly SortedSet<string> _damaged = new(StringComparer.Ordinal);

    /// <summary>Where a cell or key is no text (RFC 8259, section 8.2, lets half of a surrogate pair stand in a string).</summary>
    public IReadOnlyCollection<string> Damaged => _damaged;

    public IEnumerable<(string At, string?[] Cells)>? Of(JsonElement element) =>
        element.ValueKind switch
        {
            // The first member that is a table: data services wrap it in an object.
            JsonValueKind.Object => element
                .EnumerateObject()
                .Select(member => Of(member.Value))
                .FirstOrDefault(rows => rows is not null),
            JsonValueKind.Array when element.EnumerateArray().FirstOrDefault() is var first =>
                first.ValueKind switch
                {
                    JsonValueKind.Array => Arrays(element),
                    JsonValueKind.Object => Objects(element),
                    _ => null,
                },
            _ => null,
        };

    private IEnumerable<(string At, string?[] Cells)> Arrays(JsonElement rows)
    {
        int number = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            number++;
            if (row.ValueKind == JsonValueKind.Array)
            {
                string at = $"row {number}";
                yield return (at, [.. row.EnumerateArray().Select(cell => Cell(cell, at))]);
            }
        }
    }

    /// <summary>Tags are the keys, in the order in which they first come.</summary>
    private IEnumerable<(string At, string?[] Cells)> Objects(JsonElement rows)
    {
        string[] keys =
        [
            .. rows.EnumerateArray()
                .Where(row => row.ValueKind == JsonValueKind.Object)
                .SelectMany(row => row.EnumerateObject().Select(Name))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Take(HxlReader.ColumnsMax + 1),
        ];
        yield return ("keys", keys);
        int number = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            number++;
            if (row.ValueKind == JsonValueKind.Object)
            {
                string at = $"row {number}";
                yield return (
                    at,
                    [
                        .. keys.Select(key =>
                            row.TryGetProperty(key, out JsonElement cell) ? Cell(cell, at) : null
                        ),
                    ]
                );
            }
        }
    }

    private string? Name(JsonProperty member) => Text(() => member.Name, "keys");

    private string? Cell(JsonElement cell, string at) =>
        cell.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => Text(cell.GetString, at),
            _ => cell.GetRawText(),
        };

    /// <summary>The platform tells of half a pair only when the text is asked for, and by this exception.</summary>
    private string? Text(Func<string?> read, string at)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            _damaged.Add(at);
            return null;
        }
    }
}
