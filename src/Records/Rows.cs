using System.Data.Common;
using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>A row of the events table. The columns beside the envelope only find it; the envelope is the truth.</summary>
internal sealed record Row(
    long Sequence,
    string Subject,
    long Version,
    byte[] Envelope,
    byte[] Payload,
    byte[] Signature
)
{
    public Event Event =>
        Event.TryRead(Envelope, Payload, Signature, out Event? entry)
            ? entry
            : throw new RecordsFault(
                RecordsFaultKind.Corrupt,
                "an event cannot be read",
                $"event {Sequence}",
                "Run `breakwater verify`, and restore a backup"
            );
}

/// <summary>How events are read: in pages, each in its own short transaction, so that no reader holds up the log.</summary>
internal static class Rows
{
    public const int PageSize = 512;
    private const string Columns =
        "SELECT e.sequence, subject, version, envelope, payload, signature FROM events e";
    public const string Last = $"{Columns} ORDER BY sequence DESC LIMIT 1";
    public const string FromSequence = $"{Columns} WHERE sequence >= $1 ORDER BY sequence LIMIT $2";
    public const string OfSubject =
        $"{Columns} WHERE subject = $3 AND version >= $1 ORDER BY version LIMIT $2";
    public const string OfKind =
        $"{Columns} JOIN products p ON p.sequence = e.sequence WHERE p.kind = $3 AND p.sequence >= $1 ORDER BY p.sequence LIMIT $2";
    public const string OfProduct =
        $"{Columns} JOIN products p ON p.sequence = e.sequence WHERE p.id = $1";

    public static string OfProducts(int count) =>
        $"{Columns} JOIN products p ON p.sequence = e.sequence WHERE p.id IN ({string.Join(", ", Enumerable.Range(1, count).Select(place => $"${place}"))})";

    public const string All = $"{Columns} ORDER BY sequence";

    /// <summary>The end of the chain, as the store has it.</summary>
    public static ChainHead Head(DbConnection connection)
    {
        using DbCommand last = connection.Statement(Last);
        return Read(last).FirstOrDefault()?.Event.Head ?? ChainHead.Empty;
    }

    public static IEnumerable<Row> Read(DbCommand command)
    {
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new Row(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetFieldValue<byte[]>(3),
                reader.GetFieldValue<byte[]>(4),
                reader.GetFieldValue<byte[]>(5)
            );
        }
    }
}
