using System.Text.Json.Serialization;
using NodaTime;

namespace Breakwater.Vocabulary;

public enum ClearanceKind
{
    Import,
    Licence,
    Spectrum,
    Sanctions,
    Access,

    /// <summary>Equipment or people held back for the sake of health.</summary>
    Quarantine,
}

/// <summary>What an authority answered. Silence is its own value and never consent (INV-04).</summary>
public enum ClearanceAnswer
{
    NotAsked,
    NoAnswer,
    Given,
    Denied,
    NotRequired,
}

/// <summary>A permit that an offer waits for: an item of the schedule, since nothing works before it.</summary>
/// <param name="Authority">Which role must answer.</param>
/// <param name="EffectiveAt">When it takes or took effect; null while there is no date.</param>
public sealed record Clearance(
    string Id,
    ClearanceKind Kind,
    string Authority,
    ClearanceAnswer Answer,
    Instant? AskedAt,
    Instant? EffectiveAt,
    string Source,
    Origin Origin
)
{
    /// <summary>End of the permit; null when none was stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? Until { get; init; }

    /// <summary>True when it is given and in force at that moment, or is not required. Everything else, silence too, is no.</summary>
    public bool AllowsAt(Instant at) =>
        Answer == ClearanceAnswer.NotRequired
        || (
            Answer == ClearanceAnswer.Given
            && EffectiveAt <= at
            && (Until is not { } until || at < until)
        );
}

/// <summary>What an offer works with, where norms ask something of whoever brings it.</summary>
public enum OfferMeans
{
    /// <summary>Terminals that transmit to satellites from the territory.</summary>
    SatelliteTerminal,

    /// <summary>Equipment that is brought in as telecommunication relief.</summary>
    ReliefEquipment,

    /// <summary>People who go to a site to repair it.</summary>
    RepairCrew,

    /// <summary>Equipment that is placed on a site of somebody else.</summary>
    SharedSite,

    /// <summary>Infrastructure of a State that takes no part in a conflict.</summary>
    NeutralInfrastructure,
}

/// <summary>A capability that a stakeholder makes available, with its terms. An offer is not a delivery.</summary>
/// <param name="Asset">What it is, in words for readers.</param>
/// <param name="Quantity">Units in stock.</param>
/// <param name="PeoplePerUnit">People one unit serves at the service class; the binding capacity.</param>
/// <param name="Service">The best service class it carries; it carries the classes below too.</param>
/// <param name="Groups">Who may use it.</param>
/// <param name="Places">Where it can be used; a country means anywhere in it.</param>
/// <param name="Networks">For a repair or a backup core: the networks it brings back; null when it serves everybody.</param>
/// <param name="UsableShare">Share of people there who can use it at all (handset, border signal, price), 0 to 1.</param>
/// <param name="LeadDays">Days from decision to service, clearances apart.</param>
/// <param name="UntilOffered">The supplier's end date; null when none is stated.</param>
/// <param name="Clearances">Ids of the clearances it waits for.</param>
/// <param name="Exposure">Danger to the people who use or run it, 0 (none known) to 1 (grave).</param>
public sealed record Offer(
    string Id,
    string Stakeholder,
    string Asset,
    int Quantity,
    long PeoplePerUnit,
    Service Service,
    IReadOnlyList<PopulationGroup> Groups,
    IReadOnlyList<Place> Places,
    IReadOnlyList<string>? Networks,
    double UsableShare,
    decimal UnitCostUsd,
    double LeadDays,
    Instant? UntilOffered,
    IReadOnlyList<string> Clearances,
    IReadOnlyList<string> Conditions,
    double Exposure,
    string Source,
    Origin Origin
)
{
    /// <summary>Null where nobody said; empty where it works with none of these.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OfferMeans>? Means { get; init; }
}
