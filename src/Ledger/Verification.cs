using System.Security.Cryptography;

namespace Breakwater.Ledger;

/// <summary>What can be wrong with a ledger, each by its own name.</summary>
public enum DamageKind
{
    /// <summary>The envelope cannot be read at all.</summary>
    EnvelopeUnreadable,

    /// <summary>The envelope is not in canonical form, so two readers could hash it differently.</summary>
    EnvelopeNotCanonical,

    /// <summary>The payload is not the one the envelope names.</summary>
    PayloadChanged,

    /// <summary>The signature is not of this envelope by the node's key.</summary>
    SignatureBad,

    /// <summary>No key is known for the node that the envelope names.</summary>
    NodeUnknown,

    /// <summary>A place in the ledger is missing or taken twice.</summary>
    SequenceGap,

    /// <summary>The envelope does not name the hash of the one before it.</summary>
    ChainBroken,

    /// <summary>A version of a subject is missing or taken twice.</summary>
    VersionGap,

    /// <summary>The hybrid clock did not advance.</summary>
    ClockWentBack,

    /// <summary>A column of the store contradicts the envelope it stands beside.</summary>
    RowContradicts,

    /// <summary>A piece of evidence no longer has the hash it is filed under.</summary>
    EvidenceChanged,

    /// <summary>The ledger no longer has the root of a checkpoint it once signed: its end was cut off or rewritten.</summary>
    CheckpointContradicts,

    /// <summary>A tile that proofs are made from is not what the events give.</summary>
    TileContradicts,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Sequence">The event; null when it is not about one.</param>
public sealed record Damage(long? Sequence, DamageKind Kind, string Detail);

/// <summary>Checks events: each by itself, in any order and on any thread, and then in their chain.</summary>
public static class Verification
{
    /// <summary>What is wrong with an event taken by itself.</summary>
    public static IReadOnlyList<Damage> OfEvent(
        Event entry,
        IReadOnlyDictionary<string, Verifier> nodes
    )
    {
        List<Damage>? damages = null;
        Envelope envelope = entry.Envelope;
        void Add(DamageKind kind, string detail) =>
            (damages ??= []).Add(new Damage(envelope.Sequence, kind, detail));

        if (!envelope.Encode().AsSpan().SequenceEqual(entry.Octets.Span))
        {
            Add(DamageKind.EnvelopeNotCanonical, "the stored octets are not RFC 8785");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entry.Payload.Span, hash);
        if (Convert.ToHexStringLower(hash) != envelope.PayloadSha256)
        {
            Add(DamageKind.PayloadChanged, $"the payload is not {envelope.PayloadSha256}");
        }

        if (!nodes.TryGetValue(envelope.Node, out Verifier? node))
        {
            Add(DamageKind.NodeUnknown, $"no key for {envelope.Node}");
        }
        else if (!node.Verifies(entry.Octets.Span, entry.Signature.Span))
        {
            Add(DamageKind.SignatureBad, $"not signed by {envelope.Node}");
        }

        return damages ?? (IReadOnlyList<Damage>)[];
    }

    /// <summary>Everything that is wrong with one node's events, in their order.</summary>
    public static IEnumerable<Damage> Of(
        IEnumerable<Event> entries,
        IReadOnlyDictionary<string, Verifier> nodes
    )
    {
        var chain = new Chain();
        return entries.SelectMany(entry => OfEvent(entry, nodes).Concat(chain.Follow(entry)));
    }
}

/// <summary>Follows a chain from its first event and names each break. After a break it goes on from what it found.</summary>
public sealed class Chain
{
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);

    public ChainHead Head { get; private set; } = ChainHead.Empty;

    public IReadOnlyList<Damage> Follow(Event entry)
    {
        List<Damage>? damages = null;
        Envelope envelope = entry.Envelope;
        void Add(DamageKind kind, string detail) =>
            (damages ??= []).Add(new Damage(envelope.Sequence, kind, detail));

        if (envelope.Sequence != Head.Sequence + 1)
        {
            Add(DamageKind.SequenceGap, $"{Head.Sequence + 1} was due");
        }

        if (envelope.Previous != Head.Hash)
        {
            Add(DamageKind.ChainBroken, $"names {envelope.Previous}, but {Head.Hash} precedes");
        }

        if (Head.Sequence > 0 && envelope.Clock <= Head.Clock)
        {
            Add(DamageKind.ClockWentBack, $"{envelope.Clock} after {Head.Clock}");
        }

        long due = versions.GetValueOrDefault(envelope.Subject) + 1;
        if (envelope.SubjectVersion != due)
        {
            Add(
                DamageKind.VersionGap,
                $"version {envelope.SubjectVersion} of {envelope.Subject}, {due} was due"
            );
        }

        versions[envelope.Subject] = envelope.SubjectVersion;
        Head = entry.Head;
        return damages ?? (IReadOnlyList<Damage>)[];
    }
}
