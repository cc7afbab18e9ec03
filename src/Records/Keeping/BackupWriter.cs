using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Breakwater.Ledger;
using Breakwater.Vocabulary;

namespace Breakwater.Records;

/// <summary>
/// Writes a backup as a tar archive, front to back, so that it can go into a pipe. What it holds is told at its end, so one
/// that was cut short never looks whole.
/// </summary>
public sealed class BackupWriter : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TarWriter tar;
    private readonly List<BackupFile> files = [];
    private readonly BackupTitle title;

    public BackupWriter(Stream to, BackupTitle title)
    {
        ArgumentNullException.ThrowIfNull(title);
        this.title = title;
        tar = new TarWriter(to, TarEntryFormat.Ustar, leaveOpen: true);
        Add(BackupTitle.FileName, CanonicalJson.Of(title));
    }

    public void Add(string name, ReadOnlyMemory<byte> octets)
    {
        if (octets.Length > BackupReader.FileOctetsMax)
        {
            throw new InvalidOperationException($"{name} is larger than what is read again");
        }

        Write(name, octets);
        files.Add(
            new BackupFile(
                name,
                octets.Length,
                Convert.ToHexStringLower(SHA256.HashData(octets.Span))
            )
        );
    }

    /// <summary>Ends the backup. Without this it is none.</summary>
    public BackupManifest Complete(StoreMoment moment, string program, Signer signer)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(signer);
        var manifest = new BackupManifest(
            title,
            moment.Checkpoint(signer),
            moment.Events,
            moment.Evidence,
            moment.Keys,
            moment.KeysDestroyed,
            moment.Projections,
            program,
            files
        );
        byte[] octets = CanonicalJson.Of(manifest);
        Write(BackupManifest.FileName, octets);
        string text = BackupManifest.SealText(
            signer.Name,
            Convert.ToHexStringLower(SHA256.HashData(octets))
        );
        Write(BackupManifest.SealFileName, Encoding.UTF8.GetBytes(SignedNote.Sign(text, signer)));
        tar.Dispose();
        return manifest;
    }

    public void Dispose() => tar.Dispose();

    private void Write(string name, ReadOnlyMemory<byte> octets)
    {
        using var content = new MemoryStream(octets.ToArray(), writable: false);
        tar.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = OwnerOnly,
                ModificationTime = title.WrittenAt.ToDateTimeOffset(),
            }
        );
    }
}
