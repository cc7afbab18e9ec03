using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Breakwater.App.Tests;

/// <summary>Schemas of a standard that are written in YAML, as one JSON Schema with what they refer to put in.</summary>
internal static class OgcSchemas
{
    private static readonly string[] _numbers =
    [
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
        "default",
    ];

    public static JsonNode Read(string folder, string name, params IReadOnlyList<string> inside)
    {
        if (inside.Contains(name))
        {
            // A collection of geometries may hold another; none of ours does.
            return new JsonObject();
        }

        using var text = new StreamReader(Path.Combine(folder, $"{name}.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return Of(yaml.Documents[0].RootNode, folder, null, [.. inside, name])!;
    }

    private static JsonNode? Of(
        YamlNode node,
        string folder,
        string? key,
        IReadOnlyList<string> inside
    )
    {
        switch (node)
        {
            case YamlMappingNode map when map.Children.TryGetValue("$ref", out YamlNode? refers):
                return Read(
                    folder,
                    Path.GetFileNameWithoutExtension(((YamlScalarNode)refers).Value!),
                    inside
                );
            case YamlMappingNode map:
                var members = new JsonObject();
                foreach ((YamlNode name, YamlNode value) in map.Children)
                {
                    string own = ((YamlScalarNode)name).Value!;
                    // Examples are no rules, and a description may be called like a keyword.
                    if (own is not ("example" or "description") || value is YamlMappingNode)
                    {
                        members[own] = Of(value, folder, own, inside);
                    }
                }

                return members;
            case YamlSequenceNode list:
                return new JsonArray([
                    .. list.Children.Select(each => Of(each, folder, null, inside)),
                ]);
            case YamlScalarNode scalar when scalar.Value is "null" or "":
                return key == "type" ? "null" : null;
            case YamlScalarNode scalar
                when _numbers.Contains(key) && double.TryParse(scalar.Value, out double number):
                return number;
            default:
                return ((YamlScalarNode)node).Value;
        }
    }
}
