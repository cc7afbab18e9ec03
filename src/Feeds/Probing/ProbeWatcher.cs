using System.Globalization;
using System.Net.Sockets;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>What somebody who watches the line could see of a run, in plain words, for the one who decides whether to start it.</summary>
public static class ProbeWatcher
{
    // Rounded up from the headers of IPv6 (40), TCP with options (40), UDP (8) and a usual TLS 1.3 handshake.
    private const int TcpOctets = 400;
    private const int DnsSentOctets = 350;
    private const int DnsOverTcpOctets = 66_500;
    private const int TlsSentOctets = 3_000;
    private const int TlsHandshakeOctets = 12_000;

    public static IReadOnlyList<string> Of(ProbeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ProbeTarget[] all = [.. settings.Targets, .. settings.Controls];
        ProbeTarget[] away = [.. all.Where(target => !IsHere(target))];
        var lines = new List<string>();
        if (away.Length < all.Length)
        {
            lines.Add(
                $"{(away.Length == 0 ? "All" : "Some")} of it stays on this machine (loopback): nobody on the line sees that part."
            );
        }

        if (away.Length == 0)
        {
            return lines;
        }

        lines.Add(
            "Whoever watches the line (the access network, its operator, a state) sees this line's own address as the sender of all of this:"
        );
        lines.AddRange(Names(settings, all));
        lines.AddRange(away.Select(Sight).Distinct(StringComparer.Ordinal));
        lines.Add(Timing(settings));
        lines.Add(Volume(settings, away));
        lines.Add(
            "Nothing of it is hidden: the rhythm, the ICMP payload and the request make it known as measuring. The targets see it too."
        );
        return lines;
    }

    private static IEnumerable<string> Names(ProbeSettings settings, ProbeTarget[] all)
    {
        string[] names =
        [
            .. all.Where(ProbeSettings.NeedsResolving)
                .Select(target => target.Host)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        if (names.Length > 0 && settings.Resolution != NameResolution.None)
        {
            string whom =
                settings.Resolution == NameResolution.System
                    ? "the resolver of this machine"
                    : settings.NameServer!.ToString();
            yield return $"DNS names asked for in clear, of {whom}: {string.Join(", ", names)}";
        }
    }

    private static string Sight(ProbeTarget target)
    {
        string where = target.Address is null
            ? $"the address that {target.Host} leads to"
            : target.Host;
        string port = string.Create(CultureInfo.InvariantCulture, $"port {target.Port}");
        return target.Kind switch
        {
            ProbeKind.Icmp => $"{where}: an ICMP echo (ping) and its answer",
            ProbeKind.Tcp =>
                $"{where}, TCP {port}: a connection opened and closed, nothing sent in it",
            ProbeKind.Dns =>
                $"{where}, UDP {port} (TCP when the answer is long): the question {target.QuestionOrRoot} and the answer, in clear",
            _ =>
                $"{where}, TCP {port}: a TLS connection{(target.Address is null ? $" with the name {target.Host} in clear (SNI)" : "")}, its times and sizes; not the path",
        };
    }

    private static string Timing(ProbeSettings settings) =>
        settings.Rounds == 1
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Timing: one round now, each target moved by up to {settings.JitterMax.TotalSeconds:0.###} s, up to {settings.Retries + 1} attempts each, {settings.Timeout.TotalSeconds:0.###} s apart or less"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Timing: {settings.Rounds} rounds, one every {settings.Every.TotalSeconds:0.###} s, rounds and targets moved by up to {settings.JitterMax.TotalSeconds:0.###} s, up to {settings.Retries + 1} attempts each"
            );

    private static string Volume(ProbeSettings settings, ProbeTarget[] away)
    {
        double attempts = (double)settings.Rounds * (settings.Retries + 1);
        // Controls may be asked twice a round.
        double sent =
            away.Sum(target => (double)Octets(target).Sent)
            * attempts
            * (settings.Controls.Count > 0 ? 2 : 1);
        double received =
            away.Sum(target => (double)Octets(target).Received)
            * attempts
            * (settings.Controls.Count > 0 ? 2 : 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Volume: at most {Size(sent)} sent and {Size(received)} received in all; without retries and long answers far less"
        );
    }

    private static (int Sent, int Received) Octets(ProbeTarget target)
    {
        int header = target.Address?.AddressFamily == AddressFamily.InterNetwork ? 20 : 40;
        int echo = header + IcmpProbe.MessageOctets;
        return target.Kind switch
        {
            ProbeKind.Icmp => (echo, echo),
            ProbeKind.Tcp => (TcpOctets, TcpOctets),
            ProbeKind.Dns => (DnsSentOctets + TcpOctets, DnsOverTcpOctets),
            _ => (
                TcpOctets + TlsSentOctets + target.Path.Length,
                TlsHandshakeOctets + HttpsProbe.BodyOctetsMax + (HttpsProbe.BodyOctetsMax / 4)
            ),
        };
    }

    private static string Size(double octets) =>
        octets < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{octets:0} octets")
        : octets < 10_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{octets / 1000:0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{octets / 1_000_000:0} MB");

    private static bool IsHere(ProbeTarget target) =>
        target.Host == NetworkNames.Localhost
        || (target.Address is { } address && NetworkNames.IsLoopback(address));
}
