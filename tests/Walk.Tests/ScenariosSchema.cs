using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Feeds;
using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>The schema is documentation; these tests keep it true by holding it against the scenarios and the reader.</summary>
public sealed class ScenariosSchema
{
    private static readonly JsonElement Schema = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(BundledScenarios.Folder, "scenario.schema.json")))
        .RootElement;

    public static TheoryData<string> Ids => [.. BundledScenarios.List()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_bundled_scenario_fits_the_schema(string id)
    {
        var faults = new FaultList(id);
        YamlNode root = YamlTree.Read(BundledScenarios.Read(id).Scenario!.Files[0], faults)!;
        Assert.Empty(Misfits(root, Schema, "scenario"));
    }

    [Fact]
    public void The_schema_knows_exactly_the_keys_that_the_reader_knows()
    {
        // A key that nobody knows, put into each mapping, makes the reader list the keys that it knows.
        const string Stranger = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
        string yaml = $$"""
            {{Stranger}}: 1
            window: { {{Stranger}}: 1 }
            series: [{ format: series-csv, {{Stranger}}: 1 }]
            claims: [{ {{Stranger}}: 1 }]
            law: [{ {{Stranger}}: 1 }]
            populations: [{ {{Stranger}}: 1 }]
            networkShares: [{ {{Stranger}}: 1 }]
            sites: [{ {{Stranger}}: 1 }]
            stakeholders: [{ {{Stranger}}: 1 }]
            clearances: [{ {{Stranger}}: 1 }]
            offers: [{ {{Stranger}}: 1 }]
            funding: [{ {{Stranger}}: 1 }]
            circumstances: [{ {{Stranger}}: 1 }]
            cases: [{ {{Stranger}}: 1, users: { {{Stranger}}: 1 }, deadlines: [{ {{Stranger}}: 1 }], measures: [{ {{Stranger}}: 1 }], parties: [{ {{Stranger}}: 1 }], contacts: [{ {{Stranger}}: 1 }] }]
            questions: [{ {{Stranger}}: 1 }]
            missions: [{ {{Stranger}}: 1, window: { {{Stranger}}: 1 } }]
            script: [{ stand: x, {{Stranger}}: 1 }, { objection: x, {{Stranger}}: 1 }, { answer: x, {{Stranger}}: 1 }, { step: x, {{Stranger}}: 1 }, { appeal: x, {{Stranger}}: 1 }, { heard: upheld, {{Stranger}}: 1 }, { case: x, deadline: x, {{Stranger}}: 1 }, { case: x, measure: x, {{Stranger}}: 1 }, { case: x, item: x, {{Stranger}}: 1 }, { case: x, function: .x, {{Stranger}}: 1 }, { mission: x, act: started, {{Stranger}}: 1 }, { mission: x, party: x, replies: denied, {{Stranger}}: 1 }]
            """;
        string folder = Directory.CreateTempSubdirectory("breakwater-schema-").FullName;
        File.WriteAllText(Path.Combine(folder, ScenarioReader.FileName), yaml);
        string[] known =
        [
            .. ScenarioReader
                .Read(folder)
                .Faults.Where(fault =>
                    fault.Reason.Contains(Stranger[..20], StringComparison.Ordinal)
                )
                .Select(fault => fault.Remedy)
                .Order(StringComparer.Ordinal),
        ];
        Directory.Delete(folder, recursive: true);

        string[] definitions =
        [
            "series",
            "claim",
            "assertion",
            "population",
            "networkShare",
            "site",
            "stakeholder",
            "clearance",
            "offer",
            "funding",
            "position",
            "reply",
            "consent",
            "step",
            "circumstance",
            "case",
            "users",
            "deadline",
            "measure",
            "party",
            "contact",
            "question",
            "mission",
            "window",
            "appeal",
            "hearing",
            "caseDeadline",
            "caseMeasure",
            "caseItem",
            "caseFunction",
            "missionStep",
            "notice",
        ];
        IEnumerable<JsonElement> objects = definitions
            .Select(name => Schema.GetProperty("$defs").GetProperty(name))
            .Append(Schema)
            .Append(Schema.GetProperty("properties").GetProperty("window"));
        Assert.Equal(objects.Select(Keys).Order(StringComparer.Ordinal), known);
    }

    [Fact]
    public void The_example_in_the_README_is_read()
    {
        string readme = File.ReadAllText(Path.Combine(BundledScenarios.Folder, "README.md"));
        string yaml = Regex
            .Match(readme, "```yaml\n(id: .*?)```", RegexOptions.Singleline)
            .Groups[1]
            .Value;
        string folder = Directory.CreateTempSubdirectory("breakwater-readme-").FullName;
        File.WriteAllText(Path.Combine(folder, ScenarioReader.FileName), yaml);
        File.Copy(
            Path.Combine(BundledScenarios.Folder, "iran-2026-01", "series", "half-hourly.csv"),
            Path.Combine(folder, "series.csv")
        );
        ScenarioRead read = ScenarioReader.Read(folder);
        Directory.Delete(folder, recursive: true);
        Assert.Empty(read.Faults.Select(fault => fault.ToString()));
        Assert.Equal(Origin.Measured, read.Scenario!.Series[0].Origin);
    }

    private static string Keys(JsonElement definition) =>
        "Known: "
        + string.Join(
            ", ",
            definition
                .GetProperty("properties")
                .EnumerateObject()
                .Select(member => member.Name)
                .Order(StringComparer.Ordinal)
        );

    /// <summary>As much of JSON Schema 2020-12 as the file uses.</summary>
    private static IEnumerable<string> Misfits(YamlNode node, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = Schema
                .GetProperty("$defs")
                .GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }

        if (schema.TryGetProperty("anyOf", out JsonElement any))
        {
            string[][] tries =
            [
                .. any.EnumerateArray().Select(one => Misfits(node, one, path).ToArray()),
            ];
            return tries.Any(one => one.Length == 0) ? [] : tries.SelectMany(one => one);
        }

        return node switch
        {
            YamlMap map => InMap(map, schema, path),
            YamlList list => IsOf(schema, "array")
                ? list.Items.SelectMany(
                    (item, i) => Misfits(item, schema.GetProperty("items"), $"{path}[{i}]")
                )
                : [$"{path} is a list"],
            YamlText text => InText(text, schema, path),
            _ => throw new InvalidOperationException(),
        };
    }

    private static IEnumerable<string> InMap(YamlMap map, JsonElement schema, string path)
    {
        if (!IsOf(schema, "object"))
        {
            return [$"{path} holds keys"];
        }

        JsonElement properties = schema.GetProperty("properties");
        IEnumerable<string> missing = schema
            .GetProperty("required")
            .EnumerateArray()
            .Select(key => key.GetString()!)
            .Where(key => map.Members.All(member => member.Key != key))
            .Select(key => $"{path} lacks {key}");
        return missing.Concat(
            map.Members.SelectMany(member =>
                properties.TryGetProperty(member.Key, out JsonElement property)
                    ? Misfits(member.Value, property, $"{path}.{member.Key}")
                    : [$"{path} has {member.Key}"]
            )
        );
    }

    private static IEnumerable<string> InText(YamlText text, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("enum", out JsonElement words))
        {
            return words.EnumerateArray().Any(word => word.GetString() == text.Text)
                ? []
                : [$"{path} is {text.Text}"];
        }

        if (text.IsNull)
        {
            return IsOf(schema, "null") ? [] : [$"{path} is null"];
        }

        if (IsOf(schema, "number") || IsOf(schema, "integer"))
        {
            return
                double.TryParse(text.Text, CultureInfo.InvariantCulture, out double number)
                && number >= schema.GetProperty("minimum").GetDouble()
                && number <= schema.GetProperty("maximum").GetDouble()
                ? []
                : [$"{path} is {text.Text}"];
        }

        if (IsOf(schema, "boolean"))
        {
            return text.Text is "true" or "false" ? [] : [$"{path} is {text.Text}"];
        }

        bool fits =
            IsOf(schema, "string")
            && (
                !schema.TryGetProperty("pattern", out JsonElement pattern)
                || Regex.IsMatch(text.Text, pattern.GetString()!)
            );
        return fits ? [] : [$"{path} is {text.Text}"];
    }

    private static bool IsOf(JsonElement schema, string type) =>
        schema.TryGetProperty("type", out JsonElement is_)
        && (
            is_.ValueKind == JsonValueKind.Array
                ? is_.EnumerateArray().Any(one => one.GetString() == type)
                : is_.GetString() == type
        );
}
