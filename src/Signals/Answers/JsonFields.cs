using System.Globalization;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Answers;

/// <summary>Members of objects that outsiders made: absent, null, of another type and damaged text are all null, and none throws.</summary>
internal static class JsonFields
{
    public static JsonElement? Member(this JsonElement element, string name)
    {
        try
        {
            return
                element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty(name, out JsonElement member)
                && member.ValueKind is not JsonValueKind.Null
                ? member
                : null;
        }
        catch (InvalidOperationException)
        {
            // A name with half of a surrogate pair cannot be compared.
            return null;
        }
    }

    public static JsonElement? Member(this JsonElement? element, string name) =>
        element is { } present ? present.Member(name) : null;

    /// <summary>Text on one line and of bounded length, or null when there is none.</summary>
    public static string? Text(this JsonElement element, string name, int length = 2_000) =>
        element.Member(name) is { } member ? member.Text(length) : null;

    public static string? Text(this JsonElement? element, string name) =>
        element is { } present ? present.Text(name) : null;

    public static string? Text(this JsonElement element, int length = 2_000)
    {
        try
        {
            string? text = element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number => element.GetRawText(),
                _ => null,
            };
            return string.IsNullOrWhiteSpace(text) ? null : Wording.Shorten(text, length);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A finite number, also when it is written as text.</summary>
    public static double? Number(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            return element.TryGetDouble(out double number) && double.IsFinite(number)
                ? number
                : null;
        }

        return
            element.ValueKind == JsonValueKind.String
            && double.TryParse(
                element.Text(64),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double written
            )
            && double.IsFinite(written)
            ? written
            : null;
    }

    public static double? Number(this JsonElement element, string name) =>
        element.Member(name)?.Number();

    public static long? Whole(this JsonElement element, string name) =>
        element.Number(name) is { } number
        && Math.Abs(number) <= 1L << 53
        && number == Math.Truncate(number)
            ? (long)number
            : null;

    public static bool? Flag(this JsonElement element, string name) =>
        element.Member(name)?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    public static IEnumerable<JsonElement> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name).Items();

    /// <summary>Names of an object's members; a damaged name is left out.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (NameOf(member) is { } name)
            {
                yield return (name, member.Value);
            }
        }
    }

    public static Instant? UnixTime(this JsonElement element, string name) =>
        element.Whole(name) is { } seconds ? Times.OfUnix(seconds) : null;

    /// <summary>An ISO 8601 time; without a zone it is UTC, as these interfaces document.</summary>
    public static Instant? Time(this JsonElement element, string name) =>
        element.Text(name) is { } text ? Times.OfText(text) : null;

    /// <summary>AS numbers in a list of numbers or texts such as <c>AS64500</c>.</summary>
    public static Asn? AsNumber(this JsonElement element) =>
        element.Text(32) is { } text && Asn.TryParse(text, out Asn asn) ? asn : null;

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
