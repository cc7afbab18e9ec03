using System.CommandLine;
using Breakwater.Records;

namespace Breakwater.App.Verbs;

/// <summary><c>verify [--rebuild]</c>.</summary>
internal static class VerifyVerb
{
    public static Command Command(Printing print)
    {
        Option<bool> rebuild = new("--rebuild")
        {
            Description = "Also make the tables again from the events and compare",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "verify",
            "Recompute every hash, signature and link of the store. Example: breakwater verify --rebuild"
        )
        {
            rebuild,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqliteRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                print.Progress("verifying");
                Inspection inspection = await records.Verify(cancel).ConfigureAwait(false);
                Rebuilt? rebuilt = null;
                if (parsed.GetValue(rebuild))
                {
                    print.Progress("rebuilding");
                    rebuilt = await records.Rebuild(cancel).ConfigureAwait(false);
                }

                print.ProgressDone();
                bool holds = inspection.DamageCount == 0 && rebuilt is not { IsIdentical: false };
                if (parsed.GetValue(json))
                {
                    print.Json(
                        new
                        {
                            holds,
                            inspection,
                            rebuilt,
                        }
                    );
                }
                else
                {
                    print.Line(
                        $"{inspection.Events} events, {inspection.Evidence} pieces of evidence, root {inspection.Root}"
                    );
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

                return holds ? ExitCode.Done : ExitCode.DoesNotHold;
            }
        );
        return command;
    }
}
