using System.CommandLine;
using System.Diagnostics;
using Breakwater.App.Consultations;
using Breakwater.Feeds;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary><c>demo [SCENARIO]</c>: the main job on bundled input.</summary>
internal static class DemoVerb
{
    private const int NeedsShown = 12;

    public static Command Command(Printing print)
    {
        var scenario = new Argument<string>("SCENARIO")
        {
            Description = "Id of a bundled scenario",
            DefaultValueFactory = _ => BundledScenarios.Default,
        };
        Option<bool> noServe = new("--no-serve") { Description = "Stop before serving the pages" };
        Option<string> urls = ServeVerb.Urls();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "demo",
            "Walk a bundled scenario from signals to publications, then serve the pages. Example: breakwater demo --no-serve"
        )
        {
            scenario,
            noServe,
            urls,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                var watch = Stopwatch.StartNew();
                Scenario read = ScenarioInput.Read(parsed.GetValue(scenario)!);
                string folder = parsed.GetValue(data) ?? DataFolder.Fresh();
                if (SqlRecords.IsOfExercise(folder))
                {
                    throw new Fault(
                        ExitCode.Refused,
                        $"{folder} is an exercise, which keeps its own time. Go on with it by: breakwater exercise run --data {folder}"
                    );
                }

                await using SqlRecords records = DataFolder.Open(folder);
                WalkResult walk = Walk.Run(
                    read,
                    PlanHand.None,
                    step => print.Progress($"walking: {step}")
                );
                print.Progress("recording");
                await Recording.Keep(records, walk, cancel).ConfigureAwait(false);
                await Boards.Keep(records, walk, cancel).ConfigureAwait(false);
                (ConsultationShown? consulted, IReadOnlyList<InputFault> unread) =
                    await ScenarioConsultation.Keep(records, read, cancel).ConfigureAwait(false);
                string publications = Path.Combine(folder, "publications", walk.Scenario.Id);
                IReadOnlyList<string> files =
                [
                    .. WalkFiles.WritePublications(walk, publications),
                    .. await ProofFiles
                        .Write(records, walk, publications, cancel)
                        .ConfigureAwait(false),
                ];
                print.ProgressDone();
                print.Faults([.. walk.Faults, .. unread]);
                double seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
                if (parsed.GetValue(json))
                {
                    print.Json(Document(walk, folder, seconds));
                }
                else
                {
                    Show(print, walk, folder, files, seconds);
                    if (consulted is { } one)
                    {
                        print.Line(
                            $"CONSULTATION {one.Id}, made for the scenario: {one.Inputs} inputs in {one.Voices} wordings, {one.Paragraphs} paragraphs. Read it at /consultations/{one.Id}"
                        );
                    }
                }

                if (parsed.GetValue(noServe) || parsed.GetValue(json))
                {
                    return ExitCode.Done;
                }

                return await ServeVerb
                    .Serve(
                        print,
                        records,
                        parsed.GetValue(urls)!,
                        Accounts.AccountSettings.Of(folder),
                        Limiting.WireSettings.Of(folder),
                        cancel,
                        // Deadlines of a scenario pass by its own clock, which goes on from where the walk ends.
                        new ClockFrom(read.AsOf)
                    )
                    .ConfigureAwait(false);
            }
        );
        return command;
    }

    private static object Document(WalkResult walk, string folder, double seconds) =>
        new
        {
            scenario = walk.Scenario.Id,
            data = folder,
            signals = WalkFiles.Signals(walk),
            disruptions = walk.Walked.Detection.Disruptions,
            blind = walk.Walked.Detection.Blind,
            needs = walk.Walked.Assessment.Needs,
            timeToDark = WalkFiles.PublicTimeToDark(walk),
            findings = WalkFiles.Findings(walk),
            plans = walk.Walked.Plans,
            decisions = walk.Walked.Decisions,
            commitments = walk.Walked.Commitments,
            restorations = walk.Walked.Restorations,
            publications = walk.Publications,
            refused = walk.Refused,
            seconds,
        };

    internal static void Show(
        Printing print,
        WalkResult walk,
        string folder,
        IReadOnlyList<string> files,
        double seconds
    )
    {
        print.Line($"{walk.Scenario.Title["en"]}");
        print.Line(
            $"{Tables.Word(walk.Scenario.Origin).ToUpperInvariant()} data; window {walk.Scenario.Window.Since} to {walk.Scenario.Window.Until}, as of {walk.Scenario.AsOf}"
        );
        print.Line();
        print.Line($"SIGNALS  {walk.Walked.Signals.Count}");
        foreach (Signals.Signal signal in walk.Walked.Signals)
        {
            string what = signal switch
            {
                Signals.SeriesSignal series =>
                    $"{series.Samples.Count} samples of {series.Step.TotalMinutes:0} min, {series.Samples.Count(sample => sample.Value is null)} missing",
                Signals.ReportSignal report =>
                    $"{Tables.Word(report.State)} at {report.ObservedAt}",
                Signals.ClaimSignal claim => claim.Claim.Wording,
                Signals.AssertionSignal stated =>
                    $"{stated.Fact}: {(stated.Value ? "yes" : "no")}, stated {LocalDatePattern.Iso.Format(stated.StatedOn)}",
                _ => "",
            };
            print.Line(
                $"  {Tables.Word(signal.Family), -12} {signal.Source} ({signal.Place}): {what} [{Tables.Word(signal.Origin)}]"
            );
        }

        print.Line();
        DisruptionTables.Disruptions(print, walk.Walked.Detection.Disruptions);
        DisruptionTables.Blind(print, walk.Walked.Detection.Blind);
        print.Line();
        Tables.Needs(print, walk.Walked.Assessment with { TimeToDark = [] }, NeedsShown);
        print.Line();
        FindingTables.Findings(print, walk.Walked.Norms);
        print.Line();
        Tables.Plans(print, walk.Walked.Plans, walk.Refusal);
        print.Line();
        Tables.Decisions(print, walk.Walked.Decisions, walk.Walked.Commitments);
        foreach (string refused in walk.Refused)
        {
            print.Line($"  {refused}");
        }

        print.Line();
        if (walk.StopsAtDecision)
        {
            print.Line(
                "The walk stops at the open decision: nobody has taken a position. Add a script to the scenario, or decide."
            );
        }

        Tables.Restorations(print, walk.Walked.Restorations);

        print.Line();
        print.Line($"PUBLICATIONS  {walk.Publications.Count}");
        foreach (string file in files)
        {
            print.Line($"  {file}");
        }

        print.Line();
        print.Line(
            $"store {folder}, {seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)} s. Ask for the chain behind any sentence: breakwater explain ID --data {folder}"
        );
    }
}
