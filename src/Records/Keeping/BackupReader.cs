using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Vocabulary;

namespace Breakwater.Records;

/// <summary>Something that is wrong with a backup.</summary>
/// <param name="File">Its name in the backup; empty when it is about the whole.</param>
public sealed record BackupDamage(string File, string Detail);

/// <summary>
/// Reads a backup front to back and holds what comes against what its end says. Whoever reads takes files before that is
/// known, and must throw them away again when <see cref="Damages"/> has anything.
/// </summary>
public sealed class BackupReader : IDisposable
{
    /// <summary>One file is in memory at a time; evidence is the largest.</summary>
    public const long FileOctetsMax = SqlRecords.EvidenceOctetsMax + (1L << 20);
    private const int FilesMax = 10_000_000;

    private readonly TarReader tar;
    private readonly List<BackupFile> read = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<BackupDamage> damages = [];
    private byte[]? manifest;
    private byte[]? seal;

    /// <exception cref="RecordsFault">It is no backup, or one in a newer format.</exception>
    public BackupReader(Stream from, string place)
    {
        tar = new TarReader(from, leaveOpen: true);
        Title = ReadTitle(place);
    }

    public BackupTitle Title { get; }

    /// <summary>Null until the end was read, and when it cannot be.</summary>
    public BackupManifest? Manifest { get; private set; }

    public IReadOnlyList<BackupDamage> Damages => damages;

    /// <summary>All files but the first and the last two.</summary>
    public IEnumerable<(string Name, ReadOnlyMemory<byte> Octets)> Files(CancellationToken cancel)
    {
        while (Next() is var (name, octets))
        {
            cancel.ThrowIfCancellationRequested();
            if (name == BackupManifest.FileName)
            {
                manifest = octets;
            }
            else if (name == BackupManifest.SealFileName)
            {
                seal = octets;
            }
            else
            {
                yield return (name, octets);
            }
        }

        if (damages.Count == 0)
        {
            Judge();
        }
    }

    public void Add(BackupDamage damage) => damages.Add(damage);

    /// <summary>That whoever wrote the manifest had the node's key.</summary>
    public void CheckSeal(Verifier node)
    {
        if (
            manifest is not null
            && SignedNote.Open(Encoding.UTF8.GetString(seal ?? []), node)
                != BackupManifest.SealText(
                    node.Name,
                    Convert.ToHexStringLower(SHA256.HashData(manifest))
                )
        )
        {
            damages.Add(
                new BackupDamage(
                    BackupManifest.SealFileName,
                    $"it is not the signature of {node.Name} over {BackupManifest.FileName}"
                )
            );
        }
    }

    public void Dispose() => tar.Dispose();

    private BackupTitle ReadTitle(string place)
    {
        BackupTitle? title = null;
        try
        {
            if (Next() is (BackupTitle.FileName, var octets))
            {
                // The number first: a newer format may say more than is known here.
                int format = JsonElement.Parse(octets).GetProperty("format").GetInt32();
                title =
                    format <= BackupTitle.FormatKnown
                        ? JsonSerializer.Deserialize<BackupTitle>(octets, Json.Compact)
                        : throw new RecordsFault(
                            RecordsFaultKind.Newer,
                            $"the backup has format {format} and this program knows {BackupTitle.FormatKnown}",
                            place,
                            "Use the newer program; nothing was written"
                        );
            }
        }
        catch (Exception failure)
            when (failure is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Whatever it is, it is none.
        }

        return title
            ?? throw new RecordsFault(
                RecordsFaultKind.Corrupt,
                "this is no backup of Breakwater, or its beginning is damaged",
                place,
                "Give a file that `breakwater backup` wrote, decrypted if it was encrypted; nothing was written"
            );
    }

    /// <summary>Null at the end, and where it goes no further.</summary>
    private (string Name, byte[] Octets)? Next()
    {
        try
        {
            if (tar.GetNextEntry() is not { } entry)
            {
                return null;
            }

            if (
                entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                || entry.Length > FileOctetsMax
                || names.Count >= FilesMax
                || !names.Add(entry.Name)
            )
            {
                throw new InvalidDataException(
                    $"'{entry.Name}' is no file, too large, or there twice"
                );
            }

            byte[] octets = new byte[entry.Length];
            entry.DataStream?.ReadExactly(octets);
            read.Add(
                new BackupFile(
                    entry.Name,
                    octets.Length,
                    Convert.ToHexStringLower(SHA256.HashData(octets))
                )
            );
            return (entry.Name, octets);
        }
        catch (Exception failure)
            when (failure
                    is InvalidDataException
                        or EndOfStreamException
                        or FormatException
                        or ArgumentException
            )
        {
            string after = read.Count > 0 ? read[^1].Name : "its beginning";
            damages.Add(
                new BackupDamage(
                    "",
                    $"it is cut short or damaged behind {after} ({failure.Message.ReplaceLineEndings(" ")})"
                )
            );
            return null;
        }
    }

    /// <summary>Names each file that is not as the manifest has it.</summary>
    private void Judge()
    {
        try
        {
            Manifest = manifest is null
                ? null
                : JsonSerializer.Deserialize<BackupManifest>(manifest, Json.Compact);
        }
        catch (JsonException)
        {
            Manifest = null;
        }

        if (Manifest is null || seal is null)
        {
            damages.Add(
                new BackupDamage(
                    BackupManifest.FileName,
                    "the end is missing or cannot be read: the backup was not completed, or was cut short"
                )
            );
            return;
        }

        var found = read.ToDictionary(file => file.Name, StringComparer.Ordinal);
        foreach (BackupFile file in Manifest.Files)
        {
            if (!found.Remove(file.Name, out BackupFile? there))
            {
                damages.Add(new BackupDamage(file.Name, "it is missing"));
            }
            else if (there != file)
            {
                damages.Add(
                    new BackupDamage(
                        file.Name,
                        $"it has {there.Octets} octets with SHA-256 {there.Sha256}; {file.Octets} with {file.Sha256} were written"
                    )
                );
            }
        }

        found.Remove(BackupManifest.FileName);
        found.Remove(BackupManifest.SealFileName);
        damages.AddRange(
            found.Keys.Select(name => new BackupDamage(name, "it is not in the manifest"))
        );
    }
}
