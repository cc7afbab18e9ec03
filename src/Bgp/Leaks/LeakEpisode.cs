using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>The ASes of a leak: who passed on, from whom, to whom.</summary>
public readonly record struct LeakSegment(Asn From, Asn Leaker, Asn To) : IComparable<LeakSegment>
{
    public static LeakSegment Of(in LeakFinding finding) =>
        new(finding.From, finding.Leaker, finding.To);

    public int CompareTo(LeakSegment other) =>
        Leaker != other.Leaker ? Leaker.Number.CompareTo(other.Leaker.Number)
        : From != other.From ? From.Number.CompareTo(other.From.Number)
        : To.Number.CompareTo(other.To.Number);

    public override string ToString() => $"{From} > {Leaker} > {To}";

    public static bool operator <(LeakSegment left, LeakSegment right) => left.CompareTo(right) < 0;

    public static bool operator >(LeakSegment left, LeakSegment right) => left.CompareTo(right) > 0;

    public static bool operator <=(LeakSegment left, LeakSegment right) =>
        left.CompareTo(right) <= 0;

    public static bool operator >=(LeakSegment left, LeakSegment right) =>
        left.CompareTo(right) >= 0;
}

/// <summary>How an episode stands.</summary>
public enum LeakEnd : byte
{
    /// <summary>Some peer still shows it.</summary>
    Open,

    /// <summary>Every peer that showed it has withdrawn or replaced the routes.</summary>
    Ended,

    /// <summary>The last peers that showed it lost their session: nobody saw it end.</summary>
    OutOfSight,
}

/// <summary>A leak over time: the routes that crossed one segment against the rules, without a break.</summary>
/// <param name="Findings">One of each kind that was seen, strongest first.</param>
/// <param name="Since">When the first peer showed it.</param>
/// <param name="IsOlder">True when it was there at the start of what was watched, so that <paramref name="Since"/> is only the start of watching.</param>
/// <param name="Until">When the last peer stopped to show it; null while open.</param>
/// <param name="Prefixes">All prefixes seen in it, in order.</param>
/// <param name="Peers">AS numbers of all peers that showed it, in order.</param>
/// <param name="Origins">Origins of the routes, in order.</param>
/// <param name="RoutesMax">Most routes (peer and prefix) at one time.</param>
public sealed record LeakEpisode(
    LeakSegment Segment,
    IReadOnlyList<LeakFinding> Findings,
    Instant Since,
    bool IsOlder,
    LeakEnd End,
    Instant? Until,
    IReadOnlyList<IpPrefix> Prefixes,
    IReadOnlyList<Asn> Peers,
    IReadOnlyList<Asn> Origins,
    int RoutesMax
)
{
    /// <summary>Scores of the different tags together.</summary>
    public int Score =>
        Findings.GroupBy(finding => finding.Tag).Sum(tag => tag.Max(finding => finding.Score));
}
