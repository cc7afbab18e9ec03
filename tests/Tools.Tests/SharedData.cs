using Xunit;

namespace Breakwater.Tests;

/// <summary>
/// Real data that is not in the repository: the folder named by BREAKWATER_SHARED or, absent, <c>shared</c> beside the
/// repository. A test that needs it skips, visibly and with the reason, where it is not there.
/// </summary>
internal static class SharedData
{
    private static readonly string? root = Root();

    /// <summary>The path of a file or folder under the shared folder; skips the test when it is absent.</summary>
    public static string PathOf(string relative)
    {
        string path = root is null ? relative : Path.Combine(root, relative);
        Assert.SkipUnless(
            root is not null && (File.Exists(path) || Directory.Exists(path)),
            $"no {relative} in the folder BREAKWATER_SHARED or ../shared"
        );
        return path;
    }

    /// <summary>Files in a folder, for theories; one empty name when it is absent, so that the skip is visible.</summary>
    public static IReadOnlyList<string> FilesIn(string folder)
    {
        string path = root is null ? folder : Path.Combine(root, folder);
        return Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(root!, file))
                    .Order(StringComparer.Ordinal),
            ]
            : [folder];
    }

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable("BREAKWATER_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Breakwater.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
    }
}
