using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>The scenarios that come with the executable, found beside it.</summary>
public static class BundledScenarios
{
    /// <summary>Walked when nobody names one.</summary>
    public const string Default = "sudan-2024-02";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>Ids in order; empty when the folder is not there.</summary>
    public static IReadOnlyList<string> List() =>
        Directory.Exists(Folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(Folder)
                    .Where(folder => File.Exists(Path.Combine(folder, ScenarioReader.FileName)))
                    .Select(folder => Path.GetFileName(folder))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Reads a bundled scenario by id, or a folder of one's own by path.</summary>
    public static ScenarioRead Read(string idOrFolder)
    {
        if (List().Contains(idOrFolder))
        {
            return ScenarioReader.Read(Path.Combine(Folder, idOrFolder));
        }

        if (Directory.Exists(idOrFolder) || File.Exists(idOrFolder))
        {
            return ScenarioReader.Read(idOrFolder);
        }

        return new ScenarioRead(
            null,
            [
                new InputFault(
                    idOrFolder,
                    "",
                    "is neither a bundled scenario nor a folder",
                    Nearest.Remedy(idOrFolder, List())
                ),
            ]
        );
    }
}
