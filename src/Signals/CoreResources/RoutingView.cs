using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>What a table of routes says about one address.</summary>
public enum RouteState
{
    /// <summary>Nothing: no table, none of that family, or one too small for an absence to mean anything.</summary>
    Unknown,

    /// <summary>A prefix that covers the address is held.</summary>
    Routed,

    /// <summary>Peers that give their full table hold no prefix that covers it.</summary>
    NotRouted,
}

/// <summary>An AS that originates the covering prefix.</summary>
/// <param name="PeerAses">Peer ASes that see it so.</param>
public sealed record RouteOriginSeen(Asn Asn, int PeerAses, OriginValidity Validity);

/// <param name="Prefix">The longest covering prefix that counts as visible; else the longest held; null when none.</param>
/// <param name="Origins">By AS number. Empty when the path ends in a set.</param>
/// <param name="PeerAses">Peer ASes that hold the prefix.</param>
/// <param name="IsVisible">True when more than half of the peers with a full table hold it.</param>
public sealed record AddressRoute(
    RouteState State,
    IpPrefix? Prefix,
    IReadOnlyList<RouteOriginSeen> Origins,
    int PeerAses,
    bool IsVisible
)
{
    public static AddressRoute Unknown { get; } = new(RouteState.Unknown, null, [], 0, false);
}

/// <summary>A table of routes, asked which prefix and origin an address has. Without a table everything is unknown.</summary>
public sealed class RoutingView
{
    /// <summary>
    /// Prefixes that a full table must have for an absence to say something: far below any table since 2001 (IPv4) and 2013
    /// (IPv6), far above an answer about single prefixes.
    /// </summary>
    public const int AbsenceSaysV4 = 50_000;
    public const int AbsenceSaysV6 = 5_000;

    private readonly RouteTable? table;
    private readonly Visibility? visibility;
    private readonly VrpSet? vrps;
    private readonly bool saysAbsenceV4;
    private readonly bool saysAbsenceV6;

    private RoutingView(RouteTable? table, VrpSet? vrps, Instant? at, IReadOnlyList<string> sources)
    {
        this.table = table;
        this.vrps = vrps;
        At = at;
        Sources = sources;
        if (table is null)
        {
            return;
        }

        visibility = new Visibility(table);
        visibility.MarkAll();
        visibility.Settle();
        saysAbsenceV4 = SaysAbsence(isV6: false, AbsenceSaysV4);
        saysAbsenceV6 = SaysAbsence(isV6: true, AbsenceSaysV6);
    }

    public static RoutingView None { get; } = new(null, null, null, []);

    /// <summary>Reads inputs, merged by time, into one table.</summary>
    public static RoutingView Read(IReadOnlyList<RouteInput> inputs, VrpSet? vrps)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0)
        {
            return new RoutingView(null, vrps, null, []);
        }

        var table = new RouteTable();
        MrtDecoder[] decoders = [.. inputs.Select(input => new MrtDecoder(input.Faults))];
        var queue = new PriorityQueue<int, (uint Seconds, int Input)>();
        uint last = 0;
        for (int at = 0; at < inputs.Count; at++)
        {
            Enqueue(at);
        }

        while (queue.TryDequeue(out int at, out _))
        {
            if (inputs[at].Read(out MrtRecord record))
            {
                last = Math.Max(last, record.Seconds);
                inputs[at].Records++;
                var visitor = new TableVisitor(table, table.Peers.Feed(inputs[at].Feed));
                decoders[at].Decode(record, ref visitor);
                Enqueue(at);
            }
        }

        return new RoutingView(
            table,
            vrps,
            last == 0 ? null : Instant.FromUnixTimeSeconds(last),
            [.. inputs.Select(input => input.Name).Order(StringComparer.Ordinal)]
        );

        void Enqueue(int at)
        {
            if (inputs[at].TryPeekSeconds(out uint seconds))
            {
                queue.Enqueue(at, (seconds, at));
            }
        }
    }

    /// <summary>True when there is a table with a route.</summary>
    public bool HasRoutes => table is { Routes: > 0 };

    /// <summary>Time of the latest record; null without a table.</summary>
    public Instant? At { get; }

    public IReadOnlyList<string> Sources { get; }

    public int Prefixes => table?.RoutedPrefixes ?? 0;

    public int Peers => table?.Peers.Count ?? 0;

    /// <summary>True when addresses of this family without a covering prefix are known to have none.</summary>
    public bool SaysAbsence(bool isV6) => isV6 ? saysAbsenceV6 : saysAbsenceV4;

    /// <param name="address">A prefix of full length.</param>
    public AddressRoute RouteOf(IpPrefix address)
    {
        if (table is null || visibility is null)
        {
            return AddressRoute.Unknown;
        }

        int longest = -1;
        int longestVisible = -1;
        foreach (int number in table.Containment.Covering(address))
        {
            // Shorter prefixes are leaks of defaults, not routes.
            if (table.IsHeld(number) && table.Prefixes.Length(number) >= visibility.Rules.LengthMin)
            {
                longest = number;
                longestVisible = visibility.IsVisible(number) ? number : longestVisible;
            }
        }

        int found = longestVisible >= 0 ? longestVisible : longest;
        return found >= 0 ? Routed(found, isVisible: longestVisible >= 0)
            : SaysAbsence(address.IsV6) ? AddressRoute.Unknown with { State = RouteState.NotRouted }
            : AddressRoute.Unknown;
    }

    private AddressRoute Routed(int number, bool isVisible)
    {
        IpPrefix prefix = table!.Prefixes[number];
        var numbers = new SortedSet<int>();
        foreach (HeldRoute route in table.RoutesOf(number))
        {
            if (!route.IsStale && table.Paths.OriginNumber(route.Path) is >= 0 and var origin)
            {
                numbers.Add(origin);
            }
        }

        return new AddressRoute(
            RouteState.Routed,
            prefix,
            [
                .. numbers
                    .Select(origin => new RouteOriginSeen(
                        table.Paths.Origins[origin],
                        table.PeerAses(number, origin),
                        vrps?.Validate(prefix, table.Paths.Origins[origin]) ?? OriginValidity.NoVrps
                    ))
                    .OrderBy(origin => origin.Asn.Number),
            ],
            table.PeerAses(number),
            isVisible
        );
    }

    private bool SaysAbsence(bool isV6, int least)
    {
        if (visibility!.IsWithoutBaseline)
        {
            return false;
        }

        int largest = visibility
            .FullFeedPeers(isV6)
            .Select(peer => table!.TableSize(peer, isV6))
            .DefaultIfEmpty(0)
            .Max();
        return largest >= least;
    }
}
