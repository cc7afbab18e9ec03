using System.Data.Common;
using System.Security.Cryptography;
using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>Reads a store from end to end and names what is wrong with it. One read transaction: it sees one moment.</summary>
internal sealed class Inspector(DbConnection connection, Verifier own)
{
    /// <summary>Enough events to keep all processors busy with signatures, few enough to hold in memory.</summary>
    private const int BlockSize = 2048;

    private readonly List<Damage> damages = [];
    private readonly Chain chain = new();
    private readonly MerkleTree tree = new();
    private readonly Dictionary<string, Verifier> nodes = new(StringComparer.Ordinal);
    private long damageCount;

    public Inspection Inspect(CancellationToken cancel)
    {
        using DbTransaction moment = connection.Moment();
        ReadNodes();
        using (DbCommand all = connection.Statement(Rows.All))
        {
            foreach (Row[] block in Rows.Read(all).Chunk(BlockSize))
            {
                cancel.ThrowIfCancellationRequested();
                Check(block);
            }
        }

        long checkpoints = CheckCheckpoints();
        long evidence = CheckEvidence(cancel);
        return new Inspection(
            tree.Size,
            evidence,
            checkpoints,
            Convert.ToHexStringLower(tree.Root()),
            damageCount,
            damages
        );
    }

    /// <summary>The tree over the ledger as it stands, unjudged.</summary>
    public static MerkleTree Tree(DbConnection connection)
    {
        var tree = new MerkleTree();
        using DbCommand all = connection.Statement(Rows.All);
        foreach (Row row in Rows.Read(all))
        {
            tree.Append(MerkleTree.LeafHash(row.Envelope));
        }

        return tree;
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
            tree.Append(MerkleTree.LeafHash(block[i].Envelope));
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

    private long CheckCheckpoints()
    {
        long count = 0;
        using DbCommand command = connection.Statement(
            "SELECT size, note FROM checkpoints ORDER BY size"
        );
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            count++;
            long size = reader.GetInt64(0);
            var signed = Checkpoint.Open(reader.GetString(1), own);
            bool holds =
                signed is not null
                && signed.Size == size
                && size <= tree.Size
                && signed.Root == Convert.ToBase64String(tree.Root((int)size));
            if (!holds)
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

        return count;
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
