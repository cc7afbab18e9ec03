namespace Breakwater.Shape.Tests;

/// <summary>The working tree that these tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Source files below a folder, without what the build made.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/bin/", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Projects() =>
        Directory
            .EnumerateDirectories(Path.Combine(Root, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal);

    /// <summary>The executable of the configuration that is being tested.</summary>
    public static string Executable()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(
            Root,
            "artifacts",
            "bin",
            "App",
            configuration,
            OperatingSystem.IsWindows() ? "breakwater.exe" : "breakwater"
        );
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Breakwater.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("these tests run inside a working tree");
    }
}
