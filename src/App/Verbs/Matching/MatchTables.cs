using System.Globalization;
using Breakwater.Disruptions.Matching;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Matching;

/// <summary>A match as text: the sums first, then each pair and each miss by name.</summary>
internal static class MatchTables
{
    private const int ShownMax = 20;
    private const int ReasonsMax = 8;

    public static void Write(
        Printing print,
        MatchResult result,
        ListedInput ours,
        ListedInput theirs,
        MatchRules rules
    )
    {
        print.Line($"MATCH  {ours.Name} against {theirs.Name}");
        Sums(print, "ours", result.Sums.Ours, "are in the list", result.NotComparable.Ours.Count);
        Sums(print, "theirs", result.Sums.Theirs, "were found", result.NotComparable.Theirs.Count);
        if (result.IsCut)
        {
            print.Line(
                $"  more than {rules.PairsMax} pairs: the rest is unread, and the sums count the listed ones only"
            );
        }

        Section(print, "MATCHED", result.Matched, pair => Pair(print, pair));
        Section(
            print,
            "OURS ONLY  (not in the list: false, or not listed)",
            result.OursOnly,
            item => print.Line($"  {Event(item)}")
        );
        Section(
            print,
            ours.Watched is null
                ? "THEIRS ONLY  (not in ours, which names the place and covers the time)"
                : "THEIRS ONLY  (missed: a feed of ours could see)",
            result.TheirsOnly,
            item => print.Line($"  {Event(item)}")
        );
        NotCompared(print, "ours", result.NotComparable.Ours);
        NotCompared(print, "theirs", result.NotComparable.Theirs);
        foreach (string note in ours.Notes.Concat(theirs.Notes).Distinct())
        {
            print.Line($"note: {note}");
        }
    }

    private static void Sums(Printing print, string side, SideSums sums, string what, int apart)
    {
        print.Line(
            sums.Matched.Of == 0
                ? $"  {side}: none of {sums.Given} can be compared, so there is no share"
                : $"  {side}: {Share(sums.Matched)} {what}, {Share(sums.MatchedSameScope)} with the same place and network, {Share(sums.StartedTogether)} with the same start; {apart} more cannot be compared"
        );
    }

    private static string Share(CountedShare share) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{share.Count} of {share.Of} ({100 * share.Share:0.#} %)"
        );

    private static void Section<T>(
        Printing print,
        string title,
        IReadOnlyList<T> items,
        Action<T> write
    )
    {
        print.Line();
        print.Line($"{title}  {items.Count}");
        foreach (T item in items.Take(ShownMax))
        {
            write(item);
        }

        if (items.Count > ShownMax)
        {
            print.Line($"  and {items.Count - ShownMax} more (--json lists all)");
        }
    }

    private static void Pair(Printing print, MatchedPair pair)
    {
        print.Line($"  ours   {Event(pair.Ours)}");
        print.Line($"  theirs {Event(pair.Theirs)}");
        string relation = pair.Relation switch
        {
            ScopeRelation.Same => "same place",
            ScopeRelation.OursWider => "ours is wider",
            ScopeRelation.OursNarrower => "ours is narrower",
            _ => "the places overlap",
        };
        string onset = pair.OnsetGapMinutes switch
        {
            0 => "starts agree",
            < 0 and var early => $"ours starts {Length(-early)} earlier",
            var late => $"ours starts {Length(late)} later",
        };
        string overlap = pair.OverlapMinutes is { } minutes
            ? $"overlap up to {Length(minutes)}"
            : "neither has an end";
        string counted = (pair.IsCounted.Ours, pair.IsCounted.Theirs) switch
        {
            (true, true) => "",
            (false, false) => "; in no sum, not comparable",
            (true, false) => "; not in the sum of theirs",
            _ => "; not in the sum of ours",
        };
        print.Line($"         {relation}, {onset}, {overlap}{counted}");
        print.Line();
    }

    private static void NotCompared(Printing print, string side, IReadOnlyList<NotComparable> items)
    {
        print.Line();
        print.Line($"NOT COMPARABLE, {side}  {items.Count}");
        foreach (
            IGrouping<string, NotComparable> group in items
                .GroupBy(item => item.Reason)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(ReasonsMax)
        )
        {
            print.Line($"  {group.Count(), 5}  {group.Key}");
        }
    }

    private static string Event(ListedEvent item)
    {
        string place = item.FurtherPlaces is { Count: > 0 } further
            ? $"{item.Place} and {further.Count} more places"
            : item.Place.Key;
        string kind = item.Kind is { } known ? Tables.Word(known) : "of unknown kind";
        string network = item.Network is null ? "" : $", network {item.Network}";
        string end =
            item.End is { } until ? Range(until)
            : item.IsLasting ? "lasting"
            : "end not known";
        string sure = item.Confidence is { } confidence
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", confidence {confidence.Probability:0.00}"
            )
            : "";
        return $"{kind} in {place}{network}, {Range(item.Start)} to {end}{sure} [{item.Reference ?? item.Id}]";
    }

    /// <summary>A moment; a day, by its middle, because lists mean days of local time; or a longer stretch.</summary>
    private static string Range(InstantRange range)
    {
        Duration width = range.Latest - range.Earliest;
        return width < Duration.FromHours(20) ? Time(range.Latest)
            : width <= Duration.FromHours(27)
                ? $"{(range.Earliest + (width / 2)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)} (day)"
            : $"between {Time(range.Earliest)} and {Time(range.Latest)}";
    }

    private static string Time(Instant at) =>
        at.ToString("uuuu-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Length(long minutes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(minutes >= 2880 ? $"{minutes / 1440.0:0.#} days" : minutes >= 120 ? $"{minutes / 60.0:0.#} h" : $"{minutes} min")}"
        );
}
