using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>
/// A JSON document as one reader may see it: what is marked and not for the reader is left out, with all that lies in it,
/// and a sealed field says only that it is sealed, to everybody. Ciphertext shows lengths and keys, and outlives both.
/// </summary>
public static class Shown
{
    private static readonly IReadOnlySet<string> _nothing = FrozenSet<string>.Empty;

    /// <summary>Writes what the reader may see of a document. False, and nothing written, when it may see none of it.</summary>
    /// <param name="marking">Of the whole; markings inside can only narrow it.</param>
    /// <param name="withheld">Names of members that this reader is not shown, wherever they stand.</param>
    public static bool TryWrite(
        Utf8JsonWriter writer,
        Reader reader,
        Marking? marking,
        JsonElement body,
        Instant now,
        IReadOnlySet<string> withheld
    )
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(withheld);
        if (!May(reader, marking, body, now))
        {
            return false;
        }

        new Writing(writer, reader, now, withheld).Write(body);
        return true;
    }

    /// <summary>Whether the reader may see anything of a document.</summary>
    public static bool May(Reader reader, Marking? marking, JsonElement body, Instant now) =>
        Guard.May(reader, marking, now) && IsFor(reader, body, now);

    /// <summary>Null when the reader may see nothing of it. Never throws on a document that could be parsed.</summary>
    /// <param name="marking">Of the whole; markings inside can only narrow it.</param>
    public static JsonElement? To(Reader reader, Marking? marking, JsonElement body, Instant now)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                octets,
                new JsonWriterOptions { Encoder = Json.Compact.Encoder }
            )
        )
        {
            if (!TryWrite(writer, reader, marking, body, now, _nothing))
            {
                return null;
            }
        }

        return JsonElement.Parse(octets.WrittenSpan);
    }

    private readonly struct Writing(
        Utf8JsonWriter writer,
        Reader reader,
        Instant now,
        IReadOnlySet<string> withheld
    )
    {
        public void Write(JsonElement at)
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
                        string name = member.Name;
                        if (!withheld.Contains(name) && IsFor(reader, member.Value, now))
                        {
                            writer.WritePropertyName(name);
                            Write(member.Value);
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
                            Write(item);
                        }
                    }

                    writer.WriteEndArray();
                    break;
                default:
                    at.WriteTo(writer);
                    break;
            }
        }
    }

    /// <summary>Whatever has a text for a box is taken for sealed: rather an empty field than a leak.</summary>
    private static bool IsSealed(JsonElement value)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (Names(member, "box") && member.Value.ValueKind == JsonValueKind.String)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFor(Reader reader, JsonElement value, Instant now)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (Names(member, "marking") && !Guard.May(reader, Read(member.Value), now))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In any case, and however it is escaped.</summary>
    private static bool Names(JsonProperty member, string name)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Contains((byte)'\\')
            ? string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)
            : Ascii.EqualsIgnoreCase(raw, name);
    }

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
