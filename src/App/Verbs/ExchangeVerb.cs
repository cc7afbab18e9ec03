using System.CommandLine;
using System.Text;
using Breakwater.Decisions.Missions;
using Breakwater.Publications;
using Breakwater.Publications.Initiatives;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary><c>exchange export</c> and <c>exchange import</c>: lists of other initiatives, given and taken.</summary>
internal static class ExchangeVerb
{
    private static readonly string[] _initiatives =
    [
        .. Enum.GetValues<Initiative>().Select(InitiativeMapping.Word),
    ];

    private static readonly string[] _taken =
    [
        .. InitiativeMapping.Documents.Where(one => one.Direction == "in").Select(one => one.Id),
    ];

    public static Command Command(Printing print) =>
        new("exchange", "Give to other initiatives and take from them, in their own lists")
        {
            Export(print),
            Import(print),
        };

    public static Command Export(Printing print)
    {
        Argument<string> scenario = Options.Scenario();
        var initiative = new Option<string>("--for")
        {
            Description = string.Join(", ", _initiatives),
            HelpName = "WHO",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder to write the lists to",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".",
        };
        var audience = new Option<Audience>("--audience")
        {
            Description =
                "public, partners or community: what they may see. Notifications of missions are for the community",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "export",
            "Lists for another initiative. Example: breakwater exchange export sudan-2024-02 --for etc --out lists"
        )
        {
            scenario,
            initiative,
            output,
            audience,
            json,
        };
        command.SetAction(parsed =>
        {
            Initiative to = Named(parsed.GetValue(initiative)!);
            WalkResult walk = Walk.Run(
                ScenarioInput.Read(parsed.GetValue(scenario)!),
                PlanHand.None
            );
            IReadOnlyList<InitiativeFile> files = GivenToInitiatives.Of(
                to,
                walk.Walked,
                parsed.GetValue(audience),
                MissionsOf(walk)
            );
            string folder = parsed.GetValue(output)!;
            Directory.CreateDirectory(folder);
            foreach (InitiativeFile file in files)
            {
                File.WriteAllText(
                    Path.Combine(folder, file.Name),
                    file.Csv,
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
                );
            }

            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        files = files.Select(file => new
                        {
                            path = Path.Combine(folder, file.Name),
                            file.Rows,
                        }),
                    }
                );
            }
            else
            {
                foreach (InitiativeFile file in files)
                {
                    print.Line(
                        $"{Path.Combine(folder, file.Name)}: {file.Rows} rows. {file.About}"
                    );
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static Command Import(Printing print)
    {
        var path = new Argument<string>("FILE") { Description = "A list as CSV" };
        var list = new Option<string>("--as")
        {
            Description = string.Join(", ", _taken),
            HelpName = "LIST",
            Required = true,
        };
        var command = new Command(
            "import",
            "Reads a list of another initiative and says as JSON what it is here. Nothing is stored. Lists of events of KeepItOn and Pulse are read by 'detect' and 'match'. Example: breakwater exchange import answers.csv --as ocha-answers"
        )
        {
            path,
            list,
        };
        command.SetAction(parsed =>
        {
            (SourceFile file, _, IReadOnlyList<InputFault> damage) = Inputs.Open(
                parsed.GetValue(path)!
            );
            (object read, IReadOnlyList<InputFault> faults) = Taken(parsed.GetValue(list)!, file);
            print.Faults([.. damage, .. faults]);
            print.Json(new { read, faults });
            return read is System.Collections.ICollection { Count: 0 } && faults.Count > 0
                ? ExitCode.Usage
                : ExitCode.Done;
        });
        return command;
    }

    private static (object Read, IReadOnlyList<InputFault> Faults) Taken(
        string list,
        SourceFile file
    )
    {
        return list switch
        {
            "etc-status" => Of(TakenFromInitiatives.Services(file)),
            "itu-coverage" => Of(TakenFromInitiatives.Coverage(file)),
            "foc-statements" => Of(TakenFromInitiatives.Statements(file)),
            "foc-commitments" => Of(TakenFromInitiatives.Commitments(file)),
            "ocha-answers" => Of(TakenFromInitiatives.Answers(file)),
            _ => throw new Fault(
                ExitCode.Usage,
                $"there is no list '{list}'. {Nearest.Remedy(list, _taken)}"
            ),
        };

        static (object, IReadOnlyList<InputFault>) Of<T>(Taken<T> taken) =>
            (taken.Read, taken.Faults);
    }

    private static Initiative Named(string word) =>
        Array.IndexOf(_initiatives, word) is >= 0 and var at
            ? Enum.GetValues<Initiative>()[at]
            : throw new Fault(
                ExitCode.Usage,
                $"there is no initiative '{word}'. {Nearest.Remedy(word, _initiatives)}"
            );

    private static IReadOnlyList<(Mission Mission, IReadOnlyList<Notification> Told)> MissionsOf(
        WalkResult walk
    ) =>
        [
            .. walk.Played.Missions.Select(lived =>
                (
                    lived.State!,
                    (IReadOnlyList<Notification>)
                        [
                            .. walk
                                .Played.Notifications.Select(one => one.State!)
                                .Where(one => one.Mission == lived.State!.Id),
                        ]
                )
            ),
        ];
}
