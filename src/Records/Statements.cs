using Breakwater.Ledger;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>The writer's prepared statements: parsed once, bound again for each row.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand version = Prepare(
        connection,
        "SELECT max(version) FROM events WHERE subject = $1",
        1
    );

    private readonly SqliteCommand addEvent = Prepare(
        connection,
        "INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6)",
        6
    );

    private readonly SqliteCommand addEvidence = Prepare(
        connection,
        "INSERT OR IGNORE INTO evidence VALUES ($1, $2)",
        2
    );

    private readonly SqliteCommand setProduct = Prepare(
        connection,
        """
        INSERT INTO products VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, sequence = excluded.sequence
        """,
        3
    );

    private readonly SqliteCommand addLink = Prepare(
        connection,
        "INSERT INTO links VALUES ($1, $2, $3)",
        3
    );

    public long Version(string subject) => Bind(version, subject).ExecuteScalar() as long? ?? 0;

    public void Add(Event entry)
    {
        Envelope envelope = entry.Envelope;
        Bind(
                addEvent,
                envelope.Sequence,
                envelope.Subject,
                envelope.SubjectVersion,
                entry.Octets.ToArray(),
                entry.Payload.ToArray(),
                entry.Signature.ToArray()
            )
            .ExecuteNonQuery();
    }

    public void Add(string sha256, byte[] content) =>
        Bind(addEvidence, sha256, content).ExecuteNonQuery();

    public void Set(ProductRow product, long sequence)
    {
        Bind(setProduct, product.Id, product.Kind, sequence).ExecuteNonQuery();
        foreach (Link link in product.Links)
        {
            Bind(addLink, sequence, (long)link.Relation, link.Target).ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        foreach (
            SqliteCommand command in new[] { version, addEvent, addEvidence, setProduct, addLink }
        )
        {
            command.Dispose();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        return command;
    }

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
