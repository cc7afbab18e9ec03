using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Ledger;

/// <summary>
/// Everything about an event except its payload: what is signed, chained and counted in the tree. The payload is bound by
/// its hash only, so it can be erased one day while every proof still holds.
/// </summary>
/// <param name="Id">UUID version 7.</param>
/// <param name="Node">Name of the node that recorded it.</param>
/// <param name="Sequence">Place in that node's ledger; the first is 1. Node and sequence together identify an event.</param>
/// <param name="Previous">RFC 6962 leaf hash of the envelope before it; zeros before the first.</param>
/// <param name="SubjectVersion">Place among the events of its subject; the first is 1.</param>
/// <param name="Schema">Version of the payload's schema.</param>
public sealed record Envelope(
    Guid Id,
    string Node,
    long Sequence,
    string Previous,
    HybridTime Clock,
    string Subject,
    long SubjectVersion,
    string Type,
    int Schema,
    string PayloadSha256,
    Marking Marking,
    string Author,
    IReadOnlyList<Evidence> Evidence
)
{
    internal static JsonEncodedText[] Distributions { get; } = Kebab<Distribution>();
    internal static JsonEncodedText[] Tlps { get; } = Kebab<Tlp>();

    /// <summary>
    /// RFC 8785 octets, written in their sorted order at once; <c>CanonicalJson</c> would build a document and sort it, at
    /// six times the cost in the one place where cost counts. A test holds the two equal.
    /// </summary>
    public byte[] Encode()
    {
        var octets = new ArrayBufferWriter<byte>(1024);
        using (
            var json = new Utf8JsonWriter(
                octets,
                new JsonWriterOptions { Encoder = CanonicalJson.Escapes, SkipValidation = true }
            )
        )
        {
            json.WriteStartObject();
            json.WriteString("author"u8, Author);
            json.WriteStartObject("clock"u8);
            json.WriteNumber("milliseconds"u8, Clock.Milliseconds);
            json.WriteNumber("tick"u8, Clock.Tick);
            json.WriteEndObject();
            json.WriteStartArray("evidence"u8);
            foreach (Evidence evidence in Evidence)
            {
                Write(json, evidence);
            }

            json.WriteEndArray();
            json.WriteString("id"u8, Id);
            json.WriteStartObject("marking"u8);
            json.WriteString("distribution"u8, Distributions[(int)Marking.Distribution]);
            WriteIfKnown(
                json,
                "embargoUntil"u8,
                Marking.EmbargoUntil is { } until ? InstantPattern.ExtendedIso.Format(until) : null
            );
            WriteIfKnown(json, "group"u8, Marking.Group);
            WriteIfKnown(json, "organisation"u8, Marking.Organisation);
            json.WriteString("tlp"u8, Tlps[(int)Marking.Tlp]);
            json.WriteEndObject();
            json.WriteString("node"u8, Node);
            json.WriteString("payloadSha256"u8, PayloadSha256);
            json.WriteString("previous"u8, Previous);
            json.WriteNumber("schema"u8, Schema);
            json.WriteNumber("sequence"u8, Sequence);
            json.WriteString("subject"u8, Subject);
            json.WriteNumber("subjectVersion"u8, SubjectVersion);
            json.WriteString("type"u8, Type);
            json.WriteEndObject();
        }

        return octets.WrittenSpan.ToArray();
    }

    public static bool TryDecode(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out Envelope? envelope
    )
    {
        envelope = CanonicalEnvelope.Read(octets);
        if (envelope is not null)
        {
            return true;
        }

        try
        {
            envelope = JsonSerializer.Deserialize<Envelope>(octets, Json.Compact);
            return envelope
                    is { Node: not null, Subject: not null, Type: not null, Author: not null }
                && envelope is { Previous: not null, PayloadSha256: not null, Marking: not null }
                // "sealed, group" reads as a number that names neither.
                && Enum.IsDefined(envelope.Marking.Distribution)
                && Enum.IsDefined(envelope.Marking.Tlp)
                && envelope.Evidence?.All(evidence => evidence?.Sha256 is not null) == true;
        }
        catch (JsonException)
        {
            envelope = null;
            return false;
        }
    }

    private static void Write(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject();
        WriteIfKnown(json, "bytes"u8, evidence.Bytes);
        WriteIfKnown(json, "column"u8, evidence.Column);
        json.WriteString("file"u8, evidence.File);
        WriteIfKnown(json, "rows"u8, evidence.Rows);
        json.WriteString("sha256"u8, evidence.Sha256);
        json.WriteEndObject();
    }

    private static void WriteIfKnown(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static JsonEncodedText[] Kebab<T>()
        where T : struct, Enum =>
        [
            .. Enum.GetNames<T>()
                .Select(name =>
                    JsonEncodedText.Encode(JsonNamingPolicy.KebabCaseLower.ConvertName(name))
                ),
        ];
}
