using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Vocabulary;

/// <summary>A day: <c>2026-03-31</c>.</summary>
internal sealed class LocalDateJson : JsonConverter<LocalDate>
{
    public override LocalDate Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        LocalDatePattern.Iso.Parse(reader.GetString() ?? "") is { Success: true } parsed
            ? parsed.Value
            : throw new JsonException($"'{reader.GetString()}' is not a day such as 2026-03-31");

    public override void Write(
        Utf8JsonWriter writer,
        LocalDate value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
}
