using System.Collections.Frozen;
using System.Text.Json;

namespace Breakwater.Disruptions.Kinds;

/// <summary>Which countries share a land boundary, by ISO 3166-1 alpha-2.</summary>
internal static class LandNeighbours
{
    private static readonly FrozenDictionary<string, IReadOnlyList<string>> _neighbours = Read();

    public static IReadOnlyList<string> Of(string? country) =>
        country is not null && _neighbours.TryGetValue(country, out IReadOnlyList<string>? found)
            ? found
            : [];

    public static IEnumerable<string> Countries => _neighbours.Keys;

    private static FrozenDictionary<string, IReadOnlyList<string>> Read()
    {
        using Stream stream = typeof(LandNeighbours).Assembly.GetManifestResourceStream(
            "Breakwater.Disruptions.Profiles.neighbours.json"
        )!;
        using var document = JsonDocument.Parse(stream);
        return document
            .RootElement.GetProperty("neighbours")
            .EnumerateObject()
            .ToFrozenDictionary(
                country => country.Name,
                IReadOnlyList<string> (country) => country.Value.GetString()!.Split(' '),
                StringComparer.Ordinal
            );
    }
}
