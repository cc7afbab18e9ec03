using System.Data.Common;
using System.Runtime.CompilerServices;
using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>Connections beside the writer's that read only, taken from a pool for one question each.</summary>
internal abstract class Readers : IDisposable
{
    public abstract Task<T> Ask<T>(Func<DbConnection, T> question);

    /// <summary>Reads events page by page.</summary>
    /// <param name="from">The first place; <paramref name="place"/> says where a row stands in the order of the query.</param>
    public async IAsyncEnumerable<Event> Events(
        string sql,
        long from,
        Func<Row, long> place,
        string? of,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        IReadOnlyList<Row> page;
        do
        {
            cancel.ThrowIfCancellationRequested();
            long start = from;
            page = await Ask<IReadOnlyList<Row>>(reader =>
                {
                    using DbCommand command = reader.Statement(sql, start, (long)Rows.PageSize);
                    if (of is not null)
                    {
                        command.Add(of);
                    }

                    return [.. Rows.Read(command)];
                })
                .ConfigureAwait(false);
            foreach (Row row in page)
            {
                yield return row.Event;
                from = place(row) + 1;
            }
        } while (page.Count == Rows.PageSize);
    }

    public abstract void Dispose();
}
