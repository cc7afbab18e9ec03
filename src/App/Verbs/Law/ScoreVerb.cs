using System.CommandLine;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms score</c>: the pack against decided cases.</summary>
internal static class ScoreVerb
{
    private static readonly Argument<string> _cases = new("CASES")
    {
        Description = "Cases with the outcomes expected of them (YAML)",
    };

    public static Command Command(Printing print)
    {
        Option<string?> pack = Inquiry.PackOption();
        Option<bool> json = Options.Json();
        var command = new Command(
            "score",
            "The pack against cases: how many expectations it meets, by how they are known, and every mismatch with its reasons. Example: breakwater norms score cases.yaml"
        )
        {
            _cases,
            pack,
            json,
        };
        command.SetAction(parsed =>
        {
            (LawPack law, _) = Inquiry.Read(parsed.GetValue(pack));
            CasesRead read = CasesReader.Read(parsed.GetValue(_cases)!, law);
            if (read.Faults.Count > 0)
            {
                throw Fault.Unreadable(read.Faults);
            }

            Score score = Scoring.Of(law, read.Cases);
            Inquiry.SayUnsealed(print, law);
            if (parsed.GetValue(json))
            {
                print.Json(Document(score));
            }
            else
            {
                Write(print, law, score);
            }

            return score.Mismatched.Count > 0 || law.Unsealed.Count > 0
                ? ExitCode.DoesNotHold
                : ExitCode.Done;
        });
        return command;
    }

    private static object Document(Score score) =>
        new
        {
            score.Cases,
            score.Expectations,
            score.Matched,
            mismatched = score.Mismatched.Select(one => new
            {
                @case = one.Case.Facts.Id,
                rule = one.Expected.Rule,
                profile = one.Expected.Profile,
                expected = one.Expected.Outcome.Word(),
                actual = one.Actual.Word(),
                basis = Word(one.Expected.Basis),
                asOf = one.Expected.AsOf?.Text,
                note = one.Expected.Note,
            }),
            byBasis = score.ByBasis.ToDictionary(pair => Word(pair.Key), pair => pair.Value),
            dated = new { expectations = score.Dated, matched = score.DatedMatched },
        };

    private static void Write(Printing print, LawPack pack, Score score)
    {
        print.Line(
            $"SCORE  {score.Cases} cases: {score.Matched} of {score.Expectations} expectations met, {score.DatedMatched} of {score.Dated} dated ones"
        );
        foreach ((Basis basis, BasisScore one) in score.ByBasis)
        {
            print.Line($"  {Word(basis), -18} {one.Matched} of {one.Total}");
        }

        print.Line(
            "  Agreement shows that pack and cases are consistent. It does not show that the law is right: a lawyer does."
        );
        foreach (Mismatch one in score.Mismatched)
        {
            print.Line();
            print.Line(
                $"  {one.Case.Facts.Id}, {one.Expected.Rule} in {one.Expected.Profile}{(one.Expected.AsOf is { } day ? $" as of {day}" : "")}: expected {one.Expected.Outcome.Word()} ({Word(one.Expected.Basis)}), is {one.Actual.Word()}"
            );
            AsOf asOf =
                one.IsDated && one.Expected.AsOf is { } valid
                    ? new AsOf(valid.Last, one.Case.Facts.Conduct?.LastDay)
                    : AsOf.Undated;
            Assessed assessed = Assessed.Of(
                Programme.Of(pack, asOf, one.Case.Facts.IsClosed),
                one.Case.Facts,
                [one.Expected.Profile]
            );
            foreach (
                string line in ReasonLines.Of(assessed, one.Expected.Rule, one.Expected.Profile)
            )
            {
                print.Line($"    {line}");
            }
        }
    }

    public static string Word(Basis basis) =>
        basis switch
        {
            Basis.ReasonableGrounds => "reasonable_grounds",
            _ => Tables.Word(basis),
        };
}
