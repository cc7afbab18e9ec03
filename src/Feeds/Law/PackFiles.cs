using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Law;

/// <summary>The files of one law pack by their names in it, with slashes. Links are not followed.</summary>
internal sealed class PackFiles
{
    private readonly SortedDictionary<string, SourceFile> files = new(StringComparer.Ordinal);

    private PackFiles(string root) => Root = root;

    public string Root { get; }

    public IReadOnlyCollection<SourceFile> All => files.Values;

    /// <summary>Null, and a fault, when there is no pack in the folder.</summary>
    public static PackFiles? Open(string root, long bytesMax, int filesMax, List<InputFault> faults)
    {
        if (!System.IO.File.Exists(Path.Combine(root, "pack.yaml")))
        {
            faults.Add(
                new InputFault(
                    root,
                    "",
                    "is no law pack: there is no pack.yaml in it",
                    "Name a folder such as law/conn-norms-core"
                )
            );
            return null;
        }

        var pack = new PackFiles(root);
        var walk = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
            MaxRecursionDepth = 5,
        };
        foreach (string path in Directory.EnumerateFiles(root, "*", walk))
        {
            string name = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (
                !name.EndsWith(".yaml", StringComparison.Ordinal)
                && !name.EndsWith(".md", StringComparison.Ordinal)
            )
            {
                continue;
            }

            if (pack.files.Count >= filesMax)
            {
                faults.Add(
                    new InputFault(root, "", $"has more than {filesMax} files", "Split the pack")
                );
                return null;
            }

            FileRead read = Files.Read(path, bytesMax, name);
            if (read.File is { } file)
            {
                pack.files[name] = file;
            }
            else
            {
                faults.Add(read.Fault!);
            }
        }

        return pack;
    }

    public SourceFile? File(string name) => files.GetValueOrDefault(name);

    public string? Text(string name) =>
        File(name) is { } file ? Encoding.UTF8.GetString(file.Content.Span) : null;

    public IReadOnlyList<string> Under(string folder, string extension) =>
        [
            .. files.Keys.Where(name =>
                name.StartsWith(folder, StringComparison.Ordinal)
                && name.EndsWith(extension, StringComparison.Ordinal)
            ),
        ];
}
