using System.Data.Common;
using System.Security.Cryptography;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.Records;

/// <summary>Reads a store from end to end and names what is wrong with it. One read transaction: it sees one moment.</summary>
internal sealed class Inspector(DbConnection connection, Verifier own)
{
    /// <summary>Enough events to keep all processors busy with signatures, few enough to hold in memory.</summary>
    private const int BlockSize = 2048;

    private readonly List<Damage> damages = [];
    private readonly Chain chain = new();
    private readonly GrowingTree tree = new();
    private readonly Dictionary<Tile, byte[]> tiles = [];
    private readonly SortedDictionary<long, string> notes = [];
    private readonly Dictionary<long, string> roots = [];
    private readonly Dictionary<string, Verifier> nodes = new(StringComparer.Ordinal);
    private long damageCount;

    public Inspection Inspect(CancellationToken cancel)
    {
        using DbTransaction moment = connection.Moment();
        ReadNodes();
        ReadCheckpoints();
        using (DbCommand all = connection.Statement(Rows.All))
        {
            foreach (Row[] block in Rows.Read(all).Chunk(BlockSize))
            {
                cancel.ThrowIfCancellationRequested();
                Check(block);
            }
        }

        CheckCheckpoints();
        CheckTiles(cancel);
        long evidence = CheckEvidence(cancel);
        return new Inspection(
            tree.Size,
            evidence,
            notes.Count,
            Convert.ToHexStringLower(tree.Root()),
            damageCount,
            damages
        );
    }

    private void ReadNodes()
    {
        using DbCommand command = connection.Statement("SELECT verifier FROM nodes");
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (Verifier.TryParse(reader.GetString(0), out Verifier? node))
            {
                nodes[node.Name] = node;
            }
        }

        // The key in hand counts more than what the store says about it.
        nodes[own.Name] = own;
    }

    private void Check(Row[] block)
    {
        var entries = new Event?[block.Length];
        var found = new IReadOnlyList<Damage>[block.Length];
        Parallel.For(
            0,
            block.Length,
            i =>
            {
                Row row = block[i];
                bool isRead = Event.TryRead(
                    row.Envelope,
                    row.Payload,
                    row.Signature,
                    out entries[i]
                );
                found[i] = isRead ? Verification.OfEvent(entries[i]!, nodes) : [];
            }
        );
        for (int i = 0; i < block.Length; i++)
        {
            // Hashes of tiles are enough to compare by, and few: a tile stands for 256 events.
            tree.Append(
                MerkleTree.LeafHash(block[i].Envelope),
                (tile, octets) => tiles[tile] = SHA256.HashData(octets.Span)
            );
            if (notes.ContainsKey(tree.Size))
            {
                roots[tree.Size] = Convert.ToBase64String(tree.Root());
            }

            foreach (Damage damage in found[i].Concat(InPlace(block[i], entries[i])))
            {
                Add(damage);
            }
        }
    }

    private IEnumerable<Damage> InPlace(Row row, Event? entry)
    {
        if (entry is null)
        {
            return
            [
                new Damage(row.Sequence, DamageKind.EnvelopeUnreadable, "it is not an envelope"),
            ];
        }

        Envelope envelope = entry.Envelope;
        bool isSame =
            (row.Sequence, row.Subject, row.Version)
            == (envelope.Sequence, envelope.Subject, envelope.SubjectVersion);
        IReadOnlyList<Damage> breaks = chain.Follow(entry);
        return isSame
            ? breaks
            : breaks.Append(
                new Damage(
                    row.Sequence,
                    DamageKind.RowContradicts,
                    $"filed as {row.Sequence}, {row.Subject} {row.Version}"
                )
            );
    }

    /// <summary>Read first: each root is to be taken as the tree grows past it.</summary>
    private void ReadCheckpoints()
    {
        using DbCommand command = connection.Statement("SELECT size, note FROM checkpoints");
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            notes[reader.GetInt64(0)] = reader.GetString(1);
        }

        roots[0] = Convert.ToBase64String(tree.Root());
    }

    private void CheckCheckpoints()
    {
        foreach ((long size, string note) in notes)
        {
            var signed = Checkpoint.Open(note, own);
            if (signed?.Size != size || signed.Root != roots.GetValueOrDefault(size))
            {
                Add(
                    new Damage(
                        null,
                        DamageKind.CheckpointContradicts,
                        $"the checkpoint over {size} events does not hold; the ledger has {tree.Size}"
                    )
                );
            }
        }
    }

    private void CheckTiles(CancellationToken cancel)
    {
        using DbCommand command = connection.Statement("SELECT level, place, hashes FROM tiles");
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var tile = new Tile((int)reader.GetInt64(0), reader.GetInt64(1), Tile.WidthMax);
            if (
                !tiles.Remove(tile, out byte[]? hash)
                || !SHA256.HashData(reader.GetFieldValue<byte[]>(2)).AsSpan().SequenceEqual(hash)
            )
            {
                Add(new Damage(null, DamageKind.TileContradicts, $"{tile.Path} is not so"));
            }
        }

        foreach (Tile missing in tiles.Keys)
        {
            Add(new Damage(null, DamageKind.TileContradicts, $"{missing.Path} is missing"));
        }
    }

    private long CheckEvidence(CancellationToken cancel)
    {
        long count = 0;
        using DbCommand command = connection.Statement(
            "SELECT rowid, sha256, content FROM evidence ORDER BY rowid"
        );
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            count++;
            string filed = reader.GetString(1);
            // With the row's id among the columns the content comes as a stream and not as one array.
            using Stream content = reader.GetStream(2);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) != filed)
            {
                Add(new Damage(null, DamageKind.EvidenceChanged, $"evidence {filed}"));
            }
        }

        return count;
    }

    private void Add(Damage damage)
    {
        damageCount++;
        if (damages.Count < Inspection.DamageLimit)
        {
            damages.Add(damage);
        }
    }
}
