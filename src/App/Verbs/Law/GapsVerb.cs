using System.CommandLine;
using Breakwater.App.Law;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

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
            "Where law is silent or divided on these facts. Example: breakwater norms gaps facts.yaml"
        );
        inquiry.AddTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
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
                        gaps = assessed.Gaps.Select(AssessDocument.GapOf),
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
}
