using System.Data.Common;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.Records;

/// <summary>Signs what the ledger is, and proves what is in it.</summary>
internal sealed class Proving(DbConnection connection, Signer signer)
{
    /// <summary>Signs and keeps the root. In the writer's turn.</summary>
    public string Checkpoint(GrowingTree tree)
    {
        string note = Signed(tree);
        using DbCommand command = connection.Statement(
            "INSERT INTO checkpoints VALUES ($1, $2) ON CONFLICT (size) DO UPDATE SET note = excluded.note",
            tree.Size,
            note
        );
        command.ExecuteNonQuery();
        return note;
    }

    /// <summary>
    /// Signs what is committed and keeps no note of it: for who only reads. Whatever is signed later of the same ledger goes on
    /// from it, because what is committed stays.
    /// </summary>
    public string CheckpointBeside()
    {
        using DbTransaction moment = connection.Moment();
        return Signed(StoredTiles.Resume(connection));
    }

    private string Signed(GrowingTree tree) =>
        Ledger.Checkpoint.Of(signer.Name, tree.Size, tree.Root()).Sign(signer);

    /// <summary>Null when no checkpoint covers the event.</summary>
    /// <param name="isBeside">Who only reads signs one, where none is kept that covers it.</param>
    public TlogProof? Proof(long sequence, string? document, bool isBeside)
    {
        using DbTransaction moment = connection.Moment();
        if (
            (Covering(sequence) ?? (isBeside ? Now(sequence) : null)) is not { } covering
            || EventAt(sequence) is not { } entry
        )
        {
            return null;
        }

        return EventProof.Of(
            entry,
            StoredTiles.Tree(connection, covering.Size),
            covering.Size,
            covering.Note,
            document
        );
    }

    private (long Size, string Note)? Covering(long sequence)
    {
        using DbCommand command = connection.Statement(
            "SELECT size, note FROM checkpoints WHERE size >= $1 ORDER BY size DESC LIMIT 1",
            sequence
        );
        using DbDataReader row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetString(1)) : null;
    }

    private (long Size, string Note)? Now(long sequence)
    {
        GrowingTree tree = StoredTiles.Resume(connection);
        return tree.Size >= sequence ? (tree.Size, Signed(tree)) : null;
    }

    private Event? EventAt(long sequence)
    {
        using DbCommand command = connection.Statement(Rows.FromSequence, sequence, 1L);
        Row? row = Rows.Read(command).FirstOrDefault();
        return row?.Sequence == sequence ? row.Event : null;
    }
}
