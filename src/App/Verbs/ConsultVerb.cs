using System.CommandLine;
using System.Globalization;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Subjects;
using Breakwater.Feeds.Consultations;
using Breakwater.Feeds.Cycles;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Publications.Consultations;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>consult list / show / report / cluster / inputs import / cycle</c>: consultations on record, and inputs in files.</summary>
internal static class ConsultVerb
{
    private static readonly string[] _forms = ["html", "markdown", "json"];

    public static Command Command(Printing print) =>
        new(
            "consult",
            "Consultations: what is on record, their reports, inputs from a file, and which inputs of a file repeat one another"
        )
        {
            List(print),
            Show(print),
            Report(print),
            Cluster(print),
            Import(print),
            CycleOf(print),
        };

    private static Command List(Printing print)
    {
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "list",
            "Consultations that the public may see. Example: breakwater consult list"
        )
        {
            json,
            data,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                await using SqlRecords records = Open(parsed.GetValue(data));
                Consultation[] all =
                [
                    .. (await records.AllOf(Consultation.Kind).ConfigureAwait(false))
                        .Where(IsPublic)
                        .Select(Read),
                ];
                if (parsed.GetValue(json))
                {
                    print.Json(
                        all.Select(one => new
                        {
                            one.Id,
                            one.Title,
                            one.Standing,
                            one.InputsUntil,
                            one.LaunchedAt,
                        })
                    );
                    return ExitCode.Done;
                }

                foreach (Consultation one in all)
                {
                    print.Line($"{one.Id}  {one.Standing, -9}  {one.Title}");
                }

                print.Line(all.Length == 0 ? "no consultation is on record" : "");
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Show(Printing print)
    {
        Argument<string> id = Id();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "show",
            "One consultation with its inputs: how many wordings, what repeats what, what went nowhere. Example: breakwater consult show 01ab"
        )
        {
            id,
            json,
            data,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                await using SqlRecords records = Open(parsed.GetValue(data));
                (Consultation consultation, HeldInputs held) = await Find(
                        records,
                        parsed.GetValue(id)!
                    )
                    .ConfigureAwait(false);
                InputTraces traces = held.Traces(consultation);
                if (parsed.GetValue(json))
                {
                    print.Json(ConsultationReport.Of(consultation, held.All, held.Groups, traces));
                    return ExitCode.Done;
                }

                print.Line(consultation.Title);
                print.Line($"{consultation.Standing}; inputs until {consultation.InputsUntil}");
                Told(print, held.Groups);
                print.Line(
                    Text(
                        $"{traces.Untraced.Count} inputs go nowhere so far; {consultation.Paragraphs.Count} paragraphs"
                    )
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Report(Printing print)
    {
        Argument<string> id = Id();
        var form = new Option<string>("--form")
        {
            Description = $"One of {string.Join(", ", _forms)}",
            DefaultValueFactory = _ => "markdown",
        };
        form.AcceptOnlyFromAmong(_forms);
        var language = new Option<string>("--lang")
        {
            Description = "en, fr or ar",
            DefaultValueFactory = _ => "en",
        };
        Option<string?> data = Options.Data();
        var command = new Command(
            "report",
            "The report of a consultation on standard output. Example: breakwater consult report 01ab --form html --lang fr > report.html"
        )
        {
            id,
            form,
            language,
            data,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                await using SqlRecords records = Open(parsed.GetValue(data));
                (Consultation consultation, HeldInputs held) = await Find(
                        records,
                        parsed.GetValue(id)!
                    )
                    .ConfigureAwait(false);
                var report = ConsultationReport.Of(
                    consultation,
                    held.All,
                    held.Groups,
                    held.Traces(consultation)
                );
                string lang = parsed.GetValue(language)!;
                switch (parsed.GetValue(form))
                {
                    case "html":
                        print.Line(ConsultationReportHtml.Write(report, lang));
                        break;
                    case "json":
                        print.Json(report);
                        break;
                    default:
                        print.Line(ConsultationReportMarkdown.Write(report, lang));
                        break;
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Cluster(Printing print)
    {
        var file = new Argument<string>("FILE") { Description = "A file of inputs: inputs.json" };
        Option<bool> json = Options.Json();
        var command = new Command(
            "cluster",
            "Which inputs of a file repeat one another, and which topics they speak of. Example: breakwater consult cluster inputs.json --json"
        )
        {
            file,
            json,
        };
        command.SetAction(parsed =>
        {
            InputsRead read = InputsFile.Read(parsed.GetValue(file)!);
            print.Faults(read.Faults, 20);
            if (read.Inputs.Count == 0)
            {
                return ExitCode.Usage;
            }

            InputText[] texts =
            [
                .. read.Inputs.Select(input => new InputText(input.Id, input.At, input.Text)),
            ];
            InputGroups groups = GroupsFromInputs.Find(texts);
            var copies = groups
                .Groups.SelectMany(group => group.Copies)
                .Select(copy => copy.Id)
                .ToHashSet();
            Topics topics = TopicsFromInputs.Find([
                .. texts.Where(input => !copies.Contains(input.Id)),
            ]);
            if (parsed.GetValue(json))
            {
                print.Json(new { Groups = groups, Topics = topics });
                return ExitCode.Done;
            }

            Told(print, groups);
            foreach (Topic topic in topics.All)
            {
                print.Line(Text($"topic: {string.Join(", ", topic.Words)} ({topic.Inputs.Count})"));
            }

            int marked = read.Inputs.Count(input => input.DuplicateOf is not null);
            if (marked > 0)
            {
                int found = read.Inputs.Count(input =>
                    input.DuplicateOf is not null && copies.Contains(input.Id)
                );
                print.Line(
                    Text($"the file marks {marked} as repeating; {found} of them were found")
                );
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Import(Printing print)
    {
        var file = new Argument<string>("FILE") { Description = "A file of inputs: inputs.json" };
        var to = new Option<string>("--to")
        {
            Description = "Id of the consultation",
            HelpName = "ID",
            Required = true,
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "import",
            "Add inputs that came by file to a consultation: all are kept, and what was imported before is not added again. Example: breakwater consult inputs import inputs.json --to 01ab"
        )
        {
            file,
            to,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                InputsRead read = InputsFile.Read(parsed.GetValue(file)!);
                print.Faults(read.Faults, 20);
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                InputsImported done = await InputImport
                    .Into(records, parsed.GetValue(to)!, read.Inputs, cancel)
                    .ConfigureAwait(false);
                if (parsed.GetValue(json))
                {
                    print.Json(done);
                }
                else
                {
                    print.Line(
                        Text(
                            $"{done.Added} inputs added, {done.Known} were there already, {done.Late} of them late, {read.Faults.Count} lines not read"
                        )
                    );
                }

                return read.Faults.Count > 0 ? ExitCode.Usage : ExitCode.Done;
            }
        );
        return new Command("inputs", "Inputs that came by file") { command };
    }

    private static Command CycleOf(Printing print)
    {
        var id = new Argument<string>("ID")
        {
            Description = "Id of a bundled cycle",
            DefaultValueFactory = _ => "bpf-2025",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "cycle",
            "A bundled example of a cycle, from its launch to what is put to the next one. Example: breakwater consult cycle bpf-2025"
        )
        {
            id,
            json,
        };
        command.SetAction(parsed =>
        {
            CycleRead read = BundledCycles.Read(parsed.GetValue(id)!);
            if (read.Cycle is not { } cycle)
            {
                throw App.Fault.Unreadable(read.Faults);
            }

            print.Faults(read.Faults);
            if (parsed.GetValue(json))
            {
                print.Json(cycle);
                return ExitCode.Done;
            }

            print.Line($"{cycle.Title} (bundled example)");
            foreach (
                Preparedness.Cycles.Milestone each in Preparedness.Cycles.Milestone.Ordered(
                    cycle.Milestones
                )
            )
            {
                print.Line($"{each.When ?? "not known", -10}  {each.What}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Id() =>
        new("ID") { Description = "Id of the consultation; consult list gives them" };

    private static SqlRecords Open(string? data) => DataFolder.OpenToRead(DataFolder.Path(data));

    private static async Task<(Consultation, HeldInputs)> Find(SqlRecords records, string id) =>
        await records.Document($"{Consultation.Kind}/{id}").ConfigureAwait(false) is { } document
        && IsPublic(document)
            ? (Read(document), await HeldInputs.Read(records, id).ConfigureAwait(false))
            : throw new Fault(
                ExitCode.Usage,
                $"no consultation with the id {id} is on record. Run breakwater consult list"
            );

    private static bool IsPublic(Document document) =>
        Representation.May(Reader.Anonymous, document, SystemClock.Instance.GetCurrentInstant());

    private static Consultation Read(Document document) =>
        SubjectKind<Consultation, ConsultationEvent>.Read(document.Body);

    private static void Told(Printing print, InputGroups groups)
    {
        print.Line(
            Text(
                $"{groups.Inputs} inputs of {groups.Voices} wordings; {groups.Groups.Count} wordings were sent more than once"
            )
        );
        foreach (InputGroup group in groups.Groups.Take(20))
        {
            print.Line(
                Text(
                    $"{group.Count, 6} x {group.First}{(group.IsFlood ? $"  flood: {group.PerHourMax} within an hour" : "")}"
                )
            );
        }
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
