using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Numbers and prefixes that mean nothing on the Internet, so that an announcement of them is a slip and no hijack.</summary>
public static class Bogons
{
    // IANA "IPv4 Special-Purpose Address Registry" and "IPv6 Special-Purpose Address Registry" (RFC 6890), entries that are
    // not globally reachable, and multicast. Numbers and prefixes for documentation are judged like any other, so that
    // exercises and examples, which are told to use them, behave as the real thing.
    private static readonly IpPrefix[] prefixes =
    [
        .. (
            (string[])
                [
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/8",
                    "100::/64",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8",
                ]
        ).Select(text => IpPrefix.TryParse(text, out IpPrefix prefix) ? prefix : default),
    ];

    /// <summary>IANA "Special-Purpose AS Numbers": reserved, AS_TRANS and private use.</summary>
    public static bool IsReserved(Asn asn) =>
        asn.Number
            is 0 // RFC 7607
                or 23456 // AS_TRANS, RFC 6793
                or (>= 64512 and <= 65534) // private use, RFC 6996
                or 65535 // RFC 7300
                or (>= 65552 and <= 131071) // reserved by IANA
                or >= 4200000000; // private use and last, RFC 6996, RFC 7300

    /// <summary>True when the prefix lies in space that is not globally reachable.</summary>
    public static bool IsReserved(IpPrefix prefix)
    {
        foreach (IpPrefix reserved in prefixes)
        {
            if (reserved.Contains(prefix))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the prefix is wider than any that one holder has: a leaked default or aggregate (GRIP: shorter than /8).</summary>
    public static bool IsTooShort(IpPrefix prefix) => prefix.Length < (prefix.IsV6 ? 16 : 8);
}
