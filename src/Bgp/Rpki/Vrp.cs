using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>
/// A validated ROA payload (RFC 6811 section 2): <paramref name="Asn"/> may originate <paramref name="Prefix"/> and its
/// more-specifics up to <paramref name="MaxLength"/>. AS 0 says that nobody may (RFC 6483 section 4).
/// </summary>
/// <param name="MaxLength">Longest prefix length allowed, in bits; at least the length of the prefix.</param>
/// <param name="TrustAnchor">As the validator names it; null when it does not.</param>
public readonly record struct Vrp(
    IpPrefix Prefix,
    byte MaxLength,
    Asn Asn,
    string? TrustAnchor = null
) : IComparable<Vrp>
{
    // Unix seconds, moved by one so that the default, 0, means not given; an Instant? each would double the row.
    private readonly long notBefore;
    private readonly long notAfter;

    /// <summary>From when the signed object is valid, where the source says so.</summary>
    public Instant? NotBefore
    {
        get => notBefore == 0 ? null : Instant.FromUnixTimeSeconds(notBefore - 1);
        init => notBefore = value is { } at ? at.ToUnixTimeSeconds() + 1 : 0;
    }

    /// <summary>Until when it is valid, this second included, where the source says so: the end of its certificates, or when the validator would drop it.</summary>
    public Instant? NotAfter
    {
        get => notAfter == 0 ? null : Instant.FromUnixTimeSeconds(notAfter - 1);
        init => notAfter = value is { } at ? at.ToUnixTimeSeconds() + 1 : 0;
    }

    /// <summary>True unless the source says that it was not valid then (RFC 5280 section 4.1.2.5: both ends belong to it).</summary>
    public bool IsInForce(Instant at) => !(NotBefore > at) && !(NotAfter < at);

    /// <summary>RFC 6811 section 2: the prefix of the route is the VRP's or lies in it.</summary>
    public bool Covers(IpPrefix route) => Prefix.Contains(route);

    /// <summary>RFC 6811 section 2: it covers the route, allows its length and names its origin; AS 0 matches nothing.</summary>
    public bool Matches(IpPrefix route, Asn? origin) =>
        Covers(route) && route.Length <= MaxLength && origin == Asn && Asn.Number != 0;

    /// <summary>By prefix, AS number, longest allowance first, then what else distinguishes two rows.</summary>
    public int CompareTo(Vrp other) =>
        Prefix != other.Prefix ? Prefix.CompareTo(other.Prefix)
        : Asn != other.Asn ? Asn.Number.CompareTo(other.Asn.Number)
        : MaxLength != other.MaxLength ? other.MaxLength.CompareTo(MaxLength)
        : string.CompareOrdinal(TrustAnchor, other.TrustAnchor) is not 0 and var order ? order
        : notBefore != other.notBefore ? notBefore.CompareTo(other.notBefore)
        : notAfter.CompareTo(other.notAfter);

    public override string ToString() => $"{Prefix} to /{MaxLength} by {Asn}";

    public static bool operator <(Vrp left, Vrp right) => left.CompareTo(right) < 0;

    public static bool operator >(Vrp left, Vrp right) => left.CompareTo(right) > 0;

    public static bool operator <=(Vrp left, Vrp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Vrp left, Vrp right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// A validated ASPA payload (draft-ietf-sidrops-aspa-profile): all the providers of <paramref name="Customer"/>, in
/// ascending order. Only AS 0 means that it has none.
/// </summary>
public sealed record Aspa(Asn Customer, IReadOnlyList<Asn> Providers, string? TrustAnchor = null)
{
    public Instant? NotAfter { get; init; }
}

/// <summary>A validated BGPsec router key (RFC 8209).</summary>
/// <param name="Ski">Subject key identifier, 20 octets as upper-case hexadecimal.</param>
/// <param name="PublicKey">Subject public key info, base64 as the source wrote it.</param>
public sealed record RouterKey(Asn Asn, string Ski, string PublicKey);
