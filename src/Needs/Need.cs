using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Needs;

/// <summary>Who lacks which service, where, and since when.</summary>
public sealed record Need
{
    public required string Id { get; init; }

    public required Place Place { get; init; }

    public required string PlaceName { get; init; }

    public string? Pcode { get; init; }

    public required PopulationGroup Group { get; init; }

    public required Service Service { get; init; }

    /// <summary>The one service or site that is blocked; null, and absent in JSON, for a class of connection or a function.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>The count it is computed from; null is unknown.</summary>
    public required CountRange? Population { get; init; }

    public required string PopulationSource { get; init; }

    /// <summary>People without the service; null is unknown, and zero only when measured so.</summary>
    public required CountRange? WithoutService { get; init; }

    /// <summary>The part of it that each cut network accounts for; empty when the loss is not by network.</summary>
    public required IReadOnlyList<NetworkNeed> ByNetwork { get; init; }

    /// <summary>Share of people without it, by network when the loss is by network: the sum that gave the count.</summary>
    public required string Sum { get; init; }

    public required Instant Since { get; init; }

    /// <summary>1 is first. Low-bandwidth services come first, then the number of people.</summary>
    public required int Priority { get; init; }

    public required string PriorityReason { get; init; }

    /// <summary>What must hold before any offer helps: handset, price, power.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    public required IReadOnlyList<string> Unknowns { get; init; }

    /// <summary>Ids of the disruptions that cause it.</summary>
    public required IReadOnlyList<string> Disruptions { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>When it was assessed; null in records from before this was said.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Of needs that were assessed again and again, the last of each group and service at each place.</summary>
    public static IReadOnlyList<Need> Latest(IEnumerable<Need> needs) =>
        [
            .. needs
                .GroupBy(need =>
                    (need.Place, need.PlaceName, need.Group, need.Service, need.Target)
                )
                .Select(same => same.MaxBy(need => need.AsOf ?? Instant.MinValue)!),
        ];
}

/// <summary>People without service because one network is cut.</summary>
public sealed record NetworkNeed(string Network, CountRange WithoutService);

/// <summary>When a site goes dark if nothing is delivered: battery hours plus litres divided by burn (INV-12).</summary>
/// <param name="Hours">Null when battery or fuel is unknown; unknown is not zero.</param>
/// <param name="Order">1 goes dark first; null when the hours are unknown.</param>
/// <param name="Sum">The sum in words, with its terms.</param>
public sealed record TimeToDark(
    string SiteId,
    Place Place,
    string? Network,
    double? Hours,
    Instant? DarkAt,
    int? Order,
    CountRange? PeopleServed,
    string Sum,
    Origin Origin,
    Marking Marking
);

/// <summary>All needs at one moment, and the order in which sites go dark.</summary>
public sealed record Assessment(
    Instant AsOf,
    IReadOnlyList<Need> Needs,
    IReadOnlyList<TimeToDark> TimeToDark
);
