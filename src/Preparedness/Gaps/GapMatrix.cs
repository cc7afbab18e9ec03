using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Gaps;

public enum CellState
{
    /// <summary>Something that counts is there.</summary>
    Covered,

    /// <summary>People lack something here, and nothing covers it.</summary>
    Uncovered,

    /// <summary>It was looked, and there is nothing.</summary>
    Empty,

    /// <summary>Nobody can say: something may belong here whose class, group, phase or place is not known, or not all was looked at.</summary>
    Unknown,
}

/// <summary>One phase, actor and population group.</summary>
/// <param name="Promised">Commitments that are not working yet.</param>
/// <param name="Working">Commitments that serve people.</param>
/// <param name="Needs">They have no actor: the same stand in the cells of every actor.</param>
/// <param name="Perhaps">What may belong here and cannot be placed.</param>
/// <param name="Capacity">People of this group that offers and commitments here can serve; null when that is unknown.</param>
/// <param name="Lacking">People of this group in need; null when unknown or none.</param>
public sealed record GapCell(
    Phase Phase,
    StakeholderClass Actor,
    PopulationGroup Group,
    CellState State,
    IReadOnlyList<string> Offers,
    IReadOnlyList<string> Agreements,
    IReadOnlyList<string> Promised,
    IReadOnlyList<string> Working,
    IReadOnlyList<string> Needs,
    IReadOnlyList<string> Perhaps,
    CountRange? Capacity,
    CountRange? Lacking
);

/// <summary>How many can be served, civilians and responders apart; the same people may be served by several.</summary>
/// <param name="Unknown">Of how many records it is not known.</param>
public sealed record CoverReach(CountRange Civilians, CountRange Responders, int Unknown);

/// <summary>What does not count, and why.</summary>
public sealed record NotCounted(CoverKind Kind, CoverStanding Standing, IReadOnlyList<string> Ids);

/// <summary>Who covers what for whom and when, as far as one reader may see it.</summary>
/// <param name="Country">Null for everywhere.</param>
/// <param name="Cells">By phase, actor and group; every cell is there.</param>
/// <param name="NotLookedAt">Kinds that were not looked at, or of which there are more than were looked at.</param>
/// <param name="Elsewhere">How many of the records seen hold in other countries only.</param>
public sealed record GapMatrix(
    string? Country,
    Instant AsOf,
    IReadOnlyList<GapCell> Cells,
    CoverReach Offered,
    CoverReach Promised,
    CoverReach Working,
    IReadOnlyList<NotCounted> NotCounted,
    IReadOnlyList<CoverKind> NotLookedAt,
    int Elsewhere
)
{
    public GapCell At(Phase phase, StakeholderClass actor, PopulationGroup group) =>
        Cells[IndexOf(phase, actor, group)];

    internal static readonly Phase[] Phases = Enum.GetValues<Phase>();
    internal static readonly StakeholderClass[] Actors = Enum.GetValues<StakeholderClass>();
    internal static readonly PopulationGroup[] Groups = Enum.GetValues<PopulationGroup>();

    internal static int IndexOf(Phase phase, StakeholderClass actor, PopulationGroup group) =>
        ((((int)phase * Actors.Length) + (int)actor) * Groups.Length) + (int)group;
}
