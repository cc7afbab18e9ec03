using System.CommandLine;
using System.Globalization;
using System.Text;
using Breakwater.App.Accounts;
using Breakwater.App.Exercises;
using Breakwater.App.Exercises.Pages;
using Breakwater.App.Limiting;
using Breakwater.App.Pages;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Feeds;
using Breakwater.Feeds.Injects;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications.AfterAction;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>exercise check / run / branch / report</c>: practice on a node of its own, which is practice for good.</summary>
internal static class ExerciseVerb
{
    public static Command Command(Printing print) =>
        new(
            "exercise",
            "Practise: a scenario on a clock of its own, with injects, through the same pages. Nothing of it leaves as if it had happened"
        )
        {
            Check(print),
            Run(print),
            Branch(print),
            Report(print),
        };

    private static Command Check(Printing print)
    {
        Argument<string> scenario = Options.Scenario();
        Option<bool> json = Options.Json();
        var command = new Command(
            "check",
            "Read a scenario and its injects.yaml, and say what would happen when. Example: breakwater exercise check sudan-2024-02"
        )
        {
            scenario,
            json,
        };
        command.SetAction(parsed =>
        {
            (Scenario read, InjectPlan plan) = Planned(parsed.GetValue(scenario)!, null, null);
            if (parsed.GetValue(json))
            {
                print.Json(new { Scenario = read.Id, Plan = plan });
                return ExitCode.Done;
            }

            print.Line(
                $"{read.Title["en"]}: {plan.StartsAt?.ToString() ?? "half a day before the onset"} to {plan.EndsAt?.ToString() ?? "72 hours later"}, {plan.Injects.Count} injects"
            );
            foreach ((string key, Instant by) in plan.Expected.OrderBy(one => one.Value))
            {
                print.Line($"  {by}  expected           {key}");
            }

            foreach (Inject inject in plan.Injects.OrderBy(one => one.At))
            {
                print.Line(
                    $"  {inject.At}  {Checks.Word(inject.Kind), -18} {inject.Id}{(inject.IsFalse ? " (false)" : "")}{(inject.Roles.Count > 0 ? $" to {string.Join(", ", inject.Roles.Select(Checks.Word))}" : "")}"
                );
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Run(Printing print)
    {
        var scenario = new Argument<string?>("SCENARIO")
        {
            Description =
                "Id of a bundled scenario, or a folder of one's own; left out to go on with an exercise",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<decimal> speed = new("--speed")
        {
            Description = "How many times as fast as a real clock",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        Option<string?> from = Moment("--from", "Scenario time at which it begins");
        Option<string?> until = Moment("--until", "Scenario time at which it ends");
        Option<string?> roles = new("--roles")
        {
            Description =
                $"Who plays: a charter as for 'found', with an organisation {ExerciseCharter.Control} of those who run it",
            HelpName = "FILE",
        };
        Option<bool> noServe = new("--no-serve") { Description = "Stop before serving the pages" };
        Option<string> urls = ServeVerb.Urls();
        Option<string?> data = Options.Data();
        var command = new Command(
            "run",
            "Found an exercise in an empty folder, print a code for each player, and serve its pages; it begins when its operator starts the clock. Example: breakwater exercise run sudan-2024-02 --data exercise --speed 60"
        )
        {
            scenario,
            speed,
            from,
            until,
            roles,
            noServe,
            urls,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string folder = DataFolder.Path(parsed.GetValue(data));
                if (parsed.GetValue(scenario) is { } named)
                {
                    (Scenario read, InjectPlan plan) = Planned(
                        named,
                        Time(parsed, from),
                        Time(parsed, until)
                    );
                    var asked = new ExerciseAsked(
                        read,
                        plan,
                        parsed.GetValue(speed),
                        Time(parsed, from),
                        Time(parsed, until),
                        parsed.GetValue(roles) is { } file ? FoundVerb.Read(file) : null
                    );
                    foreach (
                        string left in await Founded.Do(folder, asked, cancel).ConfigureAwait(false)
                    )
                    {
                        print.Fault($"left out: {left}");
                    }

                    await Tell(print, folder, asked, cancel).ConfigureAwait(false);
                }

                return parsed.GetValue(noServe)
                    ? ExitCode.Done
                    : await Serve(print, folder, parsed.GetValue(urls)!, cancel)
                        .ConfigureAwait(false);
            }
        );
        return command;
    }

    private static Command Branch(Printing print)
    {
        Option<string> output = new("--out")
        {
            Description = "A new folder for the branch",
            HelpName = "DIR",
            Required = true,
        };
        Option<string?> at = Moment("--at", "The last moment of the scenario that is taken");
        Option<string?> data = Options.Data();
        var command = new Command(
            "branch",
            "Go on from a moment of an exercise in another one, with a name of its own that says where it comes from. Example: breakwater exercise branch --data exercise --at 2024-02-07T00:00:00Z --out other"
        )
        {
            output,
            at,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string folder = DataFolder.Path(parsed.GetValue(data));
                await using ExerciseNode node = await ExerciseNode
                    .Open(folder)
                    .ConfigureAwait(false);
                (string other, long events) = await Branching
                    .Do(node.Records, folder, parsed.GetValue(output)!, Time(parsed, at), cancel)
                    .ConfigureAwait(false);
                print.Line(
                    $"{other} goes on from {node.Records.Node.Name} after {events} events. Run it with: breakwater exercise run --data {parsed.GetValue(output)}"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Report(Printing print)
    {
        Option<string?> output = new("--out")
        {
            Description = "Folder for the report in each language, as JSON, and the signed line",
            HelpName = "DIR",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "report",
            "The after-action report of an exercise, from its ledger. Example: breakwater exercise report --data exercise --out report"
        )
        {
            output,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using ExerciseNode node = await ExerciseNode
                    .Open(DataFolder.Path(parsed.GetValue(data)))
                    .ConfigureAwait(false);
                AfterActionReport report = await Reporting
                    .Compose(node.Records, cancel)
                    .ConfigureAwait(false);
                string? line = await Reporting
                    .Signed(node.Records, report, node.Clock.GetCurrentInstant(), cancel)
                    .ConfigureAwait(false);
                if (parsed.GetValue(output) is { } folder)
                {
                    Write(folder, report, line, node.Records.Node.ToString());
                }

                if (parsed.GetValue(json))
                {
                    print.Line(Encoding.UTF8.GetString(AfterActionJson.Write(report)));
                    return ExitCode.Done;
                }

                print.Line($"EXERCISE {report.Node}: {report.Titles["en"]}");
                foreach (AfterActionFigure figure in report.Figures)
                {
                    print.Line(
                        $"  {figure.Key, -14} {(figure.At is null ? "never happened" : $"{figure.At}{(figure.Took is { } took ? $", after {took.TotalHours.ToString("0.0", CultureInfo.InvariantCulture)} h" : "")}")}"
                    );
                }

                print.Line(
                    $"  missed {report.Missed.Count}, never seen {report.NeverSeen.Count}, from {report.Size} events"
                );
                if (line is null)
                {
                    print.Line("The exercise has not ended; nothing of this is signed yet");
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>Serves an exercise by its own clock and behind its own door.</summary>
    internal static async Task<int> Serve(
        Printing print,
        string folder,
        string urls,
        CancellationToken cancel
    )
    {
        await using ExerciseNode node = await ExerciseNode.Open(folder).ConfigureAwait(false);
        print.Line(
            $"EXERCISE {node.Records.Node.Name}: nothing on this node happens in the world. Scenario time {node.Clock.GetCurrentInstant()}"
        );
        return await ServeVerb
            .Serve(
                print,
                node.Records,
                urls.Length > 0 ? urls : Settings.Read(folder).Urls,
                AccountSettings.Of(folder),
                WireSettings.Of(folder),
                cancel,
                exercise: node
            )
            .ConfigureAwait(false);
    }

    private static async Task Tell(
        Printing print,
        string folder,
        ExerciseAsked asked,
        CancellationToken cancel
    )
    {
        print.Line(
            $"founded in {folder}. Each code sets a password once, on the page /account/recover; none is shown again:"
        );
        Found charter = asked.Charter ?? ExerciseCharter.Of(asked.Scenario);
        foreach (
            (
                FoundingOrganisation organisation,
                FoundingMember member
            ) in charter.Organisations.SelectMany(
                one => one.Members,
                (one, member) => (one, member)
            )
        )
        {
            (_, string code) = await AccountVerb
                .Made(
                    AccountSettings.Of(folder),
                    member.Person,
                    isOperator: organisation.Id == ExerciseCharter.Control,
                    cancel
                )
                .ConfigureAwait(false);
            print.Line(
                $"  {member.Person, -28} {string.Join(", ", member.Roles.Select(Checks.Word)), -16} {organisation.Id, -24} {code}"
            );
        }

        await using ExerciseNode node = await ExerciseNode.Open(folder).ConfigureAwait(false);
        ExerciseRun run = (await ExerciseNode.RunOf(node.Records).ConfigureAwait(false))!;
        foreach (
            InjectStanding late in run.Injects.Where(one =>
                one.State is InjectState.Late or InjectState.AfterTheEnd
            )
        )
        {
            print.Fault($"inject {late.Inject.Id}: {late.Outcome}");
        }
    }

    /// <summary>A scenario without a plan of its own is played by the usual one.</summary>
    private static (Scenario Scenario, InjectPlan Plan) Planned(
        string idOrFolder,
        Instant? from,
        Instant? until
    )
    {
        Scenario scenario = ScenarioInput.Read(idOrFolder);
        string folder =
            BundledScenarios.List().Contains(idOrFolder)
                ? System.IO.Path.Combine(BundledScenarios.Folder, idOrFolder)
            : Directory.Exists(idOrFolder) ? idOrFolder
            : System.IO.Path.GetDirectoryName(idOrFolder) ?? ".";
        InjectsRead read = InjectsReader.Read(folder, scenario);
        InjectPlan plan = read.Plan ?? throw Fault.Unreadable(read.Faults);
        return (scenario, plan.Injects.Count > 0 ? plan : UsualPlan.Of(scenario, from, until));
    }

    private static void Write(string folder, AfterActionReport report, string? line, string key)
    {
        Directory.CreateDirectory(folder);
        foreach (string language in PageTexts.Languages)
        {
            File.WriteAllText(
                System.IO.Path.Combine(folder, $"EXERCISE-after-action.{language}.html"),
                ReportPages.Html(report, PageTexts.For(language))
            );
        }

        File.WriteAllBytes(
            System.IO.Path.Combine(folder, "EXERCISE-after-action.json"),
            AfterActionJson.Write(report)
        );
        if (line is not null)
        {
            File.WriteAllText(
                System.IO.Path.Combine(folder, "EXERCISE-result.txt"),
                $"{key}\n{line}\n"
            );
        }
    }

    private static Option<string?> Moment(string name, string what) =>
        new(name) { Description = $"{what}, as 2024-02-07T00:00:00Z", HelpName = "T" };

    private static Instant? Time(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null
        : NodaTime.Text.InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var at }
            ? at
        : throw new Fault(
            ExitCode.Usage,
            $"{option.Name} {text} is no time. Write it as 2024-02-07T00:00:00Z"
        );
}
