namespace Breakwater.Vocabulary;

/// <summary>Whose connection. Civilians and responders are never summed (INV-05).</summary>
public enum PopulationGroup
{
    Residents,
    Displaced,
    Refugees,
    Responders,
}

/// <summary>A count known only to lie between two numbers.</summary>
public sealed record CountRange(long Low, long High)
{
    public static CountRange Exactly(long count) => new(count, count);
}

/// <summary>One published count of people at a place. Conflicting counts stay side by side; the one used is marked.</summary>
/// <param name="Place">The area counted.</param>
/// <param name="Name">The area's name for readers.</param>
/// <param name="Pcode">Humanitarian place code, text with leading zeros kept; null when none is known.</param>
/// <param name="Group">Who is counted.</param>
/// <param name="Count">The count; null is unknown, which is not zero.</param>
/// <param name="IsUsed">True for the figure that needs are computed from.</param>
/// <param name="Source">Who published it.</param>
public sealed record Population(
    Place Place,
    string Name,
    string? Pcode,
    PopulationGroup Group,
    CountRange? Count,
    bool IsUsed,
    string Source,
    Origin Origin
);

/// <summary>The share of subscribers that one network serves at a place, 0 to 1.</summary>
public sealed record NetworkShare(
    string Network,
    Place Place,
    double Share,
    string Source,
    Origin Origin
);
