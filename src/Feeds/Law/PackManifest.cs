using System.Security.Cryptography;
using System.Text;
using Breakwater.Feeds.Yaml;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Law;

/// <summary>
/// The list of the files of a pack with their hashes. A pack that is not as its manifest says is not sealed: it can be read and tried,
/// and says so with every finding.
/// </summary>
public static class PackManifest
{
    /// <summary>The hash of the files as they are, and those that the manifest does not have so.</summary>
    internal static (string Hash, IReadOnlyList<string> Unsealed) Of(PackFiles files)
    {
        SortedDictionary<string, string> now = Hashes(files);
        Dictionary<string, string> sealedAs = Sealed(files);
        return (
            HashOf(now),
            [
                .. now.Where(file => sealedAs.GetValueOrDefault(file.Key) != file.Value)
                    .Select(file => file.Key),
                .. sealedAs
                    .Keys.Where(name => !now.ContainsKey(name))
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>Writes the manifest anew, so that the pack is sealed as it is.</summary>
    public static string Seal(string folder)
    {
        var faults = new List<InputFault>();
        PackFiles files =
            PackFiles.Open(folder, 1024 * 1024, 5_000, faults)
            ?? throw new DirectoryNotFoundException($"{folder} is no law pack");
        SortedDictionary<string, string> now = Hashes(files);
        string hash = HashOf(now);
        var text = new StringBuilder()
            .Append(
                "# Written by: breakwater norms check --seal. Whoever changes a file of the pack writes it anew.\n"
            )
            .Append($"hash: {hash}\nfiles:\n");
        foreach ((string name, string sha256) in now)
        {
            text.Append($"  {name}: {sha256}\n");
        }

        string path = Path.Combine(folder, LawPackReader.ManifestName);
        File.WriteAllText(path + ".new", text.ToString());
        File.Move(path + ".new", path, overwrite: true);
        return hash;
    }

    private static SortedDictionary<string, string> Hashes(PackFiles files) =>
        new(
            files
                .All.Where(file => file.Name != LawPackReader.ManifestName)
                .ToDictionary(file => file.Name, file => file.Sha256),
            StringComparer.Ordinal
        );

    private static string HashOf(SortedDictionary<string, string> files) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(files)))}";

    private static Dictionary<string, string> Sealed(PackFiles files)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (
            files.File(LawPackReader.ManifestName) is { } manifest
            && YamlTree.Read(manifest, new FaultList(manifest.Name)) is YamlMap root
            && root.Members.FirstOrDefault(member => member.Key == "files")?.Value is YamlMap listed
        )
        {
            foreach (YamlMember member in listed.Members)
            {
                hashes[member.Key] = member.Value is YamlText text ? text.Text : "";
            }
        }

        return hashes;
    }
}
