using System.CommandLine;
using Breakwater.App.Verbs.Matching;
using Breakwater.Disruptions.Matching;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs;

/// <summary><c>match OURS EVENTS</c>: our disruptions against a list of events, both ways.</summary>
internal static class MatchVerb
{
    private static readonly Argument<string[]> _inputs = new("OURS EVENTS")
    {
        Description =
            "OURS: what 'detect --json' prints, or a list; left out with --data. EVENTS: a list of events (CSV), or another detection. - is standard input",
        Arity = new ArgumentArity(1, 2),
    };
    private static readonly Option<double> _confidenceMin = new("--confidence-min")
    {
        Description = "Disruptions of ours below this confidence are not held against the list",
        DefaultValueFactory = _ => new MatchRules().ConfidenceMin,
    };
    private static readonly Option<int> _tolerance = new("--tolerance-minutes")
    {
        Description = "How far two events given to the minute may miss each other",
        DefaultValueFactory = _ => (int)new MatchRules().Tolerance.TotalMinutes,
    };
    private static readonly Option<string?> _listFrom = new("--list-from")
    {
        Description = "The list has events from then on (default: its first start)",
    };
    private static readonly Option<string?> _listTo = new("--list-to")
    {
        Description = "The list has no events that start after this (default: its last start)",
    };
    private static readonly Option<bool> _everyPlace = new("--list-of-every-place")
    {
        Description = "A country that the list never names had no event, by the list's own account",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "match",
            "Our disruptions against an event list, both ways, by place and time. What one side could not have known counts for nothing. Example: breakwater detect iran.csv --place IR --json > ours.json && breakwater match ours.json events.csv"
        )
        {
            _inputs,
            _confidenceMin,
            _tolerance,
            _listFrom,
            _listTo,
            _everyPlace,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                MatchRules rules = Rules(parsed);
                string[] paths = parsed.GetValue(_inputs)!;
                bool isFromStore = paths.Length == 1;
                if (isFromStore && parsed.GetValue(data) is null)
                {
                    throw new Fault(
                        ExitCode.Usage,
                        $"{paths[0]}: match it with what? Give OURS and EVENTS, or name a store with --data"
                    );
                }

                ListedInput ours = isFromStore
                    ? await OfStore(DataFolder.Path(parsed.GetValue(data)), cancel)
                        .ConfigureAwait(false)
                    : ListedInput.Read(paths[0]);
                ListedInput theirs = ListedInput.Read(paths[^1]);
                if (theirs.Events.Count == 0)
                {
                    throw Fault.Unreadable(
                        theirs.Faults.DefaultIfEmpty(
                            new InputFault(theirs.Name, "", "no event in it", "Check the file")
                        )
                    );
                }

                print.Progress("matching");
                var list = new EventList(
                    theirs.Events,
                    Period(parsed, theirs.Events),
                    parsed.GetValue(_everyPlace)
                );
                MatchResult result = ours.Watched is { } watched
                    ? Breakwater.Disruptions.Matching.Matching.Of(
                        KnownUntil(ours.Events, watched),
                        list,
                        watched,
                        ours.Blind,
                        rules
                    )
                    : Breakwater.Disruptions.Matching.Matching.Of(
                        new EventList(ours.Events),
                        list,
                        rules
                    );
                print.ProgressDone();
                InputFault[] faults = [.. ours.Faults, .. theirs.Faults];
                print.Faults(faults);
                if (parsed.GetValue(json))
                {
                    print.Json(
                        new
                        {
                            result.Matched,
                            result.OursOnly,
                            result.TheirsOnly,
                            result.NotComparable,
                            result.Sums,
                            result.IsCut,
                            rules,
                            faults,
                            notes = ours.Notes.Concat(theirs.Notes).Distinct(),
                        }
                    );
                    return ExitCode.Done;
                }

                MatchTables.Write(print, result, ours, theirs, rules);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task<ListedInput> OfStore(string folder, CancellationToken cancel)
    {
        await using SqlRecords records = DataFolder.OpenToRead(folder);
        ListedInput read = await ListedInput.Read(records, cancel).ConfigureAwait(false);
        IReadOnlySet<string> elsewhere = await RevisionsOnRecord
            .CountedElsewhere(records)
            .ConfigureAwait(false);
        List<ListedEvent> standing = [.. read.Events.Where(one => !elsewhere.Contains(one.Id))];
        return standing.Count == read.Events.Count
            ? read
            : read with
            {
                Events = standing,
                Notes =
                [
                    .. read.Notes,
                    $"disruptions of the store that are told in another way and counted there: {read.Events.Count - standing.Count}",
                ],
            };
    }

    private static MatchRules Rules(ParseResult parsed)
    {
        double confidence = parsed.GetValue(_confidenceMin);
        int tolerance = parsed.GetValue(_tolerance);
        return confidence is < 0 or > 1 or double.NaN
                ? throw new Fault(
                    ExitCode.Usage,
                    "--confidence-min must lie between 0 and 1, such as 0.5"
                )
            : tolerance is < 0 or > 100_000
                ? throw new Fault(
                    ExitCode.Usage,
                    "--tolerance-minutes must lie between 0 and 100000, such as 30"
                )
            : new MatchRules
            {
                ConfidenceMin = confidence,
                Tolerance = Duration.FromMinutes(tolerance),
            };
    }

    private static TimeWindow? Period(ParseResult parsed, IReadOnlyList<ListedEvent> events)
    {
        (Instant? from, Instant? to) = (Time(parsed, _listFrom), Time(parsed, _listTo));
        return from is null && to is null
            ? null
            : new TimeWindow(
                from ?? events.Min(item => item.Start.Earliest),
                to ?? events.Max(item => item.Start.Latest)
            );
    }

    private static Instant? Time(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null
        : InstantPattern.ExtendedIso.Parse(text) is { Success: true } time ? time.Value
        : throw new Fault(
            ExitCode.Usage,
            $"{option.Name} {text} is no UTC time. Write 2026-01-08T16:30:00Z"
        );

    /// <summary>What lasts is known to last until its place was looked at for the last time, and no longer.</summary>
    private static IReadOnlyList<ListedEvent> KnownUntil(
        IReadOnlyList<ListedEvent> events,
        IReadOnlyList<Watched> watched
    )
    {
        Dictionary<string, NodaTime.Instant> until = watched
            .GroupBy(stretch => stretch.Place.Key)
            .ToDictionary(group => group.Key, group => group.Max(stretch => stretch.To));
        return
        [
            .. events.Select(item =>
                item.IsLasting && until.TryGetValue(item.Place.Key, out NodaTime.Instant last)
                    ? item with
                    {
                        KnownUntil = last,
                    }
                    : item
            ),
        ];
    }
}
