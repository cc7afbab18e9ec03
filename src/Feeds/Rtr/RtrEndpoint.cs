using System.Globalization;

namespace Breakwater.Feeds;

/// <summary>Where a cache listens.</summary>
public sealed record RtrEndpoint(string Host, int Port)
{
    /// <summary>Reads <c>cache.example:323</c>, <c>192.0.2.1:8282</c> or <c>[2001:db8::1]:323</c>; without a port it is 323 (RFC 8210 section 13).</summary>
    public static bool TryParse(string text, out RtrEndpoint endpoint)
    {
        endpoint = new RtrEndpoint("", 323);
        int colon = text.LastIndexOf(':');
        bool isBareV6 =
            colon != text.IndexOf(':', StringComparison.Ordinal)
            && text[^1] != ']'
            && text[0] != '[';
        bool hasPort = colon >= 0 && !isBareV6 && text[^1] != ']';
        string host = (hasPort ? text[..colon] : text).Trim('[', ']');
        int port = 323;
        if (
            host.Length == 0
            || (
                hasPort
                && !int.TryParse(
                    text.AsSpan(colon + 1),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out port
                )
            )
            || port is < 1 or > 65535
        )
        {
            return false;
        }

        endpoint = new RtrEndpoint(host, port);
        return true;
    }

    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
