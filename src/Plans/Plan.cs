using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Plans;

/// <summary>What goes where, when and from whom. A proposal: people decide.</summary>
public sealed record Plan
{
    public required string Id { get; init; }

    /// <summary>What this option puts first: <c>most-people</c>, <c>fairest</c>, <c>safest</c>.</summary>
    public required string Option { get; init; }

    public required IReadOnlyList<PlanLine> Lines { get; init; }

    /// <summary>Weighted person-days of service; the objective, recomputed by the verifier.</summary>
    public required double Value { get; init; }

    /// <summary>No plan under these inputs, whatever its option, has a higher value than this.</summary>
    public required double Bound { get; init; }

    /// <summary>(bound - value) / value; 1 when the value is zero and the bound is not.</summary>
    public required double Gap { get; init; }

    public required bool IsVerified { get; init; }

    public required decimal CostUsd { get; init; }

    public required decimal BudgetUsd { get; init; }

    /// <summary>Civilians served when every line works. Never added to responders (INV-05).</summary>
    public required long Civilians { get; init; }

    public required long Responders { get; init; }

    /// <summary>People who can hear and not answer. They still lack a connection, and are in no other number here.</summary>
    public required long Informed { get; init; }

    /// <summary>The area with the lowest share of its need served, and that share.</summary>
    public required string WorstServed { get; init; }

    public required double WorstServedShare { get; init; }

    /// <summary>Highest exposure of any line, 0 to 1.</summary>
    public required double Exposure { get; init; }

    public required IReadOnlyList<UnservedNeed> Unserved { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Who could be endangered by carrying this out.</summary>
    public required string HarmNote { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Of the civilians, those on lines for which what norms may ask is on record; null where nobody worked it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReadyCivilians { get; init; }

    /// <summary>The same of the responders.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReadyResponders { get; init; }

    /// <summary>Ids of the findings that conditions of its lines follow from.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}

/// <summary>One offer put to use at one place.</summary>
/// <param name="LostWithout">People who would go unserved without this line, from solving again without it; null when not worked out.</param>
public sealed record PlanLine(
    string OfferId,
    string Stakeholder,
    string Asset,
    Place Place,
    string PlaceName,
    int Units,
    Service Service,
    long Civilians,
    long Responders,
    Instant ServiceAt,
    Instant Until,
    decimal CostUsd,
    IReadOnlyList<string> Clearances,
    string Why,
    long? LostWithout
)
{
    /// <summary>Ids of the agreements in force that its offer stands under, of those that everybody may know of; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Agreements { get; init; }

    /// <summary>What norms that may apply ask of it.</summary>
    public IReadOnlyList<PlanCondition> Conditions { get; init; } = [];

    /// <summary>True when nothing that norms may ask for is missing. It says nothing of whether it works.</summary>
    [JsonIgnore]
    public bool IsReady =>
        Conditions.All(condition => condition.State != ConditionState.NotOnRecord);
}

/// <summary>A need, or part of one, that the plan leaves open. A result, not an omission.</summary>
/// <param name="People">People left without the service.</param>
/// <param name="Why">The constraint that stops it, in words.</param>
public sealed record UnservedNeed(
    string NeedId,
    Place Place,
    string PlaceName,
    Service Service,
    PopulationGroup Group,
    long People,
    string Why
);

/// <summary>Why there is no plan. An expected answer, not a fault.</summary>
public sealed record PlanRefused(string Reason, IReadOnlyList<string> Details);
