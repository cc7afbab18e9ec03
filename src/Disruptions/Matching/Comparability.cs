using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions.Matching;

/// <summary>What each side could have known of. The answer is a reason for people, or null when it could.</summary>
internal sealed class Comparability
{
    private readonly MatchRules _rules;
    private readonly bool _isOfEveryPlace;
    private readonly TimeWindow _period;
    private readonly HashSet<string> _roots;
    private readonly HashSet<bool> _sorts;
    private readonly IReadOnlyDictionary<string, List<Seeing>>? _seeing;

    public Comparability(
        EventList list,
        IReadOnlyList<Watched>? watched,
        IReadOnlyList<Blind> blind,
        MatchRules rules
    )
    {
        _rules = rules;
        _isOfEveryPlace = list.IsOfEveryPlace;
        _roots = [.. list.Events.SelectMany(ScopeRelations.RootsOf)];
        _sorts = [.. list.Events.Select(IsOfRoutes)];
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
        _seeing = watched
            ?.GroupBy(stretch => ScopeRelations.RootOf(stretch.Place))
            .ToDictionary(
                group => group.Key,
                group => group.Select(stretch => Seeing.Of(stretch, blind)).ToList()
            );
    }

    /// <summary>A hijack or a leak is no outage, however well time and place agree.</summary>
    public static bool AreOfOneSort(ListedEvent one, ListedEvent other) =>
        IsOfRoutes(one) == IsOfRoutes(other);

    public string? WhyNotOurs(ListedEvent ours) =>
        ours.RestsOnClaims ? "rests on claims alone; nothing measured stands behind it"
        : ours.Confidence is { } sure && sure.Probability < _rules.ConfidenceMin
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"confidence {sure.Probability:0.00} is below {_rules.ConfidenceMin:0.00}"
            )
        : !_sorts.Contains(IsOfRoutes(ours)) ? "the list has no events of this sort"
        : !_isOfEveryPlace && !ScopeRelations.RootsOf(ours).Any(_roots.Contains)
            ? "the list never names this place"
        : ours.MayEnd(_rules) < _period.Since ? $"over before the list begins ({_period.Since})"
        : ours.Start.Earliest > _period.Until
            ? $"after the last start in the list ({_period.Until})"
        : null;

    /// <summary>An event in a district cannot be asked of a series of the whole country; one of a country can, of its districts.</summary>
    public string? WhyNotTheirs(ListedEvent theirs)
    {
        if (_seeing is null)
        {
            return null;
        }

        List<Seeing> there =
        [
            .. ScopeRelations
                .RootsOf(theirs)
                .SelectMany(root => _seeing.GetValueOrDefault(root) ?? [])
                .Where(seeing => IsThere(seeing, theirs)),
        ];
        return there.Count == 0 ? "no signals of ours for this place"
            : there.Exists(seeing => seeing.Saw(theirs, _rules)) ? null
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

    private static bool IsOfRoutes(ListedEvent item) =>
        item.Kind is DisruptionKind.Hijack or DisruptionKind.Leak;

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
