using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Vocabulary;

namespace Breakwater.Records;

/// <summary>What became of an append.</summary>
public abstract record AppendOutcome;

/// <summary>The events are durable.</summary>
/// <param name="Version">The subject's version now.</param>
public sealed record Appended(long Version, IReadOnlyList<Event> Events) : AppendOutcome;

/// <summary>Somebody else wrote first. Nothing was appended.</summary>
public sealed record Conflict(string Subject, long Expected, long Actual) : AppendOutcome
{
    public override string ToString() =>
        $"{Subject} is at version {Actual}, not {Expected}. Read it again and decide anew.";
}

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
);

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
public sealed record Rebuilt(long Events, string Before, string After)
{
    public bool IsIdentical => Before == After;
}
