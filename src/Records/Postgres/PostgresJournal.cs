using System.Data.Common;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using NodaTime;
using Npgsql;

namespace Breakwater.Records;

/// <summary>
/// PostgreSQL's side of the writer: one connection that holds the store's lock, many rows with each statement, and all
/// statements of a commit in one message.
/// </summary>
internal sealed class PostgresJournal(PostgresServer server, NpgsqlConnection writer) : IJournal
{
    /// <summary>Expired answers that one commit removes, so that no commit is held up by many.</summary>
    private const long ForgottenMax = 512;

    private const int RowsMax = 1000;
    private const long PauseLeastMs = 50;
    private const long PauseMostMs = 2000;

    /// <summary>Null while the server is away.</summary>
    private NpgsqlConnection? connection = writer;
    private long pauseMs = PauseLeastMs;
    private long nextAttempt;
    private bool isCommitting;
    private bool isTransacting;

    public string Place => server.Place;

    /// <summary>The connection, made again when it was lost. Between attempts it refuses at once, so that nobody waits for a server that is away.</summary>
    public DbConnection Connection => Connected();

    public ChainHead Head() => Rows.Head(Connected());

    public IReadOnlyDictionary<string, SubjectHead> Heads(IReadOnlyCollection<string> subjects)
    {
        var heads = new Dictionary<string, SubjectHead>(StringComparer.Ordinal);
        if (subjects.Count == 0)
        {
            return heads;
        }

        using DbCommand command = Connected()
            .Statement(
                """
                SELECT s, (SELECT max(version) FROM events WHERE subject = s),
                    (SELECT sequence FROM events WHERE subject = s AND version = 1)
                FROM unnest($1) s
                """,
                (object)subjects.ToArray()
            );
        using DbDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            if (!row.IsDBNull(1))
            {
                long first = row.IsDBNull(2) ? 0 : row.GetInt64(2);
                heads[row.GetString(0)] = new SubjectHead(row.GetInt64(1), first);
            }
        }

        return heads;
    }

    public IReadOnlyDictionary<string, Answered> Answers(IReadOnlyCollection<string> keys)
    {
        var answers = new Dictionary<string, Answered>(StringComparer.Ordinal);
        if (keys.Count == 0)
        {
            return answers;
        }

        using DbCommand command = Connected()
            .Statement(
                // One by one: a whole array makes the planner read the table from end to end while it is small.
                """
                SELECT digest, until, versions, k
                FROM unnest($1) k, LATERAL (SELECT * FROM once WHERE key = k LIMIT 1) known
                """,
                (object)keys.ToArray()
            );
        using DbDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            answers[row.GetString(3)] = DocumentRow.Answer(row);
        }

        return answers;
    }

    public void Transact(Action act)
    {
        NpgsqlConnection on = Connected();
        isCommitting = false;
        using NpgsqlTransaction transaction = on.BeginTransaction();
        isTransacting = true;
        try
        {
            act();
        }
        finally
        {
            isTransacting = false;
        }

        isCommitting = true;
        transaction.Commit();
        isCommitting = false;
    }

    public void Store(Batch batch)
    {
        using NpgsqlBatch statements = Connected().CreateBatch();
        AddEvents(statements, batch.Events);
        foreach ((string sha256, byte[] content) in batch.Evidence)
        {
            Add(
                statements,
                "INSERT INTO evidence (sha256, content) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                sha256,
                content
            );
        }

        AddProducts(statements, batch.Products);
        AddDocuments(statements, [.. batch.Documents]);
        AddAnswers(statements, batch.NewAnswers, batch.Now);
        if (statements.BatchCommands.Count > 0)
        {
            statements.ExecuteNonQuery();
        }
    }

    /// <summary>
    /// A commit that was never sent is undone with its connection. Of one that was sent only the store knows, and it can be
    /// asked once the lock is ours again, for then the connection that sent it has ended.
    /// </summary>
    public Fate FateOf(ChainHead intended)
    {
        if (!isCommitting)
        {
            return Fate.Undone;
        }

        try
        {
            using DbCommand command = Connected()
                .Statement(Rows.FromSequence, intended.Sequence, 1L);
            Row? found = Rows.Read(command).FirstOrDefault();
            isCommitting = false;
            return found?.Event.Head == intended ? Fate.Kept : Fate.Undone;
        }
        catch (Exception failure) when (failure is RecordsFault || FaultOf(failure) is not null)
        {
            return Fate.Unknown;
        }
    }

    public RecordsFault? FaultOf(Exception failure) => PostgresFaults.Of(failure, Place);

    public void ClearProjections() => PostgresSchema.ClearProjections(Connected(), server.Schema);

    public void Put(IReadOnlyList<Event> events) => InChunks(events, AddEvents);

    public void Put(IReadOnlyList<(ProductRow Product, long Sequence)> products) =>
        InChunks(products, AddProducts);

    public void Put(IReadOnlyList<Document> documents) => InChunks(documents, AddDocuments);

    public void CompleteProjections() => PostgresSchema.CompleteProjections(Connected());

    public void AdoptProjections() => PostgresSchema.AdoptProjections(Connected(), server.Schema);

    public void Dispose() => connection?.Dispose();

    private NpgsqlConnection Connected()
    {
        if (connection?.FullState.HasFlag(System.Data.ConnectionState.Open) == true)
        {
            return connection;
        }

        if (isTransacting)
        {
            // Another connection would carry out the rest of the transaction outside of it.
            throw RecordsFault.Unreachable(Place, "it went away during a transaction");
        }

        connection?.Dispose();
        connection = null;
        if (Environment.TickCount64 < nextAttempt)
        {
            throw RecordsFault.Unreachable(Place, "the server is away");
        }

        try
        {
            connection = server.Writer();
            pauseMs = PauseLeastMs;
            return connection;
        }
        catch
        {
            nextAttempt = Environment.TickCount64 + pauseMs;
            pauseMs = Math.Min(pauseMs * 2, PauseMostMs);
            throw;
        }
    }

    private void InChunks<T>(IReadOnlyList<T> rows, Action<NpgsqlBatch, IReadOnlyList<T>> add)
    {
        foreach (T[] chunk in rows.Chunk(RowsMax))
        {
            using NpgsqlBatch statements = Connected().CreateBatch();
            add(statements, chunk);
            statements.ExecuteNonQuery();
        }
    }

    private static void AddEvents(NpgsqlBatch statements, IReadOnlyList<Event> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        Add(
            statements,
            "INSERT INTO events SELECT * FROM unnest($1, $2, $3, $4, $5, $6)",
            Column(events, entry => entry.Envelope.Sequence),
            Column(events, entry => entry.Envelope.Subject),
            Column(events, entry => entry.Envelope.SubjectVersion),
            Column(events, entry => entry.Octets.ToArray()),
            Column(events, entry => entry.Payload.ToArray()),
            Column(events, entry => entry.Signature.ToArray())
        );
    }

    private static void AddProducts(
        NpgsqlBatch statements,
        IReadOnlyList<(ProductRow Product, long Sequence)> products
    )
    {
        if (products.Count == 0)
        {
            return;
        }

        // One statement may set a row only once.
        (ProductRow Product, long Sequence)[] last =
        [
            .. products.GroupBy(pair => pair.Product.Id).Select(same => same.Last()),
        ];
        Add(
            statements,
            """
            INSERT INTO products SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, sequence = excluded.sequence
            """,
            Column(last, pair => pair.Product.Id),
            Column(last, pair => pair.Product.Kind),
            Column(last, pair => pair.Sequence)
        );
        (long Sequence, Link Link)[] links =
        [
            .. products.SelectMany(
                pair => pair.Product.Links,
                (pair, link) => (pair.Sequence, link)
            ),
        ];
        Add(
            statements,
            "INSERT INTO links SELECT * FROM unnest($1, $2, $3)",
            Column(links, pair => pair.Sequence),
            Column(links, pair => (long)pair.Link.Relation),
            Column(links, pair => pair.Link.Target)
        );
    }

    private static void AddDocuments(NpgsqlBatch statements, IReadOnlyList<Document> documents)
    {
        if (documents.Count == 0)
        {
            return;
        }

        Add(
            statements,
            $"""
            INSERT INTO documents ({DocumentRow.Columns}, terms, area)
            SELECT {DocumentRow.Columns}, array_to_tsvector(string_to_array(listed, ' ')),
                ST_MakeEnvelope(west, south, CASE WHEN east < west THEN east + 360 ELSE east END, north, 4326)
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                AS rows ({DocumentRow.Columns}, listed)
            {DocumentRow.Replace}, terms = excluded.terms, area = excluded.area
            """,
            Column(documents, document => document.FirstSequence),
            Column(documents, document => document.Subject),
            Column(documents, document => document.Version),
            Column(documents, document => document.Sequence),
            Column(documents, document => document.Kind),
            Column(documents, document => DocumentRow.Text(document.Marking)),
            Column(documents, document => document.Parent),
            Column(documents, document => document.Standing),
            Column(documents, document => document.DueAt?.ToUnixTimeTicks()),
            Column(documents, document => DocumentRow.Text(document.Place)),
            Column(documents, document => document.Box?.West),
            Column(documents, document => document.Box?.South),
            Column(documents, document => document.Box?.East),
            Column(documents, document => document.Box?.North),
            Column(documents, document => document.Words),
            Column(documents, document => document.Body.ToArray()),
            Column(
                documents,
                document => string.Join(' ', SearchTerms.OfDocument(document.Kind, document.Words))
            )
        );
    }

    private static void AddAnswers(
        NpgsqlBatch statements,
        IReadOnlyDictionary<string, Answered> answers,
        Instant now
    )
    {
        if (answers.Count == 0)
        {
            return;
        }

        Add(
            statements,
            "DELETE FROM once WHERE key IN (SELECT key FROM once WHERE until <= $1 ORDER BY until LIMIT $2)",
            now.ToUnixTimeTicks(),
            ForgottenMax
        );
        KeyValuePair<string, Answered>[] rows = [.. answers];
        Add(
            statements,
            """
            INSERT INTO once SELECT * FROM unnest($1, $2, $3, $4)
            ON CONFLICT (key) DO UPDATE SET
                digest = excluded.digest, until = excluded.until, versions = excluded.versions
            """,
            Column(rows, row => row.Key),
            Column(rows, row => row.Value.Digest),
            Column(rows, row => row.Value.Until.ToUnixTimeTicks()),
            Column(rows, row => JsonSerializer.Serialize(row.Value.Versions, Json.Compact))
        );
    }

    private static TValue[] Column<TRow, TValue>(
        IReadOnlyList<TRow> rows,
        Func<TRow, TValue> value
    ) => [.. rows.Select(value)];

    private static void Add(NpgsqlBatch statements, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        statements.BatchCommands.Add(command);
    }
}
