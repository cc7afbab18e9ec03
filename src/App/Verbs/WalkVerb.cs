using System.CommandLine;
using System.Diagnostics;

namespace Breakwater.App.Verbs;

/// <summary><c>walk SCENARIO [--out DIR]</c>.</summary>
internal static class WalkVerb
{
    public static Command Command(Printing print)
    {
        Argument<string> scenario = Options.Scenario();
        Option<string?> output = new("--out")
        {
            Description = "Folder for signals.json to restorations.json and publications/",
            HelpName = "DIR",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "walk",
            "The whole walk on a bundled scenario or a folder of one's own. Example: breakwater walk my-scenario --out result"
        )
        {
            scenario,
            output,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var watch = Stopwatch.StartNew();
                WalkResult walk = Walk.Run(
                    ScenarioInput.Read(parsed.GetValue(scenario)!),
                    PlanHand.None,
                    step => print.Progress($"walking: {step}")
                );
                string folder = DataFolder.Path(parsed.GetValue(data));
                print.Progress("recording");
                await using Records.SqlRecords records = DataFolder.Open(folder);
                await Recording.Keep(records, walk, cancel).ConfigureAwait(false);
                string? target = parsed.GetValue(output);
                string publications = target is null
                    ? Path.Combine(folder, "publications", walk.Scenario.Id)
                    : Path.Combine(target, "publications");
                IReadOnlyList<string> files =
                [
                    .. target is null
                        ? WalkFiles.WritePublications(walk, publications)
                        : WalkFiles.Write(walk, target),
                    .. await ProofFiles
                        .Write(records, walk, publications, cancel)
                        .ConfigureAwait(false),
                ];
                print.ProgressDone();
                print.Faults(walk.Faults);
                double seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
                if (parsed.GetValue(json))
                {
                    print.Json(
                        new
                        {
                            scenario = walk.Scenario.Id,
                            data = folder,
                            files,
                            stopsAtDecision = walk.StopsAtDecision,
                            refused = walk.Refused,
                            faults = walk.Faults,
                            seconds,
                        }
                    );
                }
                else
                {
                    DemoVerb.Show(print, walk, folder, files, seconds);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }
}
