using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>The files of one scenario. Nothing outside the folder is opened, whatever the scenario asks for.</summary>
internal sealed class ScenarioFolder(string folder, SourceFile definition, FaultList faults)
{
    private readonly List<SourceFile> read = [definition];
    private readonly Dictionary<string, Evidence> evidence = new(StringComparer.Ordinal);

    public FaultList Faults => faults;

    public IReadOnlyList<SourceFile> Read => read;

    public IReadOnlyDictionary<string, Evidence> Evidence => evidence;

    /// <summary>The lines of the definition that a thing stands on, kept under a name.</summary>
    public Evidence Keep(string name, Fields fields)
    {
        Evidence lines = At(fields);
        evidence.TryAdd(name, lines);
        return lines;
    }

    public Evidence At(Fields fields) => new(definition.Sha256, definition.Name, fields.Rows);

    /// <summary>Opens the file that a key names; null with a fault when it cannot, null without when the key is absent.</summary>
    public SourceFile? Open(Fields fields, string key, long maxBytes)
    {
        if (fields.TextOrNull(key) is not { } name)
        {
            return null;
        }

        if (!IsInside(name))
        {
            fields.Fault(
                key,
                $"'{key}' leads out of the scenario folder: '{name}'",
                "Copy the file into the folder and name it relative to that"
            );
            return null;
        }

        FileRead file = Files.Read(Path.Combine(folder, name), maxBytes, name);
        if (file.File is { } found)
        {
            read.Add(found);
            return found;
        }

        fields.Fault(key, $"'{name}' {file.Fault!.Reason}", file.Fault.Remedy);
        return null;
    }

    public SourceFile? OpenOptional(string name, long maxBytes)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path) || !IsInside(name))
        {
            return null;
        }

        FileRead file = Files.Read(path, maxBytes, name);
        if (file.File is { } found)
        {
            read.Add(found);
        }
        else
        {
            faults.Add(file.Fault!);
        }

        return file.File;
    }

    /// <summary>Neither by <c>../</c>, nor by an absolute path, nor through a symbolic link.</summary>
    private bool IsInside(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name))
        {
            return false;
        }

        string root = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        string whole = Path.GetFullPath(Path.Combine(root, name.Replace('\\', '/')));
        return IsUnder(root, whole) && !HasLinkOut(root, whole);
    }

    private static bool HasLinkOut(string root, string whole)
    {
        for (
            string? at = whole;
            at is not null && at.Length > root.Length;
            at = Path.GetDirectoryName(at)
        )
        {
            FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            try
            {
                if (
                    info.LinkTarget is not null
                    && info.ResolveLinkTarget(returnFinalTarget: true) is { } target
                    && !IsUnder(root, target.FullName)
                )
                {
                    return true;
                }
            }
            catch (IOException)
            {
                // A link that leads nowhere or in a circle: nothing to open.
                return true;
            }
        }

        return false;
    }

    private static bool IsUnder(string root, string whole) =>
        whole.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
