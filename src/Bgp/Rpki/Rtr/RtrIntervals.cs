using NodaTime;

namespace Breakwater.Bgp;

/// <summary>How often a router asks, and how long data stays good without an answer (RFC 8210 section 6).</summary>
public readonly record struct RtrIntervals(Duration Refresh, Duration Retry, Duration Expire)
{
    /// <summary>3600, 600 and 7200 s.</summary>
    public static RtrIntervals Default { get; } = Of(3600, 600, 7200);

    /// <summary>Values outside their ranges are brought into them; expire is never shorter than the others.</summary>
    public static RtrIntervals Of(uint refreshSeconds, uint retrySeconds, uint expireSeconds)
    {
        uint refresh = Math.Clamp(refreshSeconds, 1, 86_400);
        uint retry = Math.Clamp(retrySeconds, 1, 7_200);
        uint expire = Math.Clamp(expireSeconds, 600, 172_800);
        return new RtrIntervals(
            Duration.FromSeconds(refresh),
            Duration.FromSeconds(retry),
            Duration.FromSeconds(Math.Max(expire, Math.Max(refresh, retry) + 1))
        );
    }
}
