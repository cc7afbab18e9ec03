namespace Breakwater.Bgp;

/// <summary>Which peers give their full table, so that what they lack says something. The others do not enter the quorum.</summary>
/// <param name="ShareOfLargest">Least share of the largest table of the family; 0 to leave this condition out.</param>
/// <param name="MoreThanV4">The table must have more IPv4 prefixes than this.</param>
/// <param name="MoreThanV6">The table must have more IPv6 prefixes than this.</param>
public sealed record FullFeedRule(double ShareOfLargest, int MoreThanV4, int MoreThanV6)
{
    /// <summary>Three quarters of the largest table of the family: right for tables of any year.</summary>
    public static FullFeedRule Adaptive { get; } = new(0.75, 0, 0);

    /// <summary>The constants of IODA (Georgia Tech): of no use for tables before about 2013.</summary>
    public static FullFeedRule Ioda { get; } = new(0, 400_000, 10_000);

    /// <summary>The constants of IHR (IIJ Internet Health Report).</summary>
    public static FullFeedRule Ihr { get; } = new(0, 600_000, 80_000);

    internal bool IsFull(int size, int largest, bool isV6) =>
        size > (isV6 ? MoreThanV6 : MoreThanV4) && size >= ShareOfLargest * largest;
}

/// <summary>When a prefix counts as visible.</summary>
public sealed record VisibilityRules
{
    /// <summary>The cuts that are usually reported beside each other; 0 stands for at least one peer AS (bgpview).</summary>
    public static IReadOnlyList<double> Cuts { get; } = [0, 0.25, 0.5, 0.75, 1];

    /// <summary>A prefix is visible when more than this share of the full-feed peer ASes hold it; at 1, when all do.</summary>
    public double Cut { get; init; } = 0.5;

    public FullFeedRule FullFeed { get; init; } = FullFeedRule.Adaptive;

    /// <summary>Shorter prefixes are leaks of defaults, not routes.</summary>
    public int LengthMin { get; init; } = 6;

    /// <summary>How many of the peer ASes must hold a prefix at a cut; at least one.</summary>
    public static int Needed(double cut, int peerAses) =>
        Math.Clamp((int)(cut * peerAses) + 1, 1, Math.Max(peerAses, 1));
}
