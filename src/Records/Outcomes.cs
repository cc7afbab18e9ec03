using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Vocabulary;

namespace Breakwater.Records;

/// <summary>What became of an append.</summary>
public abstract record AppendOutcome;

/// <summary>The events are durable.</summary>
/// <param name="Versions">Of the subjects now, in the order of the writes.</param>
/// <param name="Events">In the order of the writes and their drafts.</param>
/// <param name="Documents">Of those writes that have one, in the order of the writes.</param>
public sealed record Appended(
    IReadOnlyList<SubjectVersion> Versions,
    IReadOnlyList<Event> Events,
    IReadOnlyList<Document> Documents
) : AppendOutcome
{
    /// <summary>Of the first subject, which mostly is the only one.</summary>
    public long Version => Versions[0].Version;
}

/// <summary>Somebody else wrote first. Nothing was appended.</summary>
public sealed record Conflict(string Subject, long Expected, long Actual) : AppendOutcome
{
    public override string ToString() =>
        $"{Subject} is at version {Actual}, not {Expected}. Read it again and decide anew.";
}

/// <summary>The same request under the same key was carried out before. Nothing was appended.</summary>
/// <param name="Versions">What the subjects' versions were then.</param>
public sealed record Repeated(IReadOnlyList<SubjectVersion> Versions) : AppendOutcome;

/// <summary>Another request came under this key before. Nothing was appended.</summary>
public sealed record KeyReused(string Key) : AppendOutcome;

/// <summary>A product of the walk as it was recorded last.</summary>
/// <param name="Sequence">The event that recorded it.</param>
public sealed record Product(
    string Id,
    string Kind,
    long Sequence,
    JsonElement Body,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<Evidence> Evidence,
    Marking Marking
)
{
    /// <summary>How many one question gives.</summary>
    public const int AtOnceMax = 500;

    internal static Product Of(Event entry) =>
        ProductRecorded.TryRead(entry.Payload, out ProductRecorded? product)
            ? new Product(
                product.Id,
                product.Kind,
                entry.Envelope.Sequence,
                product.Body,
                product.Inputs,
                entry.Envelope.Evidence,
                entry.Envelope.Marking
            )
            : throw new RecordsFault(
                RecordsFaultKind.Corrupt,
                "the tables name an event that records no product",
                $"event {entry.Envelope.Sequence}",
                "Run `breakwater verify --rebuild`"
            );
}

public enum LinkRelation
{
    /// <summary>To the id of another product.</summary>
    Input,

    /// <summary>To the SHA-256 of a raw input.</summary>
    Evidence,
}

/// <summary>One step from a product back towards the raw record.</summary>
public readonly record struct Link(LinkRelation Relation, string Target);

/// <summary>What verification found.</summary>
/// <param name="Root">Merkle root over all events, lower-case hexadecimal.</param>
/// <param name="Damages">At most <see cref="DamageLimit"/>; <paramref name="DamageCount"/> counts all.</param>
public sealed record Inspection(
    long Events,
    long Evidence,
    long Checkpoints,
    string Root,
    long DamageCount,
    IReadOnlyList<Damage> Damages
)
{
    public const int DamageLimit = 1000;
}

/// <summary>What rebuilding gave: the hashes of the canonical dump before and after.</summary>
/// <param name="Differences">What differed, by name; at most <see cref="DifferencesMax"/>.</param>
public sealed record Rebuilt(
    long Events,
    string Before,
    string After,
    IReadOnlyList<string> Differences
)
{
    public const int DifferencesMax = 100;

    public bool IsIdentical => Before == After;
}
