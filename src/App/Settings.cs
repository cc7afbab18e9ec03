using System.Collections;
using System.Text.Json;

namespace Breakwater.App;

/// <summary>Configuration: <c>breakwater.json</c> in the data folder, then <c>BREAKWATER__Key</c> variables; options come last.</summary>
public sealed record Settings(string Urls, string Language)
{
    public const string DefaultUrls = "http://127.0.0.1:5080";

    private const string VariablePrefix = "BREAKWATER__";
    private static readonly string[] _keys = ["urls", "language"];

    /// <exception cref="Fault">A key is unknown, or the file is no JSON object of texts.</exception>
    public static Settings Read(string folder)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = DefaultUrls,
            ["language"] = "en",
        };
        foreach (
            (string key, string value, string where) in FromFile(
                    Path.Combine(folder, "breakwater.json")
                )
                .Concat(FromVariables())
        )
        {
            if (!values.ContainsKey(key))
            {
                throw new Fault(
                    ExitCode.Usage,
                    $"{where}: '{key}' is no setting. Did you mean '{_keys.MinBy(known => Distance(known, key))}'?"
                );
            }

            values[key] = value;
        }

        return new Settings(values["urls"], values["language"]);
    }

    private static List<(string Key, string Value, string Where)> FromFile(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return
            [
                .. document
                    .RootElement.EnumerateObject()
                    .Select(member => (member.Name, member.Value.GetString() ?? "", path)),
            ];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            string line = fault is JsonException { LineNumber: { } number }
                ? $"line {number + 1}"
                : "line 1";
            throw new Fault(
                ExitCode.Usage,
                $"{path}: {line}: not a JSON object of texts. Write {{\"urls\": \"{DefaultUrls}\"}}"
            );
        }
    }

    private static IEnumerable<(string Key, string Value, string Where)> FromVariables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
            .Where(entry =>
                entry.Name.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry =>
                (entry.Name[VariablePrefix.Length..], entry.Value, $"variable {entry.Name}")
            );

    /// <summary>Letters of one word that the other lacks: enough to find a slip among two names.</summary>
    private static int Distance(string known, string given) =>
        known.Except(given.ToLowerInvariant()).Count()
        + given.ToLowerInvariant().Except(known).Count();
}
