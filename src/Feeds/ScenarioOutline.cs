using System.Text.Json;
using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>The shapes for the map. Whoever draws them may rely on every ring being closed pairs of degrees.</summary>
internal static class ScenarioOutline
{
    public static Outline? Read(Fields root, ScenarioFolder folder)
    {
        if (folder.Open(root, "outline", ScenarioReader.MaxOutlineBytes) is not { } file)
        {
            return null;
        }

        try
        {
            Outline? outline = JsonSerializer.Deserialize<Outline>(file.Content.Span, Json.Compact);
            return Wrong(outline) is { } wrong ? throw new JsonException(wrong) : outline;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            long line = (e as JsonException)?.LineNumber ?? 0;
            folder.Faults.Add(
                new InputFault(
                    file.Name,
                    $"line {line + 1}",
                    $"is not an outline: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}",
                    "Write {shapes, points, attribution} as scenarios/README.md shows"
                )
            );
            return null;
        }
    }

    private static string? Wrong(Outline? outline)
    {
        if (outline is not { Shapes: not null, Points: not null, Attribution: not null })
        {
            return "shapes, points or attribution is missing";
        }

        foreach (OutlineShape? shape in outline.Shapes)
        {
            if (
                shape is not { Name: not null, Rings: not null }
                || shape.Role is not ("affected" or "neighbour" or "water")
            )
            {
                return $"shape '{shape?.Name}' lacks name, rings or a role (affected, neighbour, water)";
            }

            if (!shape.Rings.All(IsRing))
            {
                return $"shape '{shape.Name}' has a ring that is not closed or not [longitude, latitude]";
            }
        }

        OutlinePoint? lost = outline.Points.FirstOrDefault(point =>
            point is not { Name: not null, Place: not null }
            || !IsPosition([point.Longitude, point.Latitude])
        );
        return lost is null && outline.Points.All(point => point is not null)
            ? null
            : $"point '{lost?.Name}' lacks name, place or a position in degrees";
    }

    private static bool IsRing(IReadOnlyList<double[]>? ring) =>
        ring is { Count: >= 4 } && ring.All(IsPosition) && ring[0].SequenceEqual(ring[^1]);

    private static bool IsPosition(double[]? at) => at is [>= -180 and <= 180, >= -90 and <= 90];
}
