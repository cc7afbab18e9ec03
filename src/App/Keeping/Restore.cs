using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Subjects;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Keeping;

/// <summary>
/// Makes a node from a backup, beside the folder that it is for, which it becomes when everything was verified. Whenever that
/// fails or is killed, nothing is there that could be taken for a node.
/// </summary>
internal static class Restore
{
    public const string StageSuffix = ".restoring";
    private const string LockFile = "restoring.lock";

    /// <returns>Null when the backup is damaged; its reader says where.</returns>
    /// <param name="folder">Absent, empty, or with a settings file and nothing else, which is then kept.</param>
    /// <param name="destroyed">Ids of keys that were destroyed after the backup.</param>
    /// <param name="check">Looks at what was filled before anything is put in place; throws to refuse.</param>
    /// <exception cref="Fault">There is something already.</exception>
    public static async Task<Filled?> Into(
        string folder,
        BackupReader backup,
        IReadOnlyList<string> destroyed,
        Action<string, string> check,
        CancellationToken cancel
    )
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RequireEmpty(folder);
        string stage = folder + StageSuffix;
        string given = Path.Combine(folder, Backup.SettingsFile);
        bool isGiven = File.Exists(given);
        string store = "";
        string target = "";
        using FileStream alone = Clear(stage);
        Filled? filled;
        try
        {
            if (isGiven)
            {
                Private.Write(Path.Combine(stage, Backup.SettingsFile), File.ReadAllBytes(given));
            }

            var filling = new Filling(backup, stage, isGiven ? given : null, destroyed);
            filled = await filling
                .Take(
                    () =>
                    {
                        target = Settings.Read(stage).Store;
                        RequireNoAccounts(stage, target);
                        return store = target.Length > 0 ? PostgresStage.Prepare(target) : "";
                    },
                    cancel
                )
                .ConfigureAwait(false);
            if (filled is null || backup.Damages.Count > 0)
            {
                Abandon(stage, target, store);
                return null;
            }

            check(stage, store);
            await Record(stage, store, filled, cancel).ConfigureAwait(false);
            Adopt(stage, target, filling);
        }
        catch
        {
            Abandon(stage, target, store);
            throw;
        }

        alone.Dispose();
        PutInPlace(folder, stage);
        return filled;
    }

    private static void Adopt(string stage, string target, Filling filling)
    {
        if (target.Length > 0)
        {
            // Before the folder: a store without its key is refused, and a key without its store would begin another one.
            PostgresStage.Adopt(
                target,
                (connection, transaction) =>
                    AccountsCopy.Write(connection, transaction, filling.Accounts)
            );
        }
        else
        {
            AccountsCopy.Write(stage, filling.Accounts);
        }
    }

    /// <summary>Everything is restored by now, so whatever happens here nothing of it is deleted.</summary>
    private static void PutInPlace(string folder, string stage)
    {
        string before = folder + ".before";
        try
        {
            File.Delete(Path.Combine(stage, LockFile));
            if (Directory.Exists(folder))
            {
                Directory.Move(folder, before);
            }

            Directory.Move(stage, folder);
            if (Directory.Exists(before))
            {
                Directory.Delete(before, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Fault(
                ExitCode.Cannot,
                $"everything is restored and checked in {stage}, but it cannot take the place of {folder} ({failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Move what it holds there by hand"
            );
        }
    }

    /// <summary>In the ledger, so that whoever has a later checkpoint of this node can tell why it goes on otherwise.</summary>
    private static async Task Record(
        string stage,
        string store,
        Filled filled,
        CancellationToken cancel
    )
    {
        await using SqlRecords records =
            store.Length > 0
                ? PostgresRecords.Open(stage, store, foldings: Catalogue.Known.Fold)
                : SqliteRecords.Open(stage, foldings: Catalogue.Known.Fold);
        string subject = $"node/{records.Node.Name}";
        await records
            .Append(
                subject,
                await records.Version(subject).ConfigureAwait(false),
                [
                    Draft.Of(
                        "StoreRestored",
                        new
                        {
                            BackupAt = filled.Manifest.Title.WrittenAt,
                            filled.Manifest.Events,
                            filled.Inspection.Root,
                            filled.KeysLeftOut,
                        },
                        new Marking(Distribution.Community, Tlp.Green),
                        "operator"
                    ),
                ],
                cancel
            )
            .ConfigureAwait(false);
    }

    private static void RequireEmpty(string folder)
    {
        if (File.Exists(folder))
        {
            throw new Fault(ExitCode.Usage, $"{folder} is a file. Name a folder with --data");
        }

        string? found = Directory.Exists(folder)
            ? Directory
                .EnumerateFileSystemEntries(folder)
                .FirstOrDefault(entry => Path.GetFileName(entry) != Backup.SettingsFile)
            : null;
        if (found is not null)
        {
            throw new Fault(
                ExitCode.Refused,
                $"{folder} is not empty: {Path.GetFileName(found)}. Restore into an empty or new folder with --data; nothing was written"
            );
        }
    }

    private static void RequireNoAccounts(string stage, string target)
    {
        if (target.Length > 0)
        {
            AccountsCopy.RequireNone(new AccountSettings(stage, target));
        }
    }

    /// <summary>An empty folder to fill, which nobody else fills. What a restore that was killed left there is deleted.</summary>
    private static FileStream Clear(string stage)
    {
        string file = Path.Combine(stage, LockFile);
        try
        {
            if (File.Exists(file))
            {
                using FileStream held = new(
                    file,
                    FileMode.Open,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }

            if (Directory.Exists(stage))
            {
                Directory.Delete(stage, recursive: true);
            }

            Private.Folder(stage);
            return Private.New(file);
        }
        catch (IOException fault)
        {
            throw new Fault(
                ExitCode.Conflict,
                $"{stage} cannot be used: {fault.Message.ReplaceLineEndings(" ")} Another restore may be running; otherwise delete it"
            );
        }
    }

    private static void Abandon(string stage, string target, string store)
    {
        if (store.Length > 0)
        {
            PostgresStage.Abandon(target);
        }

        if (Directory.Exists(stage))
        {
            Directory.Delete(stage, recursive: true);
        }
    }
}
