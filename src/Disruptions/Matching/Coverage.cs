using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions.Matching;

/// <summary>What a list could know of: when its events begin, where they are, of what sort. Answers are reasons for people, or null.</summary>
internal sealed class ListCoverage
{
    private readonly MatchRules _rules;
    private readonly bool _isOfEveryPlace;
    private readonly TimeWindow _period;
    private readonly HashSet<string> _roots;
    private readonly HashSet<bool> _sorts;

    public ListCoverage(EventList list, MatchRules rules)
    {
        _rules = rules;
        _isOfEveryPlace = list.IsOfEveryPlace;
        _roots = [.. list.Events.SelectMany(ScopeRelations.RootsOf)];
        _sorts = [.. list.Events.Select(ScopeRelations.IsOfRoutes)];
        _period =
            list.Period
            ?? (
                list.Events.Count == 0
                    ? default
                    : new TimeWindow(
                        list.Events.Min(item => item.Start.Earliest),
                        list.Events.Max(item => item.Start.Latest)
                    )
            );
    }

    public string? WhyNot(ListedEvent item) =>
        item.RestsOnClaims ? "rests on claims alone; nothing measured stands behind it"
        : item.Confidence is { } sure && sure.Probability < _rules.ConfidenceMin
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"confidence {sure.Probability:0.00} is below {_rules.ConfidenceMin:0.00}"
            )
        : !_sorts.Contains(ScopeRelations.IsOfRoutes(item)) ? "the list has no events of this sort"
        : !_isOfEveryPlace && !ScopeRelations.RootsOf(item).Any(_roots.Contains)
            ? "the list never names this place"
        : item.MayEnd(_rules) < _period.Since ? $"over before the list begins ({_period.Since})"
        : item.Start.Earliest > _period.Until
            ? $"after the last start in the list ({_period.Until})"
        : null;
}

/// <summary>What feeds of ours could see.</summary>
internal sealed class FeedCoverage(
    IReadOnlyList<Watched> watched,
    IReadOnlyList<Blind> blind,
    MatchRules rules
)
{
    private readonly Dictionary<string, List<Seeing>> _seeing = watched
        .GroupBy(stretch => ScopeRelations.RootOf(stretch.Place))
        .ToDictionary(
            group => group.Key,
            group => group.Select(stretch => Seeing.Of(stretch, blind)).ToList()
        );

    /// <summary>An event in a district cannot be asked of a series of the whole country; one of a country can, of its districts.</summary>
    public string? WhyNot(ListedEvent theirs)
    {
        List<Seeing> there =
        [
            .. ScopeRelations
                .RootsOf(theirs)
                .SelectMany(root => _seeing.GetValueOrDefault(root) ?? [])
                .Where(seeing => IsThere(seeing, theirs)),
        ];
        return there.Count == 0 ? "no signals of ours for this place"
            : there.Exists(seeing => seeing.Saw(theirs, rules)) ? null
            : "no feed of ours could see this place at that time";
    }

    private static bool IsThere(Seeing seeing, ListedEvent theirs) =>
        theirs.Places.Any(place =>
            ScopeRelations.Places(seeing.Place, place)
                is ScopeRelation.Same
                    or ScopeRelation.OursNarrower
        )
        && (
            theirs.Network is null
            || (
                seeing.Network is not null
                && ScopeRelations.Fold(seeing.Network) == ScopeRelations.Fold(theirs.Network)
            )
        );

    /// <summary>A feed at a place, with the stretches in which it could judge.</summary>
    private sealed record Seeing(
        Place Place,
        string? Network,
        IReadOnlyList<(Instant From, Instant To)> Live
    )
    {
        public static Seeing Of(Watched watched, IReadOnlyList<Blind> blind)
        {
            var live = new List<(Instant From, Instant To)>();
            Instant from = watched.From;
            foreach (
                Blind stretch in blind
                    .Where(stretch => IsOf(stretch, watched))
                    .OrderBy(stretch => stretch.From)
            )
            {
                if (stretch.From > from)
                {
                    live.Add((from, Instant.Min(stretch.From, watched.To)));
                }

                from = Instant.Max(from, stretch.To);
            }

            if (from < watched.To)
            {
                live.Add((from, watched.To));
            }

            return new Seeing(watched.Place, watched.Network, live);
        }

        /// <summary>Live before it began, because a baseline is needed, and at some time while it went on.</summary>
        public bool Saw(ListedEvent theirs, MatchRules rules) =>
            Live.Any(stretch => stretch.From <= theirs.Start.Latest)
            && Live.Any(stretch =>
                stretch.From <= theirs.MayEnd(rules) && stretch.To > theirs.Start.Earliest
            );

        // A blind stretch of a sub-national feed is named "feed (place)".
        private static bool IsOf(Blind stretch, Watched watched) =>
            (
                stretch.Feed == watched.Feed
                && (stretch.Place is null || stretch.Place.Equals(watched.Place))
            )
            || stretch.Feed == $"{watched.Feed} ({watched.Place})";
    }
}
