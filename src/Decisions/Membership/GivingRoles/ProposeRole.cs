using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.GivingRoles;

/// <summary>A registrar, of whatever organisation, would give a member of this one a role. It gives nothing yet.</summary>
/// <param name="Until">When the role ends by itself; null for no end.</param>
public sealed record ProposeRole(string Person, Role Role, Instant? Until = null)
{
    private const int ProposalsMax = 200;

    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ProposeRole command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            FourEyes.Sign(by, out Signatory signatory)
            ?? Limits.Defined("role", command.Role)
            ?? RoleWhyNot.ToPerson(organisation, command.Person, command.Role, by)
            ?? (
                !by.Is(Role.Registrar) ? Refusal.NotAllowed("only a registrar proposes a role")
                : organisation!.Proposals.Any(proposal =>
                    (proposal.Person, proposal.Role) == (command.Person, command.Role)
                )
                    ? Refusal.WrongState("that role is proposed already")
                : organisation.Proposals.Count >= ProposalsMax
                    ? Refusal.TooMuch($"{ProposalsMax} proposals are open; settle some first")
                : command.Until is { } until
                    ? until <= now ? Refusal.Invalid("the role would end before it begins")
                        : Limits.Near("until", until, now)
                : null
            );
        return refusal is not null
            ? refusal
            : new RoleProposed(command.Person, command.Role, command.Until, signatory, now);
    }
}

/// <summary>A second person, of another organisation, agrees: only now the member has the role.</summary>
public sealed record ConfirmRole(string Person, Role Role)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ConfirmRole command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            FourEyes.Sign(by, out Signatory signatory)
            ?? RoleWhyNot.ToPerson(organisation, command.Person, command.Role, by);
        RoleProposal? proposal = organisation?.Proposals.FirstOrDefault(proposal =>
            (proposal.Person, proposal.Role) == (command.Person, command.Role)
        );
        refusal ??=
            proposal is null ? Refusal.WrongState("nobody has proposed that role")
            : !Own.Speaks(by)
                ? Refusal.NotAllowed("only a registrar or representative confirms a role")
            : now >= proposal.At + Organisation.ProposalStands || now >= proposal.Until
                ? Refusal.WrongState("the proposal is too old; propose it anew")
            : FourEyes.WhyNotSecond(proposal.By, by);
        return refusal is not null
            ? refusal
            : new RoleGiven(
                command.Person,
                command.Role,
                proposal!.Until,
                proposal.By,
                signatory,
                now
            );
    }
}

/// <summary>A proposed role is turned down, or taken back by whoever proposed it.</summary>
public sealed record DeclineRole(string Person, Role Role, string Reason)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        DeclineRole command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            FourEyes.Sign(by, out Signatory signatory)
            ?? Limits.Text("reason", command.Reason)
            ?? (
                organisation is null ? Refusal.WrongState("there is no such organisation")
                : !Own.Speaks(by) && by.Person != command.Person
                    ? Refusal.NotAllowed(
                        "only a registrar, a representative or the person itself declines a role"
                    )
                : organisation.Proposals.Any(proposal =>
                    (proposal.Person, proposal.Role) == (command.Person, command.Role)
                )
                    ? null
                : Refusal.WrongState("nobody has proposed that role")
            );
        return refusal is not null
            ? refusal
            : new RoleDeclined(command.Person, command.Role, command.Reason, signatory, now);
    }
}

internal static class RoleWhyNot
{
    /// <summary>What holds for the proposal and again for its confirmation, because the member may have changed between them.</summary>
    public static Refusal? ToPerson(
        Organisation? organisation,
        string person,
        Role role,
        Participant by
    ) =>
        organisation is null ? Refusal.WrongState("there is no such organisation")
        : !organisation.IsOperating
            ? Refusal.WrongState(
                "only members of a vetted organisation without restriction have roles"
            )
        : by.Person == person ? Refusal.NotAllowed("nobody has a say in its own roles")
        : role == Role.Reporter ? Refusal.Invalid("everybody may report; that is not given")
        : organisation.Joined(person) is not { } member
            ? Refusal.WrongState("the person is no member of the organisation")
        : RoleRules.WhyNot(member.Roles.Select(held => held.Role), role);
}
