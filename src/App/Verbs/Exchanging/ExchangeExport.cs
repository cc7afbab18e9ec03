using System.CommandLine;
using System.Text;
using Breakwater.App.Lists;
using Breakwater.Decisions.Missions;
using Breakwater.Publications;
using Breakwater.Publications.Initiatives;
using Breakwater.Records;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Exchanging;

/// <summary><c>exchange export</c>: lists in the columns of another initiative, of a scenario or of a node's own response.</summary>
internal static class ExchangeExport
{
    private static readonly string[] _initiatives =
    [
        .. Enum.GetValues<Initiative>().Select(InitiativeMapping.Word),
    ];

    public static Command Command(Printing print)
    {
        Argument<string?> scenario = new("SCENARIO")
        {
            Description =
                "Id of a bundled scenario, or a folder of one's own; left out for the response of the node in --data",
            Arity = ArgumentArity.ZeroOrOne,
        };
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
                "public, partners or community: what they may see of a scenario. Of a node only what is public leaves",
        };
        var response = new Option<string?>("--response")
        {
            Description =
                "Id of the response, where the node has several that the public may know of",
            HelpName = "ID",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "export",
            "Lists for another initiative. Example: breakwater exchange export sudan-2024-02 --for etc --out lists"
        )
        {
            scenario,
            initiative,
            output,
            audience,
            response,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                Initiative to = Named(parsed.GetValue(initiative)!);
                IReadOnlyList<InitiativeFile> files = parsed.GetValue(scenario) is { } id
                    ? OfScenario(to, id, parsed.GetValue(audience))
                    : await OfNode(
                            to,
                            parsed.GetValue(data),
                            parsed.GetValue(response),
                            parsed.GetValue(audience)
                        )
                        .ConfigureAwait(false);
                await Write(print, files, parsed.GetValue(output)!, parsed.GetValue(json), cancel)
                    .ConfigureAwait(false);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static IReadOnlyList<InitiativeFile> OfScenario(
        Initiative to,
        string scenario,
        Audience audience
    )
    {
        WalkResult walk = Walk.Run(ScenarioInput.Read(scenario), PlanHand.None);
        return GivenToInitiatives.Of(to, walk.Walked, audience, MissionsOf(walk));
    }

    private static async Task<IReadOnlyList<InitiativeFile>> OfNode(
        Initiative to,
        string? data,
        string? response,
        Audience audience
    )
    {
        if (audience != Audience.Public)
        {
            throw new Fault(
                ExitCode.Refused,
                "of a node only what is public leaves as a list. What others may see goes to them as a bundle: run 'breakwater bundle export'"
            );
        }

        await using SqlRecords records = DataFolder.OpenToRead(DataFolder.Path(data));
        (IReadOnlyList<InitiativeFile>? files, Refusal? no) = await ListsOfNode
            .For(records, to, response, SystemClock.Instance.GetCurrentInstant())
            .ConfigureAwait(false);
        return files
            ?? throw new Fault(
                no!.Kind == RefusalKind.Invalid ? ExitCode.Usage : ExitCode.Refused,
                no.Reason
            );
    }

    private static async Task Write(
        Printing print,
        IReadOnlyList<InitiativeFile> files,
        string folder,
        bool isJson,
        CancellationToken cancel
    )
    {
        Directory.CreateDirectory(folder);
        foreach (InitiativeFile file in files)
        {
            await File.WriteAllTextAsync(
                    Path.Combine(folder, file.Name),
                    file.Csv,
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                    cancel
                )
                .ConfigureAwait(false);
        }

        if (isJson)
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
            return;
        }

        foreach (InitiativeFile file in files)
        {
            print.Line($"{Path.Combine(folder, file.Name)}: {file.Rows} rows. {file.About}");
        }
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
