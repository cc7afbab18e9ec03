using System.Security.Cryptography;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger;

/// <summary>
/// What somebody wants to record, before it has a place in the ledger. Encoding and hashing the payload happens here, on
/// the caller's thread, so that the one writer has less to do.
/// </summary>
public sealed class Draft
{
    private Draft(byte[] payload) =>
        (Payload, PayloadSha256) = (payload, Convert.ToHexStringLower(SHA256.HashData(payload)));

    /// <summary>Past tense: <c>DisruptionRecorded</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Version of the payload's schema; the first is 1.</summary>
    public required int Schema { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>A pseudonym, never a name.</summary>
    public required string Author { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Canonical JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    public string PayloadSha256 { get; }

    /// <summary>The same happening once more, as a node records what another one signed: author and octets of the payload stay.</summary>
    public static Draft Again(Event entry, Marking marking, IReadOnlyList<Evidence> evidence)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new Draft(entry.Payload.ToArray())
        {
            Type = entry.Envelope.Type,
            Schema = entry.Envelope.Schema,
            Marking = marking,
            Author = entry.Envelope.Author,
            Evidence = evidence,
        };
    }

    public static Draft Of(
        string type,
        object payload,
        Marking marking,
        string author,
        IReadOnlyList<Evidence>? evidence = null,
        int schema = 1
    ) =>
        new(CanonicalJson.Of(payload))
        {
            Type = type,
            Schema = schema,
            Marking = marking,
            Author = author,
            Evidence = evidence ?? [],
        };
}
