using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger.Exchange;

/// <summary>
/// An event as the node signed it where it happened. A node that records it anew keeps this as evidence, so that anybody can
/// check who signed what, however many nodes it came through. The payload is not in it: it stands in the event, once.
/// </summary>
/// <param name="Verifier">Public key of that node, whose name follows from it.</param>
/// <param name="Envelope">The octets that were signed.</param>
/// <param name="Signature">Base64.</param>
public sealed record SignedOrigin(string Verifier, string Envelope, string Signature)
{
    /// <summary>The name under which an event names this as its evidence.</summary>
    public const string File = "signed-origin.json";

    public static SignedOrigin Of(Event entry, Verifier node)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(node);
        return new(
            node.ToString(),
            Encoding.UTF8.GetString(entry.Octets.Span),
            Convert.ToBase64String(entry.Signature.Span)
        );
    }

    /// <summary>Where the event's origin is kept; null for an event that happened on the node that recorded it.</summary>
    public static string? KeptBy(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return envelope.Evidence.FirstOrDefault(evidence => evidence.File == File)?.Sha256;
    }

    /// <summary>Null for what is none.</summary>
    public static SignedOrigin? Read(ReadOnlySpan<byte> octets)
    {
        try
        {
            return
                JsonSerializer.Deserialize<SignedOrigin>(octets, Json.Compact)
                    is { Verifier: not null, Envelope: not null, Signature: not null } read
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] Octets() => CanonicalJson.Of(this);

    public Evidence Kept() => new(Convert.ToHexStringLower(SHA256.HashData(Octets())), File);

    /// <summary>Whether the node that it names signed it.</summary>
    public bool IsSigned([NotNullWhen(true)] out Envelope? envelope)
    {
        byte[] octets = Encoding.UTF8.GetBytes(Envelope);
        byte[] signature = new byte[64];
        return Ledger.Envelope.TryDecode(octets, out envelope)
            && Ledger.Verifier.TryParse(Verifier, out Verifier? node)
            && node.IsNamedByKey
            && node.Name == envelope.Node
            && Convert.TryFromBase64String(Signature, signature, out int length)
            && length == signature.Length
            && node.Verifies(octets, signature);
    }
}
