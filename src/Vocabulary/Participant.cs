namespace Breakwater.Vocabulary;

/// <summary>What an account may do for its organisation. Nobody has all; each is given by a registrar, with a second person.</summary>
public enum Role
{
    /// <summary>Submits reports and follows them by code word. Needs no account.</summary>
    Reporter,

    /// <summary>Corroborates reports and opens disruptions.</summary>
    Analyst,

    /// <summary>Runs and proposes plans; offers, missions, fuel. Does not decide.</summary>
    Planner,

    /// <summary>Records findings, stances and contests. Does not approve publications.</summary>
    LegalAnalyst,

    /// <summary>Speaks for its organisation: takes positions, pledges, answers clearances, recuses.</summary>
    Representative,

    /// <summary>Publishes and withdraws. Does not edit evidence.</summary>
    Publisher,

    /// <summary>Keeps membership and contact points. Reads no sealed field.</summary>
    Registrar,

    /// <summary>Holds a share of the keys of sealed fields. Unseals nothing alone.</summary>
    Custodian,

    /// <summary>Runs the node. Reads no sealed field.</summary>
    Operator,
}

/// <summary>Who acts: a pseudonymous person, on behalf of one organisation, with the roles that it has there now.</summary>
/// <param name="Person">Pseudonym; it is the author of the events.</param>
/// <param name="Organisation">Id of the organisation; null for a person who has joined deliberation alone.</param>
/// <param name="Class">Class of the organisation, or of the person alone.</param>
public sealed record Participant(
    string Person,
    string? Organisation,
    StakeholderClass Class,
    IReadOnlySet<Role> Roles
)
{
    public bool Is(Role role) => Roles.Contains(role);
}
