using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Membership;

/// <summary>Who may act within its own organisation, and who from outside of it.</summary>
internal static class Own
{
    /// <summary>
    /// A member acts for its own organisation. Where somebody in it has a role that speaks for it or keeps its members, only
    /// those do; before that, any member.
    /// </summary>
    public static Refusal? WhyNot(Organisation? organisation, Participant by)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (organisation is null)
        {
            return Refusal.WrongState("there is no such organisation");
        }

        if (by.Organisation != organisation.Id || organisation.Joined(by.Person) is null)
        {
            return Refusal.NotAllowed("only a member acts for its organisation");
        }

        bool somebodySpeaks = organisation.Members.Any(member =>
            member.Roles.Any(held => held.Role is Role.Registrar or Role.Representative)
        );
        return somebodySpeaks && !Speaks(by)
            ? Refusal.NotAllowed("only a registrar or representative of the organisation does this")
            : null;
    }

    /// <summary>A registrar or representative of another organisation: somebody vetted, and no party.</summary>
    public static Refusal? WhyNotFromOutside(
        Organisation? organisation,
        Participant by,
        out Signatory signatory
    )
    {
        Refusal? refusal = FourEyes.Sign(by, out signatory);
        return organisation is null ? Refusal.WrongState("there is no such organisation")
            : refusal is not null ? refusal
            : by.Organisation == organisation.Id || organisation.Joined(by.Person) is not null
                ? Refusal.NotAllowed("an organisation is no judge of itself")
            : !Speaks(by)
                ? Refusal.NotAllowed(
                    "only a registrar or representative of a vetted organisation does this"
                )
            : null;
    }

    public static bool Speaks(Participant by) => Speaking.Roles.Any(by.Is);
}

/// <summary>The roles that speak for an organisation in what concerns membership. Doors let in whoever stands here.</summary>
public static class Speaking
{
    public static IReadOnlyList<Role> Roles { get; } = [Role.Representative, Role.Registrar];
}
