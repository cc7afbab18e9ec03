using System.CommandLine;
using Breakwater.App.Agreements;
using Breakwater.Feeds.Preparing;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.Preparing;

/// <summary><c>agreements verify FILE</c>: a file of agreements as a whole: circles of triggers, ids that are nowhere, parties, dates.</summary>
internal static class AgreementsFileVerb
{
    public static Command Command(Printing print)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "A YAML file with 'agreements:'. Each has id, name, kind, parties (name, class, organisation), places, action, from, and may have until, quantity, unit, groups, conditions, test_months, signed and trigger. A trigger lists alternatives: '- all:' with conditions, each one of disruption: {kinds, within, confirmed, confidence, lasts_hours, people}, agreement: ID, time: {since, until}, with not: true to turn it round. - is standard input",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "verify",
            "Look through a file of agreements: circles of triggers, unknown ids, parties listed twice, dates, signatures of strangers. Example: breakwater agreements verify agreements.yaml"
        )
        {
            file,
            json,
        };
        command.SetAction(parsed =>
        {
            AgreementsRead read = AgreementsReader.Read(
                parsed.GetValue(file)!,
                DisruptionsAtHand.Kinds
            );
            if (read.Agreements.Count == 0)
            {
                throw Fault.Unreadable(read.Faults);
            }

            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        Holds = read.Faults.Count == 0,
                        read.Agreements,
                        read.Faults,
                    }
                );
            }
            else
            {
                Tell(print, read);
            }

            return read.Faults.Count == 0 ? ExitCode.Done : ExitCode.DoesNotHold;
        });
        return command;
    }

    private static void Tell(Printing print, AgreementsRead read)
    {
        foreach (WrittenAgreement one in read.Agreements)
        {
            string[] silent =
            [
                .. one
                    .Parties.Where(party =>
                        !one.Signed.Contains(party.Key()) && !one.Signed.Contains(party.Name)
                    )
                    .Select(party => party.Name),
            ];
            print.Line(
                $"{one.Id}  {Checks.Word(one.Terms.Kind)}  {string.Join(", ", one.Terms.Places)}  {(one.Parties.Count == 0 ? "not in force: it names no parties" : silent.Length == 0 ? "signed by all" : $"not in force: {string.Join(", ", silent)} did not sign")}"
            );
        }

        foreach (InputFault fault in read.Faults)
        {
            print.Line($"FAILS    {fault}");
        }

        print.Line(
            read.Faults.Count == 0
                ? $"{read.Agreements.Count} agreements hold together"
                : $"{read.Agreements.Count} agreements, {read.Faults.Count} faults"
        );
    }
}
