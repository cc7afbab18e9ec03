using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>
/// Documents and events as one reader may see them. The guard has decided before a writer exists: what a reader may not see
/// never reaches one.
/// </summary>
internal static class Representation
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Members that hold pseudonyms. Across many records they would draw a person, so only the community sees them.</summary>
    private static readonly HashSet<string> _people = new(StringComparer.Ordinal)
    {
        "author",
        "by",
        "closedBy",
        "heardBy",
        "openedBy",
        "person",
        "proposedBy",
    };

    public static bool May(Reader reader, Document document, Instant now) =>
        Guard.May(reader.Before(document.Subject), document.Marking, now);

    /// <summary>The state as this reader may see it, for pages; null when it may not.</summary>
    public static JsonElement? Seen(Document document, Reader reader, Instant now) =>
        Octets(document, reader, now) is { } octets
            ? JsonElement.Parse(octets).GetProperty("state"u8)
            : null;

    /// <summary>What happened, as this reader may see it: type, time and, for the community, author; null when it may not.</summary>
    public static JsonElement? Seen(Event entry, Reader reader, Instant now)
    {
        var octets = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(octets))
        {
            Write(writer, entry, reader, now);
        }

        return octets.WrittenCount == 0 ? null : JsonElement.Parse(octets.WrittenSpan);
    }

    public static async Task One(HttpContext context, Document document, Reader reader, Instant now)
    {
        byte[]? octets = Octets(document, reader, now);
        if (octets is null)
        {
            // Acted on, and then not for its author's eyes: a sealed report, say. It is done all the same.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        HttpResponse response = context.Response;
        response.Headers.ETag = Tag(document.Version);
        if (
            HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.IfNoneMatch == Tag(document.Version)
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await Send(context, octets).ConfigureAwait(false);
    }

    public static Task List(
        HttpContext context,
        IReadOnlyList<Document> documents,
        Reader reader,
        string? next,
        Instant now
    )
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(octets))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (Document document in documents)
            {
                if (Octets(document, reader, now) is { } item)
                {
                    writer.WriteRawValue(item, skipInputValidation: true);
                }
            }

            writer.WriteEndArray();
            writer.WriteString("next"u8, next);
            writer.WriteEndObject();
        }

        return Send(context, octets.WrittenSpan.ToArray());
    }

    public static async Task History(
        HttpContext context,
        IAsyncEnumerable<Event> events,
        Reader reader,
        Instant now
    )
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        await using (var writer = new Utf8JsonWriter(octets))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("events"u8);
            await foreach (Event entry in events.ConfigureAwait(false))
            {
                Write(writer, entry, reader, now);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        await Send(context, octets.WrittenSpan.ToArray()).ConfigureAwait(false);
    }

    /// <summary>The version is the tag: it is strong, because the same version is the same state.</summary>
    public static string Tag(long version) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static bool TryReadTag(string text, out long version)
    {
        version = 0;
        return text is ['"', .. var digits, '"']
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }

    private static byte[]? Octets(Document document, Reader reader, Instant now)
    {
        if (
            Shown.To(
                reader.Before(document.Subject),
                document.Marking,
                JsonElement.Parse(document.Body.Span),
                now
            )
            is not { } state
        )
        {
            return null;
        }

        var octets = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(octets))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, document.Subject[(document.Kind.Length + 1)..]);
            writer.WriteString("kind"u8, document.Kind);
            writer.WriteNumber("version"u8, document.Version);
            writer.WriteString("standing"u8, document.Standing);
            writer.WritePropertyName("state"u8);
            Write(writer, state, reader);
            writer.WriteEndObject();
        }

        return octets.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Event entry, Reader reader, Instant now)
    {
        Envelope envelope = entry.Envelope;
        if (
            Shown.To(reader.Before(envelope.Subject), envelope.Marking, entry.PayloadJson, now)
            is not { } payload
        )
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("version"u8, envelope.SubjectVersion);
        writer.WriteString("type"u8, envelope.Type);
        writer.WriteString(
            "recordedAt"u8,
            Instant.FromUnixTimeMilliseconds(envelope.Clock.Milliseconds).ToString()
        );
        if (IsCommunity(reader))
        {
            writer.WriteString("author"u8, envelope.Author);
        }

        writer.WritePropertyName("payload"u8);
        Write(writer, payload, reader);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, Reader reader)
    {
        if (IsCommunity(reader))
        {
            element.WriteTo(writer);
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (!_people.Contains(member.Name))
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value, reader);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item, reader);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static bool IsCommunity(Reader reader) =>
        reader is { Circle: Circle.Community, Organisation: not null };

    private static Task Send(HttpContext context, byte[] octets)
    {
        context.Response.ContentType = Json;
        return context.Response.Body.WriteAsync(octets, context.RequestAborted).AsTask();
    }
}
