using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Pages.Response;

/// <summary>A subject as one reader may see it. It is made of what the guard let through, and of nothing else.</summary>
internal sealed record Seen(
    SubjectKind Kind,
    string Id,
    long Version,
    string Standing,
    JsonElement State
)
{
    public string Subject => Kind.Subject(Id);

    public string Path => Addresses.Of(Kind, Id);

    /// <returns>Null when this reader may not see it.</returns>
    public static Seen? Of(SubjectKind kind, Document document, Reader reader, Instant now) =>
        Representation.Seen(document, reader, now) is { } state
            ? new Seen(
                kind,
                document.Subject[(kind.Kind.Length + 1)..],
                document.Version,
                document.Standing,
                state
            )
            : null;

    /// <param name="path">Names of members as in JSON, with dots: <c>terms.area</c>.</param>
    public JsonElement? At(string path) => At(State, path);

    public string? Text(string path) => Text(State, path);

    public Instant? Time(string path) => Time(State, path);

    public decimal Amount(string path) => Amount(State, path);

    public IReadOnlyList<JsonElement> List(string path) =>
        At(path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    public static JsonElement? At(JsonElement at, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : at;
    }

    public static string? Text(JsonElement at, string path) =>
        At(at, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static Instant? Time(JsonElement at, string path) =>
        Text(at, path) is { } text
        && InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed
            ? parsed.Value
            : null;

    public static decimal Amount(JsonElement at, string path) =>
        At(at, path) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetDecimal(out decimal amount)
            ? amount
            : 0;
}
