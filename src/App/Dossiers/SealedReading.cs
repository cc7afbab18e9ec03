using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.App.Dossiers;

/// <summary>
/// Reads a folder that somebody else made. It follows no link, opens nothing whose name it does not know, and reads no more than a
/// sealed folder can hold.
/// </summary>
internal sealed class SealedReading
{
    private readonly string _folder;
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    /// <exception cref="Fault">It is no folder, or holds what no sealed folder holds in a way that is not safe to read.</exception>
    public SealedReading(string folder)
    {
        _folder = folder;
        if (!Directory.Exists(folder))
        {
            throw Unreadable("there is no such folder", "Check the path");
        }

        Look(folder, "", isTop: true);
    }

    /// <summary>Every file that is there, by its path with strokes.</summary>
    public IReadOnlyCollection<string> Paths => _sizes.Keys;

    /// <exception cref="Fault">There is no manifest, or it cannot be read as one.</exception>
    public (DossierManifest Manifest, byte[] Octets) Manifest()
    {
        byte[] octets =
            Octets(SealedNames.Manifest, SealedNames.ManifestMax)
            ?? throw Unreadable(
                $"it holds no {SealedNames.Manifest}, or one larger than {SealedNames.ManifestMax >> 20} MiB",
                "Name a folder that 'breakwater dossier export' wrote"
            );
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                octets,
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 }
            );
            DossierManifest manifest =
                document.Deserialize<DossierManifest>(Json.Strict) ?? throw new JsonException();
            return manifest.Format == DossierManifest.FormatName
                ? (manifest, octets)
                : throw Unreadable(
                    $"{SealedNames.Manifest} is of another format than {DossierManifest.FormatName}",
                    "Verify it with the version of Breakwater that wrote it"
                );
        }
        catch (JsonException fault)
        {
            throw Unreadable(
                $"{SealedNames.Manifest} is no manifest of a dossier: line {(fault.LineNumber ?? 0) + 1}, octet {(fault.BytePositionInLine ?? 0) + 1}",
                "Get the folder again from who sealed it"
            );
        }
        catch (Exception fault)
            when (fault
                    is FormatException
                        or OverflowException
                        or ArgumentException
                        or InvalidOperationException
            )
        {
            throw Unreadable(
                $"{SealedNames.Manifest} is no manifest of a dossier: a value is out of its range",
                "Get the folder again from who sealed it"
            );
        }
    }

    /// <summary>Null when there is no such file, it is empty or it is larger.</summary>
    public byte[]? Octets(string path, long most) =>
        _sizes.TryGetValue(path, out long size) && size > 0 && size <= most
            ? File.ReadAllBytes(Full(path))
            : null;

    /// <summary>
    /// Size and hashes, read in pieces; null when there is no such file. No sealed file is empty, and what is no file at all, such as
    /// a pipe, says that it is: opening that would wait for ever.
    /// </summary>
    public SealedFile? Describe(string path)
    {
        if (_sizes.GetValueOrDefault(path) == 0)
        {
            return null;
        }

        using FileStream file = File.OpenRead(Full(path));
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        byte[] block = new byte[81_920];
        long size = 0;
        for (int count; (count = file.Read(block)) > 0; size += count)
        {
            sha256.AppendData(block, 0, count);
            sha512.AppendData(block, 0, count);
        }

        return new SealedFile(
            path,
            size,
            Convert.ToHexStringLower(sha256.GetHashAndReset()),
            Convert.ToHexStringLower(sha512.GetHashAndReset())
        );
    }

    private void Look(string folder, string prefix, bool isTop)
    {
        foreach (
            FileSystemInfo found in new DirectoryInfo(folder).EnumerateFileSystemInfos(
                "*",
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }
            )
        )
        {
            string path = prefix + found.Name;
            if (
                found.LinkTarget is not null
                || found.Attributes.HasFlag(FileAttributes.ReparsePoint)
            )
            {
                throw Unreadable(
                    $"{path} is a link, and links are not followed",
                    "A sealed folder holds none: remove it, or get the folder again"
                );
            }

            if (found is FileInfo file)
            {
                _sizes[path] = file.Length;
            }
            else if (isTop)
            {
                Look(found.FullName, path + "/", isTop: false);
            }
            else
            {
                throw Unreadable(
                    $"{path} is a folder in a folder, which a sealed folder does not hold",
                    "Remove it, or get the folder again"
                );
            }

            if (_sizes.Count > SealedNames.FilesMax)
            {
                throw Unreadable(
                    $"it holds more than {SealedNames.FilesMax} files",
                    "No sealed folder does: get it again from who sealed it"
                );
            }
        }
    }

    private string Full(string path) =>
        Path.Combine(_folder, path.Replace('/', Path.DirectorySeparatorChar));

    private Fault Unreadable(string reason, string remedy) =>
        new(ExitCode.Usage, $"{Path.GetFileName(Path.GetFullPath(_folder))}: {reason}. {remedy}");
}
