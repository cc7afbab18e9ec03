using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Membership;

/// <summary>What a role may allow, as far as another role must not have it.</summary>
public enum Act
{
    /// <summary>Take positions, vote.</summary>
    Decide,

    /// <summary>Corroborate, contradict and set aside reports; open disruptions.</summary>
    EditEvidence,

    /// <summary>Release a document, or say yes to its release.</summary>
    Publish,

    /// <summary>Take part in opening sealed fields, always as one of two.</summary>
    Unseal,
}

/// <summary>
/// What each role may and may not do (platform.md section 7), and which roles nobody holds together: those of which one
/// allows what the other forbids.
/// </summary>
public static class RoleRules
{
    private static readonly Dictionary<Role, Act[]> _allows = new()
    {
        [Role.Analyst] = [Act.EditEvidence],
        [Role.Representative] = [Act.Decide],
        [Role.Publisher] = [Act.Publish],
        [Role.Custodian] = [Act.Unseal],
    };

    private static readonly Dictionary<Role, Act[]> _forbids = new()
    {
        [Role.Analyst] = [Act.Publish],
        [Role.Planner] = [Act.Decide],
        [Role.LegalAnalyst] = [Act.Publish],
        [Role.Publisher] = [Act.EditEvidence],
        [Role.Registrar] = [Act.Unseal],
        [Role.Operator] = [Act.Unseal],
    };

    /// <summary>Pairs that nobody holds together, the lower role first.</summary>
    public static IReadOnlyList<(Role One, Role Other)> Exclusive { get; } =
    [
        .. from one in Enum.GetValues<Role>()
        from other in Enum.GetValues<Role>()
        where one < other && (Collide(one, other) || Collide(other, one))
        select (one, other),
    ];

    /// <summary>True when one of the roles allows the act and none forbids it.</summary>
    public static bool May(IReadOnlySet<Role> roles, Act act)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return roles.Any(role => Of(_allows, role).Contains(act))
            && !roles.Any(role => Of(_forbids, role).Contains(act));
    }

    /// <summary>Null when a person with these roles can have one more.</summary>
    public static Refusal? WhyNot(IEnumerable<Role> held, Role more)
    {
        foreach (Role role in held)
        {
            if (role == more)
            {
                return Refusal.WrongState($"the person has the role {Checks.Word(more)} already");
            }

            if (Exclusive.Contains(role < more ? (role, more) : (more, role)))
            {
                return Refusal.NotAllowed(
                    $"one person cannot be both {Checks.Word(role)} and {Checks.Word(more)}"
                );
            }
        }

        return null;
    }

    private static bool Collide(Role allowing, Role forbidding) =>
        Of(_allows, allowing).Intersect(Of(_forbids, forbidding)).Any();

    private static Act[] Of(Dictionary<Role, Act[]> table, Role role) =>
        table.GetValueOrDefault(role, []);
}
