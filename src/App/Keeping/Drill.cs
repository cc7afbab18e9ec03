using Breakwater.Records;

namespace Breakwater.App.Keeping;

/// <summary>How a store that was restored for trial stands beside the one that is in use.</summary>
internal enum LiveComparison
{
    /// <summary>There is no store to compare with.</summary>
    Absent,

    /// <summary>The live ledger begins with the restored one and has grown since.</summary>
    Grown,

    /// <summary>Ledger and documents are the same.</summary>
    Same,

    /// <summary>The live store is of another node, or does not begin with what was restored.</summary>
    Differs,
}

/// <param name="Since">Events that the live ledger has beyond the backup.</param>
internal sealed record Drilled(Filled Filled, LiveComparison Live, long Since);

/// <summary>Restores into a folder that is deleted afterwards, and compares with the store in use: what shows that a backup is one.</summary>
internal static class Drill
{
    /// <returns>Null when the backup is damaged; its reader says where.</returns>
    public static async Task<Drilled?> Run(
        string live,
        BackupReader backup,
        IReadOnlyList<string> destroyed,
        CancellationToken cancel
    )
    {
        string folder = Directory.CreateTempSubdirectory("breakwater-drill-").FullName;
        try
        {
            // Always into a file: a drill needs no server, and what is compared is the same in both.
            var filling = new Filling(backup, folder, settings: "none", destroyed);
            Filled? filled = await filling.Take(() => "", cancel).ConfigureAwait(false);
            if (filled is null || backup.Damages.Count > 0)
            {
                return null;
            }

            AccountsCopy.Write(folder, filling.Accounts);
            return Compare(live, folder, filled);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Drilled Compare(string live, string folder, Filled filled)
    {
        if (!DataFolder.HasStore(live))
        {
            return new Drilled(filled, LiveComparison.Absent, 0);
        }

        using StoreMoment now = StoreMoment.Of(live, Settings.Read(live).Store);
        using StoreMoment then = StoreMoment.Of(folder, "");
        long since = now.Events - then.Events;
        bool begins =
            now.NodeName() == then.NodeName()
            && since >= 0
            && now.RootAt(then.Events) == then.RootAt(then.Events);
        return new Drilled(
            filled,
            !begins || (since == 0 && now.Projections != then.Projections) ? LiveComparison.Differs
                : since > 0 ? LiveComparison.Grown
                : LiveComparison.Same,
            since
        );
    }
}
