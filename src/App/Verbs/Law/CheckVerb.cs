using System.CommandLine;
using Breakwater.App.Law;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms check</c>: whether a pack can be used, its twins come out as written, and its files are as its manifest says.</summary>
internal static class CheckVerb
{
    private static readonly Argument<string?> _folder = new("DIR")
    {
        Description = "Folder of a law pack (default: the one that comes with the program)",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<bool> _seal = new("--seal")
    {
        Description = "Write the manifest anew: the pack is then sealed as it is",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        var command = new Command(
            "check",
            "Whether a law pack can be used: every fault with file and line, its twins tried, its files against its manifest. Example: breakwater norms check mypack --seal"
        )
        {
            _folder,
            _seal,
            json,
        };
        command.SetAction(parsed =>
        {
            string folder =
                parsed.GetValue(_folder)
                ?? Path.Combine(LawPackReader.Folder, LawPackReader.Default);
            (LawPack pack, _) = Inquiry.Read(folder);
            CasesRead twins = CasesReader.Twins(folder, pack);
            if (twins.Faults.Count > 0)
            {
                throw Fault.Unreadable(twins.Faults);
            }

            Score score = Scoring.Of(pack, twins.Cases);
            bool isSealing = parsed.GetValue(_seal);
            if (isSealing && score.Mismatched.Count == 0)
            {
                PackManifest.Seal(folder);
                pack = Inquiry.Read(folder).Pack;
            }

            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        pack = AssessDocument.PackOf(pack),
                        packHash = pack.Hash,
                        rules = pack.Rules.Count,
                        facts = pack.Facts.Count,
                        profiles = pack.Profiles.Count,
                        gaps = pack.Gaps.Count,
                        pack.Unsealed,
                        twins = new { expectations = score.Expectations, matched = score.Matched },
                        mismatched = score.Mismatched.Select(one => new
                        {
                            file = one.Case.At.File,
                            line = one.Expected.At.Line,
                            one.Expected.Rule,
                            one.Expected.Profile,
                            expected = one.Expected.Outcome.Word(),
                            actual = one.Actual.Word(),
                        }),
                    }
                );
            }
            else
            {
                Write(print, pack, score, isSealing);
            }

            return score.Mismatched.Count == 0 && pack.Unsealed.Count == 0
                ? ExitCode.Done
                : ExitCode.DoesNotHold;
        });
        return command;
    }

    private static void Write(Printing print, LawPack pack, Score score, bool isSealing)
    {
        print.Line(
            $"{pack.Id} {pack.Version}: {pack.Rules.Count} rules, {pack.Facts.Count} facts, {pack.Profiles.Count} profiles, {pack.Gaps.Count} gaps"
        );
        print.Line(
            pack.Reviewers.Count == 0
                ? "  draft: no lawyer has reviewed it"
                : $"  reviewed by {string.Join(", ", pack.Reviewers)}"
        );
        int unchecked_ = pack.Rules.Sum(rule => rule.Sources.Count(source => !source.IsChecked));
        print.Line(
            $"  {unchecked_} of {pack.Rules.Sum(rule => rule.Sources.Count)} citations have a place that nobody has re-read"
        );
        print.Line($"  twins: {score.Matched} of {score.Expectations} come out as written");
        foreach (Mismatch one in score.Mismatched)
        {
            print.Line(
                $"    {one.Case.At.File}, line {one.Expected.At.Line}: {one.Expected.Rule} in {one.Expected.Profile} is {one.Actual.Word()}, and the twin says {one.Expected.Outcome.Word()}. Correct the rule or the twin"
            );
        }

        print.Line($"  {pack.Hash}");
        if (isSealing && score.Mismatched.Count > 0)
        {
            print.Line("  not sealed: twins differ. Correct them first");
        }
        else if (pack.Unsealed.Count > 0)
        {
            print.Line("  not sealed; these are not as the manifest says:");
            foreach (string file in pack.Unsealed.Take(20))
            {
                print.Line($"    {file}");
            }

            if (pack.Unsealed.Count > 20)
            {
                print.Line($"    and {pack.Unsealed.Count - 20} more");
            }

            print.Line("  When you are done: breakwater norms check DIR --seal");
        }
        else
        {
            print.Line(isSealing ? "  sealed" : "  sealed: every file is as the manifest says");
        }
    }
}
