using System.CommandLine;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs.Law;

/// <summary>What several verbs under <c>norms</c> ask alike: which pack, which facts, whose reading, as of which days.</summary>
internal sealed class Inquiry
{
    private readonly Argument<string[]> facts = new("FACTS")
    {
        Description =
            "Facts of one incident (YAML or JSON). Several files are several sources: where they contradict each other both are kept. - is standard input",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string?> profile = new("--profile")
    {
        Description =
            "Whose reading: a profile of the pack, or all (default: what the facts name, else all)",
        HelpName = "ID|all",
    };
    private readonly Option<bool> closure = new("--closure")
    {
        Description =
            "Count burdens that were not discharged against whoever bears them. Only where the State or operator was heard, or defaulted",
    };
    private readonly Option<string?> validAsOf = new("--valid-as-of")
    {
        Description =
            "Law and readings as they were public on that day (default: every rule and every reading counts)",
        HelpName = "DAY",
    };
    private readonly Option<string?> knownAsOf = new("--known-as-of")
    {
        Description = "Only what pack and sources had recorded by that day (default: now)",
        HelpName = "DAY",
    };

    public Option<string?> Pack { get; } = PackOption();

    public static Option<string?> PackOption() =>
        new("--pack")
        {
            Description = "Folder of a law pack (default: the one that comes with the program)",
            HelpName = "DIR",
        };

    /// <summary>What was named as facts, before anything is read.</summary>
    public IReadOnlyList<string> Named(ParseResult parsed) => parsed.GetValue(facts) ?? [];

    public void AddTo(Command command)
    {
        command.Add(facts);
        command.Add(Pack);
        command.Add(profile);
        command.Add(closure);
        command.Add(validAsOf);
        command.Add(knownAsOf);
    }

    /// <summary>The pack, or the refusal that lists every fault of it.</summary>
    public static (LawPack Pack, PackTexts Texts) Read(string? folder)
    {
        LawPackRead read = LawPackReader.Read(folder);
        return read.Pack is { } pack ? (pack, read.Texts) : throw Fault.Unreadable(read.Faults);
    }

    /// <param name="folder">Named where there are two packs; null: it is the only one.</param>
    public static void SayUnsealed(Printing print, LawPack pack, string? folder = null)
    {
        if (pack.Unsealed.Count > 0)
        {
            print.Fault(
                $"the pack{(folder is null ? "" : $" in {folder}")} is not sealed: {string.Join(", ", pack.Unsealed.Take(5))}{(pack.Unsealed.Count > 5 ? $" and {pack.Unsealed.Count - 5} more" : "")} {(pack.Unsealed.Count == 1 ? "is" : "are")} not as its manifest says. Seal a changed pack with: breakwater norms check DIR --seal"
            );
        }
    }

    public (LawPack Pack, PackTexts Texts, Assessed Assessed) Ask(ParseResult parsed)
    {
        (LawPack pack, PackTexts texts) = Read(parsed.GetValue(Pack));
        FactSheet sheet = Sheet(parsed.GetValue(facts)!, pack);
        if (parsed.GetValue(closure))
        {
            sheet = sheet with { IsClosed = true };
        }

        AsOf asOf = DaysOf(parsed, pack, sheet);
        Programme programme = Programme.Of(pack, asOf, sheet.IsClosed);
        pack = programme.Pack;
        if (
            programme.RuleCount == 0
            || Enumerable
                .Range(0, programme.RuleCount)
                .All(rule => asOf.Report(programme.RuleAt(rule)) is not null)
        )
        {
            throw new Fault(
                ExitCode.Usage,
                $"no rule of {pack.Id} was in force and stated on {parsed.GetValue(validAsOf)}. The oldest is from {pack.Rules.Where(rule => rule.Valid.From is not null).MinBy(rule => rule.Valid.From!.First)!.Valid.From}"
            );
        }

        return (
            pack,
            texts,
            Assessed.Of(programme, sheet, Profiles(parsed.GetValue(profile) ?? sheet.Profile, pack))
        );
    }

    public static FactSheet Sheet(IReadOnlyList<string> paths, LawPack pack)
    {
        FactsRead[] read = [.. paths.Select(path => FactsReader.Read(path, pack))];
        if (read.Any(one => one.Sheet is null))
        {
            throw Fault.Unreadable(read.SelectMany(one => one.Faults));
        }

        FactSheet[] sheets = [.. read.Select(one => one.Sheet!)];
        string[] periods = [.. sheets.Select(one => one.Conduct?.Text).OfType<string>().Distinct()];
        return periods.Length > 1
            ? throw new Fault(
                ExitCode.Usage,
                $"the files speak of conduct on different days: {string.Join(" and ", periods)}. Assess one incident at a time"
            )
            : sheets[0] with
            {
                Conduct = sheets.Select(one => one.Conduct).FirstOrDefault(one => one is not null),
                IsClosed = sheets.Any(one => one.IsClosed),
                Profile = sheets.Select(one => one.Profile).FirstOrDefault(one => one is not null),
                Assertions = [.. sheets.SelectMany(one => one.Assertions)],
            };
    }

    private AsOf DaysOf(ParseResult parsed, LawPack pack, FactSheet sheet)
    {
        LocalDate today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
        if (sheet.Conduct?.First is { } first && first.First > today)
        {
            throw new Fault(
                ExitCode.Refused,
                $"the conduct begins on {first}, which has not come. Norms are asked of what happened or goes on, never of what somebody plans"
            );
        }

        if (sheet.Conduct?.Last is { } end && end.First > today)
        {
            throw new Fault(
                ExitCode.Refused,
                $"the conduct ends on {end}, which has not come. Write \"{sheet.Conduct.First?.Text ?? ".."}/..\" while it lasts"
            );
        }

        if (sheet.Assertions.FirstOrDefault(one => one.Recorded?.First > today) is { } coming)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{coming.Fact} of {coming.Source} was recorded on {coming.Recorded}, which has not come. Correct the date"
            );
        }

        LocalDate? valid = Day(parsed, validAsOf, today);
        LocalDate? known = Day(parsed, knownAsOf, today);
        return known is { } day && pack.KnownBy(day).Rules.Count == 0
            ? throw new Fault(
                ExitCode.Usage,
                $"--known-as-of {LocalDatePattern.Iso.Format(day)}: {pack.Id} was first recorded on {pack.Rules.Select(rule => rule.Recorded.From ?? pack.RecordedAt).MinBy(from => from.First)} and knew nothing before. To ask which law was in force on a day, use --valid-as-of"
            )
            : new AsOf(valid, sheet.Conduct?.LastDay, known);
    }

    public static LocalDate? Day(ParseResult parsed, Option<string?> option, LocalDate today) =>
        parsed.GetValue(option) is not { } text ? null
        : LocalDatePattern.Iso.Parse(text) is not { Success: true } day
            ? throw new Fault(ExitCode.Usage, $"{option.Name} {text} is no day. Write 2020-04-22")
        : day.Value > today
            ? throw new Fault(
                ExitCode.Usage,
                $"{option.Name} {text} has not come. Name a day up to today"
            )
        : day.Value;

    private static IReadOnlyList<string>? Profiles(string? asked, LawPack pack)
    {
        if (asked is null or "all")
        {
            return null;
        }

        string[] known = [.. pack.Profiles.Select(one => one.Id)];
        return known.Contains(asked)
            ? [asked]
            : throw new Fault(
                ExitCode.Usage,
                $"--profile {asked}: the pack has no such profile. {Nearest.Remedy(asked, known)}"
            );
    }
}
