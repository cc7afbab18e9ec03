using System.Runtime.InteropServices;

namespace Breakwater.Disruptions;

/// <summary>What several core resources hang on together.</summary>
public enum FateKind
{
    Server,

    /// <summary>A /24 or a /48.</summary>
    Block,
    Route,
    Origin,

    /// <summary>The same blocks to the last one: one operator's servers, told without knowing who it is.</summary>
    Platform,
}

/// <summary>One thing, and what falls with it.</summary>
/// <param name="What">Name of the server, prefix or AS; of a platform its blocks, with blanks between them.</param>
/// <param name="Touched">Top-level domains that have a server on it.</param>
/// <param name="CountryCodes">Those of them that are country codes.</param>
/// <param name="Silent">Those that have nothing else: they fall with it.</param>
/// <param name="SilentV4">Those that have nothing else on IPv4.</param>
public sealed record SharedFate(
    FateKind Kind,
    string What,
    int Touched,
    int CountryCodes,
    IReadOnlyList<string> Silent,
    IReadOnlyList<string> SilentV4
)
{
    /// <summary>
    /// Everything that at least two top-level domains share, those that touch most first. Routes and origins are counted
    /// where the table tells them; a domain of which one address is unknown is never said to fall silent by them.
    /// </summary>
    public static IReadOnlyList<SharedFate> Of(IReadOnlyList<CoreResource> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var found = new Dictionary<(FateKind Kind, string What), Tally>();
        foreach (
            CoreResource resource in resources
                .Where(resource => resource.Place.Tld is not null)
                .OrderBy(resource => resource.Place.Key, StringComparer.Ordinal)
        )
        {
            List<CoreAddress> addresses =
            [
                .. resource
                    .Servers.SelectMany(server => server.Addresses)
                    .DistinctBy(address => address.Address),
            ];
            Count(found, resource, FateKind.Server, [.. OfServers(resource)]);
            CountBy(FateKind.Block, address => [address.Block.ToString()]);
            CountBy(
                FateKind.Route,
                address => address.Route is { } route ? [route.ToString()] : []
            );
            CountBy(
                FateKind.Origin,
                address => [.. address.Origins.Select(origin => origin.Asn.ToString())]
            );

            void CountBy(FateKind kind, Func<CoreAddress, string[]> names) =>
                Count(
                    found,
                    resource,
                    kind,
                    [.. addresses.Select(address => (address.Block.IsV6, names(address)))]
                );
        }

        Platforms(found, resources);
        return
        [
            .. found
                .Where(one => one.Value.Touched > 1)
                .Select(one => new SharedFate(
                    one.Key.Kind,
                    one.Key.What,
                    one.Value.Touched,
                    one.Value.CountryCodes,
                    one.Value.Silent,
                    one.Value.SilentV4
                ))
                .OrderByDescending(fate => fate.Touched)
                .ThenByDescending(fate => fate.Silent.Count)
                .ThenBy(fate => fate.Kind)
                .ThenBy(fate => fate.What, StringComparer.Ordinal),
        ];
    }

    private static void Platforms(
        Dictionary<(FateKind, string), Tally> found,
        IReadOnlyList<CoreResource> resources
    )
    {
        foreach (
            CoreResource resource in resources
                .Where(resource => resource.Place.Tld is not null)
                .OrderBy(resource => resource.Place.Key, StringComparer.Ordinal)
        )
        {
            string blocks = string.Join(' ', resource.Blocks24.Concat(resource.Blocks48));
            if (blocks.Length > 0)
            {
                ref Tally? tally = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    found,
                    (FateKind.Platform, blocks),
                    out _
                );
                tally ??= new Tally();
                tally.Touched++;
                tally.CountryCodes += resource.IsCountryCode ? 1 : 0;
                tally.Silent.Add(resource.Place.Tld!);
            }
        }
    }

    private static IEnumerable<(bool IsV6, string[] Names)> OfServers(CoreResource resource) =>
        resource.Servers.SelectMany(server =>
            server.Addresses.Count == 0
                ? [(false, [server.Host])]
                : server.Addresses.Select(address => (address.Block.IsV6, (string[])[server.Host]))
        );

    /// <param name="rows">For each address the things that it hangs on; several origins of one prefix each carry it.</param>
    private static void Count(
        Dictionary<(FateKind, string), Tally> found,
        CoreResource resource,
        FateKind kind,
        IReadOnlyList<(bool IsV6, string[] Names)> rows
    )
    {
        bool hasV4 = rows.Any(row => !row.IsV6);
        foreach (string name in rows.SelectMany(row => row.Names).Distinct())
        {
            if (!found.TryGetValue((kind, name), out Tally? tally))
            {
                found.Add((kind, name), tally = new Tally());
            }

            tally.Touched++;
            tally.CountryCodes += resource.IsCountryCode ? 1 : 0;
            if (rows.All(row => row.Names is [var only] && only == name))
            {
                tally.Silent.Add(resource.Place.Tld!);
            }
            else if (
                hasV4
                && rows.Where(row => !row.IsV6).All(row => row.Names is [var only] && only == name)
            )
            {
                tally.SilentV4.Add(resource.Place.Tld!);
            }
        }
    }

    private sealed class Tally
    {
        public int Touched { get; set; }

        public int CountryCodes { get; set; }

        public List<string> Silent { get; } = [];

        public List<string> SilentV4 { get; } = [];
    }
}
