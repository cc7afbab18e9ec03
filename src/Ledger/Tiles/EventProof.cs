using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger.Tiles;

/// <summary>
/// What the extra line of a proof holds, as JSON: the entry whose hash the tree counts, and what its node signed. A
/// stranger needs it to get from a document to a leaf; the proof holds for it, whoever wrote it there.
/// </summary>
/// <param name="Envelope">The octets that were signed, as text.</param>
/// <param name="Signature">Of the envelope by its node, base64.</param>
/// <param name="Payload">Canonical JSON; null where the envelope names by itself what is to be proved.</param>
public sealed record EventProof(
    string Envelope,
    string Signature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payload = null
)
{
    /// <summary>The whole proof that an event is in the ledger of a signed checkpoint.</summary>
    /// <param name="tree">Of at least as many leaves as the checkpoint has.</param>
    /// <param name="note">The checkpoint over <paramref name="size"/> events, signed.</param>
    /// <param name="document">
    /// Hash of the document that lies beside; when the envelope does not name it, the payload goes along.
    /// </param>
    public static TlogProof Of(
        Event entry,
        TileTree tree,
        long size,
        string note,
        string? document = null
    )
    {
        long index = entry.Envelope.Sequence - 1;
        bool isNamed =
            document is null || entry.Envelope.Evidence.Any(named => named.Sha256 == document);
        var extra = new EventProof(
            Encoding.UTF8.GetString(entry.Octets.Span),
            Convert.ToBase64String(entry.Signature.Span),
            isNamed ? null : Encoding.UTF8.GetString(entry.Payload.Span)
        );
        return new TlogProof(
            index,
            tree.InclusionProof(index, size),
            note,
            JsonSerializer.SerializeToUtf8Bytes(extra, Json.Compact)
        );
    }

    public static bool TryRead(
        ReadOnlyMemory<byte> extra,
        [NotNullWhen(true)] out EventProof? proof
    )
    {
        try
        {
            proof = JsonSerializer.Deserialize<EventProof>(extra.Span, Json.Compact);
            return proof is { Envelope: not null, Signature: not null };
        }
        catch (JsonException)
        {
            proof = null;
            return false;
        }
    }

    /// <summary>True when the hash of a document stands in the envelope, or anywhere in the payload that the envelope binds.</summary>
    internal bool Names(Envelope envelope, string sha256) =>
        envelope.PayloadSha256 == sha256
        || envelope.Evidence.Any(named => named.Sha256 == sha256)
        || (Payload is not null && IsBound(envelope) && Says(JsonElement.Parse(Payload), sha256));

    internal bool IsBound(Envelope envelope) =>
        Payload is not null
        && Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Payload)))
            == envelope.PayloadSha256;

    private static bool Says(JsonElement element, string sha256) =>
        element.ValueKind switch
        {
            JsonValueKind.String => element.GetString() == sha256,
            JsonValueKind.Object => element
                .EnumerateObject()
                .Any(member => Says(member.Value, sha256)),
            JsonValueKind.Array => element.EnumerateArray().Any(item => Says(item, sha256)),
            _ => false,
        };
}
