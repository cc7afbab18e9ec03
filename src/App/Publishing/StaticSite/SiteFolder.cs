using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.StaticSite;

/// <summary>
/// The folder of a static site. A list of its files lies in it, by which a later copy knows what it may replace: a folder that holds
/// anything else is left alone.
/// </summary>
internal sealed class SiteFolder
{
    public const string List = "breakwater-site.json";

    private readonly string _folder;
    private readonly SortedDictionary<string, string> _before;
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    private SiteFolder(string folder, SortedDictionary<string, string> before) =>
        (_folder, _before) = (folder, before);

    /// <summary>Files by their path in the folder, with their SHA-256.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <exception cref="Fault">The folder holds what no site of ours left there.</exception>
    public static SiteFolder Open(string folder)
    {
        string list = Path.Combine(folder, List);
        if (!File.Exists(list))
        {
            return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
                ? throw new Fault(
                    ExitCode.Usage,
                    $"{folder} is not empty and holds no site of Breakwater, so nothing was written. Name a new folder"
                )
                : new SiteFolder(folder, new(StringComparer.Ordinal));
        }

        try
        {
            return new SiteFolder(
                folder,
                new(
                    JsonSerializer.Deserialize<Dictionary<string, string>>(
                        File.ReadAllBytes(list)
                    )!,
                    StringComparer.Ordinal
                )
            );
        }
        catch (JsonException)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{list} is damaged, so it is not known what may be replaced. Name a new folder"
            );
        }
    }

    public void Write(string path, byte[] octets)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, octets);
        _files[path] = Convert.ToHexStringLower(SHA256.HashData(octets));
    }

    public void Write(string path, string text) =>
        Write(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));

    /// <summary>Takes away what an earlier copy had and this one has not, and writes the list.</summary>
    public void Finish()
    {
        foreach (string gone in _before.Keys.Where(path => !_files.ContainsKey(path)))
        {
            string file = Path.GetFullPath(Path.Combine(_folder, gone));
            // A list that somebody changed must not lead out of the folder.
            if (
                file.StartsWith(
                    Path.GetFullPath(_folder) + Path.DirectorySeparatorChar,
                    StringComparison.Ordinal
                )
            )
            {
                File.Delete(file);
            }
        }

        Directory.CreateDirectory(_folder);
        File.WriteAllBytes(
            Path.Combine(_folder, List),
            JsonSerializer.SerializeToUtf8Bytes(_files, Json.Indented)
        );
    }
}
