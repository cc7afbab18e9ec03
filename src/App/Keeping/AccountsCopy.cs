using System.Data;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Breakwater.App.Keeping;

/// <summary>
/// Accounts as files of a backup: one for each table, one JSON line for each row, the same from both databases. Keys of forms
/// are a file each, as they lie in a data folder.
/// </summary>
internal static class AccountsCopy
{
    public const string Folder = "accounts/";
    public const string FormKeysFolder = "form-keys/";

    private sealed record Table(
        Type Entity,
        string File,
        Func<AccountsContext, IEnumerable<object>> Rows,
        Action<AccountsContext, string> Add
    );

    private static readonly IReadOnlyList<Table> _tables =
    [
        Of<Account>("accounts"),
        Of<IdentityUserClaim<Guid>>("account_claims", claim => claim.Id = 0),
        Of<IdentityUserLogin<Guid>>("account_links"),
        Of<IdentityUserToken<Guid>>("account_values"),
        Of<IdentityUserPasskey<Guid>>("passkeys"),
        Of<KeptToken>("tokens"),
        Of<RecoveryCode>("recovery_codes"),
        Of<RetiredName>("retired_names"),
    ];

    /// <summary>All that is copied, so that a test sees a table that was forgotten.</summary>
    public static IEnumerable<Type> Entities =>
        _tables.Select(table => table.Entity).Append(typeof(DataProtectionKey));

    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Octets)> Read(
        AccountSettings settings
    )
    {
        if (settings.Postgres is null)
        {
            foreach ((string, ReadOnlyMemory<byte>) key in FormKeyFiles(settings.Folder))
            {
                yield return key;
            }

            if (!File.Exists(Path.Combine(settings.Folder, AccountsStore.FileName)))
            {
                yield break;
            }
        }

        foreach ((string, ReadOnlyMemory<byte>) file in Rows(settings))
        {
            yield return file;
        }
    }

    /// <summary>All at once: a transaction that waited for a slow pipe would keep everybody from signing in.</summary>
    private static List<(string Name, ReadOnlyMemory<byte> Octets)> Rows(AccountSettings settings)
    {
        var files = new List<(string, ReadOnlyMemory<byte>)>();
        using AccountsContext accounts = new AccountsStore(settings).Open();
        using IDbContextTransaction moment = accounts.Database.BeginTransaction(
            IsolationLevel.RepeatableRead
        );
        foreach (Table table in _tables)
        {
            var lines = new StringBuilder();
            foreach (object row in table.Rows(accounts))
            {
                lines
                    .Append(JsonSerializer.Serialize(row, table.Entity, Json.Compact))
                    .Append('\n');
            }

            files.Add((table.File, Encoding.UTF8.GetBytes(lines.ToString())));
        }

        foreach (DataProtectionKey key in accounts.DataProtectionKeys.AsNoTracking())
        {
            files.Add(($"{FormKeysFolder}{key.Id:d10}.xml", Encoding.UTF8.GetBytes(key.Xml ?? "")));
        }

        return files;
    }

    /// <summary>Into a data folder.</summary>
    public static void Write(
        string folder,
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Octets)> files
    )
    {
        foreach ((_, ReadOnlyMemory<byte> octets) in FormKeysOf(files))
        {
            new FormKeys(Path.Combine(folder, "form-keys")).StoreElement(
                XElement.Parse(Encoding.UTF8.GetString(octets.Span)),
                ""
            );
        }

        if (files.Any(file => file.Name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using AccountsContext accounts = new AccountsStore(new AccountSettings(folder)).Open();
            Fill(accounts, files);
        }
    }

    /// <summary>Into a database server, within a transaction of somebody else.</summary>
    public static void Write(
        DbConnection connection,
        DbTransaction transaction,
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Octets)> files
    )
    {
        using var accounts = PostgresAccounts.At(connection);
        accounts.Database.UseTransaction(transaction);
        foreach ((string name, ReadOnlyMemory<byte> octets) in FormKeysOf(files))
        {
            accounts.DataProtectionKeys.Add(
                new DataProtectionKey
                {
                    FriendlyName = name[FormKeysFolder.Length..],
                    Xml = Encoding.UTF8.GetString(octets.Span),
                }
            );
        }

        Fill(accounts, files);
    }

    /// <summary>Makes the tables where they are missing, so that filling them needs no more than a transaction.</summary>
    /// <exception cref="Fault">There are accounts already.</exception>
    public static void RequireNone(AccountSettings settings)
    {
        using AccountsContext accounts = new AccountsStore(settings).Open();
        if (accounts.Users.Any() || accounts.RetiredNames.Any())
        {
            throw new Fault(
                ExitCode.Refused,
                "the database has accounts already (schema 'accounts'). Restore into an empty database; nothing was written"
            );
        }
    }

    private static void Fill(
        AccountsContext accounts,
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Octets)> files
    )
    {
        foreach (Table table in _tables)
        {
            foreach ((_, ReadOnlyMemory<byte> octets) in files.Where(f => f.Name == table.File))
            {
                foreach (
                    string line in Encoding
                        .UTF8.GetString(octets.Span)
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                )
                {
                    table.Add(accounts, line);
                }
            }
        }

        accounts.SaveChanges();
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Octets)> FormKeysOf(
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Octets)> files
    ) => files.Where(file => file.Name.StartsWith(FormKeysFolder, StringComparison.Ordinal));

    private static IEnumerable<(string, ReadOnlyMemory<byte>)> FormKeyFiles(string folder)
    {
        string keys = Path.Combine(folder, "form-keys");
        return Directory.Exists(keys)
            ? Directory
                .EnumerateFiles(keys, "*.xml")
                .Order(StringComparer.Ordinal)
                .Select(file =>
                    (
                        FormKeysFolder + Path.GetFileName(file),
                        (ReadOnlyMemory<byte>)File.ReadAllBytes(file)
                    )
                )
            : [];
    }

    /// <param name="renew">For what the database numbers by itself.</param>
    private static Table Of<T>(string name, Action<T>? renew = null)
        where T : class =>
        new(
            typeof(T),
            $"{Folder}{name}.jsonl",
            accounts => accounts.Set<T>().AsNoTracking(),
            (accounts, line) =>
            {
                T row = JsonSerializer.Deserialize<T>(line, Json.Compact)!;
                renew?.Invoke(row);
                accounts.Add(row);
            }
        );
}
