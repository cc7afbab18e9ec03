using System.CommandLine;
using Breakwater.App.Law;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Comparing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using NodaTime;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms diff</c>: what differs between two packs, or between two days of one, and which cases come out otherwise.</summary>
internal static class DiffVerb
{
    private static readonly Argument<string[]> _packs = new("PACK_A PACK_B")
    {
        Description = "Folders of two law packs; one folder, or none, with --day-a and --day-b",
        Arity = new ArgumentArity(0, 2),
    };
    private static readonly Option<string?> _cases = new("--cases")
    {
        Description =
            "Cases whose outcomes are compared as well (YAML). The twins of both packs always are",
        HelpName = "CASES",
    };
    private static readonly Option<string?> _dayA = new("--day-a")
    {
        Description = "Law and readings of the first side as of this day",
        HelpName = "DAY",
    };
    private static readonly Option<string?> _dayB = new("--day-b")
    {
        Description = "Law and readings of the second side as of this day",
        HelpName = "DAY",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        var command = new Command(
            "diff",
            "What differs between two law packs, or two days, and which cases come out otherwise. Example: breakwater norms diff law/conn-norms-core mypack --cases cases.yaml"
        )
        {
            _packs,
            _cases,
            _dayA,
            _dayB,
            json,
        };
        command.SetAction(parsed =>
        {
            string[] folders = parsed.GetValue(_packs) ?? [];
            LocalDate today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
            LocalDate? dayA = Inquiry.Day(parsed, _dayA, today);
            LocalDate? dayB = Inquiry.Day(parsed, _dayB, today);
            if (folders.Length < 2 && (dayA is null || dayB is null))
            {
                throw new Fault(
                    ExitCode.Usage,
                    "compare with what? Name two packs, or one pack and two days: --day-a 2020-04-21 --day-b 2020-04-22"
                );
            }

            string? folderA = folders.ElementAtOrDefault(0);
            string? folderB = folders.ElementAtOrDefault(1) ?? folderA;
            LawPack packA = Inquiry.Read(folderA).Pack;
            LawPack packB = Inquiry.Read(folderB).Pack;
            Inquiry.SayUnsealed(print, packA, folderA);
            if (folderB != folderA)
            {
                Inquiry.SayUnsealed(print, packB, folderB);
            }

            PackDiff diff = PackDiff.Of(
                new Side(packA, new AsOf(dayA)),
                new Side(packB, new AsOf(dayB)),
                [
                    .. CasesOf(parsed.GetValue(_cases), packB),
                    .. TwinsOf(folderA, packA)
                        .Concat(TwinsOf(folderB, packB))
                        .DistinctBy(one => one.At.File),
                ]
            );
            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        before = SideOf(packA, dayA),
                        after = SideOf(packB, dayB),
                        diff.Changes,
                        outcomes = diff.Outcomes.Select(one => new
                        {
                            @case = one.Case,
                            one.Name,
                            one.Rule,
                            one.Profile,
                            before = one.Before.Word(),
                            after = one.After.Word(),
                            expected = one.Expected?.Word(),
                        }),
                    }
                );
            }
            else
            {
                foreach (string line in DiffLines.Of(diff))
                {
                    print.Line(line);
                }
            }

            return diff.IsSame ? ExitCode.Done : ExitCode.DoesNotHold;
        });
        return command;
    }

    private static object SideOf(LawPack pack, LocalDate? day) =>
        new
        {
            pack.Id,
            pack.Version,
            packHash = pack.Hash,
            isSealed = pack.Unsealed.Count == 0,
            day = AssessDocument.Day(day),
        };

    private static IReadOnlyList<CaseSheet> CasesOf(string? path, LawPack pack)
    {
        if (path is null)
        {
            return [];
        }

        CasesRead read = CasesReader.Read(path, pack);
        return read.Faults.Count == 0 ? read.Cases : throw Fault.Unreadable(read.Faults);
    }

    private static IReadOnlyList<CaseSheet> TwinsOf(string? folder, LawPack pack)
    {
        CasesRead read = CasesReader.Twins(
            folder ?? Path.Combine(LawPackReader.Folder, LawPackReader.Default),
            pack
        );
        return read.Faults.Count == 0 ? read.Cases : throw Fault.Unreadable(read.Faults);
    }
}
