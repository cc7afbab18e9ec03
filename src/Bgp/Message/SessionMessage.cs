using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>Types of BGP messages (RFC 4271 section 4.1, RFC 2918).</summary>
public enum BgpMessageType : byte
{
    Open = 1,
    Update = 2,
    Notification = 3,
    Keepalive = 4,
    RouteRefresh = 5,
}

/// <summary>A message about the session itself. Its readers give null for a message of another type, or one cut short.</summary>
public readonly ref struct SessionMessage
{
    internal SessionMessage(BgpMessageType type, ReadOnlySpan<byte> body)
    {
        Type = type;
        Body = body;
    }

    public BgpMessageType Type { get; }

    /// <summary>What follows the 19 octets of the header.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Why the message cannot be read; null when it can.</summary>
    public string? Fault =>
        Type switch
        {
            BgpMessageType.Open => BgpOpen.Read(Body, out _),
            BgpMessageType.Notification when Body.Length < 2 => "NOTIFICATION cut short",
            BgpMessageType.Keepalive when Body.Length > 0 => "KEEPALIVE with content",
            BgpMessageType.RouteRefresh when Body.Length < 4 => "ROUTE-REFRESH cut short",
            _ => null,
        };

    public bool TryOpen(out BgpOpen open)
    {
        open = default;
        return Type == BgpMessageType.Open && BgpOpen.Read(Body, out open) is null;
    }

    public bool TryNotification(out BgpNotification notification)
    {
        bool isOne = Type == BgpMessageType.Notification && Body.Length >= 2;
        notification = isOne ? new BgpNotification(Body[0], Body[1], Body[2..]) : default;
        return isOne;
    }

    public bool TryRouteRefresh(out BgpRouteRefresh refresh)
    {
        bool isOne = Type == BgpMessageType.RouteRefresh && Body.Length >= 4;
        refresh = isOne
            ? new BgpRouteRefresh(
                BinaryPrimitives.ReadUInt16BigEndian(Body),
                (RouteRefreshKind)Body[2],
                Body[3]
            )
            : default;
        return isOne;
    }
}

/// <summary>The second octet of ROUTE-REFRESH (RFC 2918; RFC 7313 section 3.2).</summary>
public enum RouteRefreshKind : byte
{
    Request = 0,
    Begin = 1,
    End = 2,
}

/// <summary>ROUTE-REFRESH (RFC 2918 section 3, RFC 7313 section 3.2): a peer asks for all routes of a family again.</summary>
public readonly record struct BgpRouteRefresh(int Afi, RouteRefreshKind Kind, int Safi);
