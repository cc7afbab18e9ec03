using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using IPNetwork = System.Net.IPNetwork;

namespace Breakwater.App.Limiting;

/// <summary>How the server meets the network: who may say for whom it asks, and how slow a client may be.</summary>
public sealed record WireSettings
{
    /// <summary>
    /// Proxies that say where a request came from. Of everybody else the address of the connection counts, whatever a header
    /// says; none by default.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedForwarders { get; init; } = [];

    /// <summary>How long a client may take to send the headers of a request.</summary>
    public TimeSpan HeadersWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a body may be slower than <see cref="OctetsPerSecondMin"/>; more than one second.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A port of this machine alone on which the operator's collector reads metrics; null for none.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>A telephone at the edge of a 2G cell manages ten times this.</summary>
    public double OctetsPerSecondMin { get; init; } = 120;

    public static WireSettings Of(string folder)
    {
        var settings = Settings.Read(folder);
        return new WireSettings
        {
            TrustedForwarders = settings.TrustedForwarders,
            MetricsPort = settings.MetricsPort,
        };
    }

    /// <summary>Addresses and networks, parted by commas or spaces: <c>127.0.0.1, 10.0.0.0/24</c>.</summary>
    /// <returns>Null when one of them is neither, or is every address there is.</returns>
    public static IReadOnlyList<IPNetwork>? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var networks = new List<IPNetwork>();
        foreach (string part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(part, out IPAddress? address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(part, out IPNetwork network) && network.PrefixLength > 0)
            {
                networks.Add(network);
            }
            else
            {
                return null;
            }
        }

        return networks;
    }

    internal void Limit(KestrelServerLimits limits)
    {
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.MinRequestBodyDataRate = new MinDataRate(OctetsPerSecondMin, BodyGrace);
        limits.MinResponseDataRate = new MinDataRate(OctetsPerSecondMin, BodyGrace);
    }

    /// <summary>Takes the place of the proxy's address by the one that it names. Nothing of either is kept.</summary>
    internal void Forward(WebApplication site)
    {
        // Without anybody known the middleware would believe everybody.
        if (TrustedForwarders.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many proxies in a row as are trusted: the first that is not ends it.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (IPNetwork network in TrustedForwarders)
        {
            options.KnownIPNetworks.Add(network);
        }

        site.UseForwardedHeaders(options);
    }
}
