using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Subjects;
using Breakwater.Ledger;
using Breakwater.Records;

namespace Breakwater.App.Keeping;

/// <summary>What was found when a store that was filled from a backup was checked from end to end.</summary>
/// <param name="IsDocumentsSame">Whether the tables that follow from the ledger are as they were in the node that was backed up.</param>
internal sealed record Filled(
    BackupManifest Manifest,
    Inspection Inspection,
    bool IsDocumentsSame,
    long KeysLeftOut
);

/// <summary>
/// Fills a folder, and a store that nobody uses yet, from a backup. Whoever asked for it throws both away when there is
/// damage.
/// </summary>
/// <param name="stage">An empty folder.</param>
/// <param name="settings">The settings file to use in place of the backup's; null for the backup's.</param>
/// <param name="destroyed">Ids of keys that were destroyed after the backup.</param>
internal sealed partial class Filling(
    BackupReader backup,
    string stage,
    string? settings,
    IReadOnlyList<string> destroyed
)
{
    private readonly List<(string Name, ReadOnlyMemory<byte> Octets)> _accounts = [];
    private EmptyStore? _empty;

    /// <summary>Accounts and keys of forms, to be put where the settings say.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Octets)> Accounts => _accounts;

    /// <summary>Null when the backup is damaged; its reader says where.</summary>
    /// <param name="storeOf">Where the store goes, asked once the settings are in the folder: a connection, or empty for the folder.</param>
    public async Task<Filled?> Take(Func<string> storeOf, CancellationToken cancel)
    {
        string? store = null;
        long leftOut = 0;
        try
        {
            foreach ((string name, ReadOnlyMemory<byte> octets) in backup.Files(cancel))
            {
                // What follows on damage is read for its hashes only.
                if (backup.Damages.Count == 0)
                {
                    await Admit(name, octets, () => store ??= storeOf(), cancel)
                        .ConfigureAwait(false);
                }
            }

            if (_empty is not null && backup.Damages.Count == 0)
            {
                backup.CheckSeal(_empty.Node);
                await _empty.Complete(cancel).ConfigureAwait(false);
                leftOut = _empty.KeysLeftOut;
            }
        }
        finally
        {
            if (_empty is not null)
            {
                await _empty.DisposeAsync().ConfigureAwait(false);
            }
        }

        if (_empty is null && backup.Damages.Count == 0)
        {
            backup.Add(new BackupDamage("", "it holds no store"));
        }

        return backup.Damages.Count == 0
            ? await Check(store!, leftOut, cancel).ConfigureAwait(false)
            : null;
    }

    private async Task Admit(
        string name,
        ReadOnlyMemory<byte> octets,
        Func<string> store,
        CancellationToken cancel
    )
    {
        try
        {
            if (name.StartsWith("store/", StringComparison.Ordinal))
            {
                if (!File.Exists(Path.Combine(stage, "node.key")))
                {
                    throw new InvalidDataException($"{Backup.NodeKey} should come before it");
                }

                _empty ??= await EmptyStore.Open(stage, store(), destroyed).ConfigureAwait(false);
                await _empty.Admit(name, octets, cancel).ConfigureAwait(false);
            }
            else if (
                name.StartsWith(AccountsCopy.Folder, StringComparison.Ordinal)
                || name.StartsWith(AccountsCopy.FormKeysFolder, StringComparison.Ordinal)
            )
            {
                _accounts.Add((name, octets));
            }
            else
            {
                Put(name, octets.Span);
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException)
        {
            backup.Add(new BackupDamage(name, failure.Message.ReplaceLineEndings(" ")));
        }
        catch (RecordsFault fault) when (fault.Kind == RecordsFaultKind.KeyMissing)
        {
            backup.Add(new BackupDamage(Backup.NodeKey, "it is no key of a node"));
        }
    }

    private void Put(string name, ReadOnlySpan<byte> octets)
    {
        if (!FolderFile().IsMatch(name))
        {
            throw new InvalidDataException("such a file belongs to no data folder");
        }

        string file = name[Backup.FolderFiles.Length..];
        if (file != Backup.SettingsFile || settings is null)
        {
            Private.Write(Path.Combine(stage, file), octets.ToArray());
        }
    }

    private async Task<Filled> Check(string store, long leftOut, CancellationToken cancel)
    {
        BackupManifest manifest = backup.Manifest!;
        await using SqlRecords records =
            store.Length > 0
                ? PostgresRecords.Open(stage, store, foldings: Catalogue.Known.Fold)
                : SqliteRecords.Open(stage, foldings: Catalogue.Known.Fold);
        Rebuilt rebuilt = await records.Rebuild(cancel).ConfigureAwait(false);
        Inspection found = await records.Verify(cancel).ConfigureAwait(false);
        foreach (Damage damage in found.Damages)
        {
            backup.Add(new BackupDamage("store/", damage.ToString()));
        }

        var signed = Checkpoint.Open(manifest.Checkpoint, records.Node);
        if (
            signed?.RootOctets() is not { } root
            || (signed.Size, Convert.ToHexStringLower(root)) != (found.Events, found.Root)
        )
        {
            backup.Add(
                new BackupDamage(
                    BackupManifest.FileName,
                    $"its checkpoint is not that of the {found.Events} events in the backup"
                )
            );
        }

        return new Filled(manifest, found, rebuilt.After == manifest.Projections, leftOut);
    }

    [GeneratedRegex(@"\Afolder/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex FolderFile();
}
