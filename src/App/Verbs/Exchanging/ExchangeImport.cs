using System.CommandLine;
using Breakwater.App.Lists;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs.Exchanging;

/// <summary><c>exchange import</c>: a list of another initiative into the store of a node, with where it is from.</summary>
internal static class ExchangeImport
{
    private static readonly Dictionary<string, Marking> _markings = new(StringComparer.Ordinal)
    {
        ["public"] = Marking.Public,
        ["partners"] = new Marking(Distribution.Partners, Tlp.Clear),
        ["community"] = new Marking(Distribution.Community, Tlp.Green),
    };

    public static Command Command(Printing print)
    {
        var path = new Argument<string>("FILE")
        {
            Description = "A list as CSV; - is standard input",
        };
        var list = new Option<string>("--as")
        {
            Description = string.Join(", ", ListRead.Lists),
            HelpName = "LIST",
            Required = true,
        };
        var source = new Option<string?>("--source")
        {
            Description = "Who keeps the list, and where it was obtained; needed unless --dry-run",
            HelpName = "TEXT",
        };
        var licence = new Option<string?>("--licence")
        {
            Description =
                "Under which terms it may be used, unknown where none is stated; needed unless --dry-run",
            HelpName = "TERMS",
        };
        var obtained = new Option<string?>("--obtained")
        {
            Description = "When it was obtained from its source, as a UTC time",
            HelpName = "TIME",
        };
        var marking = new Option<string>("--marking")
        {
            Description = "Who may see it and what is made from it: public, partners or community",
            DefaultValueFactory = _ => "community",
        };
        marking.AcceptOnlyFromAmong([.. _markings.Keys]);
        var dry = new Option<bool>("--dry-run")
        {
            Description = "Say what each row is here, and store nothing",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "import",
            "Takes a list of another initiative into the store, where its rows stand beside what is measured and confirm nothing by themselves. The same octets again change nothing. Example: breakwater exchange import events.csv --as keepiton-events --source https://example.org/events --licence unknown"
        )
        {
            path,
            list,
            source,
            licence,
            obtained,
            marking,
            dry,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                (SourceFile file, SourceFile raw, IReadOnlyList<InputFault> damage) = Inputs.Open(
                    parsed.GetValue(path)!
                );
                string word = parsed.GetValue(list)!;
                // As it will be read from the store: the octets are kept as they are read, not as they were compressed.
                file = SourceFile.Of(raw.Name, file.Content);
                ListRead read = Read(word, file);
                InputFault[] faults = [.. damage, .. read.Faults];
                if (read.Rows == 0)
                {
                    throw Fault.Unreadable(
                        faults.DefaultIfEmpty(
                            new InputFault(file.Name, "line 1", "it has no rows", "Obtain it again")
                        )
                    );
                }

                if (parsed.GetValue(dry))
                {
                    Tell(print, parsed.GetValue(json), null, read, faults);
                    return ExitCode.Done;
                }

                var asked = new ImportList(
                    word,
                    file.Sha256,
                    file.Name,
                    Needed(parsed.GetValue(source), source),
                    Needed(parsed.GetValue(licence), licence),
                    Time(obtained.Name, parsed.GetValue(obtained)),
                    _markings[parsed.GetValue(marking)!]
                )
                {
                    Read = read,
                };
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                FileTaken<ImportedList> taken = await Keep(records, asked, file, cancel)
                    .ConfigureAwait(false);
                Tell(print, parsed.GetValue(json), taken, read, faults);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task<FileTaken<ImportedList>> Keep(
        SqlRecords records,
        ImportList asked,
        SourceFile file,
        CancellationToken cancel
    )
    {
        (FileTaken<ImportedList>? taken, Refusal? no) = await ListsTaken
            .Keep(
                records,
                asked,
                file,
                _operator,
                SystemClock.Instance.GetCurrentInstant(),
                work => work.Commit(null, cancel)
            )
            .ConfigureAwait(false);
        return taken
            ?? throw new Fault(
                no is null ? ExitCode.Conflict : ExitCode.Usage,
                no?.Reason
                    ?? "somebody took the same list at the same moment. Import it again to see it"
            );
    }

    private static readonly Participant _operator = new(
        "operator",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role> { Role.Analyst }
    );

    private static ListRead Read(string list, SourceFile file) =>
        ListRead.Of(list, file)
        ?? throw new Fault(
            ExitCode.Usage,
            $"there is no list '{list}'. {Nearest.Remedy(list, ListRead.Lists)}"
        );

    private static string Needed(string? text, Option option) =>
        string.IsNullOrWhiteSpace(text)
            ? throw new Fault(
                ExitCode.Usage,
                $"{option.Name} is missing: what is taken says where it is from and what may be done with it. Add it, or look with --dry-run"
            )
            : text.Trim();

    private static Instant? Time(string option, string? text) =>
        text is null ? null
        : InstantPattern.ExtendedIso.Parse(text) is { Success: true } time ? time.Value
        : throw new Fault(
            ExitCode.Usage,
            $"{option} {text} is no UTC time. Write 2026-01-08T16:30:00Z"
        );

    /// <param name="taken">Null for a dry run.</param>
    private static void Tell(
        Printing print,
        bool isJson,
        FileTaken<ImportedList>? taken,
        ListRead read,
        InputFault[] faults
    )
    {
        if (isJson || taken is null)
        {
            print.Json(
                new
                {
                    taken?.State.Id,
                    taken?.State.Sha256,
                    taken?.IsNew,
                    read.Rows,
                    // By what they are: a signal says its kind only as one of them.
                    Signals = read.Signals,
                    read.Coverage,
                    read.Commitments,
                    read.Answers,
                    read.Notes,
                    Faults = faults,
                }
            );
            return;
        }

        print.Faults(faults, 50);
        print.Line(
            taken.IsNew
                ? $"taken in as imported-list/{taken.State.Id}: {read.Rows} rows, {faults.Length} faults. Whoever may see it finds it at /imported-lists/{taken.State.Id}"
                : $"nothing changed: imported-list/{taken.State.Id} holds these octets since {taken.State.TakenAt}"
        );
    }
}
