using System.CommandLine;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Feeds;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>bundle export / inspect / import</c>: events between nodes that no network joins, in one file.</summary>
internal static class BundleVerb
{
    public static Command Command(Printing print) =>
        new(
            "bundle",
            "Exchange with nodes that no network joins: write a file for a peer, look into one, take one. It is not encrypted: carry it so"
        )
        {
            Export(print),
            Inspect(print),
            Import(print),
        };

    private static Command Export(Printing print)
    {
        var subjects = new Argument<string[]>("SUBJECT")
        {
            Description = "What to send, each as kind/id: decision/01ab",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string?>("--to")
        {
            Description = "The peer that it is for; may be left out when there is one",
            HelpName = "NODE",
        };
        var output = new Option<string>("--out")
        {
            Description = "The file to write; - is standard output",
            HelpName = "FILE",
            Required = true,
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "export",
            "Write the events of subjects for a peer, as far as their marking lets them go there. Example: breakwater bundle export decision/01ab commitment/02cd --to node-1f00 --out for-them.bundle"
        )
        {
            subjects,
            to,
            output,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string file = parsed.GetValue(output)!;
                if (file == "-" && parsed.GetValue(json))
                {
                    throw new Fault(
                        ExitCode.Usage,
                        "--out - and --json both want standard output. Name a file, or leave out --json"
                    );
                }

                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                Peer peer = Addressed(
                    await Peers.Of(records, cancel).ConfigureAwait(false),
                    parsed.GetValue(to)
                );
                (Exported? exported, Refusal? refusal) = await Exporting
                    .Do(
                        records,
                        parsed.GetValue(subjects)!,
                        peer,
                        SystemClock.Instance.GetCurrentInstant(),
                        cancel
                    )
                    .ConfigureAwait(false);
                if (exported is null)
                {
                    throw new Fault(
                        refusal!.Kind == RefusalKind.Invalid ? ExitCode.Usage : ExitCode.Refused,
                        $"not exported: {refusal.Reason}"
                    );
                }

                if (exported.File is null)
                {
                    throw new Fault(
                        ExitCode.Refused,
                        $"nothing of it may go to {peer.Node.Name}: {Told(exported.Withheld)}. Its marking decides, and is not widened: make a new record for them of what they may know"
                    );
                }

                Write(file, exported.File);
                Printing tell = file == "-" ? print.Aside() : print;
                if (parsed.GetValue(json))
                {
                    tell.Json(
                        new
                        {
                            File = file,
                            To = peer.Node.Name,
                            exported.Subjects,
                            exported.Events,
                            exported.Files,
                            exported.Withheld,
                        }
                    );
                }
                else
                {
                    tell.Line(
                        $"{file}: {exported.Events} events of {exported.Subjects} subjects for {peer.Node.Name}"
                            + (exported.Files > 0 ? $", and {exported.Files} files" : "")
                            + (
                                exported.Withheld.Count > 0
                                    ? $". Not in it: {Told(exported.Withheld)}"
                                    : ""
                            )
                    );
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Inspect(Printing print)
    {
        Argument<string> file = FileArgument();
        Option<bool> json = Options.Json();
        var command = new Command(
            "inspect",
            "Check a bundle line by line and say what is in it, without a store and without taking it. Example: breakwater bundle inspect from-them.bundle"
        )
        {
            file,
            json,
        };
        command.SetAction(parsed =>
        {
            SourceFile source = Read(parsed.GetValue(file)!);
            BundleRead read = BundleReader.Read(source.Name, source.Content.Span);
            if (read.Made is not { } made)
            {
                throw Fault.Unreadable(read.Faults);
            }

            var subjects = read
                .Events.GroupBy(one => one.Bundled.Entry.Envelope.Subject, StringComparer.Ordinal)
                .Select(group => new { Subject = group.Key, Events = group.Count() })
                .ToArray();
            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        From = read.Node!.Name,
                        made.To,
                        made.Organisation,
                        made.Events,
                        Subjects = subjects,
                        Files = read.Octets.Select(file => new
                        {
                            file.Sha256,
                            Octets = file.Octets.Length,
                        }),
                        read.Faults,
                    }
                );
            }
            else
            {
                print.Line(
                    $"from {read.Node!.Name} for {made.To} ({made.Organisation}): {read.Events.Count} of {made.Events} events hold"
                );
                foreach (var subject in subjects)
                {
                    print.Line($"  {subject.Subject}: {subject.Events}");
                }

                foreach (CarriedOctets file in read.Octets)
                {
                    print.Line($"  {file.Sha256}: {file.Octets.Length} octets");
                }

                print.Faults(read.Faults, 20);
            }

            return read.Faults.Count > 0 ? ExitCode.DoesNotHold : ExitCode.Done;
        });
        return command;
    }

    private static Command Import(Printing print)
    {
        Argument<string> file = FileArgument();
        var dry = new Option<bool>("--dry-run")
        {
            Description = "Say what would become of it and record nothing",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "import",
            "Take a bundle of a trusted peer. What both nodes changed while apart is kept twice, as a conflict that people settle. Example: breakwater bundle import from-them.bundle"
        )
        {
            file,
            dry,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                SourceFile source = Read(parsed.GetValue(file)!);
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                bool isDry = parsed.GetValue(dry);
                (Imported? imported, Refusal? refusal) = await new Importing(
                    records,
                    Catalogue.Known,
                    SystemClock.Instance,
                    source.Name
                )
                    .Do(source.Content.ToArray(), isDry, cancel)
                    .ConfigureAwait(false);
                if (imported is null)
                {
                    throw new Fault(ExitCode.Refused, $"not imported: {refusal!.Reason}");
                }

                if (imported.Subjects.All(one => one.Outcome == Outcome.Refused))
                {
                    throw Fault.Unreadable(imported.Faults);
                }

                if (parsed.GetValue(json))
                {
                    print.Json(
                        new
                        {
                            imported.From,
                            IsDryRun = isDry,
                            imported.Subjects,
                            imported.Files,
                            imported.Faults,
                        }
                    );
                }
                else
                {
                    foreach (ImportedSubject one in imported.Subjects)
                    {
                        print.Line(
                            $"{one.Subject}: {Json(one.Outcome)}, {one.Events} events"
                                + (
                                    one.Conflict is { } conflict
                                        ? $"; both are kept until somebody settles conflict/{conflict}"
                                        : ""
                                )
                        );
                    }

                    print.Line(
                        isDry ? "dry run: nothing was recorded"
                        : imported.Files > 0
                            ? $"from {imported.From}, with {imported.Files} files of publications"
                        : $"from {imported.From}"
                    );
                    print.Faults(imported.Faults, 20);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Argument<string> FileArgument() =>
        new("FILE") { Description = "A bundle; - is standard input" };

    private static string Json(Outcome outcome) =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString());

    private static string Told(IReadOnlyList<Withheld> withheld) =>
        string.Join(
            "; ",
            withheld.Select(one => $"{one.Events} events of {one.Subjects} subjects ({one.Reason})")
        );

    private static SourceFile Read(string path) =>
        Files.Read(path, Bundle.OctetsMax) is var read && read.File is { } file
            ? file
            : throw new Fault(ExitCode.Usage, read.Fault!.ToString());

    private static Peer Addressed(IReadOnlyDictionary<string, Peer> peers, string? to) =>
        to is null && peers.Count == 1 ? peers.Values.Single()
        : to is not null && peers.TryGetValue(to, out Peer? peer) ? peer
        : throw new Fault(
            ExitCode.Usage,
            peers.Count == 0
                ? "this node has no peers. Run 'breakwater peer trust VERIFIER --organisation ID' first"
                : $"name the peer with --to: {string.Join(", ", peers.Keys)}"
        );

    /// <summary>Its owner's eyes alone: it is as readable as the store.</summary>
    private static void Write(string path, byte[] octets)
    {
        if (path == "-")
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(octets);
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(octets);
        file.Flush(flushToDisk: true);
    }
}
