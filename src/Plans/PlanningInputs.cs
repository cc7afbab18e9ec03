using System.Text.Json.Serialization;
using Breakwater.Disruptions.Law;
using Breakwater.Needs;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Plans;

/// <summary>Everything that a plan is made from.</summary>
/// <param name="DecisionAt">When the plan could be adopted: lead times run from here.</param>
/// <param name="HorizonEnd">Service after this counts for nothing.</param>
/// <param name="ExposureCap">The <c>safest</c> option uses no offer above this exposure.</param>
public sealed record PlanningInputs(
    Assessment Assessment,
    IReadOnlyList<Offer> Offers,
    IReadOnlyList<Clearance> Clearances,
    decimal BudgetUsd,
    Instant DecisionAt,
    Instant HorizonEnd,
    double ExposureCap,
    IReadOnlyList<FixedPlacement> Locks,
    IReadOnlyList<FixedPlacement> Forbids
)
{
    /// <summary>What bodies of a law pack would say of the disruptions behind the needs; empty where nobody worked it out.</summary>
    public IReadOnlyList<DisruptionFindings> Findings { get; init; } = [];

    /// <summary>Which offers stand under which agreements in force, of those that everybody may know of; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OfferUnderAgreement>? Agreements { get; init; }

    /// <summary>Null for an offer that stands under none.</summary>
    internal string[]? AgreementsOf(string offer) =>
        (Agreements ?? [])
            .Where(under => under.Offer == offer)
            .Select(under => under.Agreement)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray()
            is { Length: > 0 } agreements
            ? agreements
            : null;
}

/// <summary>An offer that a party makes because an agreement says so.</summary>
public sealed record OfferUnderAgreement(string Offer, string Agreement);

/// <summary>A person's hand on the plan: these units at this place, or (as a forbid) none.</summary>
public sealed record FixedPlacement(string Offer, Place Place, int Units);
