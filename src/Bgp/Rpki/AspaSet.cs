using System.Collections.Frozen;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>What a customer's ASPA says of a neighbour (draft-ietf-sidrops-aspa-verification, "provider authorization function").</summary>
public enum HopAuthorization : byte
{
    /// <summary>The customer has published no ASPA.</summary>
    NoAttestation,

    /// <summary>The ASPA lists the neighbour: a provider, or a route server that adds itself to the path.</summary>
    ProviderPlus,

    /// <summary>There is an ASPA and the neighbour is not in it.</summary>
    NotProviderPlus,
}

/// <summary>The providers that ASes have attested. Several ASPAs of one customer count as their union, as the draft has it.</summary>
public sealed class AspaSet
{
    private readonly FrozenDictionary<uint, uint[]> providers;

    private AspaSet(IEnumerable<KeyValuePair<uint, uint[]>> providers) =>
        this.providers = providers.ToFrozenDictionary();

    public static AspaSet Empty { get; } = new([]);

    public static AspaSet Of(IEnumerable<Aspa> aspas) =>
        new(
            aspas
                .GroupBy(aspa => aspa.Customer.Number)
                .Select(group =>
                    KeyValuePair.Create(
                        group.Key,
                        group
                            .SelectMany(aspa => aspa.Providers)
                            .Select(provider => provider.Number)
                            .Distinct()
                            .Order()
                            .ToArray()
                    )
                )
        );

    /// <summary>Customers with an ASPA.</summary>
    public int Count => providers.Count;

    /// <summary>One payload for each customer, in ascending order.</summary>
    public IEnumerable<Aspa> All =>
        providers
            .OrderBy(pair => pair.Key)
            .Select(pair => new Aspa(
                new Asn(pair.Key),
                [.. pair.Value.Select(number => new Asn(number))]
            ));

    public HopAuthorization Check(Asn customer, Asn neighbour) =>
        !providers.TryGetValue(customer.Number, out uint[]? listed) ? HopAuthorization.NoAttestation
        : neighbour.Number != 0 && listed.AsSpan().BinarySearch(neighbour.Number) >= 0
            ? HopAuthorization.ProviderPlus
        : HopAuthorization.NotProviderPlus;
}
