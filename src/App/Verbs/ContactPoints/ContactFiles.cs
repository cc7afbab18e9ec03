using System.CommandLine;
using System.Text;
using Breakwater.App.Contacts;
using Breakwater.App.Exchange;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Files;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.ContactPoints;

/// <summary>Lists of contact points in and out, as CSV and vCard.</summary>
internal static class ContactFiles
{
    public static Command Import(Printing print)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                $"CSV with the columns {string.Join(',', ContactTexts.Columns)}, or vCard 3.0 or 4.0; - is standard input",
        };
        var keeper = new Option<string>("--keeper")
        {
            Description = "Id of the vetted organisation of this node that keeps them",
            HelpName = "ORGANISATION",
            Required = true,
        };
        var usual = new Option<string?>("--class")
        {
            Description = "Class of stakeholder of vCards that say none",
            HelpName = "CLASS",
        };
        Option<bool> dry = ContactsVerb.DryRun();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "import",
            "Take a list into the directory. Nobody in it counts as verified; a list that comes again changes nothing. Example: breakwater contacts import list.csv --keeper relief --dry-run"
        )
        {
            file,
            keeper,
            usual,
            dry,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                (SourceFile plain, _, IReadOnlyList<InputFault> damage) = Inputs.Open(
                    parsed.GetValue(file)!
                );
                string? stated = parsed.GetValue(usual);
                ContactsRead read = ContactsTaken.Read(
                    plain,
                    stated is null ? null : ContactOptions.ClassOf(stated)
                );
                await using SqlRecords records = ContactsVerb.Open(parsed.GetValue(data));
                string by = parsed.GetValue(keeper)!;
                if (!await Audience.IsOperating(records, by).ConfigureAwait(false))
                {
                    throw new Fault(
                        ExitCode.Refused,
                        $"no vetted organisation of this node has the id {by}; contact points are kept by one"
                    );
                }

                (IReadOnlyList<ImportedContact> contacts, IReadOnlyList<InputFault> refused) =
                    ContactImport.Plan(
                        plain.Name,
                        read.Rows,
                        await ContactsOnRecord.All(records).ConfigureAwait(false),
                        ContactsVerb.Operator(by),
                        ContactsVerb.Now
                    );
                bool isDry = parsed.GetValue(dry);
                if (!isDry)
                {
                    await Keep(print, records, contacts, cancel).ConfigureAwait(false);
                }

                InputFault[] faults = [.. damage, .. read.Faults, .. refused];
                Told(print, contacts, faults, isDry, parsed.GetValue(json));
                return contacts.Count == 0 && faults.Length > 0 ? ExitCode.Usage : ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Export(Printing print)
    {
        var filter = new ContactOptions();
        var form = new Option<string>("--form")
        {
            Description = "csv or vcard",
            HelpName = "FORM",
            DefaultValueFactory = _ => "csv",
        };
        var output = new Option<string?>("--out")
        {
            Description = "The file to write; left out, standard output",
            HelpName = "FILE",
        };
        var command = new Command(
            "export",
            "Write the directory as somebody may see it: ways in that are not for them are left out. Example: breakwater contacts export --form vcard --for relief --out contacts.vcf"
        )
        {
            form,
            output,
        };
        filter.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                string word = parsed.GetValue(form)!;
                if (word is not ("csv" or "vcard"))
                {
                    throw new Fault(
                        ExitCode.Usage,
                        $"--form {word} is not known. Write csv or vcard"
                    );
                }

                await using SqlRecords records = ContactsVerb.OpenToRead(
                    parsed.GetValue(filter.Data)
                );
                CallFor wanted = filter.Wanted(parsed);
                Contact[] found =
                [
                    .. (
                        await ContactsVerb
                            .Seen(records, parsed.GetValue(filter.For))
                            .ConfigureAwait(false)
                    )
                        .Where(one => one.State != ContactState.Retired && wanted.IsFor(one.Entry))
                        .OrderBy(one => one.Id, StringComparer.Ordinal),
                ];
                string text = word == "csv" ? ContactCsv.Write(found) : ContactVCard.Write(found);
                int without = found.Count(one => one.Reach is null);
                if (parsed.GetValue(output) is { } path)
                {
                    await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), cancel)
                        .ConfigureAwait(false);
                }

                if (parsed.GetValue(filter.Json))
                {
                    print.Json(
                        new
                        {
                            Form = word,
                            Contacts = found.Length,
                            WithoutWaysIn = without,
                            File = parsed.GetValue(output),
                            Text = parsed.GetValue(output) is null ? text : null,
                        }
                    );
                }
                else if (parsed.GetValue(output) is { } written)
                {
                    print.Line(
                        $"{written}: {found.Length} contact points, {without} of them without ways in because of their markings"
                    );
                }
                else
                {
                    print.Line(text.TrimEnd().ReplaceLineEndings("\n"));
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task Keep(
        Printing print,
        SqlRecords records,
        IReadOnlyList<ImportedContact> contacts,
        CancellationToken cancel
    )
    {
        (int kept, bool areAll) = await ContactsTaken
            .Keep(
                records,
                contacts,
                "operator",
                ContactsVerb.Now,
                work => work.Commit(null, cancel),
                taken => print.Progress($"{taken} taken")
            )
            .ConfigureAwait(false);
        print.ProgressDone();
        if (!areAll)
        {
            throw new Fault(
                ExitCode.Conflict,
                $"somebody else changed one of them at the same moment; {kept} were taken. Import the list again for the rest"
            );
        }
    }

    private static void Told(
        Printing print,
        IReadOnlyList<ImportedContact> contacts,
        InputFault[] faults,
        bool isDry,
        bool isJson
    )
    {
        int Count(TakenIn what) => contacts.Count(one => one.Imported == what);
        if (isJson)
        {
            print.Json(
                new
                {
                    DryRun = isDry,
                    Added = Count(TakenIn.Added),
                    Changed = Count(TakenIn.Changed),
                    Same = Count(TakenIn.Same),
                    Contacts = contacts.Select(one => new
                    {
                        one.Line,
                        one.Id,
                        one.Imported,
                    }),
                    Skipped = faults,
                }
            );
            return;
        }

        print.Faults(faults, 50);
        print.Line(
            $"{(isDry ? "would take in" : "taken in")}: {Count(TakenIn.Added)} added, {Count(TakenIn.Changed)} changed, {Count(TakenIn.Same)} the same, {faults.Length} faults"
        );
    }
}
