using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Records;

/// <summary>Printing the tables that follow from the events.</summary>
internal static class Projections
{
    /// <summary>Ordered by octets, as the column's collation is and as PostgreSQL's "C" is.</summary>
    public static void Dump(DbConnection connection, Stream to, CancellationToken cancel)
    {
        using var json = new Utf8JsonWriter(
            to,
            new JsonWriterOptions { Encoder = Json.Compact.Encoder, SkipValidation = true }
        );
        Lines(
            connection,
            "SELECT id, kind, sequence FROM products ORDER BY id",
            row =>
            {
                json.WriteString("id"u8, row.GetString(0));
                json.WriteString("kind"u8, row.GetString(1));
                json.WriteNumber("sequence"u8, row.GetInt64(2));
            }
        );
        Lines(
            connection,
            "SELECT sequence, relation, target FROM links ORDER BY sequence, relation, target",
            row =>
            {
                json.WriteNumber("relation"u8, row.GetInt64(1));
                json.WriteNumber("sequence"u8, row.GetInt64(0));
                json.WriteString("target"u8, row.GetString(2));
            }
        );
        Lines(
            connection,
            $"{DocumentRow.Select} ORDER BY first_sequence",
            row => Write(json, DocumentRow.Of(row))
        );

        void Lines(DbConnection from, string sql, Action<DbDataReader> write)
        {
            using DbCommand command = from.Statement(sql);
            using DbDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                cancel.ThrowIfCancellationRequested();
                json.WriteStartObject();
                write(reader);
                json.WriteEndObject();
                json.Flush();
                json.Reset();
                to.WriteByte((byte)'\n');
            }
        }
    }

    public static string Hash(DbConnection connection, CancellationToken cancel)
    {
        using var hash = SHA256.Create();
        using (
            var buffered = new BufferedStream(
                new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write),
                1 << 16
            )
        )
        {
            Dump(connection, buffered, cancel);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static void Write(Utf8JsonWriter json, Document document)
    {
        json.WritePropertyName("body"u8);
        json.WriteRawValue(document.Body.Span, skipInputValidation: true);
        WriteIfKnown(json, "box"u8, document.Box);
        WriteIfKnown(json, "dueAt"u8, document.DueAt);
        json.WriteNumber("firstSequence"u8, document.FirstSequence);
        json.WriteString("kind"u8, document.Kind);
        WriteIfKnown(json, "marking"u8, document.Marking);
        WriteIfKnown(json, "parent"u8, document.Parent);
        WriteIfKnown(json, "place"u8, document.Place);
        json.WriteNumber("sequence"u8, document.Sequence);
        json.WriteString("standing"u8, document.Standing);
        json.WriteString("subject"u8, document.Subject);
        json.WriteNumber("version"u8, document.Version);
        json.WriteString("words"u8, document.Words);
    }

    private static void WriteIfKnown<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, T value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, Json.Compact);
        }
    }
}
