using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

/// <summary>What happens to a consultation.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record ConsultationEvent(Instant At, string By);

public sealed record ConsultationCalled(
    Instant At,
    string By,
    string Id,
    string Title,
    string Call,
    string Secretariat,
    string? WorkArea,
    string? Cycle,
    Workstream Stream,
    IReadOnlyList<Workstream> AffectedStreams,
    Instant InputsUntil,
    Marking Marking
) : ConsultationEvent(At, By);

public sealed record InputsExtended(Instant At, string By, Instant Until, string Reason)
    : ConsultationEvent(At, By);

public sealed record CallEnded(Instant At, string By) : ConsultationEvent(At, By);

/// <param name="Paragraphs">All of them, in their order; a paragraph in the wording that it had before says so by its <c>Since</c>.</param>
public sealed record ConsultationTextPut(
    Instant At,
    string By,
    IReadOnlyList<TracedParagraph> Paragraphs,
    string Note
) : ConsultationEvent(At, By);

public sealed record InputsSetAside(
    Instant At,
    string By,
    IReadOnlyList<string> Inputs,
    bool IsOfLate,
    string Reason
) : ConsultationEvent(At, By);

public sealed record DraftOpened(Instant At, string By, Instant PositionsUntil)
    : ConsultationEvent(At, By);

public sealed record DraftRemarked(
    Instant At,
    string By,
    RemarkKind Kind,
    string? Organisation,
    StakeholderClass Class,
    bool IsVoice,
    string Paragraph,
    string Text,
    string? Alternative
) : ConsultationEvent(At, By);

public sealed record DraftRemarkAnswered(
    Instant At,
    string By,
    string? Organisation,
    int Remark,
    int? TakenUpIn,
    string Text
) : ConsultationEvent(At, By);

public sealed record DraftRemarkWithdrawn(Instant At, string By, int Remark)
    : ConsultationEvent(At, By);

public sealed record ConsultationPositionTaken(
    Instant At,
    string By,
    PositionStand Stand,
    string Reason,
    string? Organisation,
    StakeholderClass Class,
    bool IsVoice,
    bool IsLate
) : ConsultationEvent(At, By);

public sealed record PositionsEnded(Instant At, string By) : ConsultationEvent(At, By);

public sealed record ConsensusDeclared(
    Instant At,
    string By,
    ConsensusOutcome Outcome,
    string Reasons,
    IReadOnlyList<int> ObjectingPositions,
    IReadOnlyList<int> Dissent
) : ConsultationEvent(At, By);

public sealed record ConsultationAppealed(
    Instant At,
    string By,
    string Grounds,
    string? Organisation,
    StakeholderClass Class
) : ConsultationEvent(At, By);

public sealed record ConsultationAppealHeard(
    Instant At,
    string By,
    string? Organisation,
    int Appeal,
    bool Upheld,
    string Reasons
) : ConsultationEvent(At, By);

public sealed record ReportLaunched(Instant At, string By) : ConsultationEvent(At, By);

public sealed record ConsultationClosed(Instant At, string By, string Reason)
    : ConsultationEvent(At, By);
