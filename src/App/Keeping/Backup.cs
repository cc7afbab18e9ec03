using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Api;
using Breakwater.Ledger;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Keeping;

/// <summary>Everything of a node that cannot be made again, in one file, while the node runs or not.</summary>
internal static class Backup
{
    public const string FolderFiles = "folder/";
    public const string NodeKey = FolderFiles + "node.key";
    public const string SettingsFile = "breakwater.json";

    private static string Program => typeof(Backup).Assembly.GetName().Version!.ToString(3);

    /// <summary>Whole under its name, or not there: it is written aside, synced and renamed.</summary>
    /// <exception cref="Fault">There is such a file, or the store cannot be read.</exception>
    public static BackupManifest ToFile(
        string folder,
        string file,
        Instant now,
        CancellationToken cancel
    )
    {
        if (Path.Exists(file))
        {
            throw new Fault(
                ExitCode.Conflict,
                $"{file} is there already. Name another file: backups are not written over"
            );
        }

        string aside = file + ".partial";
        try
        {
            BackupManifest manifest;
            using (FileStream to = Private.New(aside))
            {
                manifest = Write(folder, to, now, cancel);
                to.Flush(flushToDisk: true);
            }

            File.Move(aside, file);
            return manifest;
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Front to back, so that it can go to another program which encrypts it.</summary>
    public static BackupManifest Write(
        string folder,
        Stream to,
        Instant now,
        CancellationToken cancel
    )
    {
        Settings settings = Settings.Read(folder);
        using StoreMoment moment = StoreMoment.Of(folder, settings.Store);
        using Signer signer = KeyOf(folder, moment);
        using var backup = new BackupWriter(
            to,
            new BackupTitle(
                BackupTitle.FormatKnown,
                BackupTitle.Secret,
                now,
                signer.Verifier.ToString()
            )
        );
        // The key first: whoever restores needs it before anything else.
        foreach (string name in FilesOf(folder, settings))
        {
            backup.Add(FolderFiles + name, File.ReadAllBytes(Path.Combine(folder, name)));
        }

        foreach (
            (string name, ReadOnlyMemory<byte> octets) in AccountsCopy
                .Read(AccountSettings.Of(folder))
                .Concat(moment.Parts(cancel))
        )
        {
            cancel.ThrowIfCancellationRequested();
            backup.Add(name, octets);
        }

        return backup.Complete(moment, Program, signer);
    }

    /// <summary>What the settings name and what lies elsewhere, so that somebody else has to keep it.</summary>
    public static IReadOnlyList<string> LeftOut(string folder)
    {
        Settings settings = Settings.Read(folder);
        return settings.Outside is { SecretFile: var secret } && Inside(folder, secret) is null
            ? [secret]
            : [];
    }

    private static Signer KeyOf(string folder, StoreMoment moment)
    {
        string file = Path.Combine(folder, "node.key");
        return
            File.Exists(file)
            && Signer.TryParse(File.ReadAllText(file).TrimEnd(), out Signer? signer)
            ? signer.Name == moment.NodeName()
                ? signer
                : throw new Fault(
                    ExitCode.Cannot,
                    $"{file} is not the key of {moment.NodeName()}, which wrote the store. Put that one back"
                )
            : throw new Fault(
                ExitCode.Cannot,
                $"{file} is missing or cannot be read. Without it nobody could go on with the ledger: put it back"
            );
    }

    private static IEnumerable<string> FilesOf(string folder, Settings settings)
    {
        yield return "node.key";
        foreach (string name in (string[])[SettingsFile, ReportNames.FileName])
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                yield return name;
            }
        }

        if (
            settings.Outside is { SecretFile: var secret }
            && Inside(folder, secret) is { } inside
            && File.Exists(secret)
        )
        {
            yield return inside;
        }
    }

    /// <summary>The name of a file directly in the folder; null for one elsewhere.</summary>
    private static string? Inside(string folder, string file) =>
        Path.GetDirectoryName(Path.GetFullPath(file))
        == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
            ? Path.GetFileName(file)
            : null;
}
