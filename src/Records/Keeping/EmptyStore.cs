using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Vocabulary;

namespace Breakwater.Records;

/// <summary>
/// A store that is being filled from a backup. Keys that were destroyed, by its ledger or by whom one was told from elsewhere,
/// stay destroyed, whatever the backup says.
/// </summary>
public sealed class EmptyStore : IAsyncDisposable
{
    private readonly SqlRecords records;
    private readonly Chain chain = new();
    private readonly HashSet<string> destroyed;

    private EmptyStore(SqlRecords records, IReadOnlyList<string> destroyed) =>
        (this.records, this.destroyed) = (records, new(destroyed, StringComparer.Ordinal));

    /// <param name="folder">Holds the node's key already.</param>
    /// <param name="store">Connection to PostgreSQL; empty for SQLite in the folder.</param>
    /// <param name="destroyed">Ids of keys that were destroyed after the backup.</param>
    /// <exception cref="RecordsFault">It holds events already, or cannot be opened.</exception>
    public static async Task<EmptyStore> Open(
        string folder,
        string store,
        IReadOnlyList<string> destroyed
    )
    {
        SqlRecords records =
            store.Length > 0 ? PostgresRecords.Open(folder, store) : SqliteRecords.Open(folder);
        if (await records.Count().ConfigureAwait(false) == 0)
        {
            return new EmptyStore(records, destroyed);
        }

        await records.DisposeAsync().ConfigureAwait(false);
        throw new RecordsFault(
            RecordsFaultKind.Occupied,
            "the store holds events already",
            folder,
            "Restore into an empty one; nothing was written"
        );
    }

    public Verifier Node => records.Node;

    /// <summary>Keys that the backup had and that were not taken over.</summary>
    public long KeysLeftOut { get; private set; }

    /// <summary>Takes in one file whose name begins with <c>store/</c>, in one transaction.</summary>
    /// <exception cref="InvalidDataException">It is not what its name says.</exception>
    public Task Admit(string name, ReadOnlyMemory<byte> octets, CancellationToken cancel) =>
        records.Fill(FillingOf(name, octets), cancel);

    /// <summary>Notes what was destroyed, also where no key was left.</summary>
    public async Task Complete(CancellationToken cancel)
    {
        await records
            .Fill(
                journal =>
                {
                    foreach (string key in destroyed)
                    {
                        using DbCommand command = journal.Connection.Statement(
                            "INSERT INTO keys VALUES ($1, '', '', NULL) ON CONFLICT (id) DO UPDATE SET box = NULL",
                            key
                        );
                        command.ExecuteNonQuery();
                    }
                },
                cancel
            )
            .ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => records.DisposeAsync();

    private Action<IJournal> FillingOf(string name, ReadOnlyMemory<byte> octets)
    {
        if (name.StartsWith(EventPart.Folder, StringComparison.Ordinal))
        {
            List<Event> events = Events(octets);
            return journal => journal.Put(events);
        }

        if (name.StartsWith(KeptRows.Evidence, StringComparison.Ordinal))
        {
            return Evidence(name[KeptRows.Evidence.Length..], octets);
        }

        return name[..(name.LastIndexOf('/') + 1)] switch
        {
            KeptRows.Nodes => Rows<KeptNode>(
                octets,
                "INSERT INTO nodes VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                node => [node.Name, node.Verifier]
            ),
            KeptRows.Checkpoints => Rows<KeptCheckpoint>(
                octets,
                "INSERT INTO checkpoints VALUES ($1, $2) ON CONFLICT (size) DO NOTHING",
                checkpoint => [checkpoint.Size, checkpoint.Note]
            ),
            KeptRows.Keys => Rows<KeptKey>(
                octets,
                "INSERT INTO keys VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
                key => [key.Id, key.Subject, key.Custody, BoxOf(key)]
            ),
            KeptRows.Once => Rows<KeptAnswer>(
                octets,
                "INSERT INTO once VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING",
                answer => [answer.Key, answer.Digest, answer.Until, answer.Versions]
            ),
            _ => throw new InvalidDataException("nobody knows what it is"),
        };
    }

    private object BoxOf(KeptKey key)
    {
        if (key.Box is not null && destroyed.Contains(key.Id))
        {
            KeysLeftOut++;
            return DBNull.Value;
        }

        return key.Box ?? (object)DBNull.Value;
    }

    private List<Event> Events(ReadOnlyMemory<byte> part)
    {
        var events = new List<Event>();
        foreach ((var envelope, var payload, var signature) in EventPart.Read(part))
        {
            long place = chain.Head.Sequence + 1;
            if (!Event.TryRead(envelope, payload, signature, out Event? entry))
            {
                throw new InvalidDataException($"event {place} cannot be read");
            }

            // Signatures and hashes of payloads are checked when the store is full.
            if (chain.Follow(entry) is [var damage, ..])
            {
                throw new InvalidDataException($"event {place}: {damage.Kind}: {damage.Detail}");
            }

            if (
                entry.Envelope.Type == nameof(KeyDestroyed)
                && entry.PayloadJson.Deserialize<KeyDestroyed>(Json.Compact) is { Key: { } key }
            )
            {
                destroyed.Add(key);
            }

            events.Add(entry);
        }

        return events;
    }

    private static Action<IJournal> Evidence(string sha256, ReadOnlyMemory<byte> octets) =>
        Convert.ToHexStringLower(SHA256.HashData(octets.Span)) == sha256
            ? journal =>
            {
                using DbCommand command = journal.Connection.Statement(
                    "INSERT INTO evidence (sha256, content) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING",
                    sha256,
                    octets.ToArray()
                );
                command.ExecuteNonQuery();
            }
            : throw new InvalidDataException("it does not have the hash that it is named by");

    private static Action<IJournal> Rows<T>(
        ReadOnlyMemory<byte> octets,
        string insert,
        Func<T, object[]> values
    )
    {
        var rows = new List<object[]>();
        using var lines = new StreamReader(new MemoryStream(octets.ToArray()));
        while (lines.ReadLine() is { } line)
        {
            rows.Add(values(JsonSerializer.Deserialize<T>(line, Json.Compact)!));
        }

        return journal =>
        {
            foreach (object[] row in rows)
            {
                using DbCommand command = journal.Connection.Statement(insert, row);
                command.ExecuteNonQuery();
            }
        };
    }
}
