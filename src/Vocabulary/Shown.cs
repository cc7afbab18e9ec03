using System.Buffers;
using System.Text.Json;
using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>
/// A JSON document as one reader may see it: what is marked and not for the reader is left out, with all that lies in it,
/// and a sealed field says only that it is sealed, to everybody. Ciphertext shows lengths and keys, and outlives both.
/// </summary>
public static class Shown
{
    /// <summary>Null when the reader may see nothing of it. Never throws on a document that could be parsed.</summary>
    /// <param name="marking">Of the whole; markings inside can only narrow it.</param>
    public static JsonElement? To(Reader reader, Marking? marking, JsonElement body, Instant now)
    {
        if (!Guard.May(reader, marking, now) || !IsFor(reader, body, now))
        {
            return null;
        }

        var octets = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                octets,
                new JsonWriterOptions { Encoder = Json.Compact.Encoder }
            )
        )
        {
            Write(writer, reader, body, now);
        }

        return JsonElement.Parse(octets.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Reader reader, JsonElement at, Instant now)
    {
        switch (at.ValueKind)
        {
            case JsonValueKind.Object when IsSealed(at):
                writer.WriteStartObject();
                writer.WriteBoolean("sealed"u8, value: true);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in at.EnumerateObject())
                {
                    if (IsFor(reader, member.Value, now))
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, reader, member.Value, now);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in at.EnumerateArray())
                {
                    if (IsFor(reader, item, now))
                    {
                        Write(writer, reader, item, now);
                    }
                }

                writer.WriteEndArray();
                break;
            default:
                at.WriteTo(writer);
                break;
        }
    }

    /// <summary>Whatever has a text for a box is taken for sealed: rather an empty field than a leak.</summary>
    private static bool IsSealed(JsonElement value) =>
        value
            .EnumerateObject()
            .Any(member => Names(member, "box") && member.Value.ValueKind == JsonValueKind.String);

    private static bool IsFor(Reader reader, JsonElement value, Instant now) =>
        value.ValueKind != JsonValueKind.Object
        || value
            .EnumerateObject()
            .Where(member => Names(member, "marking"))
            .All(member => Guard.May(reader, Read(member.Value), now));

    private static bool Names(JsonProperty member, string name) =>
        string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for what is no marking; the guard denies that.</summary>
    private static Marking? Read(JsonElement marking)
    {
        try
        {
            return marking.Deserialize<Marking>(Json.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
