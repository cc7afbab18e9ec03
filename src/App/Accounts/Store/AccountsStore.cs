using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Breakwater.App.Accounts.Store;

/// <summary>
/// Opens the database of accounts, and brings it to the present schema the first time anybody asks: a node that nobody signs
/// in to starts without it.
/// </summary>
internal sealed class AccountsStore(AccountSettings settings)
{
    public const string FileName = "accounts.db";

    private readonly Lock _readying = new();
    private volatile bool _isReady;

    private string Path => System.IO.Path.Combine(settings.Folder, FileName);

    /// <exception cref="Fault">It cannot be opened, or a newer version made it.</exception>
    public AccountsContext Open()
    {
        if (!_isReady)
        {
            lock (_readying)
            {
                if (!_isReady)
                {
                    Ready(settings.Postgres);
                    _isReady = true;
                }
            }
        }

        return settings.Postgres is { } connection
            ? PostgresAccounts.At(connection)
            : SqliteAccounts.At(Path, isShared: true);
    }

    private void Ready(string? connection)
    {
        try
        {
            if (connection is null)
            {
                ReadyFile();
            }
            else
            {
                ReadyServer(connection);
            }
        }
        catch (DbException fault)
        {
            throw new Fault(
                ExitCode.Cannot,
                $"the accounts cannot be opened: {fault.Message.ReplaceLineEndings(" ")} Check the database of the store, the data folder and the disk"
            );
        }
    }

    private static void ReadyServer(string connection)
    {
        using PostgresAccounts server = PostgresAccounts.At(connection);
        if (NeedsSteps(server))
        {
            // Under a lock of the server, and within a transaction: two nodes that start together do it once.
            server.Database.Migrate();
        }
    }

    private void ReadyFile()
    {
        Private.Folder(settings.Folder);
        using FileStream alone = Private.Alone(Path + ".lock");
        if (File.Exists(Path))
        {
            using var present = SqliteAccounts.At(Path, isShared: false);
            if (!NeedsSteps(present))
            {
                return;
            }
        }

        StepForward();
    }

    /// <summary>
    /// On a copy, which then takes the place of the file: whenever it is killed, the file is whole, before or after. What was
    /// before stays beside it.
    /// </summary>
    private void StepForward()
    {
        string aside = Path + ".new";
        File.Delete(aside);
        File.Delete(aside + "-journal");
        Private.Empty(aside);
        if (File.Exists(Path))
        {
            using var from = new SqliteConnection($"Data Source={Path};Pooling=False");
            using var to = new SqliteConnection($"Data Source={aside};Pooling=False");
            from.Open();
            to.Open();
            from.BackupDatabase(to);
        }

        if (File.Exists(Path))
        {
            File.Copy(aside, Path + ".before", overwrite: true);
        }

        using (var next = SqliteAccounts.At(aside, isShared: false))
        {
            next.Database.Migrate();
        }

        File.Move(aside, Path, overwrite: true);
    }

    private static bool NeedsSteps(AccountsContext accounts)
    {
        DatabaseFacade database = accounts.Database;
        var known = database.GetMigrations().ToHashSet();
        var taken = database.GetAppliedMigrations().ToHashSet();
        return taken.IsSubsetOf(known)
            ? !taken.SetEquals(known)
            : throw new Fault(
                ExitCode.Conflict,
                "the accounts were made by a newer version. Run that version, or restore a backup of this one"
            );
    }
}
