using System.Globalization;
using System.Net;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>
/// What is asked: <c>icmp://192.0.2.1</c>, <c>tcp://host:443</c>, <c>dns://server/name?type=A</c>, <c>https://host/path</c>.
/// A bare address is asked by ICMP, a bare <c>host:port</c> by TCP, a bare name by HTTPS.
/// </summary>
public sealed record ProbeTarget
{
    private const int TextMax = 1024;

    public required ProbeKind Kind { get; init; }

    /// <summary>A name in lower case without its last dot, or an address without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Null when the host is a name. An IPv4 address mapped into IPv6 is that IPv4 address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>0 for ICMP.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS: path and query.</summary>
    public string Path { get; init; } = "/";

    /// <summary>DNS: what the server is asked; null when the target does not say, and the root's name servers are asked for.</summary>
    public DnsQuestion? Question { get; init; }

    public DnsQuestion QuestionOrRoot => Question ?? DnsQuestion.Root;

    /// <summary>Port that the kind has when none is written.</summary>
    public static int UsualPort(ProbeKind kind) =>
        kind switch
        {
            ProbeKind.Icmp => 0,
            ProbeKind.Tcp => 443,
            ProbeKind.Dns => 53,
            ProbeKind.Https => 443,
            _ => 0,
        };

    /// <returns>Why the text is no target, with what to write instead; null when it is one.</returns>
    public static string? Read(string text, out ProbeTarget? target)
    {
        ArgumentNullException.ThrowIfNull(text);
        target = null;
        if (text.Length is 0 or > TextMax || text.Any(c => c is <= ' ' or > '~'))
        {
            return "is empty, too long, or not plain ASCII; write a name in its xn-- form";
        }

        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? text : text[(scheme + 3)..];
        if (
            rest.Contains('@', StringComparison.Ordinal)
            || rest.Contains('#', StringComparison.Ordinal)
        )
        {
            return "has a user or a fragment; leave it away";
        }

        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? rest : rest[..slash];
        string path = slash < 0 ? "" : rest[slash..];
        if (HostOf(authority, out string host, out IPAddress? address, out int? port) is { } wrong)
        {
            return wrong;
        }

        ProbeKind? kind =
            scheme >= 0 ? KindOf(text[..scheme])
            : port is not null ? ProbeKind.Tcp
            : address is not null ? ProbeKind.Icmp
            : ProbeKind.Https;
        return kind is { } known
            ? Build(known, host, address, port, path, out target)
            : $"begins with '{text[..scheme]}://'; use icmp, tcp, dns or https";
    }

    private static string? Build(
        ProbeKind kind,
        string host,
        IPAddress? address,
        int? port,
        string path,
        out ProbeTarget? target
    )
    {
        target = null;
        DnsQuestion? question = null;
        switch (kind)
        {
            case ProbeKind.Icmp when port is not null:
                return "has a port; ICMP has none";
            case ProbeKind.Tcp when port is null:
                return $"has no port; write tcp://{(address is { } v6 && v6.ToString().Contains(':') ? $"[{v6}]" : host)}:443";
            case ProbeKind.Icmp or ProbeKind.Tcp when path.Length > 1:
                return "has a path; only https and dns have one";
            case ProbeKind.Dns when path.Length > 1:
                if (DnsQuestion.Read(path[1..], out question) is { } wrong)
                {
                    return wrong;
                }

                break;
        }

        target = new ProbeTarget
        {
            Kind = kind,
            Host = host,
            Address = address,
            Port = port ?? UsualPort(kind),
            Path = kind == ProbeKind.Https && path.Length > 0 ? path : "/",
            Question = question,
        };
        return null;
    }

    private static ProbeKind? KindOf(string scheme) =>
        scheme.ToLowerInvariant() switch
        {
            "icmp" => ProbeKind.Icmp,
            "tcp" => ProbeKind.Tcp,
            "dns" => ProbeKind.Dns,
            "https" => ProbeKind.Https,
            _ => null,
        };

    /// <summary>Splits <c>host:port</c>, <c>[v6]:port</c> or a bare IPv6 address.</summary>
    internal static string? HostOf(
        string authority,
        out string host,
        out IPAddress? address,
        out int? port
    )
    {
        (address, port) = (null, null);
        host = authority;
        string? digits = null;
        if (authority.StartsWith('['))
        {
            int end = authority.IndexOf(']', StringComparison.Ordinal);
            if (end < 0 || (end + 1 < authority.Length && authority[end + 1] != ':'))
            {
                return "has a bracket without its pair; write [2001:db8::1]:443";
            }

            host = authority[1..end];
            digits = end + 1 < authority.Length ? authority[(end + 2)..] : null;
            if (!host.Contains(':', StringComparison.Ordinal))
            {
                return "has brackets around what is no IPv6 address";
            }
        }
        else if (authority.Count(c => c == ':') == 1)
        {
            int colon = authority.IndexOf(':', StringComparison.Ordinal);
            (host, digits) = (authority[..colon], authority[(colon + 1)..]);
        }

        if (digits is not null)
        {
            if (
                !int.TryParse(
                    digits,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out int number
                ) || number is < 1 or > 65535
            )
            {
                return $"has the port '{digits}'; write 1 to 65535";
            }

            port = number;
        }

        return NetworkNames.Read(host, out host, out address);
    }

    /// <summary>The one way to write this target.</summary>
    public override string ToString() =>
        Kind switch
        {
            ProbeKind.Icmp => $"icmp://{Bracketed}",
            ProbeKind.Tcp => $"tcp://{Bracketed}{PortText(always: true)}",
            ProbeKind.Dns =>
                $"dns://{Bracketed}{PortText()}{(Question is null ? "" : $"/{Question}")}",
            _ => $"https://{Bracketed}{PortText()}{Path}",
        };

    private string Bracketed => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    private string PortText(bool always = false) =>
        always || Port != UsualPort(Kind)
            ? string.Create(CultureInfo.InvariantCulture, $":{Port}")
            : "";
}
