using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Revoking;

/// <summary>
/// One person takes a role from a member at once; a second of another organisation confirms it within 24 hours, or it is
/// escalated. Whoever gives up its own role needs nobody.
/// </summary>
public sealed record TakeRole(string Person, Role Role, string Reason)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        TakeRole command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal = FourEyes.Sign(by, out Signatory signatory);
        bool hasRole =
            organisation?.Joined(command.Person)?.Roles.Any(held => held.Role == command.Role)
            == true;
        refusal ??=
            organisation is null ? Refusal.WrongState("there is no such organisation")
            : !hasRole ? Refusal.WrongState("the person has no such role")
            : null;
        if (refusal is not null)
        {
            return refusal;
        }

        if (by.Person == command.Person)
        {
            return new RoleGivenUp(command.Person, command.Role, now);
        }

        refusal = TakingWhyNot.By(organisation!, by) ?? Limits.Text("reason", command.Reason);
        return refusal is not null
            ? refusal
            : new RoleTaken(command.Person, command.Role, command.Reason, signatory, now);
    }
}

/// <summary>One person puts a member out at once, with all roles; a second confirms it within 24 hours, or it is escalated.</summary>
public sealed record RevokeMember(string Person, string Reason)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        RevokeMember command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            FourEyes.Sign(by, out Signatory signatory)
            ?? (
                organisation?.Joined(command.Person) is null
                    ? Refusal.WrongState("the person is no member of the organisation")
                : by.Person == command.Person ? Refusal.NotAllowed("leave the organisation instead")
                : null
            )
            ?? TakingWhyNot.By(organisation!, by)
            ?? Limits.Text("reason", command.Reason);
        return refusal is not null
            ? refusal
            : new MemberRevoked(command.Person, command.Reason, signatory, now);
    }
}

/// <summary>A second person, of another organisation, stands by what one took.</summary>
/// <param name="Role">Null for the whole membership.</param>
public sealed record ConfirmTaking(string Person, Role? Role)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ConfirmTaking command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal = FourEyes.Sign(by, out Signatory signatory);
        Taking? taking = organisation?.Takings.FirstOrDefault(taking =>
            (taking.Person, taking.Role) == (command.Person, command.Role)
        );
        refusal ??=
            taking is null ? Refusal.WrongState("nothing of that kind waits for a second person")
            : !Own.Speaks(by) || by.Person == command.Person
                ? Refusal.NotAllowed(
                    "only a registrar or representative who is no party confirms it"
                )
            : FourEyes.WhyNotSecond(taking.By, by);
        return refusal is not null
            ? refusal
            : new TakingConfirmed(command.Person, command.Role, signatory, now);
    }
}

internal static class TakingWhyNot
{
    /// <summary>So many may one person take in one organisation before somebody else has looked.</summary>
    private const int UnconfirmedMax = 3;

    public static Refusal? By(Organisation organisation, Participant by) =>
        !by.Is(Role.Registrar)
        && !(by.Is(Role.Representative) && by.Organisation == organisation.Id)
            ? Refusal.NotAllowed(
                "only a registrar, or a representative of the same organisation, takes roles"
            )
        : organisation.Takings.Count(taking => taking.By.Organisation == by.Organisation)
        >= UnconfirmedMax
            ? Refusal.TooMuch(
                $"your organisation has taken {UnconfirmedMax} things that nobody confirmed; have them confirmed first"
            )
        : null;
}
