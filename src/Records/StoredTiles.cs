using System.Data.Common;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.Records;

/// <summary>
/// The tree over the ledger in the database: full tiles only, each written once in the commit that completes it. What is
/// unfinished follows from the tiles below and from the last events.
/// </summary>
internal static class StoredTiles
{
    /// <summary>The tree as it stands, for the writer to go on with.</summary>
    public static GrowingTree Resume(DbConnection connection)
    {
        long size = connection.Number("SELECT max(sequence) FROM events");
        return GrowingTree.Resume(
            size,
            tile => Full(connection, tile),
            Leaves(connection, size - (size % Tile.WidthMax), size)
        );
    }

    /// <summary>True when each tile that the events fill is there, told by the last of level 0.</summary>
    public static bool AreComplete(DbConnection connection) =>
        connection.Number("SELECT max(place) + 1 FROM tiles WHERE level = 0")
        == connection.Number("SELECT max(sequence) FROM events") / Tile.WidthMax;

    /// <summary>Makes all of them from the events, within the writer's transaction.</summary>
    public static void Make(DbConnection connection)
    {
        long size = connection.Number("SELECT max(sequence) FROM events");
        var tree = new GrowingTree();
        // A tile at a time, because not every database reads and writes at once on one connection.
        for (long from = 0; from + Tile.WidthMax <= size; from += Tile.WidthMax)
        {
            var filled = new List<(Tile, ReadOnlyMemory<byte>)>();
            foreach (ReadOnlyMemory<byte> leaf in Leaves(connection, from, from + Tile.WidthMax))
            {
                tree.Append(leaf.Span, (tile, octets) => filled.Add((tile, octets)));
            }

            Put(connection, filled);
        }
    }

    /// <summary>Writes nothing where the same is there already.</summary>
    public static void Put(
        DbConnection connection,
        IReadOnlyList<(Tile Tile, ReadOnlyMemory<byte> Octets)> tiles
    )
    {
        foreach ((Tile tile, ReadOnlyMemory<byte> octets) in tiles)
        {
            using DbCommand command = connection.Statement(
                """
                INSERT INTO tiles VALUES ($1, $2, $3)
                ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes
                WHERE tiles.hashes <> excluded.hashes
                """,
                (long)tile.Level,
                tile.Index,
                octets.ToArray()
            );
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The tree of the first <paramref name="size"/> events. It asks for each tile once.</summary>
    public static TileTree Tree(DbConnection connection, long size)
    {
        var known = new Dictionary<Tile, ReadOnlyMemory<byte>?>();
        return new TileTree(
            size,
            tile =>
                known.TryGetValue(tile, out ReadOnlyMemory<byte>? octets)
                    ? octets
                    : known[tile] = Read(connection, tile)
        );
    }

    /// <summary>Null when the ledger does not have so many events, or the tile of a full one is missing.</summary>
    public static ReadOnlyMemory<byte>? Read(DbConnection connection, Tile tile)
    {
        if (Full(connection, tile) is { } full)
        {
            return full[..tile.Octets];
        }

        long first = tile.Index * Tile.WidthMax;
        if (tile.Level == 0)
        {
            List<ReadOnlyMemory<byte>> leaves = Leaves(connection, first, first + tile.Width);
            return leaves.Count == tile.Width
                ? leaves.SelectMany(leaf => leaf.ToArray()).ToArray()
                : (ReadOnlyMemory<byte>?)null;
        }

        byte[] octets = new byte[tile.Octets];
        for (int i = 0; i < tile.Width; i++)
        {
            if (
                Full(connection, new Tile(tile.Level - 1, first + i, Tile.WidthMax))
                is not { } below
            )
            {
                return null;
            }

            TileTree.RootOf(below.Span).CopyTo(octets, i * MerkleTree.HashOctets);
        }

        return octets;
    }

    private static ReadOnlyMemory<byte>? Full(DbConnection connection, Tile tile)
    {
        using DbCommand command = connection.Statement(
            "SELECT hashes FROM tiles WHERE level = $1 AND place = $2",
            (long)tile.Level,
            tile.Index
        );
        return command.ExecuteScalar() is byte[] { Length: Tile.OctetsMax } octets
            ? octets
            : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Of the events after <paramref name="from"/> up to <paramref name="to"/>, as they are counted from 0.</summary>
    private static List<ReadOnlyMemory<byte>> Leaves(DbConnection connection, long from, long to)
    {
        using DbCommand command = connection.Statement(
            "SELECT envelope FROM events WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence",
            from,
            to
        );
        using DbDataReader reader = command.ExecuteReader();
        var leaves = new List<ReadOnlyMemory<byte>>();
        while (reader.Read())
        {
            leaves.Add(MerkleTree.LeafHash(reader.GetFieldValue<byte[]>(0)));
        }

        return leaves;
    }
}
