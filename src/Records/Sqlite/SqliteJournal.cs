using System.Data.Common;
using Breakwater.Ledger;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>SQLite's side of the writer: one connection, prepared statements, a sync at each commit.</summary>
internal sealed class SqliteJournal(SqliteConnection connection) : IJournal
{
    private readonly SqliteStatements statements = new(connection);

    public string Place => connection.DataSource;

    public DbConnection Connection => connection;

    public ChainHead Head() => Rows.Head(connection);

    public IReadOnlyDictionary<string, SubjectHead> Heads(IReadOnlyCollection<string> subjects) =>
        subjects.ToDictionary(subject => subject, statements.Head);

    public IReadOnlyDictionary<string, Answered> Answers(IReadOnlyCollection<string> keys) =>
        keys.Select(key => (key, Answered: statements.Answer(key)))
            .Where(pair => pair.Answered is not null)
            .ToDictionary(pair => pair.key, pair => pair.Answered!);

    public void Transact(Action act)
    {
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            act();
            connection.Run("COMMIT");
        }
        catch
        {
            Undo();
            throw;
        }
    }

    public void Store(Batch batch)
    {
        batch.Events.ForEach(statements.Add);
        batch.Evidence.ForEach(evidence => statements.Add(evidence.Sha256, evidence.Content));
        Put(batch.Products);
        foreach (Document document in batch.Documents)
        {
            statements.Set(document);
        }

        if (batch.NewAnswers.Count > 0)
        {
            statements.Forget(batch.Now);
        }

        foreach ((string key, Answered answered) in batch.NewAnswers)
        {
            statements.Add(key, answered);
        }
    }

    /// <summary>A commit that fails here is rolled back here.</summary>
    public Fate FateOf(ChainHead intended) => Fate.Undone;

    public RecordsFault? FaultOf(Exception failure) =>
        failure is SqliteException sqlite ? RecordsFault.Of(sqlite, Place) : null;

    public void ClearProjections() => SqliteSchema.ClearProjections(connection);

    public void Put(IReadOnlyList<Event> events)
    {
        foreach (Event entry in events)
        {
            statements.Add(entry);
        }
    }

    public void Put(IReadOnlyList<(ProductRow Product, long Sequence)> products)
    {
        foreach ((ProductRow product, long sequence) in products)
        {
            statements.Set(product, sequence);
        }
    }

    public void Put(IReadOnlyList<Document> documents)
    {
        foreach (Document document in documents)
        {
            statements.SetRow(document);
        }
    }

    public void CompleteProjections()
    {
        SqliteSchema.CompleteProjections(connection);
        using DbCommand all = connection.Statement(
            "SELECT first_sequence, kind, words, west, south, east, north FROM documents ORDER BY first_sequence"
        );
        using DbDataReader row = all.ExecuteReader();
        while (row.Read())
        {
            long firstSequence = row.GetInt64(0);
            statements.SetTerms(firstSequence, row.GetString(1), row.GetString(2));
            if (DocumentRow.BoxAt(row, 3) is { } box)
            {
                statements.SetBox(firstSequence, box);
            }
        }
    }

    public void AdoptProjections() => SqliteSchema.AdoptProjections(connection);

    public void Dispose()
    {
        statements.Dispose();
        connection.Dispose();
    }

    private void Undo()
    {
        try
        {
            connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // On a full disk SQLite has rolled back by itself, and there is nothing left to undo.
        }
    }
}
