using System.Globalization;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Finds hands that hand in more reports than people of a place do. A flood is no certainty; it is told, and weighs little.</summary>
internal static class ReportFloods
{
    public static (IReadOnlyList<Flood> Floods, IReadOnlySet<string> Hands) Find(
        IReadOnlyList<Entity> entities,
        DetectorProfile profile
    )
    {
        var floods = new List<Flood>();
        var hands = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            IGrouping<string, ReportSignal> hand in entities
                .SelectMany(entity => entity.Reports)
                .GroupBy(HandOf)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            List<ReportSignal> all = InOrder(hand);
            if (MostWithinHold(all, profile) is var most && most > profile.FloodReportsInAll)
            {
                hands.Add(hand.Key);
                bool isOnePlace = all.TrueForAll(report => report.Place.Equals(all[0].Place));
                floods.Add(Of(all, most, isOnePlace, profile));
                continue;
            }

            foreach (
                IGrouping<string, ReportSignal> place in hand.GroupBy(OnePlace)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
            )
            {
                List<ReportSignal> here = InOrder(place);
                if (
                    MostWithinHold(here, profile) is var mostHere
                    && mostHere > profile.FloodReports
                )
                {
                    floods.Add(Of(here, mostHere, isOnePlace: true, profile));
                }
            }
        }

        return (floods, hands);
    }

    /// <summary>Who handed a report in, as far as it is known without knowing anybody: the way it came, or its file.</summary>
    public static string HandOf(ReportSignal report) =>
        report.Hand ?? (report.Evidence.Count == 0 ? "" : report.Evidence[0].Sha256);

    private static string OnePlace(ReportSignal report) => $"{report.Place.Key}|{report.Network}";

    private static List<ReportSignal> InOrder(IEnumerable<ReportSignal> reports) =>
        [
            .. reports
                .OrderBy(report => report.ObservedAt)
                .ThenBy(report => report.Id, StringComparer.Ordinal),
        ];

    private static int MostWithinHold(List<ReportSignal> ordered, DetectorProfile profile)
    {
        var hold = Duration.FromHours(profile.ReportHoldHours);
        int from = 0;
        int most = 0;
        for (int i = 0; i < ordered.Count; i++)
        {
            while (ordered[i].ObservedAt - ordered[from].ObservedAt > hold)
            {
                from++;
            }

            most = Math.Max(most, i - from + 1);
        }

        return most;
    }

    private static Flood Of(
        List<ReportSignal> reports,
        int most,
        bool isOnePlace,
        DetectorProfile profile
    ) =>
        new(
            isOnePlace ? reports[0].Place : null,
            reports[0].Evidence.Count == 0 ? "" : reports[0].Evidence[0].File,
            reports.Count,
            reports[0].ObservedAt,
            reports[^1].ObservedAt,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{most} reports from one hand within {profile.ReportHoldHours} hours: together they weigh {profile.FloodWeight} in log-odds, less than one report"
            )
        );
}
