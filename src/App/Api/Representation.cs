using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Microsoft.Net.Http.Headers;
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
    private static readonly FrozenSet<string> _people = FrozenSet.Create(
        StringComparer.Ordinal,
        "author",
        "by",
        "closedBy",
        "heardBy",
        "openedBy",
        "person",
        "proposedBy"
    );

    public static bool May(Reader reader, Document document, Instant now) =>
        Guard.May(reader.Before(document.Subject), document.Marking, now);

    /// <summary>The state as this reader may see it, for pages; null when it may not.</summary>
    public static JsonElement? Seen(Document document, Reader reader, Instant now) =>
        Octets(document, reader, now) is { } octets
            ? JsonElement.Parse(octets.Span).GetProperty("state"u8)
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

    /// <param name="conflicts">Ids of open conflicts by subject.</param>
    public static async Task One(
        HttpContext context,
        Document document,
        Reader reader,
        Instant now,
        ILookup<string, string>? conflicts = null
    )
    {
        if (Octets(document, reader, now, conflicts) is not { } octets)
        {
            // Acted on, and then not for its author's eyes: a sealed report, say. It is done all the same.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        HttpResponse response = context.Response;
        string tag = Tag(document.Version, octets.Span);
        response.Headers.ETag = tag;
        if (
            HttpMethods.IsGet(context.Request.Method)
            && context
                .Request.GetTypedHeaders()
                .IfNoneMatch.Any(known =>
                    known.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false)
                )
        )
        {
            ForOneReader(response);
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
        Instant now,
        ILookup<string, string> conflicts
    )
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(octets))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (Document document in documents)
            {
                Write(writer, document, reader, now, conflicts);
            }

            writer.WriteEndArray();
            writer.WriteString("next"u8, next);
            writer.WriteEndObject();
        }

        return Send(context, octets.WrittenMemory);
    }

    public static Task History(
        HttpContext context,
        IReadOnlyList<Event> events,
        Reader reader,
        string? next,
        Instant now
    )
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(octets))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("events"u8);
            foreach (Event entry in events)
            {
                Write(writer, entry, reader, now);
            }

            writer.WriteEndArray();
            writer.WriteString("next"u8, next);
            writer.WriteEndObject();
        }

        return Send(context, octets.WrittenMemory);
    }

    public static bool May(Reader reader, Event entry, Instant now) =>
        Shown.May(
            reader.Before(entry.Envelope.Subject),
            entry.Envelope.Marking,
            entry.PayloadJson,
            now
        );

    /// <summary>Where the state is not shown, the version alone.</summary>
    public static string Tag(long version) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The version, and a hash of what was shown of it, because readers are shown different things. Commands heed the version
    /// alone: what was decided on is the state and not the view.
    /// </summary>
    public static bool TryReadTag(string text, out long version)
    {
        version = 0;
        return text is ['"', .. var tag, '"']
            && long.TryParse(
                tag.Split('.', 2)[0],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out version
            );
    }

    /// <summary>No store between node and reader gives one reader's view to another.</summary>
    public static void ForOneReader(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Append("Vary", "Authorization, Cookie");
    }

    private static string Tag(long version, ReadOnlySpan<byte> shown)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(shown, hash);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\"{version}.{Convert.ToHexStringLower(hash[..6])}\""
        );
    }

    private static ReadOnlyMemory<byte>? Octets(
        Document document,
        Reader reader,
        Instant now,
        ILookup<string, string>? conflicts = null
    )
    {
        var octets = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(octets))
        {
            Write(writer, document, reader, now, conflicts);
        }

        // Spelled out: a bare null would become an empty memory.
        return octets.WrittenCount == 0 ? (ReadOnlyMemory<byte>?)null : octets.WrittenMemory;
    }

    private static void Write(
        Utf8JsonWriter writer,
        Document document,
        Reader reader,
        Instant now,
        ILookup<string, string>? conflicts
    )
    {
        using JsonDocument body = JsonDocument.Parse(document.Body);
        Reader before = reader.Before(document.Subject);
        if (!Shown.May(before, document.Marking, body.RootElement, now))
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("id"u8, document.Subject[(document.Kind.Length + 1)..]);
        writer.WriteString("kind"u8, document.Kind);
        writer.WriteNumber("version"u8, document.Version);
        writer.WriteString("standing"u8, document.Standing);
        if (conflicts?.Contains(document.Subject) == true)
        {
            writer.WriteStartArray("openConflicts"u8);
            foreach (string conflict in conflicts[document.Subject])
            {
                writer.WriteStringValue(conflict);
            }

            writer.WriteEndArray();
        }

        writer.WritePropertyName("state"u8);
        Shown.TryWrite(
            writer,
            before,
            document.Marking,
            body.RootElement,
            now,
            WithheldFrom(reader)
        );
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Event entry, Reader reader, Instant now)
    {
        Envelope envelope = entry.Envelope;
        JsonElement payload = entry.PayloadJson;
        Reader before = reader.Before(envelope.Subject);
        if (!Shown.May(before, envelope.Marking, payload, now))
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
        Shown.TryWrite(writer, before, envelope.Marking, payload, now, WithheldFrom(reader));
        writer.WriteEndObject();
    }

    private static FrozenSet<string> WithheldFrom(Reader reader) =>
        IsCommunity(reader) ? FrozenSet<string>.Empty : _people;

    private static bool IsCommunity(Reader reader) =>
        reader is { Circle: Circle.Community, Organisation: not null };

    private static Task Send(HttpContext context, ReadOnlyMemory<byte> octets)
    {
        ForOneReader(context.Response);
        context.Response.ContentType = Json;
        return context.Response.Body.WriteAsync(octets, context.RequestAborted).AsTask();
    }
}
