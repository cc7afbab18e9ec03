using System.CommandLine;
using System.Globalization;
using Breakwater.App.CountryPlans;
using Breakwater.Feeds.Preparing;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Preparing;

/// <summary><c>checklist show / diff / items</c>: what a country has of a plan, what changed, and what is asked.</summary>
internal static class ChecklistVerb
{
    public static Command Command(Printing print) =>
        new(
            "checklist",
            "Country plans along the ITU guidelines for national emergency telecommunication plans. Unknown is not no. Example: breakwater checklist items"
        )
        {
            Show(print),
            Diff(print),
            Items(print),
        };

    private static Command Show(Printing print)
    {
        Argument<string> country = Country();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "show",
            "How the items of a country stand, and what to fix first, as the public may see it. Example: breakwater checklist show SD"
        )
        {
            country,
            json,
            data,
        };
        command.SetAction(async parsed =>
        {
            string code = AgreementsOnRecordVerbs.CodeOf(parsed.GetValue(country))!;
            await using SqlRecords records = AgreementsOnRecordVerbs.Store(parsed.GetValue(data));
            Instant now = SystemClock.Instance.GetCurrentInstant();
            var stands = PlanCompleteness.Of(
                Checklist(null),
                code,
                await PlansOnRecord
                    .AsOf(records, code, Reader.Anonymous, now, now)
                    .ConfigureAwait(false),
                now
            );
            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        stands.Country,
                        stands.Version,
                        stands.AsOf,
                        stands.All,
                        Chapters = stands.Chapters.Select(one => new
                        {
                            one.Chapter.Id,
                            one.Counts,
                        }),
                        Items = stands.Items.Select(Item),
                        FixFirst = stands.FixFirst.Select(one => one.Item.Id),
                        FindOutFirst = stands.FindOutFirst.Select(one => one.Item.Id),
                        stands.NoLongerAsked,
                    }
                );
                return ExitCode.Done;
            }

            print.Line(
                $"{code}  {Counts(stands.All)}  (checklist {stands.Version}; unknown is not no)"
            );
            foreach ((ChecklistChapter chapter, AnswerCounts counts) in stands.Chapters)
            {
                print.Line($"  {chapter.Title.English, -48}{Counts(counts)}");
            }

            Told(print, "FIX FIRST", stands.FixFirst);
            Told(print, "FIND OUT FIRST", stands.FindOutFirst);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Diff(Printing print)
    {
        Argument<string> country = Country();
        var from = new Option<string>("--from")
        {
            Description = "The earlier day; it counts as at its end, UTC",
            HelpName = "DAY",
            Required = true,
        };
        var to = new Option<string?>("--to")
        {
            Description = "The later day (default: now)",
            HelpName = "DAY",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "diff",
            "What changed on the checklist of a country between two days. Example: breakwater checklist diff SD --from 2026-01-31 --to 2026-06-30"
        )
        {
            country,
            from,
            to,
            json,
            data,
        };
        command.SetAction(async parsed =>
        {
            string code = AgreementsOnRecordVerbs.CodeOf(parsed.GetValue(country))!;
            Instant now = SystemClock.Instance.GetCurrentInstant();
            Instant until = parsed.GetValue(to) is { } last
                ? Instant.Min(Day(to.Name, last), now)
                : now;
            Instant since = Day(from.Name, parsed.GetValue(from)!);
            if (since > until)
            {
                throw new Fault(
                    ExitCode.Usage,
                    "--from lies after --to. Name the earlier day first"
                );
            }

            await using SqlRecords records = AgreementsOnRecordVerbs.Store(parsed.GetValue(data));
            var difference = PlanDifference.Of(
                Checklist(null),
                code,
                await PlansOnRecord
                    .AsOf(records, code, Reader.Anonymous, since, now)
                    .ConfigureAwait(false),
                since,
                await PlansOnRecord
                    .AsOf(records, code, Reader.Anonymous, until, now)
                    .ConfigureAwait(false),
                until
            );
            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        Country = code,
                        From = since,
                        To = until,
                        Before = difference.Before.All,
                        After = difference.After.All,
                        difference.Same,
                        Items = difference.Items.Select(one => new
                        {
                            one.Item.Id,
                            one.Changes,
                            Before = Item(one.Before),
                            After = Item(one.After),
                        }),
                    }
                );
                return ExitCode.Done;
            }

            print.Line($"{code}  {since}  {Counts(difference.Before.All)}");
            print.Line($"{code}  {until}  {Counts(difference.After.All)}");
            foreach (ItemDifference one in difference.Items)
            {
                print.Line(
                    $"  {one.Item.Id}: {string.Join(", ", one.Changes.Select(Checks.Word))}: {Checks.Word(one.Before.Answer)} -> {Checks.Word(one.After.Answer)}{(one.After.Given is { } given ? $"  by {given.Organisation ?? given.By}, {given.At}" : "")}"
                );
            }

            print.Line($"{difference.Same} items stand as they stood");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Items(Printing print)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A checklist of one's own (default: the bundled one)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var language = new Option<string>("--lang")
        {
            Description = "en, fr or ar",
            DefaultValueFactory = _ => "en",
        };
        language.AcceptOnlyFromAmong("en", "fr", "ar");
        Option<bool> json = Options.Json();
        var command = new Command(
            "items",
            "What country plans are asked, what would show it, and the source; or what is wrong with a checklist file. Example: breakwater checklist items --lang fr"
        )
        {
            file,
            language,
            json,
        };
        command.SetAction(parsed =>
        {
            Checklist checklist = Checklist(parsed.GetValue(file));
            if (parsed.GetValue(json))
            {
                print.Json(checklist);
                return ExitCode.Done;
            }

            string spoken = parsed.GetValue(language)!;
            print.Line($"{checklist.Id} {checklist.Version}: {checklist.Items.Count} items");
            foreach (ChecklistChapter chapter in checklist.Chapters)
            {
                print.Line();
                print.Line(chapter.Title.In(spoken) ?? chapter.Title.English);
                foreach (ChecklistItem item in chapter.Items)
                {
                    print.Line(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"  {item.Id}{(item.IsFirst ? " (first)" : "")}, {item.Source}, good for {item.ReviewMonths} months"
                        )
                    );
                    print.Line($"    {item.Question.In(spoken) ?? item.Question.English}");
                    print.Line($"    = {item.Evidence.In(spoken) ?? item.Evidence.English}");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static object Item(ItemStanding one) =>
        new
        {
            one.Item.Id,
            one.Answer,
            one.IsStale,
            one.Given,
            one.Otherwise,
            one.Owner,
        };

    private static void Told(Printing print, string title, IReadOnlyList<ItemStanding> items)
    {
        const int most = 5;
        print.Line($"{title}{(items.Count == 0 ? ": nothing" : "")}");
        foreach (ItemStanding one in items.Take(most))
        {
            print.Line(
                $"  {one.Item.Id} ({Checks.Word(one.Answer)}{(one.IsStale ? ", out of date" : "")}; {one.Owner?.Owner ?? "nobody sees to it"}): {one.Item.Question.English}"
            );
        }

        if (items.Count > most)
        {
            print.Line($"  and {items.Count - most} more (--json lists them)");
        }
    }

    private static string Counts(AnswerCounts counts) =>
        $"{counts.Yes} yes, {counts.Partly} partly, {counts.No} no, {counts.Unknown} unknown, {counts.Stale} out of date";

    private static Argument<string> Country() =>
        new("COUNTRY") { Description = "Two-letter code of the country, such as SD" };

    private static Checklist Checklist(string? path)
    {
        ChecklistRead read = path is null ? ChecklistAtHand.Read : ChecklistReader.Read(path);
        return read.Checklist ?? throw Fault.Unreadable(read.Faults);
    }

    private static Instant Day(string option, string day) =>
        PlansOnRecord.EndOf(day)
        ?? throw new Fault(ExitCode.Usage, $"{option} {day} is no day. Write 2026-01-31");
}
