using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>What happens to a commitment.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record CommitmentEvent(Instant At, string By);

/// <param name="Proof">What the pledge rests on: the decision.</param>
public sealed record CommitmentPledged(
    Instant At,
    string By,
    string Id,
    string? Parent,
    string PlanId,
    string OfferId,
    string Stakeholder,
    string Asset,
    Place Place,
    string PlaceName,
    IReadOnlyList<string>? Networks,
    Service Service,
    int Units,
    long Civilians,
    long Responders,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<Earmark> Earmarks,
    Instant? Until,
    Instant? ExpectedBy,
    Duration? ConfirmEvery,
    string Proof,
    Origin Origin,
    Marking Marking
) : CommitmentEvent(At, By)
{
    /// <summary>Ids of the clearances that it waits for; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Clearances { get; init; }
}

/// <summary>A step that a person reports.</summary>
/// <param name="Evidence">SHA-256 of what shows it.</param>
public abstract record CommitmentStepped(
    Instant At,
    string By,
    string Organisation,
    string Proof,
    IReadOnlyList<string> Evidence,
    Origin Origin
) : CommitmentEvent(At, By);

public sealed record CommitmentCleared(
    Instant At,
    string By,
    string Organisation,
    Clearing Clearing,
    string Proof,
    IReadOnlyList<string> Evidence,
    Origin Origin
) : CommitmentStepped(At, By, Organisation, Proof, Evidence, Origin);

public sealed record CommitmentDelivered(
    Instant At,
    string By,
    string Organisation,
    string Proof,
    IReadOnlyList<string> Evidence,
    Origin Origin
) : CommitmentStepped(At, By, Organisation, Proof, Evidence, Origin);

public sealed record CommitmentConfirmedWorking(
    Instant At,
    string By,
    string Organisation,
    string Proof,
    IReadOnlyList<string> Evidence,
    Origin Origin,
    Instant? NextConfirmationBy
) : CommitmentStepped(At, By, Organisation, Proof, Evidence, Origin);

public sealed record CommitmentStillWorking(
    Instant At,
    string By,
    string Organisation,
    string Proof,
    IReadOnlyList<string> Evidence,
    Origin Origin,
    Instant? NextConfirmationBy
) : CommitmentStepped(At, By, Organisation, Proof, Evidence, Origin);

public sealed record CommitmentWithdrawn(
    Instant At,
    string By,
    string Organisation,
    string Proof,
    IReadOnlyList<string> Evidence,
    Origin Origin
) : CommitmentStepped(At, By, Organisation, Proof, Evidence, Origin);

/// <param name="Since">When it was over, which may be before anybody looked.</param>
public sealed record CommitmentLapsed(
    Instant At,
    string By,
    string? Organisation,
    LapseCause Cause,
    Instant Since,
    string Proof,
    IReadOnlyList<string> Evidence,
    Origin Origin
) : CommitmentEvent(At, By);

/// <param name="To">The organisation that is asked to keep it up from now on.</param>
public sealed record CommitmentHandedOver(
    Instant At,
    string By,
    string Organisation,
    string To,
    string Reason
) : CommitmentEvent(At, By);

/// <summary>The organisation that it was handed to accepted.</summary>
public sealed record CommitmentTakenOver(Instant At, string By, string Organisation)
    : CommitmentEvent(At, By);

/// <param name="Standing">As the clearance's own standing: <c>denied</c>, <c>expired</c>.</param>
public sealed record CommitmentPermitLost(
    Instant At,
    string By,
    string Clearance,
    ClearanceKind Permit,
    string Standing
) : CommitmentEvent(At, By);

public sealed record CommitmentPermitRegained(Instant At, string By, string Clearance)
    : CommitmentEvent(At, By);

/// <param name="Due">When the confirmation is due that was reminded of.</param>
public sealed record CommitmentReminded(Instant At, string By, Instant Due)
    : CommitmentEvent(At, By);

/// <param name="Expected">When it should have worked.</param>
public sealed record CommitmentOverdue(Instant At, string By, Instant Expected)
    : CommitmentEvent(At, By);
