using System.Diagnostics;
using System.Globalization;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Preparedness.Tests.Consultations;

// Groups 20,000 inputs of two generators with known truth, and prints what bench/RESULTS.md records.
const int inputs = 20_000;
Console.WriteLine(
    "| set | inputs | copies | wordings found | seconds | of processors | precision of pairs | recall of pairs | precision of copies | recall of copies |"
);
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
foreach (int seed in new[] { 11, 12, 13 })
{
    Measure("campaigns", seed, Campaigns.Make(inputs, seed));
    Measure("scrambles", seed, Scrambles.Make(inputs, seed));
}

static void Measure(string name, int seed, MadeInputs made)
{
    using var process = Process.GetCurrentProcess();
    TimeSpan before = process.TotalProcessorTime;
    var watch = Stopwatch.StartNew();
    InputGroups groups = GroupsFromInputs.Find(made.Inputs);
    double seconds = watch.Elapsed.TotalSeconds;
    process.Refresh();
    double busy = (process.TotalProcessorTime - before).TotalSeconds;
    (double precision, double recall) = made.Score(groups);
    (double right, double found) = made.ScoreByInput(groups);
    int copies = made.VoiceOf.Count - made.VoiceOf.Values.Distinct().Count();
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} {seed} | {groups.Inputs} | {copies} | {groups.Voices} | {seconds:f1} | {busy:f1} | {precision:f4} | {recall:f4} | {right:f4} | {found:f4} |"
        )
    );
}
