using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

/// <summary>What happens to a common position.</summary>
/// <param name="By">Pseudonym of the person.</param>
public abstract record CommonPositionEvent(Instant At, string By);

/// <param name="PenHolder">Id of the organisation that keeps the text.</param>
public sealed record CommonPositionDrafted(
    Instant At,
    string By,
    string Id,
    string Title,
    string PenHolder,
    IReadOnlyList<PositionParagraph> Paragraphs,
    string Hash,
    Marking Marking
) : CommonPositionEvent(At, By);

/// <param name="Paragraphs">All of them, in their order; a paragraph in the wording that it had before says so by its <c>Since</c>.</param>
/// <param name="Note">What was changed and why.</param>
public sealed record PositionVersionPut(
    Instant At,
    string By,
    IReadOnlyList<PositionParagraph> Paragraphs,
    string Hash,
    string Note
) : CommonPositionEvent(At, By);

public sealed record ConsultationOpened(Instant At, string By) : CommonPositionEvent(At, By);

/// <summary>A comment, an objection or a dissent.</summary>
/// <param name="Organisation">Of which the person is a member; null for none.</param>
/// <param name="IsVoice">True when it was not said for that organisation.</param>
/// <param name="Alternative">The text that an objection asks for.</param>
/// <param name="Objection">Number of the objection that a dissent keeps.</param>
public sealed record ParagraphRemarked(
    Instant At,
    string By,
    RemarkKind Kind,
    string? Organisation,
    StakeholderClass Class,
    bool IsVoice,
    string Paragraph,
    string Text,
    string? Alternative,
    int? Objection
) : CommonPositionEvent(At, By);

/// <param name="TakenUpIn">The version that took it up; null when none does.</param>
public sealed record RemarkAnswered(
    Instant At,
    string By,
    string? Organisation,
    int Remark,
    int? TakenUpIn,
    string Text
) : CommonPositionEvent(At, By);

public sealed record RemarkWithdrawn(Instant At, string By, int Remark)
    : CommonPositionEvent(At, By);

/// <param name="Hash">Of the version that it binds to.</param>
/// <param name="Covers">Ids of the paragraphs that it stands for.</param>
public sealed record CommonPositionEndorsed(
    Instant At,
    string By,
    string Organisation,
    StakeholderClass Class,
    string Hash,
    IReadOnlyList<string> Covers,
    IReadOnlyList<string> Excluding,
    string? Statement
) : CommonPositionEvent(At, By);

public sealed record EndorsementWithdrawn(Instant At, string By, string Organisation, string Reason)
    : CommonPositionEvent(At, By);

public sealed record CommonPositionAdopted(Instant At, string By) : CommonPositionEvent(At, By);

/// <param name="SupersededBy">Id of the common position that takes its place.</param>
public sealed record CommonPositionSuperseded(
    Instant At,
    string By,
    string SupersededBy,
    string Reason
) : CommonPositionEvent(At, By);
