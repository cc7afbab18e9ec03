using System.Net;
using System.Net.Sockets;

namespace Breakwater.Feeds.Probing;

/// <summary>Hosts as a target or a consent names them, and what kind of address an address is.</summary>
internal static class NetworkNames
{
    /// <summary>Resolved by rule, not by a resolver (RFC 6761 section 6.3).</summary>
    public const string Localhost = "localhost";

    private const int NameMax = 253;
    private const int LabelMax = 63;

    /// <returns>Why the text is no host; null when it is one.</returns>
    public static string? Read(string text, out string host, out IPAddress? address)
    {
        host = text.ToLowerInvariant();
        address = null;
        if (text.Contains('%', StringComparison.Ordinal))
        {
            return "has a zone; link-local addresses are not asked";
        }

        if (IPAddress.TryParse(text, out IPAddress? parsed))
        {
            // 127.1 and 0x7f000001 are addresses to a resolver too: what is read differently by different readers is refused.
            if (parsed.AddressFamily == AddressFamily.InterNetwork && parsed.ToString() != text)
            {
                return $"has an address in an unusual form; write {parsed}";
            }

            address = Plain(parsed);
            host = address.ToString();
            return null;
        }

        host = host.EndsWith('.') && host.Length > 1 ? host[..^1] : host;
        string[] labels = host.Split('.');
        bool isName =
            host.Length is > 0 and <= NameMax
            && labels.All(label =>
                label.Length is > 0 and <= LabelMax
                && label[0] != '-'
                && label[^1] != '-'
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            );
        return !isName ? $"has no host: '{text}' is neither a name nor an address"
            : labels[^1].All(char.IsAsciiDigit)
            || labels[^1].StartsWith("0x", StringComparison.Ordinal)
                ? $"has no host: '{text}' ends as an address and is none"
            : null;
    }

    /// <summary>IPv4 mapped into IPv6 reaches the IPv4 host, so it is judged as that.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>127.0.0.0/8 and ::1. Nothing leaves this machine.</summary>
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Plain(address));

    /// <summary>Addresses that name no single host elsewhere: nobody can consent for them.</summary>
    public static bool IsNoHost(IPAddress address)
    {
        byte[] octets = Plain(address).GetAddressBytes();
        return octets.Length == 4
            ? octets[0] is 0 or >= 224
            : octets[0] == 0xFF
                || Plain(address).Equals(IPAddress.IPv6Any)
                || Plain(address).IsIPv6LinkLocal;
    }

    /// <summary>
    /// False for networks that only exist here (RFC 1918, RFC 4193, RFC 3927, RFC 6598): whoever owns a name may let it lead
    /// there, and must not be able to aim a prober at its own network.
    /// </summary>
    public static bool IsPublic(IPAddress address)
    {
        byte[] octets = Plain(address).GetAddressBytes();
        return !IsLoopback(address)
            && !IsNoHost(address)
            && (
                octets.Length == 16
                    ? (octets[0] & 0xFE) != 0xFC && !Plain(address).IsIPv6SiteLocal
                    : !(
                        octets[0] == 10
                        || (octets[0] == 172 && octets[1] is >= 16 and < 32)
                        || (octets[0] == 192 && octets[1] == 168)
                        || (octets[0] == 169 && octets[1] == 254)
                        || (octets[0] == 100 && octets[1] is >= 64 and < 128)
                    )
            );
    }
}
