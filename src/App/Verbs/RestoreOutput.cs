using Breakwater.App.Keeping;
using Breakwater.Records;

namespace Breakwater.App.Verbs;

/// <summary>What <c>restore</c> says, to people and to programs.</summary>
internal static class RestoreOutput
{
    /// <summary>More are counted.</summary>
    private const int DamagesShown = 100;

    private const string Remedy =
        "Nothing was restored. Copy the file again from where it is kept, or take another backup";

    public static int Damaged(
        Printing print,
        string file,
        IReadOnlyList<BackupDamage> damages,
        bool isJson
    )
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    holds = false,
                    file,
                    damages = damages.Take(DamagesShown),
                    damageCount = damages.Count,
                    remedy = Remedy,
                }
            );
        }
        else
        {
            print.Line(
                damages.Count == 1
                    ? $"{file} is damaged:"
                    : $"{file} is damaged in {damages.Count} places:"
            );
            foreach (BackupDamage damage in damages.Take(DamagesShown))
            {
                print.Line(
                    $"  {(damage.File.Length > 0 ? damage.File + ": " : "")}{damage.Detail}"
                );
            }

            print.Line(Remedy);
        }

        return ExitCode.DoesNotHold;
    }

    public static int Restored(Printing print, string folder, Filled filled, bool isJson)
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    holds = true,
                    data = folder,
                    backup = Facts(filled),
                    documentsSame = filled.IsDocumentsSame,
                }
            );
            return ExitCode.Done;
        }

        Show(print, filled);
        print.Line($"restored into {folder}; the ledger says so in a new event");
        return ExitCode.Done;
    }

    public static int Tried(Printing print, string folder, Drilled drilled, bool isJson)
    {
        bool holds = drilled.Filled.IsDocumentsSame && drilled.Live != LiveComparison.Differs;
        if (isJson)
        {
            print.Json(
                new
                {
                    holds,
                    data = folder,
                    backup = Facts(drilled.Filled),
                    documentsSame = drilled.Filled.IsDocumentsSame,
                    live = drilled.Live,
                    eventsSince = drilled.Since,
                }
            );
        }
        else
        {
            Show(print, drilled.Filled);
            print.Line(
                drilled.Live switch
                {
                    LiveComparison.Absent => $"no store at {folder} to compare with",
                    LiveComparison.Same => $"the same as the store at {folder}",
                    LiveComparison.Grown =>
                        $"the store at {folder} begins with it, and has {drilled.Since} events more since",
                    _ =>
                        $"NOT the same as the store at {folder}: another node, another ledger, or other documents. Run `breakwater verify --rebuild` there, and keep both",
                }
            );
            print.Line(
                holds ? "the drill is passed; nothing was kept of it" : "the drill is not passed"
            );
        }

        return holds ? ExitCode.Done : ExitCode.DoesNotHold;
    }

    private static object Facts(Filled filled) =>
        new
        {
            filled.Manifest.Title.WrittenAt,
            filled.Manifest.Title.Node,
            filled.Manifest.Events,
            filled.Manifest.Evidence,
            filled.Manifest.Keys,
            filled.Manifest.KeysDestroyed,
            filled.KeysLeftOut,
            filled.Inspection.Root,
            filled.Manifest.Checkpoint,
        };

    private static void Show(Printing print, Filled filled)
    {
        BackupManifest manifest = filled.Manifest;
        print.Line($"backup of {manifest.Title.Node}, written {manifest.Title.WrittenAt}");
        print.Line(
            $"{manifest.Files.Count} files, each with its hash; {manifest.Events} events, each with its signature and in its place; {manifest.Evidence} pieces of evidence"
        );
        print.Line($"the ledger is that of the signed checkpoint, root {filled.Inspection.Root}");
        print.Line(
            $"{manifest.Keys - filled.KeysLeftOut} keys of sealed fields; {manifest.KeysDestroyed + filled.KeysLeftOut} were destroyed and stay so"
        );
        print.Line(
            filled.IsDocumentsSame
                ? "the documents made from it are those that the node had"
                : $"the documents made from it are NOT those that the node had: {manifest.Program} wrote the backup, and another version may make them otherwise"
        );
    }
}
