using System.Text;
using System.Text.Json.Nodes;

namespace Breakwater.Fuzz;

/// <summary>
/// Damage that leaves JSON to be JSON: octets say which values become which others. Damage to octets alone is mostly refused by the parser
/// before a reader sees it.
/// </summary>
internal static class ValueDamage
{
    private static readonly string[] _others =
    [
        "null",
        "true",
        "0",
        "-1",
        "1e308",
        "-1e-300",
        "9007199254740993",
        "99999999999999999999999",
        "\"\"",
        "\" \"",
        "\"\\ud800\"",
        "\"NaN\"",
        "\"-5\"",
        "\"2026-02-30\"",
        "\"9999-12-31T23:59:59-18:00\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"/\"",
        "\"AS4294967296\"",
        "\"::/0\"",
        "\"country/IR/x\"",
        "\"\\u001b[31m\\n\"",
        "[]",
        "{}",
        "[[[[[1]]]]]",
        "{\"\\ud800\":1}",
        "[null,null]",
    ];

    /// <summary>The first octet chooses a seed, and each three after it a value and what it becomes.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> seeds, ReadOnlySpan<byte> program)
    {
        if (program.IsEmpty)
        {
            return seeds[0];
        }

        if (Parse(seeds[program[0] % seeds.Count]) is not { } root)
        {
            return seeds[program[0] % seeds.Count];
        }

        for (int at = 1; at + 2 < Math.Min(program.Length, 40); at += 3)
        {
            List<JsonNode> nodes = [];
            Collect(root, nodes);
            if (nodes.Count == 0)
            {
                break;
            }

            JsonNode node = nodes[((program[at] << 8) | program[at + 1]) % nodes.Count];
            // Some of the others no tree of nodes can hold, so a mark stands for them until it is text again.
            Replace(node, JsonValue.Create($"@{program[at + 2] % _others.Length}@"));
        }

        string text = root.ToJsonString();
        for (int other = 0; other < _others.Length; other++)
        {
            text = text.Replace($"\"@{other}@\"", _others[other], StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private static JsonNode? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException)
        {
            // Seeds with an object on each line.
            return null;
        }
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (JsonNode child in children.OfType<JsonNode>())
        {
            nodes.Add(child);
            Collect(child, nodes);
        }
    }

    private static void Replace(JsonNode node, JsonNode? other)
    {
        if (node.Parent is JsonArray items)
        {
            items[items.IndexOf(node)] = other;
        }
        else if (node.Parent is JsonObject members)
        {
            members[node.GetPropertyName()] = other;
        }
    }
}
