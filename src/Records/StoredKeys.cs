using System.Data.Common;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>
/// Wrapped keys beside the ledger. A destroyed one leaves its id without a box, so that no copy of it that comes back, from
/// a peer or by a repeated request, is taken for new.
/// </summary>
internal static class StoredKeys
{
    public static void Put(DbConnection connection, WrappedKey key)
    {
        using DbCommand command = connection.Statement(
            "INSERT INTO keys VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
            key.Id,
            key.Subject,
            key.Custody,
            key.Box
        );
        command.ExecuteNonQuery();
    }

    public static void Destroy(DbConnection connection, KeyDestroyed destroyed)
    {
        if (connection is SqliteConnection)
        {
            connection.Run("PRAGMA secure_delete=ON");
        }

        using DbCommand command = connection.Statement(
            "INSERT INTO keys VALUES ($1, $2, '', NULL) ON CONFLICT (id) DO UPDATE SET box = NULL",
            destroyed.Key,
            destroyed.Subject
        );
        command.ExecuteNonQuery();
    }

    /// <summary>Takes what was destroyed out of the files as well.</summary>
    /// <returns>False while somebody reads what was before: then SQLite's log still holds it, and this must come again.</returns>
    public static bool Scrub(DbConnection connection)
    {
        if (connection is not SqliteConnection)
        {
            return true;
        }

        // Freed pages are overwritten with zeros; the log still has them as they were. SQLite says that it is busy in a row.
        bool isBusy = connection.Number("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
        if (!isBusy)
        {
            connection.Run("PRAGMA secure_delete=FAST");
        }

        return !isBusy;
    }

    public static WrappedKey? Of(DbConnection connection, string id)
    {
        using DbCommand command = connection.Statement(
            "SELECT id, subject, custody, box FROM keys WHERE id = $1 AND box IS NOT NULL",
            id
        );
        return Read(command).SingleOrDefault();
    }

    public static IReadOnlyList<WrappedKey> OfSubject(DbConnection connection, string subject)
    {
        using DbCommand command = connection.Statement(
            "SELECT id, subject, custody, box FROM keys WHERE subject = $1 AND box IS NOT NULL ORDER BY id",
            subject
        );
        return [.. Read(command)];
    }

    /// <summary>Null for a draft that destroys no key.</summary>
    /// <exception cref="ArgumentException">It says that it does, and not which.</exception>
    public static KeyDestroyed? DestroyedBy(Draft draft)
    {
        if (draft.Type != nameof(KeyDestroyed))
        {
            return null;
        }

        KeyDestroyed? destroyed;
        try
        {
            destroyed = JsonSerializer.Deserialize<KeyDestroyed>(
                draft.Payload.Span,
                Vocabulary.Json.Compact
            );
        }
        catch (JsonException)
        {
            destroyed = null;
        }

        return destroyed is { Key.Length: > 0, Subject.Length: > 0 }
            ? destroyed
            : throw new ArgumentException($"{draft.Type} needs a key and a subject");
    }

    private static IEnumerable<WrappedKey> Read(DbCommand command)
    {
        using DbDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new WrappedKey(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3)
            );
        }
    }
}
