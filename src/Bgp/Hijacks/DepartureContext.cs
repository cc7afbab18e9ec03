using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>What is known beside the routes, for working out departures.</summary>
public sealed record DepartureContext
{
    public static DepartureContext Nothing { get; } = new();

    /// <summary>What holders of prefixes said; it overrides what routes show.</summary>
    public Expectations Expectations { get; init; } = Expectations.None;

    /// <summary>Origin validation as of the event; null when there are no VRPs.</summary>
    public Func<IpPrefix, Asn, RouteValidity>? Validity { get; init; }

    /// <summary>Origins that VRPs authorise for a prefix or a part of it; null when there are no VRPs.</summary>
    public Func<IpPrefix, IReadOnlyList<Asn>>? Authorised { get; init; }

    /// <summary>True when two ASes belong to one organisation; null when that is not known.</summary>
    public Func<Asn, Asn, bool>? AreSiblings { get; init; }

    public HijackProfile Profile { get; init; } = HijackProfile.Default;

    internal RouteValidity ValidityOf(IpPrefix prefix, Asn origin) =>
        Validity?.Invoke(prefix, origin) ?? RouteValidity.NotAvailable;
}
