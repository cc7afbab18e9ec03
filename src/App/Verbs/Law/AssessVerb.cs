using System.CommandLine;
using Breakwater.App.Law;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms assess</c>: findings on the facts of one incident, by rule and reading.</summary>
internal static class AssessVerb
{
    private static readonly Option<int> _level = new("--level")
    {
        Description =
            "2 also argues out what is contested: which positions can be held together, and by whom",
        DefaultValueFactory = _ => 1,
        HelpName = "1|2",
    };

    public static Command Command(Printing print)
    {
        var question = new Inquiry();
        Option<bool> json = Options.Json();
        var command = new Command(
            "assess",
            "What each named reading concludes from these facts, why, and what is missing. Example: breakwater norms assess facts.yaml --valid-as-of 2020-04-22 --json"
        );
        question.AddTo(command);
        command.Add(_level);
        command.Add(json);
        command.SetAction(parsed =>
        {
            int level = parsed.GetValue(_level);
            if (level is not (1 or 2))
            {
                throw new Fault(ExitCode.Usage, $"--level {level}: there are levels 1 and 2");
            }

            (LawPack pack, _, Assessed assessed) = question.Ask(parsed);
            PositionsFound? positions = level == 2 ? PositionsFromFindings.Of(assessed) : null;
            Inquiry.SayUnsealed(print, pack);
            if (parsed.GetValue(json))
            {
                print.Json(AssessDocument.Of(assessed, positions));
            }
            else
            {
                AssessTables.Write(print, assessed, positions);
            }

            return pack.Unsealed.Count > 0 ? ExitCode.DoesNotHold : ExitCode.Done;
        });
        return command;
    }
}
