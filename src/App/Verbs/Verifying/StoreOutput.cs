using Breakwater.Records;

namespace Breakwater.App.Verbs.Verifying;

/// <summary>Checks the node's own store.</summary>
internal static class StoreOutput
{
    public static async Task<int> Check(
        Printing print,
        SqlRecords records,
        bool isRebuilding,
        bool isJson,
        CancellationToken cancel
    )
    {
        print.Progress("verifying");
        Inspection inspection = await records.Verify(cancel).ConfigureAwait(false);
        Rebuilt? rebuilt = null;
        if (isRebuilding)
        {
            print.Progress("rebuilding");
            rebuilt = await records.Rebuild(cancel).ConfigureAwait(false);
        }

        print.ProgressDone();
        bool holds = inspection.DamageCount == 0 && rebuilt is not { IsIdentical: false };
        string key = records.Node.ToString();
        if (isJson)
        {
            print.Json(
                new
                {
                    holds,
                    key,
                    inspection,
                    rebuilt,
                }
            );
        }
        else
        {
            Show(print, key, inspection, rebuilt);
        }

        return holds ? ExitCode.Done : ExitCode.DoesNotHold;
    }

    private static void Show(Printing print, string key, Inspection inspection, Rebuilt? rebuilt)
    {
        print.Line(
            $"{inspection.Events} events, {inspection.Evidence} pieces of evidence, root {inspection.Root}"
        );
        print.Line($"public key of this node: {key}");
        foreach (object damage in inspection.Damages)
        {
            print.Line($"  damage: {damage}");
        }

        print.Line(
            inspection.DamageCount == 0
                ? "no damage found"
                : $"{inspection.DamageCount} damages. Keep this folder as evidence, and restore a backup into a fresh one"
        );
        if (rebuilt is not null)
        {
            print.Line(
                rebuilt.IsIdentical
                    ? "rebuilt tables are identical"
                    : $"rebuilt tables differ: {rebuilt.Before} before, {rebuilt.After} after"
            );
        }
    }
}
