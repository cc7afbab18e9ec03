namespace Breakwater.Vocabulary;

/// <summary>How near a reader's organisation is to the node that answers, farthest first.</summary>
public enum Circle
{
    /// <summary>No account, or one that belongs to nobody here: the public.</summary>
    Anyone,

    /// <summary>Of a connected community.</summary>
    Partner,

    /// <summary>Of an organisation on this node or on a direct peer.</summary>
    Community,
}

/// <summary>Who asks to see something, with all that the guard judges by. Whatever is left out is not so.</summary>
public sealed record Reader
{
    private static readonly IReadOnlySet<Role> _noRoles = new HashSet<Role>();
    private static readonly IReadOnlySet<string> _none = new HashSet<string>();

    /// <summary>Anybody at all.</summary>
    public static Reader Anonymous { get; } = new();

    /// <summary>Pseudonym; null for the anonymous public.</summary>
    public string? Person { get; init; }

    public string? Organisation { get; init; }

    public StakeholderClass? Class { get; init; }

    public IReadOnlySet<Role> Roles { get; init; } = _noRoles;

    public Circle Circle { get; init; }

    /// <summary>Ids of the sharing groups that list its organisation.</summary>
    public IReadOnlySet<string> Groups { get; init; } = _none;

    /// <summary>Ids of the organisations whose client its organisation is.</summary>
    public IReadOnlySet<string> ClientOf { get; init; } = _none;

    /// <summary>True when the record at hand, and each it was made from, names this very person.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Ledger subjects that name this very person, such as the organisation that it is a member of or invited to.</summary>
    public IReadOnlySet<string> NamedIn { get; init; } = _none;

    /// <summary>The same reader before a record of this subject.</summary>
    public Reader Before(string subject) =>
        NamedIn.Contains(subject) ? this with { IsNamed = true } : this;

    /// <summary>Who has joined alone stands nowhere nearer than the public: joining grants nothing (INV-09).</summary>
    public static Reader Of(
        Participant person,
        Circle circle,
        IReadOnlySet<string>? groups = null
    ) =>
        new()
        {
            Person = person.Person,
            Organisation = person.Organisation,
            Class = person.Class,
            Roles = person.Roles,
            Circle = person.Organisation is null ? Circle.Anyone : circle,
            Groups = groups ?? _none,
        };
}
