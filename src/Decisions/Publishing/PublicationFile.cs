using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Publishing;

public enum PublicationState
{
    Draft,
    Discarded,
    Released,

    /// <summary>Taken back. It never comes back: what takes its place is another publication.</summary>
    Withdrawn,
}

/// <summary>The document in one language, by what its octets hash to.</summary>
/// <param name="Publication">Its id among the reports: <c>pub-…</c>.</param>
/// <param name="Html">SHA-256 of the octets that people read.</param>
/// <param name="Record">SHA-256 of the same with the inputs of each part.</param>
public sealed record PublicationDocument(
    string Language,
    string Title,
    string Publication,
    string Html,
    string Record
);

/// <summary>A file for machines that goes with it, the same in every language.</summary>
/// <param name="Sha256">Of its octets as they were composed. An alert gets the node's signature when it is released.</param>
public sealed record PublicationAttachment(string Name, string MediaType, string Sha256);

/// <summary>Who could be endangered and what was done. It can endanger by itself, so the public is not shown it.</summary>
public sealed record HarmNote(string Text, Marking Marking);

/// <param name="Approval">By which a second confirms it within 24 hours.</param>
public sealed record Withdrawal(string Reason, string Approval, Signatory By, Instant At);

/// <summary>
/// A publication on its way to the public, of any form. The node composes it for the public from the beginning, so a draft
/// holds nothing that its readers may not see; it is the community's until two people of different organisations release exactly
/// these octets.
/// </summary>
public sealed record PublicationFile : ISubject<PublicationFile, PublicationEvent>
{
    /// <summary>Each revision keeps its octets; after so many one begins anew.</summary>
    public const int RevisionsMax = 100;

    public static string Kind => "publication";

    /// <summary>Of whatever is not released yet, and of what stays among those who approve.</summary>
    public static Marking Unreleased { get; } = new(Distribution.Community, Tlp.Green);

    public required string Id { get; init; }

    public PublicationForm Form { get; init; }

    /// <summary>Id of the response that it is of; null for a form that is of something else.</summary>
    public required string? Response { get; init; }

    /// <summary>What it is of where that is no response: <c>kind/id</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? About { get; init; }

    public required PublicationState State { get; init; }

    /// <summary>When the node composed it.</summary>
    public required Instant AsOf { get; init; }

    public required IReadOnlyList<PublicationDocument> Documents { get; init; }

    /// <summary>Files for machines; null, and absent in JSON, for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PublicationAttachment>? Files { get; init; }

    public required HarmNote HarmNote { get; init; }

    /// <summary>What is approved: SHA-256 over every language and all that goes with it, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required Signatory PreparedBy { get; init; }

    public int Revisions { get; init; }

    /// <summary>Of the release, or of the withdrawal; null while neither was proposed.</summary>
    public string? Approval { get; init; }

    public ApprovalState? Approved { get; init; }

    public Instant? ReleasedAt { get; init; }

    /// <summary>Before then nobody beyond the community sees it, though it is released; null, and absent in JSON, for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? EmbargoUntil { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? EmbargoEndedAt { get; init; }

    /// <summary>The publication that this one corrects; null for none.</summary>
    public string? Replaces { get; init; }

    /// <summary>What was wrong with the one that it replaces.</summary>
    public string? Correction { get; init; }

    public string? ReplacedBy { get; init; }

    public Withdrawal? Withdrawal { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent => About ?? $"response/{Response}";

    /// <summary>When the node looks at it next by itself: at the end of its embargo.</summary>
    [JsonIgnore]
    public Instant? DueAt =>
        State == PublicationState.Released && EmbargoEndedAt is null ? EmbargoUntil : null;

    private bool IsEmbargoed => DueAt is not null;

    [JsonIgnore]
    public string Standing =>
        (State, Approved) switch
        {
            (PublicationState.Draft, ApprovalState.Proposed) => "waits-for-second",
            (PublicationState.Draft, ApprovalState.Approved) => "release-approved",
            (PublicationState.Released, _) when ReplacedBy is not null => "replaced",
            (PublicationState.Released, _) when IsEmbargoed => "embargoed",
            (PublicationState.Withdrawn, ApprovalState.AtOnce) => "withdrawal-unconfirmed",
            (PublicationState.Withdrawn, ApprovalState.Escalated) => "withdrawal-overdue",
            (PublicationState.Withdrawn, ApprovalState.Refused) => "withdrawal-disputed",
            _ => Checks.Word(State),
        };

    [JsonIgnore]
    public string Words =>
        $"{string.Join(' ', Documents.Select(document => $"{document.Title} {document.Publication}"))} {Parent}";

    /// <summary>Of all that becomes public with it.</summary>
    [JsonIgnore]
    public Marking ReleasedMarking =>
        EmbargoUntil is null ? Marking.Public : Marking.Public with { EmbargoUntil = EmbargoUntil };

    [JsonIgnore]
    public bool IsOut => State is PublicationState.Released or PublicationState.Withdrawn;

    /// <summary>What two people approve: all that is said, to whom it could do harm, and when it is out.</summary>
    /// <param name="documents">As the node would release them now.</param>
    public string HashOf(IReadOnlyList<PublicationDocument> documents) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                CanonicalJson.Of(
                    new
                    {
                        Act = "publish",
                        Form,
                        Of = Parent,
                        AsOf,
                        Documents = documents,
                        Files,
                        HarmNote = HarmNote.Text,
                        EmbargoUntil,
                        Replaces,
                        Correction,
                    }
                )
            )
        );

    /// <summary>An embargo ends by itself.</summary>
    public static Decided<PublicationEvent> Elapse(PublicationFile state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt <= now ? new EmbargoEnded(now) : Decided<PublicationEvent>.Nothing;
    }

    public static PublicationFile Apply(PublicationFile? before, PublicationEvent happened) =>
        (before, happened) switch
        {
            (_, PublicationPrepared prepared) => Prepared(prepared),
            (null, _) => throw new InvalidOperationException(
                $"{happened.GetType().Name} begins no publication"
            ),
            (_, PublicationRevised revised) => Composed(
                before with
                {
                    Revisions = before.Revisions + 1,
                    ChangedAt = revised.At,
                },
                revised.AsOf,
                revised.Documents,
                revised.Files,
                revised.HarmNote,
                revised.Correction,
                revised.EmbargoUntil
            ),
            (_, DraftDiscarded discarded) => before with
            {
                State = PublicationState.Discarded,
                ChangedAt = discarded.At,
            },
            (_, ReleaseProposed proposed) => before with
            {
                Approval = proposed.Approval,
                Approved = ApprovalState.Proposed,
                ChangedAt = proposed.At,
            },
            (_, PublicationApprovalMoved moved) => before with
            {
                Approved = moved.State,
                ChangedAt = moved.At,
            },
            (_, PublicationReleased released) => before with
            {
                State = PublicationState.Released,
                Approved = ApprovalState.Used,
                ReleasedAt = released.At,
                ChangedAt = released.At,
                Marking = before.ReleasedMarking,
            },
            (_, EmbargoEnded ended) => before with
            {
                EmbargoEndedAt = ended.At,
                ChangedAt = ended.At,
                Marking = Marking.Public,
            },
            (_, PublicationWithdrawn withdrawn) => before with
            {
                State = PublicationState.Withdrawn,
                Approval = withdrawn.Approval,
                Approved = ApprovalState.AtOnce,
                Withdrawal = new Withdrawal(
                    withdrawn.Reason,
                    withdrawn.Approval,
                    withdrawn.By,
                    withdrawn.At
                ),
                ChangedAt = withdrawn.At,
            },
            (_, PublicationReplaced replaced) => before with
            {
                ReplacedBy = replaced.By,
                ChangedAt = replaced.At,
            },
            _ => before,
        };

    private static PublicationFile Prepared(PublicationPrepared prepared) =>
        Composed(
            new PublicationFile
            {
                Id = prepared.Id,
                Form = prepared.Form,
                Response = prepared.Response,
                About = prepared.About,
                State = PublicationState.Draft,
                AsOf = prepared.AsOf,
                Documents = prepared.Documents,
                HarmNote = prepared.HarmNote,
                Hash = "",
                PreparedBy = prepared.By,
                Replaces = prepared.Replaces,
                ChangedAt = prepared.At,
                Marking = Unreleased,
            },
            prepared.AsOf,
            prepared.Documents,
            prepared.Files,
            prepared.HarmNote,
            prepared.Correction,
            prepared.EmbargoUntil
        );

    private static PublicationFile Composed(
        PublicationFile before,
        Instant asOf,
        IReadOnlyList<PublicationDocument> documents,
        IReadOnlyList<PublicationAttachment>? files,
        HarmNote harmNote,
        string? correction,
        Instant? embargoUntil
    )
    {
        PublicationFile composed = before with
        {
            AsOf = asOf,
            Documents = documents,
            Files = files is [] ? null : files,
            HarmNote = harmNote,
            Correction = correction,
            EmbargoUntil = embargoUntil,
        };
        return composed with { Hash = composed.HashOf(documents) };
    }
}
