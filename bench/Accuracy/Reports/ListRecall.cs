using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Bench.Accuracy.Sets;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Signals;

namespace Breakwater.Bench.Accuracy.Reports;

/// <summary>Events of lists that others keep, found where signals of ours exist: elsewhere there is nothing to recall.</summary>
internal static class ListRecall
{
    private static readonly (string Name, string File)[] _lists =
    [
        ("KeepItOn", "data/shutdowns/accessnow_2026/keepiton_2016-2025_converted.csv"),
        (
            "IODA, investigated",
            "data/outages/ioda_sigcomm23/ioda_investigated_outages_cleaned_phase1+2.csv.gz"
        ),
    ];

    public static Section? Of(
        Reference reference,
        IReadOnlyList<(string Name, IReadOnlyList<SeriesSignal> Series)> inputs
    )
    {
        List<string> lines =
        [
            "An event of a list counts only where a feed of ours could see its place at its time; an event of a district is not asked of a series of the whole country. Pairs beside that are listed by `breakwater match`.",
            "",
            "| our signals | list | events that could be seen | found | with the same start | our disruptions that the list could know | in the list |",
            "|---|---|---|---|---|---|---|",
        ];
        bool hasAny = false;
        List<string> missed = [];
        foreach ((string list, string file) in _lists)
        {
            if (reference.Open(file) is not { } read)
            {
                continue;
            }

            ListedEvent[] theirs =
            [
                .. SignalsFromEvents
                    .Read(read)
                    .Signals.OfType<ClaimSignal>()
                    .Select(ListedEvent.Of)
                    .OfType<ListedEvent>(),
            ];
            foreach ((string name, IReadOnlyList<SeriesSignal> series) in inputs)
            {
                hasAny = true;
                MatchResult result = Match(series, theirs);
                lines.Add(
                    $"| {name} | {list} ({theirs.Length}) | {result.Sums.Theirs.Matched.Of} | {Share(result.Sums.Theirs.Matched)} | {Share(result.Sums.Theirs.StartedTogether)} | {result.Sums.Ours.Matched.Of} | {Share(result.Sums.Ours.Matched)} |"
                );
                missed.AddRange(
                    result.TheirsOnly.Select(item =>
                        $"- missed: {list}, {item.Place} from {item.Start.Earliest} ({item.Reference}), with {name}"
                    )
                );
            }
        }

        return hasAny ? new Section("event lists", [.. lines, "", .. missed], []) : null;
    }

    private static MatchResult Match(IReadOnlyList<SeriesSignal> series, ListedEvent[] theirs)
    {
        Detection detection = DisruptionsFromSignals.Detect([.. series], DetectorProfile.Default);
        return Matching.Of(
            [.. detection.Disruptions.Select(ListedEvent.Of)],
            new EventList(theirs),
            Watched.Of([.. series]),
            detection.Blind,
            new MatchRules()
        );
    }

    private static string Share(CountedShare share)
    {
        if (share.Of == 0)
        {
            return "–";
        }

        (double low, double high) = Bootstrap.WilsonInterval(share.Count, share.Of);
        return $"{share.Count} of {share.Of}, {Number.TextOf(new Estimate(share.Share, low, high, IntervalMethod.Wilson))}";
    }
}
