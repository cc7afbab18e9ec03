using System.Text;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;

namespace Breakwater.App.Verbs.Verifying;

/// <summary>
/// Writes the tree of the ledger as files that any monitor of C2SP logs reads. Hashes tell nothing of what was recorded, so
/// they may go to anybody; entries are envelopes, with subjects and pseudonyms, and go only where they are asked for.
/// </summary>
internal static class TilesExport
{
    public static async Task<int> Write(
        Printing print,
        IRecords records,
        string folder,
        bool hasEntries,
        bool isJson,
        CancellationToken cancel
    )
    {
        var files = new TileFolder(folder);
        string note = await records.Checkpoint(cancel).ConfigureAwait(false);
        long size = Checkpoint.Open(note, records.Node)!.Size;
        print.Progress("exporting");
        long tiles = 0;
        foreach (Tile tile in Tile.Of(size))
        {
            tiles++;
            // A full tile never changes, so an export goes on where the last one ended.
            if (!(tile.IsFull && files.Has(tile.Path, tile.Octets)))
            {
                await files
                    .Write(
                        tile.Path,
                        await records.Tile(tile).ConfigureAwait(false)
                            ?? throw new Fault(
                                ExitCode.Cannot,
                                $"{tile.Path} is missing in the store. Run 'breakwater verify --rebuild'"
                            ),
                        cancel
                    )
                    .ConfigureAwait(false);
            }
        }

        if (hasEntries)
        {
            await WriteEntries(records, files, size, cancel).ConfigureAwait(false);
        }

        // Last, so that whoever follows the folder never sees a checkpoint ahead of its tiles.
        await files
            .Write(TileFolder.Checkpoint, Encoding.UTF8.GetBytes(note), cancel)
            .ConfigureAwait(false);
        print.ProgressDone();
        string key = records.Node.ToString();
        if (isJson)
        {
            print.Json(
                new
                {
                    folder,
                    size,
                    tiles,
                    entries = hasEntries ? size : 0,
                    key,
                }
            );
        }
        else
        {
            print.Line($"{size} events, {tiles} tiles in {folder}");
            print.Line($"public key of this node: {key}");
            print.Line("Who has the key checks them: breakwater verify --tiles DIR --key KEY");
        }

        return ExitCode.Done;
    }

    private static async Task WriteEntries(
        IRecords records,
        TileFolder files,
        long size,
        CancellationToken cancel
    )
    {
        var entries = new List<ReadOnlyMemory<byte>>(Tile.WidthMax);
        await foreach (Event entry in records.EventsFrom(1, cancel).ConfigureAwait(false))
        {
            if (entry.Octets.Length > EntryBundle.EntryOctetsMax)
            {
                throw new Fault(
                    ExitCode.Cannot,
                    $"event {entry.Envelope.Sequence} names too much evidence for a bundle of entries. Export without --entries"
                );
            }

            entries.Add(entry.Octets);
            long sequence = entry.Envelope.Sequence;
            if (entries.Count == Tile.WidthMax || sequence == size)
            {
                Tile tile = Tile.At(0, (sequence - 1) / Tile.WidthMax, size);
                await files
                    .Write(tile.EntriesPath, EntryBundle.Of(entries), cancel)
                    .ConfigureAwait(false);
                entries.Clear();
            }

            if (sequence == size)
            {
                return;
            }
        }
    }
}
