using System.CommandLine;
using System.Text;
using Breakwater.App.Agreements;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.App.Verbs.ContactPoints;
using Breakwater.Feeds.Preparing;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Files;
using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Preparing;

/// <summary><c>agreements import</c> and <c>agreements export</c>: a file of agreements into a store, and out of it.</summary>
internal static class AgreementsExchangeVerbs
{
    /// <summary>Agreements of one commit; what a large import has done before it is ended by hand stays done.</summary>
    private const int AtOnce = 200;

    public static Command Import(Printing print)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "A YAML file of agreements, as 'agreements verify' takes it; - is standard input",
        };
        var proposer = new Option<string>("--for")
        {
            Description =
                "Id of the vetted organisation of this node that proposes them; it is a party of each",
            HelpName = "ORGANISATION",
            Required = true,
        };
        var isOpen = new Option<bool>("--public")
        {
            Description = "Everybody may see them (default: the community, TLP:GREEN)",
        };
        Option<bool> dry = ContactsVerb.DryRun();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "import",
            "Lay the agreements of a file before their parties. Written is not signed: each party signs here. Those that are refused are named, the rest is taken, and a file that comes again changes nothing. Example: breakwater agreements import agreements.yaml --for relief"
        )
        {
            file,
            proposer,
            isOpen,
            dry,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string path = parsed.GetValue(file)!;
                AgreementsRead read = AgreementsReader.Read(path, DisruptionsAtHand.Kinds);
                if (read.Agreements.Count == 0)
                {
                    throw Fault.Unreadable(read.Faults);
                }

                string by = parsed.GetValue(proposer)!;
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                if (!await Audience.IsOperating(records, by).ConfigureAwait(false))
                {
                    throw new Fault(
                        ExitCode.Refused,
                        $"no vetted organisation of this node has the id {by}; agreements are proposed by one that is a party"
                    );
                }

                Instant now = SystemClock.Instance.GetCurrentInstant();
                Marking marking = parsed.GetValue(isOpen)
                    ? Marking.Public
                    : new Marking(Distribution.Community, Tlp.Green);
                (IReadOnlyList<ImportedAgreement> taken, IReadOnlyList<InputFault> refused) =
                    AgreementImport.Plan(
                        Path.GetFileName(path),
                        [.. read.Agreements.Select(one => Row(one, marking))],
                        await Known(records).ConfigureAwait(false),
                        DisruptionsAtHand.Kinds,
                        ContactsVerb.Operator(by),
                        now
                    );
                bool isDry = parsed.GetValue(dry);
                if (!isDry)
                {
                    await Keep(print, records, taken, now, cancel).ConfigureAwait(false);
                }

                InputFault[] faults = [.. read.Single, .. refused];
                Tell(print, read, taken, faults, isDry, parsed.GetValue(json));
                return taken.Count == 0 && faults.Length > 0 ? ExitCode.Usage : ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Export(Printing print)
    {
        Option<string?> who = ContactsVerb.For();
        var output = new Option<string?>("--out")
        {
            Description = "The file to write; left out, standard output",
            HelpName = "FILE",
        };
        Option<string?> data = Options.Data();
        var command = new Command(
            "export",
            "Write the agreements on record, as somebody may see them, as a file that 'agreements import' and 'agreements verify' take. Example: breakwater agreements export --for relief --out agreements.yaml"
        )
        {
            who,
            output,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = AgreementsOnRecordVerbs.Store(
                    parsed.GetValue(data)
                );
                Agreement[] agreements =
                [
                    .. (
                        await AgreementsOnRecordVerbs
                            .Seen(
                                records,
                                parsed.GetValue(who),
                                SystemClock.Instance.GetCurrentInstant()
                            )
                            .ConfigureAwait(false)
                    ).OrderBy(one => one.Id, StringComparer.Ordinal),
                ];
                string text = AgreementYaml.Write(agreements);
                if (parsed.GetValue(output) is not { } path)
                {
                    print.Line(text.TrimEnd());
                    return ExitCode.Done;
                }

                await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), cancel)
                    .ConfigureAwait(false);
                print.Line($"{path}: {agreements.Length} agreements");
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static AgreementRow Row(WrittenAgreement one, Marking marking) =>
        new(
            one.Line,
            new ProposeAgreement(one.Id, one.Name, one.Parties, one.Terms, marking),
            one.IsSound
        );

    private static async Task<Dictionary<string, Agreement>> Known(SqlRecords records) =>
        (
            await new Workspace(records).All<Agreement, AgreementEvent>().ConfigureAwait(false)
        ).ToDictionary(at => at.State!.Id, at => at.State!, StringComparer.Ordinal);

    private static async Task Keep(
        Printing print,
        SqlRecords records,
        IReadOnlyList<ImportedAgreement> taken,
        Instant now,
        CancellationToken cancel
    )
    {
        int kept = 0;
        foreach (ImportedAgreement[] some in taken.Where(one => one.Events.Count > 0).Chunk(AtOnce))
        {
            var work = new Workspace(records);
            foreach (ImportedAgreement one in some)
            {
                work.Stage(
                    await work.Load<Agreement, AgreementEvent>(one.Id).ConfigureAwait(false),
                    one.Events,
                    "operator"
                );
            }

            await Catalogue.Known.Follow(work, now).ConfigureAwait(false);
            if (await work.Commit(null, cancel).ConfigureAwait(false) is not Appended)
            {
                throw new Fault(
                    ExitCode.Conflict,
                    $"somebody else proposed one of them at the same moment; {kept} were taken. Import the file again for the rest"
                );
            }

            kept += some.Length;
            print.Progress($"{kept} taken");
        }

        print.ProgressDone();
    }

    private static void Tell(
        Printing print,
        AgreementsRead read,
        IReadOnlyList<ImportedAgreement> taken,
        InputFault[] faults,
        bool isDry,
        bool isJson
    )
    {
        string[] added = [.. taken.Where(one => one.Events.Count > 0).Select(one => one.Id)];
        string[] same = [.. taken.Where(one => one.Events.Count == 0).Select(one => one.Id)];
        string[] said =
        [
            .. read
                .Agreements.Where(one => one.Signed.Count > 0 && added.Contains(one.Id))
                .Select(one => one.Id),
        ];
        if (isJson)
        {
            print.Json(
                new
                {
                    DryRun = isDry,
                    Proposed = added,
                    Same = same,
                    SignaturesNotTaken = said,
                    Skipped = faults,
                }
            );
            return;
        }

        print.Faults(faults, 50);
        foreach (string id in said)
        {
            print.Line($"{id}: the file says who signed; here each party signs for itself");
        }

        print.Line(
            $"{(isDry ? "would propose" : "proposed")}: {added.Length}, {same.Length} the same, {faults.Length} faults"
        );
    }
}
