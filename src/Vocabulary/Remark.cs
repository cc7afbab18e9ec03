using System.Text.Json.Serialization;
using NodaTime;

namespace Breakwater.Vocabulary;

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
