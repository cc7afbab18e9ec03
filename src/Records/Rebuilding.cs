using System.Data.Common;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.Records;

/// <summary>
/// Makes the tables that follow from the events again: reads a block while the one before it is folded, folds subjects on all
/// processors, and sets the tables in the ledger's order.
/// </summary>
internal sealed class Rebuilding(
    IJournal journal,
    Readers readers,
    FoldingOf foldings,
    CancellationToken cancel
)
{
    private const int BlockSize = 4096;

    private sealed record Block(
        IReadOnlyList<Event> Events,
        IReadOnlyList<(ProductRow Product, long Sequence)> Products
    );

    private readonly GrowingTree tree = new();
    private readonly LiveFoldings live = new(journal, foldings);

    public Rebuilt Run()
    {
        string before = Projections.Hash(journal.Connection, cancel);
        journal.ClearProjections();
        long events = 0;
        Task<Block> coming = Read(1);
        while (coming.GetAwaiter().GetResult() is { Events: { Count: > 0 } entries } block)
        {
            cancel.ThrowIfCancellationRequested();
            coming = Read(entries[^1].Envelope.Sequence + 1);
            journal.Put(block.Products);
            live.Apply(entries);
            PutTiles(entries);
            events += entries.Count;
        }

        live.WriteAll();
        journal.CompleteProjections();
        string after = Projections.Hash(journal.Connection, cancel);
        var rebuilt = new Rebuilt(events, before, after, before == after ? [] : Differences());
        journal.AdoptProjections();
        return rebuilt;
    }

    private void PutTiles(IReadOnlyList<Event> entries)
    {
        var filled = new List<(Tile, ReadOnlyMemory<byte>)>();
        foreach (Event entry in entries)
        {
            tree.Append(entry.LeafHash.Span, (tile, octets) => filled.Add((tile, octets)));
        }

        StoredTiles.Put(journal.Connection, filled);
    }

    /// <summary>Each document that its fold makes otherwise than it was, with the columns that differ.</summary>
    private string[] Differences()
    {
        string[] columns = DocumentRow.Columns.Split(", ");
        string names = string.Join(
            " || ",
            columns.Select(column =>
                $"CASE WHEN made.{column} IS DISTINCT FROM had.{column} THEN ' {column}' ELSE '' END"
            )
        );
        string isOther = string.Join(
            " OR ",
            columns.Select(column => $"made.{column} IS DISTINCT FROM had.{column}")
        );
        using DbCommand command = journal.Connection.Statement(
            $"""
            SELECT coalesce(made.subject, had.subject), made.subject IS NULL, had.subject IS NULL, {names}
            FROM documents made FULL JOIN documents_before had ON made.first_sequence = had.first_sequence
            WHERE {isOther} ORDER BY coalesce(made.first_sequence, had.first_sequence) LIMIT $1
            """,
            (long)Rebuilt.DifferencesMax
        );
        command.CommandTimeout = 0;
        using DbDataReader row = command.ExecuteReader();
        var differences = new List<string>();
        while (row.Read())
        {
            differences.Add(
                row.GetBoolean(1) ? $"{row.GetString(0)} does not follow from the events"
                : row.GetBoolean(2) ? $"{row.GetString(0)} was missing"
                : $"{row.GetString(0)} differs in{row.GetString(3)}"
            );
        }

        return differences is [] ? ["products or links differ"] : [.. differences];
    }

    /// <summary>On another connection: events are only added, so what is committed is the same there.</summary>
    private Task<Block> Read(long from) =>
        Task.Run(() =>
            readers.Ask(reader =>
            {
                using DbCommand page = reader.Statement(Rows.FromSequence, from, (long)BlockSize);
                Row[] rows = [.. Rows.Read(page)];
                var events = new Event[rows.Length];
                var products = new ProductRow?[rows.Length];
                Parallel.For(
                    0,
                    rows.Length,
                    i =>
                    {
                        events[i] = rows[i].Event;
                        products[i] = ProductRow.Of(events[i]);
                        // Hashed here, on all processors, because the tree takes them one after the other.
                        _ = events[i].LeafHash;
                    }
                );
                return new Block(
                    events,
                    [
                        .. products
                            .Select((product, i) => (Product: product!, rows[i].Sequence))
                            .Where(pair => pair.Product is not null),
                    ]
                );
            })
        );
}
