using System.Net;
using System.Net.Sockets;
using NodaTime;

namespace Breakwater.Feeds.Probing;

/// <summary>Addresses of a name, from whom the operator said may be asked. What comes out is what is checked and contacted.</summary>
internal sealed class NameLookup(
    ProbeSettings settings,
    ProbePolicy policy,
    ProbeRates rates,
    TimeProvider time
)
{
    public async Task<(IPAddress[] Addresses, string? Trouble)> Find(
        ProbeTarget target,
        DateTimeOffset until,
        CancellationToken stop
    )
    {
        if (target.Address is { } literal)
        {
            return ([literal], null);
        }

        if (target.Host == NetworkNames.Localhost)
        {
            return (
                [settings.Family == AddressChoice.V6 ? IPAddress.IPv6Loopback : IPAddress.Loopback],
                null
            );
        }

        return settings.Resolution switch
        {
            NameResolution.System => await OfSystem(target.Host, stop).ConfigureAwait(false),
            NameResolution.Server => await OfServer(target.Host, until, stop).ConfigureAwait(false),
            _ => ([], "nobody may be asked for the address of the name; see --resolve"),
        };
    }

    private async Task<(IPAddress[], string?)> OfSystem(string name, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(name, both.Token)
                .ConfigureAwait(false);
            return Chosen(found.Select(NetworkNames.Plain), "the resolver of this machine");
        }
        catch (SocketException fault)
        {
            return ([], $"the resolver of this machine gave no address: {fault.SocketErrorCode}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ([], "the resolver of this machine gave no answer in time");
        }
    }

    private async Task<(IPAddress[], string?)> OfServer(
        string name,
        DateTimeOffset until,
        CancellationToken stop
    )
    {
        ProbeTarget server = settings.NameServer!;
        var addresses = new List<IPAddress>();
        string? trouble = null;
        ushort[] types = settings.Family switch
        {
            AddressChoice.V4 => [DnsQuestion.A],
            AddressChoice.V6 => [DnsQuestion.Aaaa],
            _ => [DnsQuestion.A, DnsQuestion.Aaaa],
        };
        foreach (ushort type in types)
        {
            for (int attempt = 0; attempt <= settings.Retries && addresses.Count == 0; attempt++)
            {
                (DnsAnswer? answer, string? why) = await Ask(
                        server,
                        new DnsQuestion(name, type),
                        until,
                        stop
                    )
                    .ConfigureAwait(false);
                trouble = why ?? trouble;
                if (answer is not null)
                {
                    addresses.AddRange(answer.Addresses);
                    trouble = answer.Rcode == 0 ? trouble : $"{server} says {answer.RcodeWord}";
                    break;
                }
            }
        }

        return addresses.Count == 0 && trouble is not null
            ? ([], trouble)
            : Chosen(addresses, server.ToString());
    }

    private async Task<(DnsAnswer?, string?)> Ask(
        ProbeTarget server,
        DnsQuestion question,
        DateTimeOffset until,
        CancellationToken stop
    )
    {
        PolicyAnswer policed = policy.Ask(
            server,
            server.Address!,
            Instant.FromDateTimeOffset(time.GetUtcNow())
        );
        if (!policed.IsAllowed)
        {
            return (null, $"{server} may not be asked: {policed.Missing}");
        }

        if (
            !await rates
                .Wait(server, server.Address!, policed.Consents, until, stop)
                .ConfigureAwait(false)
        )
        {
            return (null, $"{server} may not be asked more often");
        }

        using var work = new ProbeWork(server.Address!, settings.Timeout, time, stop);
        if (work.OwnFault() is { } fault)
        {
            return (null, fault);
        }

        (ProbeAttempt attempt, DnsAnswer? answer) = await DnsProbe
            .Answer(work, server.Port, question)
            .ConfigureAwait(false);
        return (answer, answer is null ? $"{server}: {attempt.Reason}" : null);
    }

    /// <summary>In a fixed order, IPv4 first, so that equal answers lead to equal probes.</summary>
    private (IPAddress[], string?) Chosen(IEnumerable<IPAddress> found, string by)
    {
        IPAddress[] chosen =
        [
            .. found
                .Where(address =>
                    settings.Family switch
                    {
                        AddressChoice.V4 => address.AddressFamily == AddressFamily.InterNetwork,
                        AddressChoice.V6 => address.AddressFamily == AddressFamily.InterNetworkV6,
                        _ => true,
                    }
                )
                .Distinct()
                .OrderBy(address => address.AddressFamily)
                .ThenBy(
                    address => Convert.ToHexString(address.GetAddressBytes()),
                    StringComparer.Ordinal
                ),
        ];
        return (chosen, chosen.Length == 0 ? $"{by} knows no address of it" : null);
    }
}
