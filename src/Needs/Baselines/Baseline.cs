using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Needs.Baselines;

/// <summary>
/// What is known of a country before anything is lost: people, shares of networks, sites with their power. Needs are computed
/// from it. Conflicting counts stay side by side.
/// </summary>
public sealed record Baseline : ISubject<Baseline, BaselineEvent>
{
    public static string Kind => "baseline";

    /// <summary>ISO 3166-1 alpha-2: a country has one.</summary>
    public required string Id { get; init; }

    public required IReadOnlyList<Population> Populations { get; init; }

    public required IReadOnlyList<NetworkShare> NetworkShares { get; init; }

    /// <summary>Each with a marking of its own; most are sealed.</summary>
    public required IReadOnlyList<Site> Sites { get; init; }

    public required string Reason { get; init; }

    public required Instant SetAt { get; init; }

    /// <summary>Figures are published ones; each site narrows further by its own marking.</summary>
    [JsonIgnore]
    public Marking Marking => Marking.Public;

    [JsonIgnore]
    public string Standing => "in-use";

    [JsonIgnore]
    public Place? Place => new Place { Country = Id };

    [JsonIgnore]
    public string Words => $"{Id} {string.Join(' ', Populations.Select(one => one.Name))}";

    public static Baseline Apply(Baseline? before, BaselineEvent happened) =>
        happened switch
        {
            BaselineSet set => new Baseline
            {
                Id = set.Country,
                Populations = set.Populations,
                NetworkShares = set.NetworkShares,
                Sites = set.Sites,
                Reason = set.Reason,
                SetAt = set.At,
            },
            _ => before!,
        };
}

public abstract record BaselineEvent;

/// <summary>The baseline from now on; what it was before stays in the ledger.</summary>
public sealed record BaselineSet(
    string Country,
    IReadOnlyList<Population> Populations,
    IReadOnlyList<NetworkShare> NetworkShares,
    IReadOnlyList<Site> Sites,
    string Reason,
    string By,
    Instant At
) : BaselineEvent;
