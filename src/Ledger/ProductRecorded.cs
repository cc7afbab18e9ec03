using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger;

/// <summary>
/// The payload of every event that records a product of the walk: the product as it was, and the ids of the products
/// that it was computed from. The event's type is the kind in camel case with <c>Recorded</c> behind it.
/// </summary>
/// <param name="Kind">Singular and kebab-case: <c>disruption</c>, <c>time-to-dark</c>.</param>
public sealed record ProductRecorded(
    string Id,
    string Kind,
    JsonElement Body,
    IReadOnlyList<string> Inputs
)
{
    private const string Suffix = "Recorded";

    public string Type =>
        string.Concat(Kind.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
        + Suffix;

    public static bool IsType(string type) => type.EndsWith(Suffix, StringComparison.Ordinal);

    public static ProductRecorded Of(
        string id,
        string kind,
        object body,
        IReadOnlyList<string> inputs
    ) =>
        new(
            id,
            kind,
            JsonSerializer.SerializeToElement(body, body.GetType(), Json.Compact),
            inputs
        );

    public Draft ToDraft(
        Marking marking,
        string author,
        IReadOnlyList<Evidence>? evidence = null,
        int schema = 1
    ) =>
        Draft.Of(
            Type,
            new
            {
                Id,
                Kind,
                Body,
                Inputs,
            },
            marking,
            author,
            evidence,
            schema
        );

    /// <summary>Reads a payload back; false when it is not that of a product.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> payload,
        [NotNullWhen(true)] out ProductRecorded? product
    )
    {
        JsonElement element = JsonElement.Parse(payload.Span);
        product =
            element.ValueKind == JsonValueKind.Object
            && Text(element, "id") is { Length: > 0 } id
            && Text(element, "kind") is { Length: > 0 } kind
            && element.TryGetProperty("body", out JsonElement body)
            && element.TryGetProperty("inputs", out JsonElement inputs)
            && inputs.ValueKind == JsonValueKind.Array
            && inputs.EnumerateArray().All(input => input.ValueKind == JsonValueKind.String)
                ? new ProductRecorded(
                    id,
                    kind,
                    body,
                    [.. inputs.EnumerateArray().Select(input => input.GetString()!)]
                )
                : null;
        return product is not null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
