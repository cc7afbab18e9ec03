using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Appealing;

/// <summary>An organisation appeals against its restriction, once for each.</summary>
public sealed record AppealRestriction(string Grounds)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        AppealRestriction command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        // Its registrars have no role while it is restricted, so that any member may.
        Refusal? refusal =
            organisation is null ? Refusal.WrongState("there is no such organisation")
            : organisation.Joined(by.Person) is null
                ? Refusal.NotAllowed("only a member appeals for its organisation")
            : organisation.Restriction switch
            {
                null => Refusal.WrongState("the organisation is not restricted"),
                { Appeal: not null } => Refusal.WrongState("there is an appeal already"),
                _ => Limits.Text("grounds", command.Grounds),
            };
        return refusal is not null ? refusal : new AppealOpened(command.Grounds, by.Person, now);
    }
}

/// <summary>Somebody who took no part would rule on an appeal.</summary>
public sealed record ProposeRuling(AppealRuling Ruling, string Reason)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ProposeRuling command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Hearing.WhyNot(organisation, by, out Signatory signatory)
            ?? Limits.Defined("ruling", command.Ruling)
            ?? Limits.Text("reason", command.Reason);
        return refusal is not null
            ? refusal
            : new RulingProposed(command.Ruling, command.Reason, signatory, now);
    }
}

/// <summary>A second person who took no part, of another organisation, rules the same.</summary>
/// <param name="Ruling">What the person understood the ruling to be.</param>
public sealed record ConfirmRuling(AppealRuling Ruling)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ConfirmRuling command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal = Hearing.WhyNot(organisation, by, out Signatory signatory);
        ProposedRuling? proposed = organisation?.Restriction?.Appeal?.Proposed;
        refusal ??=
            proposed is null ? Refusal.WrongState("nobody has proposed a ruling")
            : proposed.Ruling != command.Ruling
                ? Refusal.WrongState("the proposed ruling is another by now; read it again")
            : FourEyes.WhyNotSecond(proposed.By, by);
        return refusal is not null
            ? refusal
            : new AppealRuled(proposed!.Ruling, proposed.Reason, proposed.By, signatory, now);
    }
}

internal static class Hearing
{
    /// <summary>Whoever restricted, confirmed, asked for an end, vouched or objected took part and does not hear the appeal.</summary>
    public static Refusal? WhyNot(
        Organisation? organisation,
        Participant by,
        out Signatory signatory
    )
    {
        Refusal? refusal = Own.WhyNotFromOutside(organisation, by, out signatory);
        if (refusal is not null)
        {
            return refusal;
        }

        if (organisation!.Restriction is not { Appeal: { Ruling: null } } restriction)
        {
            return Refusal.WrongState("no appeal waits for a ruling");
        }

        IEnumerable<string?> took =
        [
            restriction.By.Person,
            restriction.Second?.Person,
            restriction.Lift?.By.Person,
            restriction.Before?.By.Person,
            restriction.Before?.Second?.Person,
            .. organisation.Vouchers.Select(voucher => voucher.By.Person),
            .. organisation.Objections.Select(objection => objection.By.Person),
        ];
        return took.Contains(by.Person)
            ? Refusal.NotAllowed(
                "an appeal is heard by people who took no part in what it is about"
            )
            : null;
    }
}
