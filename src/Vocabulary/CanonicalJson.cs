using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Breakwater.Vocabulary;

/// <summary>
/// JSON Canonicalization Scheme (RFC 8785): members sorted by UTF-16 code units, no white space, shortest numbers.
/// Equal values give equal octets, which is what hashes and signatures are made over.
/// </summary>
public static class CanonicalJson
{
    /// <summary>For writers that put members in canonical order themselves.</summary>
    public static JavaScriptEncoder Escapes { get; } = new CanonicalEscapes();

    /// <summary>The one JSON form with members in order, which is canonical for most values already.</summary>
    private static readonly JsonSerializerOptions _sorted = Sorted();

    public static byte[] Of(object value)
    {
        byte[] octets = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), _sorted);
        if (CanonicalForm.Is(octets) && Utf8.IsValid(octets))
        {
            return octets;
        }

        using JsonDocument document = JsonDocument.Parse(octets);
        return Of(document.RootElement);
    }

    public static byte[] Of(JsonElement element)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(octets, new JsonWriterOptions { Encoder = Escapes }))
        {
            Write(writer, element);
        }

        return octets.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach ((string name, JsonElement value) in Sorted(element))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number
                when !CanonicalForm.IsNumber(JsonMarshal.GetRawUtf8Value(element)):
                writer.WriteRawValue(Number(element.GetDouble()), skipInputValidation: true);
                break;
            case JsonValueKind.String when !IsCanonicalText(element):
                // WriteTo would copy the escapes of the source.
                writer.WriteStringValue(element.GetString());
                break;
            default:
                writer.WriteRawValue(
                    JsonMarshal.GetRawUtf8Value(element),
                    skipInputValidation: true
                );
                break;
        }
    }

    /// <summary>Members by their names; one that stands twice keeps its order.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> Sorted(JsonElement element)
    {
        var members = new (string Name, JsonElement Value)[element.GetPropertyCount()];
        int count = 0;
        bool isSorted = true;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            members[count] = (member.Name, member.Value);
            isSorted &=
                count == 0 || string.CompareOrdinal(members[count - 1].Name, member.Name) <= 0;
            count++;
        }

        return isSorted ? members : members.OrderBy(member => member.Name, StringComparer.Ordinal);
    }

    /// <summary>Text without escapes holds nothing that must be escaped, so it is canonical if it is UTF-8.</summary>
    private static bool IsCanonicalText(JsonElement text)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(text);
        return !raw.Contains((byte)'\\') && Utf8.IsValid(raw);
    }

    /// <summary>ECMAScript Number::toString, which RFC 8785 section 3.2.2.3 prescribes.</summary>
    private static string Number(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        // "R" gives the shortest digits that round-trip, as ECMAScript does; only the place of the point differs.
        string roundTrip = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int e = roundTrip.IndexOf('E', StringComparison.Ordinal);
        int exponent = e < 0 ? 0 : int.Parse(roundTrip.AsSpan(e + 1), CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? roundTrip : roundTrip[..e];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        int pointAt = (point < 0 ? mantissa.Length : point) + exponent;
        int leadingZeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits[leadingZeros..].TrimEnd('0');
        pointAt -= leadingZeros;

        string text = pointAt switch
        {
            > 21 or <= -6 => Scientific(digits, pointAt - 1),
            <= 0 => "0." + new string('0', -pointAt) + digits,
            _ when pointAt >= digits.Length => digits + new string('0', pointAt - digits.Length),
            _ => $"{digits[..pointAt]}.{digits[pointAt..]}",
        };
        return value < 0 ? "-" + text : text;
    }

    private static string Scientific(string digits, int exponent) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}"
        );

    private static JsonSerializerOptions Sorted()
    {
        var options = new JsonSerializerOptions(Json.Compact)
        {
            Encoder = Escapes,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Sort } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void Sort(JsonTypeInfo type)
    {
        int order = 0;
        foreach (
            JsonPropertyInfo member in type.Properties.OrderBy(
                member => member.Name,
                StringComparer.Ordinal
            )
        )
        {
            member.Order = order++;
        }
    }
}
