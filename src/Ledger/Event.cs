using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Breakwater.Ledger;

/// <summary>The end of a chain: what the next event is linked to.</summary>
public sealed record ChainHead(long Sequence, string Hash, HybridTime Clock)
{
    public static ChainHead Empty { get; } = new(0, new string('0', 64), default);
}

/// <summary>One entry of the ledger: an envelope with the octets that were signed, the payload and the signature.</summary>
public sealed class Event
{
    private Event(
        Envelope envelope,
        ReadOnlyMemory<byte> octets,
        ReadOnlyMemory<byte> payload,
        ReadOnlyMemory<byte> signature
    ) => (Envelope, Octets, Payload, Signature) = (envelope, octets, payload, signature);

    public Envelope Envelope { get; }

    /// <summary>The envelope as it was signed. These octets are the truth, and <see cref="Envelope"/> is a reading of them.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Canonical JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Ed25519 over <see cref="Octets"/>; empty until signed.</summary>
    public ReadOnlyMemory<byte> Signature { get; private set; }

    /// <summary>RFC 6962 leaf hash of the envelope: the chain and the tree speak of an event by the same hash.</summary>
    public ReadOnlyMemory<byte> LeafHash => leafHash ??= MerkleTree.LeafHash(Octets.Span);

    private byte[]? leafHash;

    public ChainHead Head =>
        new(Envelope.Sequence, Convert.ToHexStringLower(LeafHash.Span), Envelope.Clock);

    public JsonElement PayloadJson => JsonElement.Parse(Payload.Span);

    /// <summary>
    /// Links a draft behind <paramref name="previous"/>, unsigned. The chain hashes envelopes and not signatures, so a
    /// whole batch can be linked first and signed on all processors afterwards.
    /// </summary>
    /// <param name="random">At least <see cref="EventId.RandomOctets"/> octets nobody can guess.</param>
    public static Event Link(
        Draft draft,
        string subject,
        long subjectVersion,
        ChainHead previous,
        HybridTime clock,
        string node,
        ReadOnlySpan<byte> random
    )
    {
        var envelope = new Envelope(
            EventId.Of(clock.Milliseconds, random),
            node,
            previous.Sequence + 1,
            previous.Hash,
            clock,
            subject,
            subjectVersion,
            draft.Type,
            draft.Schema,
            draft.PayloadSha256,
            draft.Marking,
            draft.Author,
            draft.Evidence
        );
        return new Event(envelope, envelope.Encode(), draft.Payload, default);
    }

    public void Sign(Signer signer) => Signature = signer.Sign(Octets.Span);

    /// <summary>Links and signs in one go.</summary>
    public static Event Seal(
        Draft draft,
        string subject,
        long subjectVersion,
        ChainHead previous,
        HybridTime clock,
        Signer signer,
        ReadOnlySpan<byte> random
    )
    {
        Event sealedEvent = Link(
            draft,
            subject,
            subjectVersion,
            previous,
            clock,
            signer.Name,
            random
        );
        sealedEvent.Sign(signer);
        return sealedEvent;
    }

    /// <summary>Reads a stored event without judging it; <see cref="Verification"/> does that.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets,
        ReadOnlyMemory<byte> payload,
        ReadOnlyMemory<byte> signature,
        [NotNullWhen(true)] out Event? read
    )
    {
        read = Envelope.TryDecode(octets.Span, out Envelope? envelope)
            ? new Event(envelope, octets, payload, signature)
            : null;
        return read is not null;
    }
}
