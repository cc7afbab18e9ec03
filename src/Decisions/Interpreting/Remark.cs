using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

public enum RemarkKind
{
    Comment,

    /// <summary>Says which other text it asks for. It is answered, or kept as dissent.</summary>
    Objection,

    /// <summary>Disagreement that stays beside the paragraph for as long as whoever said it does not take it back.</summary>
    Dissent,
}

/// <param name="TakenUpIn">The version that took it up; null when none does.</param>
/// <param name="By">Pseudonym of who answered.</param>
public sealed record RemarkAnswer(
    int? TakenUpIn,
    string Text,
    string By,
    string? Organisation,
    Instant At
);

/// <summary>What somebody said of one paragraph in one version.</summary>
/// <param name="Version">The version that stood when it was said; the paragraph may have changed since.</param>
/// <param name="Alternative">The text that an objection asks for.</param>
/// <param name="By">Pseudonym of who said it.</param>
/// <param name="Organisation">Of which the person is a member; null for none.</param>
/// <param name="IsVoice">True when it was not said for that organisation: no organisation is said to think what one of its members thinks.</param>
public sealed record Remark(
    int Number,
    RemarkKind Kind,
    string Paragraph,
    int Version,
    string Text,
    string? Alternative,
    string By,
    string? Organisation,
    StakeholderClass Class,
    bool IsVoice,
    Instant At
)
{
    public RemarkAnswer? Answer { get; init; }

    /// <summary>Of an objection: number of the dissent as which its author keeps it.</summary>
    public int? KeptAs { get; init; }

    public Instant? WithdrawnAt { get; init; }

    [JsonIgnore]
    public bool Stands => WithdrawnAt is null;

    /// <summary>True for an objection about which nobody has said anything yet.</summary>
    [JsonIgnore]
    public bool IsOpenObjection =>
        Kind == RemarkKind.Objection && Stands && Answer is null && KeptAs is null;
}

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
