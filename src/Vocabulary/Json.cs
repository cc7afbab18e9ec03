using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Vocabulary;

/// <summary>The one JSON form of every word: camel case, kebab-case values, UTC RFC 3339 times, unknown members refused on reading.</summary>
public static class Json
{
    public static JsonSerializerOptions Compact { get; } = Options(isIndented: false);

    public static JsonSerializerOptions Indented { get; } = Options(isIndented: true);

    /// <summary>As <see cref="Compact"/>, and what is never null here is neither null nor missing on reading.</summary>
    public static JsonSerializerOptions Strict { get; } =
        Options(isIndented: false, isStrict: true);

    private static JsonSerializerOptions Options(bool isIndented, bool isStrict = false)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            WriteIndented = isIndented,
            RespectNullableAnnotations = isStrict,
            RespectRequiredConstructorParameters = isStrict,
            // The output is a document, never pasted unescaped into HTML; readable Arabic matters more.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new JsonStringEnumConverter(
                    JsonNamingPolicy.KebabCaseLower,
                    allowIntegerValues: false
                ),
                new InstantJson(),
                new DurationJson(),
                new LocalDateJson(),
                new AsnJson(),
                new PrefixJson(),
                new ConfidenceJson(),
                new PlaceJson(),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class InstantJson : JsonConverter<Instant>
    {
        public override Instant Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "") is { Success: true } parsed
                ? parsed.Value
                : throw new JsonException(
                    $"'{reader.GetString()}' is not a UTC time such as 2026-01-08T16:30:00Z"
                );

        public override void Write(
            Utf8JsonWriter writer,
            Instant value,
            JsonSerializerOptions options
        ) => writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }

    /// <summary>ISO 8601 in seconds: <c>PT1800S</c>.</summary>
    private sealed class DurationJson : JsonConverter<Duration>
    {
        public override Duration Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            reader.GetString() is ['P', 'T', .. var seconds, 'S']
            && double.TryParse(
                seconds,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double length
            )
                ? Duration.FromSeconds(length)
                : throw new JsonException(
                    $"'{reader.GetString()}' is not a duration such as PT1800S"
                );

        public override void Write(
            Utf8JsonWriter writer,
            Duration value,
            JsonSerializerOptions options
        ) =>
            writer.WriteStringValue(
                string.Create(CultureInfo.InvariantCulture, $"PT{value.TotalSeconds}S")
            );
    }

    private sealed class AsnJson : JsonConverter<Asn>
    {
        public override Asn Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => new(reader.GetUInt32());

        public override void Write(
            Utf8JsonWriter writer,
            Asn value,
            JsonSerializerOptions options
        ) => writer.WriteNumberValue(value.Number);
    }

    private sealed class PrefixJson : JsonConverter<IpPrefix>
    {
        public override IpPrefix Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            IpPrefix.TryParse(reader.GetString() ?? "", out IpPrefix prefix)
                ? prefix
                : throw new JsonException(
                    $"'{reader.GetString()}' is not a prefix such as 192.0.2.0/24"
                );

        public override void Write(
            Utf8JsonWriter writer,
            IpPrefix value,
            JsonSerializerOptions options
        ) => writer.WriteStringValue(value.ToString());
    }

    private sealed class ConfidenceJson : JsonConverter<Confidence>
    {
        public override Confidence Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => new(reader.GetDouble());

        public override void Write(
            Utf8JsonWriter writer,
            Confidence value,
            JsonSerializerOptions options
        ) => writer.WriteNumberValue(value.Probability);
    }

    /// <summary>Only the members that a place has are written, so <c>{"country": "IR"}</c> stays as short as that.</summary>
    private sealed class PlaceJson : JsonConverter<Place>
    {
        public override Place Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            var place = new Place();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                place = member.Name switch
                {
                    "country" => place with { Country = member.Value.GetString() },
                    "area" => place with { Area = member.Value.Deserialize<string[]>(options) },
                    "asn" => place with { Asn = new Asn(member.Value.GetUInt32()) },
                    "prefix" => place with { Prefix = member.Value.Deserialize<IpPrefix>(options) },
                    "tld" => place with { Tld = member.Value.GetString() },
                    "function" => place with { Function = member.Value.GetString() },
                    _ => throw new JsonException($"a place has no member '{member.Name}'"),
                };
            }

            return place;
        }

        public override void Write(
            Utf8JsonWriter writer,
            Place value,
            JsonSerializerOptions options
        )
        {
            writer.WriteStartObject();
            WriteText(writer, "country", value.Country);
            if (value.Area is { Count: > 0 } area)
            {
                writer.WritePropertyName("area");
                JsonSerializer.Serialize(writer, area, options);
            }

            if (value.Asn is { } asn)
            {
                writer.WriteNumber("asn", asn.Number);
            }

            WriteText(writer, "prefix", value.Prefix?.ToString());
            WriteText(writer, "tld", value.Tld);
            WriteText(writer, "function", value.Function);
            writer.WriteEndObject();
        }

        private static void WriteText(Utf8JsonWriter writer, string name, string? text)
        {
            if (text is not null)
            {
                writer.WriteString(name, text);
            }
        }
    }
}
