using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>What is known beside the routes, for working out departures.</summary>
public sealed record DepartureContext
{
    public static DepartureContext Nothing { get; } = new();

    /// <summary>What holders of prefixes said; it overrides what routes show.</summary>
    public Expectations Expectations { get; init; } = Expectations.None;

    /// <summary>VRPs in force at the event; null when there are none, and then nothing is said of the RPKI.</summary>
    public VrpSet? Vrps { get; init; }

    /// <summary>Inferred relationships of ASes, for leaks; null when there are none.</summary>
    public AsRelationships? Relationships { get; init; }

    /// <summary>True when two ASes belong to one organisation; null when that is not known.</summary>
    public Func<Asn, Asn, bool>? AreSiblings { get; init; }

    public HijackProfile Profile { get; init; } = HijackProfile.Default;

    internal OriginValidity ValidityOf(IpPrefix prefix, Asn origin) =>
        Vrps?.Validate(prefix, origin) ?? OriginValidity.NoVrps;
}
