using System.Globalization;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Finds hands that hand in more reports than people of a place do, or reports about more places than anybody is at. Hands
/// that hand in the same reports are one hand. A flood is no certainty; it is told, and weighs little.
/// </summary>
internal static class ReportFloods
{
    /// <summary>Hands that share so many reports, word for word and minute for minute, are one.</summary>
    private const int SharedByOneHand = 3;

    /// <summary>So that lots cannot overflow a sum.</summary>
    private const int LotMax = 1_000_000;

    /// <returns>The floods, and marks of what is flooded that <see cref="IsFlooded"/> reads.</returns>
    public static (IReadOnlyList<Flood> Floods, IReadOnlySet<string> Flooded) Find(
        IReadOnlyList<Entity> entities,
        DetectorProfile profile
    )
    {
        var floods = new List<Flood>();
        var flooded = new HashSet<string>(StringComparer.Ordinal);
        List<ReportSignal> reports = [.. entities.SelectMany(entity => entity.Reports)];
        Dictionary<string, string> joined = Joined(reports);
        foreach (
            IGrouping<string, ReportSignal> hand in reports
                .GroupBy(report => joined[HandOf(report)])
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            List<ReportSignal> all = InOrder(hand);
            (int most, int places) = MostWithinHold(all, profile);
            if (most > profile.FloodReportsInAll || places > profile.FloodPlaces)
            {
                flooded.UnionWith(all.Select(HandOf));
                bool isOnePlace = all.TrueForAll(report => report.Place.Equals(all[0].Place));
                floods.Add(Of(all, most, places, isOnePlace, profile));
                continue;
            }

            foreach (
                IGrouping<string, ReportSignal> place in hand.GroupBy(OnePlace)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
            )
            {
                List<ReportSignal> here = InOrder(place);
                if (
                    MostWithinHold(here, profile) is (var mostHere, _)
                    && mostHere > profile.FloodReports
                )
                {
                    flooded.UnionWith(here.Select(HandAt));
                    floods.Add(Of(here, mostHere, 1, isOnePlace: true, profile));
                }
            }
        }

        return (floods, flooded);
    }

    /// <summary>True for a report of a hand that floods everywhere, or the place that it is about.</summary>
    public static bool IsFlooded(ReportSignal report, IReadOnlySet<string> flooded) =>
        flooded.Count > 0 && (flooded.Contains(HandOf(report)) || flooded.Contains(HandAt(report)));

    /// <summary>Who handed a report in, as far as it is known without knowing anybody: the way it came, or its file.</summary>
    public static string HandOf(ReportSignal report) =>
        report.Hand ?? (report.Evidence.Count == 0 ? "" : report.Evidence[0].Sha256);

    private static string HandAt(ReportSignal report) => $"{HandOf(report)}\n{OnePlace(report)}";

    private static string OnePlace(ReportSignal report) => $"{report.Place.Key}|{report.Network}";

    /// <summary>
    /// For each hand the first of those that hand in what it does. Two people may well say the same at one time; two hands
    /// that share several reports are one.
    /// </summary>
    private static Dictionary<string, string> Joined(List<ReportSignal> reports)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var shared = new Dictionary<(string, string), int>();
        foreach (string hand in reports.Select(HandOf))
        {
            first[hand] = hand;
        }

        string Root(string hand)
        {
            while (first[hand] != hand)
            {
                hand = first[hand] = first[first[hand]];
            }

            return hand;
        }

        foreach (
            var same in reports.GroupBy(report =>
                (
                    OnePlace(report),
                    report.ObservedAt,
                    report.Service,
                    report.State,
                    report.Observer,
                    report.Text
                )
            )
        )
        {
            string[] hands =
            [
                .. same.Select(HandOf)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];
            for (int i = 1; i < hands.Length; i++)
            {
                (string, string) pair = (hands[i - 1], hands[i]);
                shared[pair] = shared.GetValueOrDefault(pair) + 1;
            }
        }

        foreach (((string low, string high), int count) in shared)
        {
            if (count >= SharedByOneHand)
            {
                (string one, string other) = (Root(low), Root(high));
                bool isInOrder = string.CompareOrdinal(one, other) <= 0;
                first[isInOrder ? other : one] = isInOrder ? one : other;
            }
        }

        return first.Keys.ToDictionary(hand => hand, Root, StringComparer.Ordinal);
    }

    private static List<ReportSignal> InOrder(IEnumerable<ReportSignal> reports) =>
        [
            .. reports
                .OrderBy(report => report.ObservedAt)
                .ThenBy(report => report.Id, StringComparer.Ordinal),
        ];

    private static (int Reports, int Places) MostWithinHold(
        List<ReportSignal> ordered,
        DetectorProfile profile
    )
    {
        var hold = Duration.FromHours(profile.ReportHoldHours);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int from = 0;
        long within = 0;
        (int most, int mostPlaces) = (0, 0);
        for (int i = 0; i < ordered.Count; i++)
        {
            string here = OnePlace(ordered[i]);
            places[here] = places.GetValueOrDefault(here) + 1;
            within += Reports(ordered[i]);
            while (ordered[i].ObservedAt - ordered[from].ObservedAt > hold)
            {
                within -= Reports(ordered[from]);
                string left = OnePlace(ordered[from++]);
                if (--places[left] == 0)
                {
                    places.Remove(left);
                }
            }

            (most, mostPlaces) = (
                (int)Math.Max(most, Math.Min(within, int.MaxValue)),
                Math.Max(mostPlaces, places.Count)
            );
        }

        return (most, mostPlaces);
    }

    /// <summary>A report that stands for a lot counts as all of it; beyond any limit it no longer matters by how much.</summary>
    private static int Reports(ReportSignal report) =>
        1 + Math.Clamp(report.Further ?? 0, 0, LotMax);

    private static Flood Of(
        List<ReportSignal> reports,
        int most,
        int places,
        bool isOnePlace,
        DetectorProfile profile
    )
    {
        int hands = reports.Select(HandOf).Distinct(StringComparer.Ordinal).Count();
        string from =
            hands == 1
                ? "from one hand"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"from {hands} inputs that repeat each other, as from one hand,"
                );
        string about = isOnePlace
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" about {places} places");
        return new Flood(
            isOnePlace ? reports[0].Place : null,
            reports[0].Evidence.Count == 0 ? "" : reports[0].Evidence[0].File,
            (int)Math.Min(reports.Sum(report => (long)Reports(report)), int.MaxValue),
            reports[0].ObservedAt,
            reports[^1].ObservedAt,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{most} reports{about} {from} within {profile.ReportHoldHours} hours: together they weigh {profile.FloodWeight} in log-odds, less than one report"
            )
        )
        {
            Hands = reports.Select(HandOf).ToHashSet(StringComparer.Ordinal),
        };
    }
}
