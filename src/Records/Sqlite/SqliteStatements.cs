using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Breakwater.Records;

/// <summary>The prepared statements of SQLite's writer: parsed once, bound again for each row.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>Expired answers that one commit removes, so that no commit is held up by many.</summary>
    private const long ForgottenMax = 512;

    private readonly Dictionary<string, SqliteCommand> prepared = [];

    public SubjectHead Head(string subject)
    {
        using SqliteDataReader row = Bind(
                """
                SELECT max(version), (SELECT sequence FROM events WHERE subject = $1 AND version = 1)
                FROM events WHERE subject = $1
                """,
                subject
            )
            .ExecuteReader();
        return row.Read() && !row.IsDBNull(0)
            ? new SubjectHead(row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1))
            : default;
    }

    public Answered? Answer(string key)
    {
        using SqliteDataReader row = Bind(
                "SELECT digest, until, versions FROM once WHERE key = $1",
                key
            )
            .ExecuteReader();
        return row.Read() ? DocumentRow.Answer(row) : null;
    }

    public void Add(Event entry)
    {
        Envelope envelope = entry.Envelope;
        Run(
            "INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6)",
            envelope.Sequence,
            envelope.Subject,
            envelope.SubjectVersion,
            entry.Octets.ToArray(),
            entry.Payload.ToArray(),
            entry.Signature.ToArray()
        );
    }

    public void Add(string sha256, byte[] content) =>
        Run("INSERT OR IGNORE INTO evidence VALUES ($1, $2)", sha256, content);

    public void Add(string key, Answered answered) =>
        Run(
            "INSERT OR REPLACE INTO once VALUES ($1, $2, $3, $4)",
            key,
            answered.Digest,
            answered.Until.ToUnixTimeTicks(),
            JsonSerializer.Serialize(answered.Versions, Json.Compact)
        );

    public void Forget(Instant now) =>
        Run(
            "DELETE FROM once WHERE key IN (SELECT key FROM once WHERE until <= $1 ORDER BY until LIMIT $2)",
            now.ToUnixTimeTicks(),
            ForgottenMax
        );

    public void Set(ProductRow product, long sequence)
    {
        Run(
            """
            INSERT INTO products VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, sequence = excluded.sequence
            """,
            product.Id,
            product.Kind,
            sequence
        );
        foreach (Link link in product.Links)
        {
            Run(
                "INSERT INTO links VALUES ($1, $2, $3)",
                sequence,
                (long)link.Relation,
                link.Target
            );
        }
    }

    /// <summary>Sets the row and what finds it; what finds it only where it changed.</summary>
    public void Set(Document document)
    {
        (string Kind, string Words, Box? Box)? before = Found(document.FirstSequence);
        SetRow(document);
        if (before?.Kind != document.Kind || before?.Words != document.Words)
        {
            SetTerms(document.FirstSequence, document.Kind, document.Words);
        }

        if (before?.Box != document.Box)
        {
            SetBox(document.FirstSequence, document.Box);
        }
    }

    public void SetRow(Document document)
    {
        Box? box = document.Box;
        Run(
            $"""
            INSERT INTO documents ({DocumentRow.Columns})
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            {DocumentRow.Replace}
            """,
            document.FirstSequence,
            document.Subject,
            document.Version,
            document.Sequence,
            document.Kind,
            DocumentRow.Text(document.Marking)!,
            document.Parent ?? (object)DBNull.Value,
            document.Standing,
            document.DueAt?.ToUnixTimeTicks() ?? (object)DBNull.Value,
            DocumentRow.Text(document.Place) ?? (object)DBNull.Value,
            box?.West ?? (object)DBNull.Value,
            box?.South ?? (object)DBNull.Value,
            box?.East ?? (object)DBNull.Value,
            box?.North ?? (object)DBNull.Value,
            document.Words,
            document.Body.ToArray()
        );
    }

    public void SetTerms(long firstSequence, string kind, string words) =>
        Run(
            "INSERT OR REPLACE INTO document_terms (rowid, terms) VALUES ($1, $2)",
            firstSequence,
            string.Join(' ', SearchTerms.OfDocument(kind, words))
        );

    public void SetBox(long firstSequence, Box? box)
    {
        if (box is null)
        {
            Run("DELETE FROM document_boxes WHERE first_sequence = $1", firstSequence);
            return;
        }

        Run(
            "INSERT OR REPLACE INTO document_boxes VALUES ($1, $2, $3, $4, $5)",
            firstSequence,
            box.West,
            box.Eastward,
            box.South,
            box.North
        );
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in prepared.Values)
        {
            command.Dispose();
        }
    }

    private (string Kind, string Words, Box? Box)? Found(long firstSequence)
    {
        using SqliteDataReader row = Bind(
                "SELECT kind, words, west, south, east, north FROM documents WHERE first_sequence = $1",
                firstSequence
            )
            .ExecuteReader();
        return row.Read() ? (row.GetString(0), row.GetString(1), DocumentRow.BoxAt(row, 2)) : null;
    }

    private void Run(string sql, params ReadOnlySpan<object> values) =>
        Bind(sql, values).ExecuteNonQuery();

    private SqliteCommand Bind(string sql, params ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            prepared[sql] = command = (SqliteCommand)connection.Statement(sql, values);
            return command;
        }

        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
