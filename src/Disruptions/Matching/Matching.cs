using NodaTime;

namespace Breakwater.Disruptions.Matching;

/// <summary>
/// Our disruptions against a list of events, both ways, by place and time. What the other side could not have known is not
/// comparable: it counts neither for nor against anyone. Pure; the order of the input changes nothing.
/// </summary>
public static class Matching
{
    /// <param name="watched">Where and when feeds of ours could see.</param>
    /// <param name="blind">When they could not.</param>
    public static MatchResult Of(
        IReadOnlyList<ListedEvent> ours,
        EventList theirs,
        IReadOnlyList<Watched> watched,
        IReadOnlyList<Blind> blind,
        MatchRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(watched);
        ArgumentNullException.ThrowIfNull(blind);
        ArgumentNullException.ThrowIfNull(rules);
        return Of(ours, theirs, new FeedCoverage(watched, blind, rules).WhyNot, rules);
    }

    /// <summary>One list against another: each could know of the places that it names, in its period.</summary>
    public static MatchResult Of(EventList ours, EventList theirs, MatchRules rules)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(rules);
        return Of(ours.Events, theirs, new ListCoverage(ours, rules).WhyNot, rules);
    }

    private static MatchResult Of(
        IReadOnlyList<ListedEvent> ours,
        EventList theirs,
        Func<ListedEvent, string?> whyNotTheirs,
        MatchRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(theirs);
        List<ListedEvent> mine = InOrder(ours);
        List<ListedEvent> other = InOrder(theirs.Events);
        List<NotComparable> mineOut = Without(mine, new ListCoverage(theirs, rules).WhyNot);
        List<NotComparable> otherOut = Without(other, whyNotTheirs);
        HashSet<string> mineIn = Ids(mine.Except(mineOut.Select(item => item.Event)));
        HashSet<string> otherIn = Ids(other.Except(otherOut.Select(item => item.Event)));

        List<MatchedPair> pairs =
        [
            .. Candidates(mine, other, rules)
                .Take(rules.PairsMax + 1)
                .Select(pair =>
                    Pair(
                        pair.Ours,
                        pair.Theirs,
                        pair.Relation,
                        new CountedSides(
                            mineIn.Contains(pair.Ours.Id),
                            otherIn.Contains(pair.Theirs.Id)
                        ),
                        rules
                    )
                ),
        ];
        bool isCut = pairs.Count > rules.PairsMax;
        if (isCut)
        {
            pairs.RemoveAt(pairs.Count - 1);
        }

        HashSet<string> mineMatched = Ids(pairs.Select(pair => pair.Ours));
        HashSet<string> otherMatched = Ids(pairs.Select(pair => pair.Theirs));
        return new MatchResult(
            pairs,
            [.. mine.Where(item => mineIn.Contains(item.Id) && !mineMatched.Contains(item.Id))],
            [.. other.Where(item => otherIn.Contains(item.Id) && !otherMatched.Contains(item.Id))],
            new NotComparableSides(mineOut, otherOut),
            new MatchSums(
                Sums(
                    mine.Count,
                    mineIn.Count,
                    pairs,
                    pair => (pair.Ours, pair.IsCounted.Ours),
                    rules
                ),
                Sums(
                    other.Count,
                    otherIn.Count,
                    pairs,
                    pair => (pair.Theirs, pair.IsCounted.Theirs),
                    rules
                ),
                pairs.Count
            )
        )
        {
            IsCut = isCut,
        };
    }

    /// <summary>In one order whatever the order of the input; an id that stands twice is one event.</summary>
    private static List<ListedEvent> InOrder(IReadOnlyList<ListedEvent> events) =>
        [
            .. events
                .OrderBy(item => item.Start.Earliest)
                .ThenBy(item => item.Start.Latest)
                .ThenBy(item => item.Place.Key, StringComparer.Ordinal)
                .ThenBy(item => item.Id, StringComparer.Ordinal)
                .ThenBy(item => item.End?.Latest)
                .DistinctBy(item => item.Id),
        ];

    private static List<NotComparable> Without(
        List<ListedEvent> events,
        Func<ListedEvent, string?> whyNot
    ) =>
        [
            .. events
                .Select(item => (Event: item, Reason: whyNot(item)))
                .Where(item => item.Reason is not null)
                .Select(item => new NotComparable(item.Event, item.Reason!)),
        ];

    private static HashSet<string> Ids(IEnumerable<ListedEvent> events) =>
        [.. events.Select(item => item.Id)];

    /// <summary>Pairs of one sort, that share a place and may have gone on at the same time.</summary>
    private static IEnumerable<(
        ListedEvent Ours,
        ListedEvent Theirs,
        ScopeRelation Relation
    )> Candidates(List<ListedEvent> ours, List<ListedEvent> theirs, MatchRules rules)
    {
        Dictionary<string, Timeline> byRoot = theirs
            .SelectMany(item =>
                ScopeRelations.RootsOf(item).Select(root => (Root: root, Event: item))
            )
            .GroupBy(item => item.Root, item => item.Event)
            .ToDictionary(group => group.Key, group => new Timeline([.. group], rules));
        foreach (ListedEvent mine in ours)
        {
            IEnumerable<ListedEvent> around = ScopeRelations
                .RootsOf(mine)
                .Where(byRoot.ContainsKey)
                .SelectMany(root => byRoot[root].Around(mine))
                .DistinctBy(other => other.Id);
            foreach (ListedEvent other in around)
            {
                if (
                    IsInReach(mine, other, rules)
                    && ScopeRelations.Between(mine, other) is { } relation
                )
                {
                    yield return (mine, other, relation);
                }
            }
        }
    }

    private static bool IsInReach(ListedEvent mine, ListedEvent other, MatchRules rules)
    {
        Duration tolerance = ToleranceOf(mine, other, rules);
        return Timeline.IsNotBefore(mine.MayEnd(rules), other.Start.Earliest, tolerance)
            && Timeline.IsNotBefore(other.MayEnd(rules), mine.Start.Earliest, tolerance);
    }

    private static Duration ToleranceOf(ListedEvent mine, ListedEvent other, MatchRules rules) =>
        IsByDay(mine, rules) || IsByDay(other, rules) ? Duration.Zero : rules.Tolerance;

    private static bool IsByDay(ListedEvent item, MatchRules rules) =>
        item.Start.Latest - item.Start.Earliest >= rules.DayResolution;

    private static MatchedPair Pair(
        ListedEvent mine,
        ListedEvent other,
        ScopeRelation relation,
        CountedSides counted,
        MatchRules rules
    )
    {
        Instant end = Instant.Min(mine.MayEnd(rules), other.MayEnd(rules));
        Instant start = Instant.Max(mine.Start.Earliest, other.Start.Earliest);
        return new MatchedPair(
            mine,
            other,
            relation,
            end == Instant.MaxValue ? null : Math.Max(0, Minutes(end - start)),
            new MinuteRange(
                Minutes(mine.Start.Earliest - other.Start.Latest),
                Minutes(mine.Start.Latest - other.Start.Earliest)
            ),
            counted
        );
    }

    private static long Minutes(Duration duration) => (long)Math.Round(duration.TotalMinutes);

    private static SideSums Sums(
        int given,
        int comparable,
        List<MatchedPair> pairs,
        Func<MatchedPair, (ListedEvent Event, bool IsCounted)> side,
        MatchRules rules
    )
    {
        CountedShare Share(Func<MatchedPair, bool> counts) =>
            new(
                pairs
                    .Where(pair => side(pair).IsCounted && counts(pair))
                    .Select(pair => side(pair).Event.Id)
                    .Distinct()
                    .Count(),
                comparable
            );
        return new SideSums(
            given,
            Share(_ => true),
            Share(pair => pair.Relation == ScopeRelation.Same),
            Share(pair =>
                Math.Abs(pair.OnsetGapMinutes)
                <= ToleranceOf(pair.Ours, pair.Theirs, rules).TotalMinutes
            )
        );
    }

    /// <summary>Events of one place by their start, of which those around a moment can be found without looking at all.</summary>
    private sealed class Timeline
    {
        private readonly List<ListedEvent> _events;
        private readonly Instant[] _latestEndSoFar;

        private readonly MatchRules _rules;

        public Timeline(List<ListedEvent> events, MatchRules rules)
        {
            _events = events;
            _rules = rules;
            _latestEndSoFar = new Instant[events.Count];
            Instant latest = Instant.MinValue;
            for (int i = 0; i < events.Count; i++)
            {
                latest = Instant.Max(latest, events[i].MayEnd(rules));
                _latestEndSoFar[i] = latest;
            }
        }

        public IEnumerable<ListedEvent> Around(ListedEvent mine)
        {
            Duration tolerance = _rules.Tolerance;
            int low = 0;
            int high = _events.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (IsNotBefore(_latestEndSoFar[middle], mine.Start.Earliest, tolerance))
                {
                    high = middle;
                }
                else
                {
                    low = middle + 1;
                }
            }

            for (
                int i = low;
                i < _events.Count
                    && IsNotBefore(mine.MayEnd(_rules), _events[i].Start.Earliest, tolerance);
                i++
            )
            {
                yield return _events[i];
            }
        }

        /// <summary>True when the first is not before the second, or by no more than the tolerance.</summary>
        public static bool IsNotBefore(Instant first, Instant second, Duration tolerance) =>
            first >= second || second - first <= tolerance;
    }
}
