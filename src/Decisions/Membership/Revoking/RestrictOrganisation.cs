using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Revoking;

/// <summary>
/// One person of another organisation keeps one from operations at once. A second of a third organisation confirms it
/// within 24 hours, or it is escalated; after 72 hours without one it ends.
/// </summary>
/// <param name="Kind">A revocation may follow a confirmed suspension.</param>
public sealed record RestrictOrganisation(RestrictionKind Kind, string Reason)
{
    private static readonly Duration _quiet = Duration.FromDays(30);

    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        RestrictOrganisation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNotFromOutside(organisation, by, out Signatory signatory)
            ?? Limits.Defined("kind", command.Kind)
            ?? Limits.Text("reason", command.Reason)
            ?? (
                organisation!.Restriction is { } restriction
                && !(
                    command.Kind == RestrictionKind.Revoked
                    && restriction is { Kind: RestrictionKind.Suspended, Second: not null }
                )
                    ? Refusal.WrongState($"the organisation is {organisation.Standing} already")
                // One infiltrated organisation must not put another out again and again.
                : organisation.Lapsed.Any(lapsed =>
                    lapsed.By.Organisation == by.Organisation && now - lapsed.At < _quiet
                )
                    ? Refusal.TooMuch(
                        "nobody confirmed what your organisation said of it before; another must begin now"
                    )
                : null
            );
        return refusal is not null ? refusal
            : command.Kind == RestrictionKind.Revoked
                ? new OrganisationRevoked(command.Reason, signatory, now)
            : new OrganisationSuspended(command.Reason, signatory, now);
    }
}

/// <summary>A second person, of a third organisation, stands by a restriction.</summary>
public sealed record ConfirmRestriction
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ConfirmRestriction command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNotFromOutside(organisation, by, out Signatory signatory)
            ?? (
                organisation!.Restriction is not { Second: null } restriction
                    ? Refusal.WrongState("no restriction waits for a second person")
                    : FourEyes.WhyNotSecond(restriction.By, by)
            );
        return refusal is not null ? refusal : new RestrictionConfirmed(signatory, now);
    }
}

/// <summary>Somebody of another organisation would end a restriction.</summary>
public sealed record ProposeLift(string Reason)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ProposeLift command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNotFromOutside(organisation, by, out Signatory signatory)
            ?? Limits.Text("reason", command.Reason)
            ?? (
                organisation!.Restriction is null
                    ? Refusal.WrongState("the organisation is not restricted")
                    : null
            );
        return refusal is not null ? refusal : new LiftProposed(command.Reason, signatory, now);
    }
}

/// <summary>A second person, of a third organisation, agrees: the restriction ends.</summary>
public sealed record ConfirmLift
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ConfirmLift command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal = Own.WhyNotFromOutside(organisation, by, out Signatory signatory);
        Lift? lift = organisation?.Restriction?.Lift;
        refusal ??= lift is null
            ? Refusal.WrongState("nobody has proposed to end the restriction")
            : FourEyes.WhyNotSecond(lift.By, by);
        return refusal is not null
            ? refusal
            : new RestrictionLifted(lift!.Reason, lift.By, signatory, now);
    }
}
