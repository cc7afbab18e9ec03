using System.Data.Common;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Records;

/// <summary>A row of the documents table, to and fro.</summary>
internal static class DocumentRow
{
    public const string Columns =
        "first_sequence, subject, version, sequence, kind, marking, parent, standing, due_at, place, west, south, east, north, words, body";

    public const string Select = $"SELECT {Columns} FROM documents";

    /// <summary>Holds for all that the public may see, and for what is under an embargo or narrowed by a group beside it.</summary>
    public const string Public = """
        marking LIKE '{"distribution":"public","tlp":"clear"%'
        """;

    public const string OfSubject = $"{Select} WHERE subject = $1";

    /// <summary>
    /// By the events themselves, each document at its last one: an index by what every change changes would cost each of them.
    /// </summary>
    public const string ChangedSince = $"""
        SELECT {Columns} FROM (
            SELECT sequence AS at, subject AS of FROM events WHERE sequence > $2 AND sequence <= $3) AS lately
        JOIN documents ON subject = of AND sequence = at
        ORDER BY at LIMIT $1
        """;

    /// <summary>What follows an insertion of a row whose document may be there already.</summary>
    public const string Replace = """
        ON CONFLICT (first_sequence) DO UPDATE SET
            version = excluded.version, sequence = excluded.sequence, kind = excluded.kind, marking = excluded.marking,
            parent = excluded.parent, standing = excluded.standing, due_at = excluded.due_at, place = excluded.place,
            west = excluded.west, south = excluded.south, east = excluded.east, north = excluded.north,
            words = excluded.words, body = excluded.body
        """;

    public static IReadOnlyList<Document> Read(DbCommand command)
    {
        var documents = new List<Document>();
        using DbDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            documents.Add(Of(row));
        }

        return documents;
    }

    public static Document Of(DbDataReader row) =>
        new()
        {
            FirstSequence = row.GetInt64(0),
            Subject = row.GetString(1),
            Version = row.GetInt64(2),
            Sequence = row.GetInt64(3),
            Kind = row.GetString(4),
            Marking = Marking(row.GetString(5)),
            Parent = row.IsDBNull(6) ? null : row.GetString(6),
            Standing = row.GetString(7),
            DueAt = row.IsDBNull(8) ? null : Instant.FromUnixTimeTicks(row.GetInt64(8)),
            Place = row.IsDBNull(9)
                ? null
                : JsonSerializer.Deserialize<Place>(row.GetString(9), Json.Compact),
            Box = BoxAt(row, 10),
            Words = row.GetString(14),
            Body = row.GetFieldValue<byte[]>(15),
        };

    public static Marking Marking(string text) =>
        JsonSerializer.Deserialize<Marking>(text, Json.Compact)!;

    public static Box? BoxAt(DbDataReader row, int column) =>
        row.IsDBNull(column)
            ? null
            : new Box(
                row.GetDouble(column),
                row.GetDouble(column + 1),
                row.GetDouble(column + 2),
                row.GetDouble(column + 3)
            );

    public static Answered Answer(DbDataReader row) =>
        new(
            row.GetString(0),
            Instant.FromUnixTimeTicks(row.GetInt64(1)),
            JsonSerializer.Deserialize<SubjectVersion[]>(row.GetString(2), Json.Compact)!
        );

    public static string? Text(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Json.Compact);
}
