using NodaTime;

namespace Breakwater.Signals;

/// <summary>What one version of the root zone says of one top-level domain, or of the root itself.</summary>
public sealed record DelegationSignal : Signal
{
    public required ZoneVersion Zone { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<NameServer> NameServers { get; init; }

    /// <summary>In the order of key tag, algorithm and digest. Empty: the parent vouches for no key, so the domain is not signed.</summary>
    public required IReadOnlyList<DelegationSigner> Signers { get; init; }

    /// <summary>The first end of a signature that the zone carries at this name; null when there is none.</summary>
    public Instant? SignedUntil { get; init; }
}

/// <summary>A version of a zone.</summary>
/// <param name="Serial">Null when the file has no SOA record.</param>
/// <param name="At">When it was made; null when the file does not say.</param>
/// <param name="IsWhole">False when entries could not be read: what is absent is then not known to be absent.</param>
/// <param name="IsProven">True when the digest in the zone matches, so that the file is as its publisher made it.</param>
public sealed record ZoneVersion(uint? Serial, Instant? At, bool IsWhole, bool IsProven);

/// <param name="Host">Name of the server, without a dot at the end.</param>
/// <param name="Addresses">IPv4 before IPv6, in order; empty when the zone has none.</param>
/// <param name="IsInBailiwick">True when the name lies below the domain that it serves: without an address in the zone nobody finds it.</param>
public sealed record NameServer(string Host, IReadOnlyList<string> Addresses, bool IsInBailiwick);

/// <summary>A DS record (RFC 4034 section 5), without its digest.</summary>
/// <param name="DigestType">1 is SHA-1, 2 SHA-256, 4 SHA-384.</param>
public sealed record DelegationSigner(ushort KeyTag, byte Algorithm, byte DigestType);
