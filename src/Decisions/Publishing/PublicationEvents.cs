using Breakwater.Decisions.Membership;
using NodaTime;

namespace Breakwater.Decisions.Publishing;

public abstract record PublicationEvent;

/// <summary>The node composed it from what was on record.</summary>
/// <param name="Replaces">Id of the publication that it corrects; null for none.</param>
public sealed record PublicationPrepared(
    string Id,
    string? Response,
    Instant AsOf,
    IReadOnlyList<PublicationDocument> Documents,
    HarmNote HarmNote,
    string? Replaces,
    string? Correction,
    Signatory By,
    Instant At,
    PublicationForm Form = PublicationForm.SituationReport,
    string? About = null,
    IReadOnlyList<PublicationAttachment>? Files = null,
    Instant? EmbargoUntil = null
) : PublicationEvent;

/// <summary>Composed anew: what was approved before is not this.</summary>
public sealed record PublicationRevised(
    Instant AsOf,
    IReadOnlyList<PublicationDocument> Documents,
    HarmNote HarmNote,
    string? Correction,
    Signatory By,
    Instant At,
    IReadOnlyList<PublicationAttachment>? Files = null,
    Instant? EmbargoUntil = null
) : PublicationEvent;

public sealed record DraftDiscarded(string Reason, Signatory By, Instant At) : PublicationEvent;

public sealed record ReleaseProposed(string Approval, Instant At) : PublicationEvent;

/// <summary>Where the approval of the release, or of the withdrawal, stands now.</summary>
public sealed record PublicationApprovalMoved(string Approval, ApprovalState State, Instant At)
    : PublicationEvent;

public sealed record PublicationReleased(string Hash, string Approval, Signatory By, Instant At)
    : PublicationEvent;

/// <param name="Approval">By which a second confirms it.</param>
public sealed record PublicationWithdrawn(string Reason, string Approval, Signatory By, Instant At)
    : PublicationEvent;

/// <summary>What was released under an embargo is out from now on.</summary>
public sealed record EmbargoEnded(Instant At) : PublicationEvent;

/// <summary>A correction was released.</summary>
public sealed record PublicationReplaced(string By, Instant At) : PublicationEvent;
