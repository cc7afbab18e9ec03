using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Vetting;

/// <summary>
/// Somebody of a vetted organisation of another class stands behind one. When people of enough classes have, and whoever
/// objected has an answer, the organisation is vetted by that.
/// </summary>
public sealed record Vouch(string Reason)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        Vouch command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNotFromOutside(organisation, by, out Signatory signatory)
            ?? Limits.Text("reason", command.Reason)
            ?? WhyNot(organisation!, by);
        return refusal is not null
            ? refusal
            : VettedOnceReady.Of(
                organisation!,
                new OrganisationVouched(signatory, by.Class, command.Reason, now),
                now
            );
    }

    private static Refusal? WhyNot(Organisation organisation, Participant by) =>
        organisation.VettedAt is not null ? Refusal.WrongState("the organisation is vetted already")
        : organisation.Restriction is not null
            ? Refusal.WrongState("the organisation is restricted; lift that first")
        : by.Class == organisation.Class
            ? Refusal.NotAllowed("those who vouch are of other classes than the organisation")
        : organisation.Vouchers.Any(voucher => voucher.By.Organisation == by.Organisation)
            ? Refusal.WrongState("your organisation has vouched already")
        : organisation.Objections.Any(objection => objection.By.Person == by.Person)
            ? Refusal.WrongState("you object to it; withdraw that first")
        : organisation.Vouchers.Count >= Limits.ListMax
            ? Refusal.TooMuch("nobody needs that many vouchers")
        : null;
}

/// <summary>Vetting follows from the last thing that it waited for, by whomever.</summary>
internal static class VettedOnceReady
{
    public static Decided<OrganisationEvent> Of(
        Organisation organisation,
        OrganisationEvent happened,
        Instant now
    ) =>
        Organisation.Apply(organisation, happened).IsReadyToBeVetted
            ? new[] { happened, new OrganisationVetted(now) }
            : happened;
}
