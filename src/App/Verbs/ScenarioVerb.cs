using System.CommandLine;
using Breakwater.Feeds;

namespace Breakwater.App.Verbs;

/// <summary><c>scenario list / show ID / verify PATH</c>.</summary>
internal static class ScenarioVerb
{
    public static Command Command(Printing print) =>
        new("scenario", "What is bundled, with provenance; check one's own")
        {
            List(print),
            Show(print),
            Verify(print),
        };

    private static Command List(Printing print)
    {
        Option<bool> json = Options.Json();
        var command = new Command("list", "Bundled scenarios. Example: breakwater scenario list")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            List<Scenario> scenarios = [.. BundledScenarios.List().Select(ScenarioInput.Read)];
            if (parsed.GetValue(json))
            {
                print.Json(new { scenarios = scenarios.Select(Summary) });
                return ExitCode.Done;
            }

            foreach (Scenario scenario in scenarios)
            {
                print.Line(
                    $"{scenario.Id, -22} {scenario.Title["en"]}{(scenario.Id == BundledScenarios.Default ? "  (default of demo)" : "")}"
                );
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Printing print)
    {
        Argument<string> id = Options.Scenario();
        Option<bool> json = Options.Json();
        var command = new Command(
            "show",
            "One scenario with its provenance. Example: breakwater scenario show sudan-2024-02"
        )
        {
            id,
            json,
        };
        command.SetAction(parsed =>
        {
            Scenario scenario = ScenarioInput.Read(parsed.GetValue(id)!);
            if (parsed.GetValue(json))
            {
                print.Json(new { scenario = Summary(scenario), scenario.Provenance });
                return ExitCode.Done;
            }

            print.Line($"{scenario.Title["en"]} [{scenario.Origin.ToString().ToUpperInvariant()}]");
            print.Line(scenario.Summary.GetValueOrDefault("en", ""));
            print.Line(
                $"window {scenario.Window.Since} to {scenario.Window.Until}, plan at {scenario.PlanAt}, report as of {scenario.AsOf}"
            );
            print.Line();
            print.Line(scenario.Provenance ?? "no PROVENANCE.md");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Verify(Printing print)
    {
        var path = new Argument<string>("PATH")
        {
            Description = "Folder with scenario.yaml, or the id of a bundled one",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "verify",
            "Check a scenario and name every fault by line. Example: breakwater scenario verify my-scenario"
        )
        {
            path,
            json,
        };
        command.SetAction(parsed =>
        {
            ScenarioRead read = BundledScenarios.Read(parsed.GetValue(path)!);
            var faults = read
                .Faults.Concat(
                    read.Scenario is { } scenario ? SignalsOfScenario.Read(scenario).Faults : []
                )
                .ToList();
            if (parsed.GetValue(json))
            {
                print.Json(new { valid = faults.Count == 0, faults });
            }
            else if (faults.Count == 0)
            {
                print.Line($"{read.Scenario!.Id}: valid");
            }
            else
            {
                faults.ForEach(fault => print.Fault(fault.ToString()));
            }

            return faults.Count == 0 ? ExitCode.Done : ExitCode.Usage;
        });
        return command;
    }

    private static object Summary(Scenario scenario) =>
        new
        {
            scenario.Id,
            scenario.Title,
            scenario.Origin,
            scenario.Country,
            window = new { scenario.Window.Since, scenario.Window.Until },
            scenario.PlanAt,
            scenario.AsOf,
            series = scenario.Series.Select(series => new
            {
                series.File.Name,
                series.File.Sha256,
                series.Format,
            }),
            offers = scenario.Offers.Count,
            scripted = scenario.Script is not null,
        };
}
