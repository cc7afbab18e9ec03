using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Vocabulary;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>Remaking and printing the tables that follow from the events.</summary>
internal static class Projections
{
    private const int BlockSize = 2048;

    /// <summary>Runs within the writer's transaction: readers see the old tables until the new ones are whole.</summary>
    public static Rebuilt Rebuild(
        SqliteConnection connection,
        Statements statements,
        CancellationToken cancel
    )
    {
        string before = Hash(connection, cancel);
        Schema.DropProjections(connection);
        long events = 0;
        using SqliteCommand all = connection.Statement(Rows.All);
        foreach (Row[] block in Rows.Read(all).Chunk(BlockSize))
        {
            cancel.ThrowIfCancellationRequested();
            // Folding needs no other event, so it runs on all processors; the tables are set in the ledger's order.
            var products = new ProductRow?[block.Length];
            Parallel.For(0, block.Length, i => products[i] = ProductRow.Of(block[i].Event));
            for (int i = 0; i < block.Length; i++)
            {
                if (products[i] is { } product)
                {
                    statements.Set(product, block[i].Sequence);
                }
            }

            events += block.Length;
        }

        return new Rebuilt(events, before, Hash(connection, cancel));
    }

    /// <summary>Ordered by octets, as the column's collation is and as PostgreSQL's "C" is.</summary>
    public static void Dump(SqliteConnection connection, Stream to, CancellationToken cancel)
    {
        using var json = new Utf8JsonWriter(
            to,
            new JsonWriterOptions { Encoder = Json.Compact.Encoder, SkipValidation = true }
        );
        using SqliteCommand products = connection.Statement(
            "SELECT id, kind, sequence FROM products ORDER BY id"
        );
        using (SqliteDataReader reader = products.ExecuteReader())
        {
            while (reader.Read())
            {
                cancel.ThrowIfCancellationRequested();
                json.WriteStartObject();
                json.WriteString("id"u8, reader.GetString(0));
                json.WriteString("kind"u8, reader.GetString(1));
                json.WriteNumber("sequence"u8, reader.GetInt64(2));
                EndLine(json, to);
            }
        }

        using SqliteCommand links = connection.Statement(
            "SELECT sequence, relation, target FROM links ORDER BY sequence, relation, target"
        );
        using (SqliteDataReader reader = links.ExecuteReader())
        {
            while (reader.Read())
            {
                cancel.ThrowIfCancellationRequested();
                json.WriteStartObject();
                json.WriteNumber("relation"u8, reader.GetInt64(1));
                json.WriteNumber("sequence"u8, reader.GetInt64(0));
                json.WriteString("target"u8, reader.GetString(2));
                EndLine(json, to);
            }
        }
    }

    private static void EndLine(Utf8JsonWriter json, Stream to)
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        to.WriteByte((byte)'\n');
    }

    private static string Hash(SqliteConnection connection, CancellationToken cancel)
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
}
