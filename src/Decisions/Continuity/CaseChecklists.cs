using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Continuity;

/// <summary>One thing to find out in a case.</summary>
/// <param name="Text">By language; <c>en</c> is always there.</param>
public sealed record CaseItem(string Id, IReadOnlyDictionary<string, string> Text)
{
    public string In(string language) =>
        Text.TryGetValue(language, out string? text) ? text : Text["en"];
}

/// <summary>What to find out in a case of each type: data beside this file, versioned.</summary>
public static class CaseChecklists
{
    private static readonly Lazy<File> _file = new(Read);

    /// <summary>In the order in which to ask; answers name the id, so a text may change and an id may not.</summary>
    public static IReadOnlyList<CaseItem> Of(ContinuityType type) =>
        [.. _file.Value.Every, .. _file.Value.Types[Checks.Word(type)]];

    public static string Version => _file.Value.Version;

    private static File Read()
    {
        using Stream stream = typeof(CaseChecklists).Assembly.GetManifestResourceStream(
            "Breakwater.Decisions.Continuity.checklists.json"
        )!;
        return JsonSerializer.Deserialize<File>(stream, Json.Compact)!;
    }

    private sealed record File(
        string Version,
        IReadOnlyList<CaseItem> Every,
        IReadOnlyDictionary<string, IReadOnlyList<CaseItem>> Types
    );
}
