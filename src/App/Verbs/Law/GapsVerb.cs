using System.CommandLine;
using Breakwater.App.Gaps;
using Breakwater.App.Law;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Publications.Gaps;
using Breakwater.Records;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms gaps</c>: where law is silent or divided on these facts.</summary>
internal static class GapsVerb
{
    public static Command Command(Printing print)
    {
        var inquiry = new Inquiry();
        Option<bool> json = Options.Json();
        var command = new Command(
            "gaps",
            "Where law is silent or divided on these facts; of a data folder: how often its disruptions met with each gap. Example: breakwater norms gaps facts.yaml"
        );
        inquiry.AddTo(command);
        command.Add(json);
        command.SetAction(async parsed =>
        {
            if (inquiry.Named(parsed) is [{ } folder] && Directory.Exists(folder))
            {
                await Ledger(print, folder, parsed.GetValue(json)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            (LawPack pack, _, Assessed assessed) = inquiry.Ask(parsed);
            Inquiry.SayUnsealed(print, pack);
            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        packHash = pack.Hash,
                        factsHash = assessed.Facts.Hash,
                        asOf = AssessDocument.DaysOf(assessed),
                        gaps = assessed.Gaps.Select(entry => AssessDocument.GapOf(assessed, entry)),
                    }
                );
            }
            else
            {
                AssessTables.Heading(print, assessed);
                AssessTables.Gaps(print, assessed.Gaps);
                if (assessed.Gaps.Count == 0)
                {
                    print.Line(
                        "No gap was met with on these facts. Unknown facts may hide one: see breakwater norms ask FACTS"
                    );
                }
            }

            return pack.Unsealed.Count > 0 ? ExitCode.DoesNotHold : ExitCode.Done;
        });
        return command;
    }

    /// <summary>How often the disruptions of a store met with each gap, as far as the public may see them.</summary>
    private static async Task Ledger(Printing print, string folder, bool isJson)
    {
        await using SqlRecords records = DataFolder.OpenToRead(folder);
        GapLedger ledger = await GapsOnRecord.Of(records).ConfigureAwait(false);
        if (isJson)
        {
            print.Json(ledger);
            return;
        }

        print.Line(
            $"GAP LEDGER  {ledger.Disruptions} disruptions with findings, as the public may see them; {ledger.Standard}"
        );
        foreach (GapCount gap in ledger.Gaps)
        {
            print.Line($"  {gap.Gap}  {gap.Disruptions, 4}  {gap.Text}");
        }
    }
}
