using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Outcomes of path verification (draft-ietf-sidrops-aspa-verification-17 section 6).</summary>
public enum AspaState : byte
{
    /// <summary>Some AS on the path has no ASPA, and what is there contradicts nothing.</summary>
    Unknown,
    Valid,
    Invalid,
}

/// <summary>From whom the last AS of the path, or the observer behind it, has the route.</summary>
public enum PathDirection : byte
{
    /// <summary>From a customer, a lateral peer or a route-server client: every hop must go up to a provider.</summary>
    Upstream,

    /// <summary>From a provider: up, at most once across, then down. A collector is fed as a customer is, so this is the one for collectors.</summary>
    Downstream,
}

/// <summary>Why a path is Invalid, or what keeps it from Valid.</summary>
public enum AspaReason : byte
{
    None,
    EmptyPath,
    SetInPath,

    /// <summary>The nearest AS is not the neighbour that sent it, which only a transparent route server may do (RFC 7947 section 2.2.2.1).</summary>
    NeighbourMissing,

    /// <summary>An AS passed the route to one that its ASPA does not list as a provider.</summary>
    NotProvider,

    /// <summary>Neither going up from the origin nor coming down to the observer explains the hops between.</summary>
    Valley,
    NoAttestation,
}

/// <summary>The outcome for one path.</summary>
/// <param name="FirstHop">Where the hops in question begin: an index into the path without prepends, nearest AS 0. The AS before it on the way from the origin is the last that is explained.</param>
/// <param name="LastHop">Where they end, nearest to the observer; -1 in both when no hop is in question.</param>
public readonly record struct AspaValidity(
    AspaState State,
    AspaReason Reason,
    int FirstHop = -1,
    int LastHop = -1
);

/// <summary>
/// AS path verification with ASPAs (draft-ietf-sidrops-aspa-verification-17 sections 5 and 6). Routes through transparent
/// route servers need no care, because those do not add themselves; one that does is listed by its clients as a provider.
/// </summary>
public static class AspaVerification
{
    /// <param name="path">Without prepends.</param>
    /// <param name="neighbour">The AS that sent the route; null when it is unknown or a transparent route server.</param>
    public static AspaValidity Verify(
        AspaSet aspas,
        PathHops path,
        PathDirection direction,
        Asn? neighbour = null
    ) =>
        path.HasSet ? new AspaValidity(AspaState.Invalid, AspaReason.SetInPath)
        : path.Hops.IsEmpty ? new AspaValidity(AspaState.Invalid, AspaReason.EmptyPath)
        : neighbour is { } sender && path.Hops[0] != sender
            ? new AspaValidity(AspaState.Invalid, AspaReason.NeighbourMissing)
        : direction == PathDirection.Upstream ? Upstream(aspas, path.Hops)
        : Downstream(aspas, path.Hops);

    /// <summary>Section 6.1.</summary>
    private static AspaValidity Upstream(AspaSet aspas, ReadOnlySpan<Asn> hops)
    {
        int unattested = -1;
        for (int at = hops.Length - 1; at > 0; at--)
        {
            HopAuthorization hop = aspas.Check(hops[at], hops[at - 1]);
            if (hop == HopAuthorization.NotProviderPlus)
            {
                return new AspaValidity(AspaState.Invalid, AspaReason.NotProvider, at, at - 1);
            }

            if (hop == HopAuthorization.NoAttestation && unattested < 0)
            {
                unattested = at;
            }
        }

        return unattested < 0
            ? new AspaValidity(AspaState.Valid, AspaReason.None)
            : new AspaValidity(
                AspaState.Unknown,
                AspaReason.NoAttestation,
                unattested,
                unattested - 1
            );
    }

    /// <summary>Section 6.2: the longest and the shortest ramps that the attestations allow, from either end.</summary>
    private static AspaValidity Downstream(AspaSet aspas, ReadOnlySpan<Asn> hops)
    {
        int origin = hops.Length - 1;
        int upMax = Ramp(aspas, hops, origin, -1, out int upMin);
        int downMax = Ramp(aspas, hops, 0, 1, out int downMin);
        if (upMax + downMax < hops.Length)
        {
            return new AspaValidity(AspaState.Invalid, AspaReason.Valley, origin - upMax, downMax);
        }

        return upMin + downMin < hops.Length
            ? new AspaValidity(AspaState.Unknown, AspaReason.NoAttestation, origin - upMin, downMin)
            : new AspaValidity(AspaState.Valid, AspaReason.None);
    }

    /// <summary>ASes on the ramp that starts at <paramref name="from"/>: until a hop is not to a provider, and, for the shortest, not attested.</summary>
    private static int Ramp(
        AspaSet aspas,
        ReadOnlySpan<Asn> hops,
        int from,
        int step,
        out int shortest
    )
    {
        shortest = 0;
        int count = 1;
        for (int at = from; at + step >= 0 && at + step < hops.Length; at += step, count++)
        {
            HopAuthorization hop = aspas.Check(hops[at], hops[at + step]);
            if (shortest == 0 && hop != HopAuthorization.ProviderPlus)
            {
                shortest = count;
            }

            if (hop == HopAuthorization.NotProviderPlus)
            {
                return count;
            }
        }

        shortest = shortest == 0 ? count : shortest;
        return count;
    }
}
