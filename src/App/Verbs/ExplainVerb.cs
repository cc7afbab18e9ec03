using System.CommandLine;
using Breakwater.App.Pages;
using Breakwater.Disruptions;
using Breakwater.Records;

namespace Breakwater.App.Verbs;

/// <summary><c>explain ID</c>.</summary>
internal static class ExplainVerb
{
    private const int InputsShown = 8;

    public static Command Command(Printing print)
    {
        var id = new Argument<string>("ID")
        {
            Description = "Id of a product, or of a sentence, row or figure of a report",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "explain",
            "The chain from a product or sentence back to raw rows. Example: breakwater explain disruption-d29f8a01e87a0195 --data DIR"
        )
        {
            id,
            json,
            data,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                string folder = DataFolder.Path(parsed.GetValue(data));
                await using SqlRecords records = DataFolder.OpenToRead(folder);
                ExplanationNode node =
                    await Explanation.Of(records, parsed.GetValue(id)!).ConfigureAwait(false)
                    ?? throw new Fault(
                        ExitCode.Usage,
                        $"{parsed.GetValue(id)}: nothing that may be shown has this id in {folder}. Ids stand beside each product and sentence; name the store with --data"
                    );
                if (parsed.GetValue(json))
                {
                    print.Json(node);
                }
                else
                {
                    await Tell(print, records, node.Id).ConfigureAwait(false);
                    Show(print, node, 0);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>A disruption is told first as a whole: who agrees, who does not, what nobody could see, what was told before.</summary>
    private static async Task Tell(Printing print, IRecords records, string id)
    {
        var view = new PublicView(records);
        if (await view.Find<Disruption>("disruption", id).ConfigureAwait(false) is not { } found)
        {
            return;
        }

        Disruption disruption = found.Body;
        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        string latest = standing.Latest(id);
        if (latest != id)
        {
            print.Line($"TOLD AGAIN  what became known later is told as {latest}");
        }

        if (standing.IsWithdrawn(latest))
        {
            print.Line("WITHDRAWN  what became known later leaves nothing of it");
        }

        DisruptionTables.Disruption(print, disruption);
        DisruptionTables.Unseen(
            print,
            disruption,
            await view.BlindDuring(disruption).ConfigureAwait(false),
            await view.RevisionsOf(disruption).ConfigureAwait(false)
        );
        print.Line();
        print.Line("WHERE IT COMES FROM  each product, what it was made from, down to raw rows");
    }

    private static void Show(Printing print, ExplanationNode node, int depth)
    {
        string indent = new(' ', depth * 2);
        print.Line($"{indent}{node.Kind} {node.Id}{(node.Repeated ? " (shown above)" : "")}");
        print.Line($"{indent}  {node.Summary}");
        foreach (RawRecord raw in node.Evidence)
        {
            print.Line(
                $"{indent}  raw: {raw.Evidence.File}{(raw.Evidence.Rows is null ? "" : $" lines {raw.Evidence.Rows}")}{(raw.Evidence.Column is null ? "" : $", column {raw.Evidence.Column}")}, {raw.State}, sha256 {raw.Evidence.Sha256[..16]}…"
            );
            if (raw.Header is not null)
            {
                print.Line($"{indent}    {raw.Header.TrimEnd('\r')}");
            }

            for (int i = 0; i < raw.Raw.Count; i++)
            {
                if (raw.Omitted > 0 && i == raw.Raw.Count / 2)
                {
                    print.Line($"{indent}    … {raw.Omitted} lines …");
                }

                print.Line($"{indent}    {raw.Raw[i].TrimEnd('\r')}");
            }
        }

        foreach (ExplanationNode input in node.Inputs.Take(InputsShown))
        {
            Show(print, input, depth + 1);
        }

        if (node.Inputs.Count > InputsShown)
        {
            print.Line(
                $"{indent}  and {node.Inputs.Count - InputsShown} more inputs (--json lists all)"
            );
        }
    }
}
