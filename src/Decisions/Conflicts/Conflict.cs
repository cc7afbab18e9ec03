using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Conflicts;

/// <summary>An event of a branch, with all that it takes to record it in its subject when its branch is kept.</summary>
/// <param name="Id">Of the step: the same on every node.</param>
/// <param name="Node">Which node signed it where it happened.</param>
/// <param name="Sequence">Its place in that node's ledger.</param>
/// <param name="Signed">SHA-256 of the event as it was signed there, kept as evidence; null for what happened on this node.</param>
public sealed record BranchEvent(
    string Id,
    string Node,
    long Sequence,
    string Type,
    int Schema,
    string Author,
    Instant RecordedAt,
    string? Signed,
    Marking Marking,
    JsonElement Payload
);

/// <summary>One of two ways in which a subject went on from the trunk, and the state that it led to.</summary>
/// <param name="Node">The node on which it stands.</param>
public sealed record Branch(
    string Node,
    string Standing,
    JsonElement State,
    IReadOnlyList<BranchEvent> Events
)
{
    /// <summary>Id of its last step.</summary>
    [JsonIgnore]
    public string Head => Events[^1].Id;

    /// <summary>True when this person, or this organisation, had a part in it.</summary>
    public bool IsOf(string person, string? organisation) =>
        Events.Any(happened =>
            happened.Author == person
            || (
                organisation is not null
                && happened.Payload.ValueKind == JsonValueKind.Object
                && happened
                    .Payload.EnumerateObject()
                    .Any(member =>
                        member.Name is "organisation" or "stakeholder"
                        && member.Value.ValueKind == JsonValueKind.String
                        && member.Value.ValueEquals(organisation)
                    )
            )
        );
}

/// <summary>Which branch of a conflict stands.</summary>
public enum Keep
{
    /// <summary>The one that this node went on along.</summary>
    Ours,

    /// <summary>The one that arrived.</summary>
    Theirs,
}

/// <summary>How a conflict was settled, by whom and why. The branch that was not kept stays in the conflict.</summary>
public sealed record ConflictSettlement(
    Keep Keep,
    string Reason,
    string By,
    string? Organisation,
    Instant At
);

/// <summary>
/// Two nodes went on with the same subject while they were apart. Both branches are kept until a person settles which of them
/// stands; meanwhile the subject stays as it is on this node, and goes on.
/// </summary>
public sealed record Conflict : ISubject<Conflict, ConflictEvent>
{
    public const string Open = "open";

    public static string Kind => "conflict";

    public required string Id { get; init; }

    /// <summary>The subject of the ledger that is in conflict.</summary>
    public required string Subject { get; init; }

    /// <summary>How many of its events both nodes have in common.</summary>
    public required int Trunk { get; init; }

    /// <summary>Id of the last step in common.</summary>
    public required string TrunkId { get; init; }

    /// <summary>As it was when theirs arrived last.</summary>
    public required Branch Ours { get; init; }

    public required Branch Theirs { get; init; }

    public required Instant OpenedAt { get; init; }

    /// <summary>Null while it is open.</summary>
    public required ConflictSettlement? Settlement { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent => Subject;

    [JsonIgnore]
    public string Standing => Settlement is null ? Open : "settled";

    [JsonIgnore]
    public string Words => Subject;

    public static Conflict Apply(Conflict? before, ConflictEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is ConflictOpened opened)
        {
            return new Conflict
            {
                Id = opened.Id,
                Subject = opened.Subject,
                Trunk = opened.Trunk,
                TrunkId = opened.TrunkId,
                Ours = opened.Ours,
                Theirs = opened.Theirs,
                OpenedAt = opened.At,
                Settlement = null,
                ChangedAt = opened.At,
                Marking = opened.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        Conflict after = happened switch
        {
            BranchesContinued went => before with
            {
                Ours = went.Ours,
                Theirs = went.Theirs,
                Settlement = null,
                Marking = Marking.Strictest([before.Marking, went.Marking]),
            },
            ConflictSettled settled => before with
            {
                Settlement = new ConflictSettlement(
                    settled.Keep,
                    settled.Reason,
                    settled.By,
                    settled.Organisation,
                    settled.At
                ),
            },
            _ => throw new InvalidOperationException($"a conflict knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }
}

/// <summary>What happens to a conflict.</summary>
public abstract record ConflictEvent(Instant At, string By);

public sealed record ConflictOpened(
    Instant At,
    string By,
    string Id,
    string Subject,
    int Trunk,
    string TrunkId,
    Branch Ours,
    Branch Theirs,
    Marking Marking
) : ConflictEvent(At, By);

/// <summary>More of a branch arrived, or it was settled otherwise elsewhere: it is open, or open again.</summary>
public sealed record BranchesContinued(
    Instant At,
    string By,
    Branch Ours,
    Branch Theirs,
    Marking Marking
) : ConflictEvent(At, By);

/// <summary>By a person, on this node or, where the settlement arrived with the subject, on another.</summary>
public sealed record ConflictSettled(
    Instant At,
    string By,
    string? Organisation,
    Keep Keep,
    string Reason
) : ConflictEvent(At, By);
