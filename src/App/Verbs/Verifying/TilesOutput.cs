using System.Text;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.App.Verbs.Verifying;

/// <summary>Checks an exported ledger against its checkpoint, and that it grew from an older one.</summary>
internal static class TilesOutput
{
    private const int CheckpointOctetsMax = 64 * 1024;

    private sealed record Growth(long Size, bool Holds, string Detail);

    public static int Check(Printing print, string folder, string? older, Verifier key, bool isJson)
    {
        var files = new TileFolder(folder);
        if (files.Read(TileFolder.Checkpoint) is not { Length: <= CheckpointOctetsMax } note)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{folder} has no file 'checkpoint'. Name a folder that --export-tiles or another log wrote"
            );
        }

        var checkpoint = Checkpoint.Open(Encoding.UTF8.GetString(note.Span), key);
        TilesChecked? found = null;
        if (checkpoint is not null)
        {
            print.Progress("verifying");
            found = TileCheck.Of(checkpoint, files.Read);
            print.ProgressDone();
        }

        Growth? since =
            older is null || checkpoint is null
                ? null
                : Grown(PublicKey.Text(older, CheckpointOctetsMax), checkpoint, files, key);
        bool holds = found is { DamageCount: 0 } && since is not { Holds: false };
        if (isJson)
        {
            print.Json(
                new
                {
                    holds,
                    key = key.ToString(),
                    checkpoint,
                    tiles = found,
                    since,
                }
            );
        }
        else
        {
            Show(print, key, checkpoint, found, since);
            print.Line(holds ? $"the ledger holds for {key.Name}" : "the ledger does not hold");
        }

        return holds ? ExitCode.Done : ExitCode.DoesNotHold;
    }

    private static Growth Grown(string note, Checkpoint checkpoint, TileFolder files, Verifier key)
    {
        if (Checkpoint.Open(note, key) is not { } old)
        {
            return new Growth(0, Holds: false, $"the older checkpoint is not signed by {key.Name}");
        }

        if (old.Size > checkpoint.Size)
        {
            return new Growth(
                old.Size,
                Holds: false,
                "the ledger was longer then: its end was cut off"
            );
        }

        try
        {
            var tree = new TileTree(checkpoint.Size, tile => files.Read(tile.Path));
            bool isGrown = MerkleProof.IsConsistent(
                old.Size,
                checkpoint.Size,
                tree.ConsistencyProof(old.Size, checkpoint.Size),
                old.RootOctets(),
                checkpoint.RootOctets()
            );
            return new Growth(
                old.Size,
                isGrown,
                isGrown ? "the ledger only grew since then" : "the ledger was rewritten since then"
            );
        }
        catch (InvalidDataException missing)
        {
            return new Growth(old.Size, Holds: false, missing.Message);
        }
    }

    private static void Show(
        Printing print,
        Verifier key,
        Checkpoint? checkpoint,
        TilesChecked? found,
        Growth? since
    )
    {
        if (checkpoint is null || found is null)
        {
            print.Line($"the checkpoint is not signed by {key.Name}");
            return;
        }

        print.Line(
            $"{checkpoint.Size} events of {checkpoint.Origin}, {found.Tiles} tiles, {found.Entries} entries, {found.BundlesWithheld} bundles of entries withheld"
        );
        foreach (TileDamage damage in found.Damages)
        {
            print.Line($"  damage: {damage.Path}: {damage.Detail}");
        }

        if (since is not null)
        {
            print.Line($"since {since.Size} events: {since.Detail}");
        }
    }
}
