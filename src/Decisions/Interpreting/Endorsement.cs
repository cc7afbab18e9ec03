using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

public enum EndorsementState
{
    Holds,

    /// <summary>A paragraph that it covers changed.</summary>
    Lapsed,
    Withdrawn,

    /// <summary>The same organisation endorsed anew.</summary>
    Replaced,
}

/// <summary>That an organisation stands behind paragraphs of one version. It is no vote: nothing is added up.</summary>
/// <param name="Hash">Of that version.</param>
/// <param name="Covers">Ids of the paragraphs that it stands for.</param>
/// <param name="Excluding">Ids of those that it leaves out.</param>
/// <param name="By">Pseudonym of who spoke for the organisation.</param>
public sealed record Endorsement(
    string Organisation,
    StakeholderClass Class,
    string Hash,
    int Version,
    IReadOnlyList<string> Covers,
    IReadOnlyList<string> Excluding,
    string? Statement,
    string By,
    Instant At,
    EndorsementState State
)
{
    /// <summary>The version by which it lapsed.</summary>
    public int? LapsedIn { get; init; }

    /// <summary>The paragraphs that changed.</summary>
    public IReadOnlyList<string>? LapsedOver { get; init; }

    public Instant? EndedAt { get; init; }

    public string? EndedBecause { get; init; }

    /// <summary>
    /// What it covers and is not as it was: worded anew, or gone. A paragraph that was added is no change of another, and is
    /// covered by nobody who did not see it.
    /// </summary>
    internal IReadOnlyList<string> Changed(IReadOnlyList<PositionParagraph> now) =>
        [
            .. Covers.Where(id =>
                !now.Any(paragraph => paragraph.Id == id && paragraph.Since <= Version)
            ),
        ];
}
