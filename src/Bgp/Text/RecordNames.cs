using NodaTime;
using NodaTime.Text;

namespace Breakwater.Bgp;

/// <summary>Words for what MRT gives as numbers, shared by the forms for people and for programs.</summary>
internal static class RecordNames
{
    private static readonly InstantPattern whole = InstantPattern.CreateWithInvariantCulture(
        "uuuu'-'MM'-'dd'T'HH':'mm':'ss'Z'"
    );
    private static readonly InstantPattern withMicroseconds =
        InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'ffffff'Z'");

    public static string Time(in MrtRecord record) =>
        record.Type == MrtType.Bgp4mpEt
            ? withMicroseconds.Format(record.At)
            : whole.Format(record.At);

    public static string Time(uint seconds) => whole.Format(Instant.FromUnixTimeSeconds(seconds));

    public static string Type(in MrtRecord record) =>
        record.Type switch
        {
            MrtType.Bgp => "BGP",
            MrtType.TableDump => "TABLE_DUMP",
            MrtType.TableDumpV2 => "TABLE_DUMP_V2",
            MrtType.Bgp4mp => "BGP4MP",
            _ => "BGP4MP_ET",
        };

    public static string State(SessionState state) =>
        state switch
        {
            SessionState.OpenSent => "open-sent",
            SessionState.OpenConfirm => "open-confirm",
            <= SessionState.Deleted => state.ToString().ToLowerInvariant(),
            _ => "unknown",
        };

    public static string Origin(RouteOrigin? origin) =>
        origin switch
        {
            RouteOrigin.Igp => "igp",
            RouteOrigin.Egp => "egp",
            RouteOrigin.Incomplete => "incomplete",
            _ => "unknown",
        };

    public static string Message(BgpMessageType type) =>
        type switch
        {
            BgpMessageType.RouteRefresh => "route-refresh",
            _ => type.ToString().ToLowerInvariant(),
        };

    /// <summary>The registered name of a community; null for those without (RFC 1997, RFC 7999, RFC 8326).</summary>
    public static string? WellKnown(uint community) =>
        community switch
        {
            0xFFFFFF01 => "no-export",
            0xFFFFFF02 => "no-advertise",
            0xFFFFFF03 => "no-export-subconfed",
            0xFFFF029A => "blackhole",
            0xFFFF0000 => "graceful-shutdown",
            _ => null,
        };

    public static string Role(SessionRole role) =>
        role switch
        {
            SessionRole.RouteServer => "route-server",
            SessionRole.RouteServerClient => "route-server-client",
            <= SessionRole.Peer => role.ToString().ToLowerInvariant(),
            _ => "unknown",
        };

    /// <summary>Route target and route origin (RFC 4360 sections 4 and 5, RFC 5668), else null.</summary>
    public static string? Extended(ExtendedCommunity community)
    {
        string? kind = community.Subtype switch
        {
            2 => "target",
            3 => "origin",
            _ => null,
        };
        ulong octets = community.Octets;
        FormattableString? value = (community.Type & 0x3F) switch
        {
            0 => $"{kind}:{octets >> 32 & 0xFFFF}:{octets & 0xFFFFFFFF}",
            1 =>
                $"{kind}:{octets >> 40 & 0xFF}.{octets >> 32 & 0xFF}.{octets >> 24 & 0xFF}.{octets >> 16 & 0xFF}:{octets & 0xFFFF}",
            2 => $"{kind}:{octets >> 16 & 0xFFFFFFFF}:{octets & 0xFFFF}",
            _ => null,
        };
        return kind is null || value is null ? null : FormattableString.Invariant(value);
    }
}
