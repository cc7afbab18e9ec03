namespace Breakwater.Bgp;

/// <summary>
/// What a table holds at most, so that no input fills the memory. What goes past a limit is refused and counted in
/// <see cref="RouteTable.Refused"/>. The defaults hold several collectors with full tables of both families.
/// </summary>
public sealed record RouteTableLimits
{
    /// <summary>Prefixes ever seen, of both families: three times the present global table.</summary>
    public int Prefixes { get; init; } = 4_000_000;

    /// <summary>Sessions: all RIPE RIS and RouteViews collectors together have fewer.</summary>
    public int Peers { get; init; } = 4_096;

    /// <summary>Distinct AS paths in use.</summary>
    public int Paths { get; init; } = 32_000_000;

    /// <summary>Origin ASes ever seen: ten times those that announce anything now.</summary>
    public int Origins { get; init; } = 1_000_000;

    /// <summary>Paths that one peer gives for one prefix (RFC 7911).</summary>
    public int PathsOfOnePeer { get; init; } = 256;

    /// <summary>
    /// Prefixes times peers, as room for one bit each is set aside in three places. The default takes 1.6 GB when reached.
    /// </summary>
    public long PrefixesTimesPeers { get; init; } = 1L << 32;

    /// <summary>Routes, those that are stale with them; four octets each.</summary>
    public long Routes { get; init; } = 400_000_000;

    /// <summary>AS numbers in all paths together; four octets each.</summary>
    public long PathNumbers { get; init; } = 400_000_000;

    internal int RouteBlocks => BlocksFor(Routes);

    internal int PathBlocks => BlocksFor(PathNumbers);

    // A quarter is set aside for runs that are longer than what they hold; a run's address has 32 bits.
    private static int BlocksFor(long numbers) =>
        (int)Math.Clamp(numbers * 5 / 4 / NumberArena.LengthMax + 1, 1, 1 << 16);
}
