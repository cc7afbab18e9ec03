using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Breakwater.Ledger.Tiles;

/// <summary>The links of the chain from a document to a public key.</summary>
public enum ProofLink
{
    /// <summary>The checkpoint is signed by the key.</summary>
    CheckpointSigned,

    /// <summary>The entry is in the tree of the checkpoint.</summary>
    EntryIncluded,

    /// <summary>The entry is an event that the same node signed, at that very place.</summary>
    EventSigned,

    /// <summary>The payload is the one that the event names.</summary>
    PayloadBound,

    /// <summary>The document is one that the event names.</summary>
    DocumentNamed,
}

public enum Finding
{
    Holds,
    Fails,

    /// <summary>Nothing was given that it could be seen by.</summary>
    NotAsked,
}

public sealed record ProofFinding(ProofLink Link, Finding Finding, string Detail);

/// <summary>What a stranger can tell from a proof, a public key and a document, and from nothing else.</summary>
/// <param name="Envelope">What was proved to be recorded; null when the proof does not say it or does not hold.</param>
public sealed record ProofChecked(IReadOnlyList<ProofFinding> Findings, Envelope? Envelope)
{
    public bool Holds => Findings.All(finding => finding.Finding != Finding.Fails);
}

public static class ProofCheck
{
    /// <param name="document">Null when only the entry is asked for. Never throws, whatever the input.</param>
    public static ProofChecked Of(
        TlogProof proof,
        Verifier verifier,
        ReadOnlyMemory<byte>? document
    )
    {
        var checkpoint = Checkpoint.Open(proof.Note, verifier);
        EventProof? extra =
            proof.Extra is { } octets && EventProof.TryRead(octets, out EventProof? read)
                ? read
                : null;
        // A proof without an extra line speaks of the document itself.
        byte[]? entry = extra is not null
            ? Encoding.UTF8.GetBytes(extra.Envelope)
            : document?.ToArray();
        Envelope? envelope =
            extra is not null && Envelope.TryDecode(entry, out Envelope? decoded) ? decoded : null;
        ProofFinding[] findings =
        [
            new(
                ProofLink.CheckpointSigned,
                checkpoint is null ? Finding.Fails : Finding.Holds,
                checkpoint is null
                    ? $"it is no checkpoint signed by {verifier.Name}"
                    : $"{checkpoint.Size} events of {checkpoint.Origin}"
            ),
            Included(proof, checkpoint, entry),
            extra is null
                ? new(ProofLink.EventSigned, Finding.NotAsked, "the proof names no event")
                : Signed(proof, extra, entry!, envelope, verifier),
            Bound(extra, envelope),
            Named(extra, envelope, document),
        ];
        var found = new ProofChecked(findings, null);
        return found.Holds ? found with { Envelope = envelope } : found;
    }

    private static ProofFinding Included(TlogProof proof, Checkpoint? checkpoint, byte[]? entry)
    {
        bool holds =
            entry is not null
            && checkpoint?.RootOctets() is { } root
            && MerkleProof.Includes(
                proof.Index,
                checkpoint.Size,
                MerkleTree.LeafHash(entry),
                proof.Hashes,
                root
            );
        return new ProofFinding(
            ProofLink.EntryIncluded,
            holds ? Finding.Holds : Finding.Fails,
            holds ? $"it is entry {proof.Index}, counted from 0"
                : entry is null ? "the proof holds no entry, and no document was given"
                : $"the path from entry {proof.Index} does not lead to the root of the checkpoint"
        );
    }

    private static ProofFinding Signed(
        TlogProof proof,
        EventProof extra,
        byte[] entry,
        Envelope? envelope,
        Verifier verifier
    )
    {
        string? wrong =
            envelope is null ? "the entry is no event"
            : envelope.Node != verifier.Name ? $"it is an event of {envelope.Node}"
            : envelope.Sequence != proof.Index + 1 ? $"it says it is number {envelope.Sequence}"
            : !IsSigned(entry, extra.Signature, verifier) ? $"{verifier.Name} did not sign it"
            : null;
        return new ProofFinding(
            ProofLink.EventSigned,
            wrong is null ? Finding.Holds : Finding.Fails,
            wrong ?? $"{envelope!.Type} of {envelope.Subject}, {envelope.Clock.Wall}"
        );
    }

    private static bool IsSigned(byte[] entry, string signature, Verifier verifier) =>
        Base64.IsValid(signature) && verifier.Verifies(entry, Convert.FromBase64String(signature));

    private static ProofFinding Bound(EventProof? extra, Envelope? envelope)
    {
        if (extra?.Payload is null)
        {
            return new(ProofLink.PayloadBound, Finding.NotAsked, "the proof brings no payload");
        }

        bool isBound = envelope is not null && extra.IsBound(envelope);
        return new ProofFinding(
            ProofLink.PayloadBound,
            isBound ? Finding.Holds : Finding.Fails,
            isBound
                ? "it is the one that the event names"
                : "it is not the one that the event names"
        );
    }

    private static ProofFinding Named(
        EventProof? extra,
        Envelope? envelope,
        ReadOnlyMemory<byte>? document
    )
    {
        if (document is null)
        {
            return new(ProofLink.DocumentNamed, Finding.NotAsked, "no document was given");
        }

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(document.Value.Span));
        bool isNamed = extra is null || (envelope is not null && IsNamed(extra, envelope, sha256));
        return new ProofFinding(
            ProofLink.DocumentNamed,
            isNamed ? Finding.Holds : Finding.Fails,
            extra is null ? "it is the entry itself"
                : isNamed ? $"SHA-256 {sha256}"
                : $"the event does not name SHA-256 {sha256}"
        );
    }

    private static bool IsNamed(EventProof extra, Envelope envelope, string sha256)
    {
        try
        {
            return extra.Names(envelope, sha256);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
