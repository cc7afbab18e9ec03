using Breakwater.Signals;

namespace Breakwater.Disruptions;

/// <summary>The servers of the root as a resolver starts with them, held against the root zone.</summary>
public static class RootHints
{
    /// <param name="zone">What the zone says of the root.</param>
    /// <param name="hints">What the file of hints says of it.</param>
    /// <returns>Differences; none when both name the same servers with the same addresses.</returns>
    public static IReadOnlyList<Weakness> Differences(DelegationSignal zone, DelegationSignal hints)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(hints);
        Dictionary<string, NameServer> started = hints.NameServers.ToDictionary(
            server => server.Host,
            StringComparer.Ordinal
        );
        var differences = new List<Weakness>();
        foreach (NameServer server in zone.NameServers)
        {
            if (!started.Remove(server.Host, out NameServer? hint))
            {
                differences.Add(Of($"{server.Host} is not in the hints", server.Host));
            }
            else if (!hint.Addresses.SequenceEqual(server.Addresses))
            {
                differences.Add(
                    Of(
                        $"{server.Host} has {Words(server.Addresses)} in the zone and {Words(hint.Addresses)} in the hints",
                        server.Host
                    )
                );
            }
        }

        differences.AddRange(
            started
                .Keys.Order(StringComparer.Ordinal)
                .Select(host => Of($"{host} is in the hints and not in the zone", host))
        );
        return differences;

        Weakness Of(string text, string host) =>
            Weakness.Of(
                [zone, hints],
                zone.Place,
                WeaknessRank.Serious,
                "hints_differ",
                text,
                [host]
            );
    }

    private static string Words(IReadOnlyList<string> addresses) =>
        addresses.Count == 0 ? "no address" : string.Join(" and ", addresses);
}
