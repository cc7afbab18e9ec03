using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>What independent observers say of one service at one place. Each kind of observer has one voice: its last word.</summary>
/// <param name="Working">Of each kind that last saw it work: the first report of the unbroken run, soonest first.</param>
/// <param name="Lesser">Of each kind that last saw only part of it, or only a lower class of service, work.</param>
/// <param name="Down">Of each kind that last saw it down.</param>
/// <param name="Stale">Of each kind whose last word is too old to count: that word.</param>
/// <param name="WorkedFrom">The first report that it works, whatever came after.</param>
/// <param name="LostAgain">
/// Of what worked and that every kind last saw down: between the last report that it worked from before anybody saw it down, and the
/// first that it was down from after everybody saw it work. Where observers disagree meanwhile it is as wide as that.
/// </param>
internal sealed record WordsOnService(
    IReadOnlyList<ReportSignal> Working,
    IReadOnlyList<ReportSignal> Lesser,
    IReadOnlyList<ReportSignal> Down,
    IReadOnlyList<ReportSignal> Stale,
    ReportSignal? WorkedFrom,
    InstantRange? LostAgain
)
{
    private enum Meaning
    {
        Working,
        Lesser,
        Down,
    }

    /// <param name="reports">Of one place, by observers who are not the supplier.</param>
    /// <param name="freshSince">A last word from before says nothing of today.</param>
    public static WordsOnService Of(
        IEnumerable<ReportSignal> reports,
        Service service,
        Instant freshSince
    )
    {
        var said = new Dictionary<Meaning, List<ReportSignal>>
        {
            [Meaning.Working] = [],
            [Meaning.Lesser] = [],
            [Meaning.Down] = [],
        };
        var stale = new List<ReportSignal>();
        var seen = new List<ReportSignal>();
        var gone = new List<ReportSignal>();
        ReportSignal? workedFrom = null;
        foreach (
            var voice in reports
                .Select(report => (Report: report, Meaning: MeaningOf(report, service)))
                .Where(word => word.Meaning is not null)
                // What was seen at one moment in two ways is not working.
                .OrderBy(word => word.Report.ObservedAt)
                .ThenBy(word => word.Meaning)
                .ThenBy(word => word.Report.Id, StringComparer.Ordinal)
                .GroupBy(word => word.Report.Observer, StringComparer.Ordinal)
                .Select(voice => voice.ToList())
        )
        {
            (ReportSignal last, Meaning? meaning) = voice[^1];
            if (
                voice.Find(word => word.Meaning == Meaning.Working).Report is { } first
                && (workedFrom is null || first.ObservedAt < workedFrom.ObservedAt)
            )
            {
                workedFrom = first;
            }

            seen.AddRange(
                voice.Where(word => word.Meaning != Meaning.Down).Select(word => word.Report)
            );
            if (last.ObservedAt < freshSince)
            {
                stale.Add(last);
                continue;
            }

            int from = voice.FindLastIndex(word => word.Meaning != meaning) + 1;
            said[meaning!.Value].Add(voice[from].Report);
            gone.AddRange(
                voice.Skip(from).Where(_ => meaning == Meaning.Down).Select(word => word.Report)
            );
        }

        return new WordsOnService(
            InOrder(said[Meaning.Working]),
            InOrder(said[Meaning.Lesser]),
            InOrder(said[Meaning.Down]),
            InOrder(stale),
            workedFrom,
            said[Meaning.Working].Count + said[Meaning.Lesser].Count == 0
                ? LostAgainOf(workedFrom, seen, gone)
                : null
        );
    }

    private static InstantRange? LostAgainOf(
        ReportSignal? workedFrom,
        List<ReportSignal> seen,
        List<ReportSignal> gone
    )
    {
        // Who called it down before anybody saw it work tells of the first loss.
        Instant[] down =
        [
            .. gone.Select(report => report.ObservedAt)
                .Where(at => at > workedFrom?.ObservedAt)
                .Order(),
        ];
        if (down.Length == 0)
        {
            return null;
        }

        Instant lastSeen = seen.Max(report => report.ObservedAt);
        return new InstantRange(
            seen.Select(report => report.ObservedAt).Where(at => at <= down[0]).Max(),
            down.FirstOrDefault(at => at >= lastSeen, down[^1])
        );
    }

    /// <summary>
    /// A class of service carries those below it: a higher one that works proves this one, a lower one that is down refutes it,
    /// and a lower one that works is only part of it. A broadcast and a core function are apart from all others.
    /// </summary>
    /// <returns>Null for a report that says nothing of the service.</returns>
    private static Meaning? MeaningOf(ReportSignal report, Service service)
    {
        if (report.State == ServiceState.Unknown)
        {
            return null;
        }

        Service reported = report.Service ?? service;
        if (reported != service && !(IsConnection(reported) && IsConnection(service)))
        {
            return null;
        }

        return report.State switch
        {
            ServiceState.Down => reported <= service ? Meaning.Down : null,
            ServiceState.Working when reported >= service => Meaning.Working,
            _ => reported > service ? null : Meaning.Lesser,
        };
    }

    private static bool IsConnection(Service service) =>
        service is not (Service.Broadcast or Service.CoreFunction);

    private static List<ReportSignal> InOrder(IEnumerable<ReportSignal> reports) =>
        [
            .. reports
                .OrderBy(report => report.ObservedAt)
                .ThenBy(report => report.Id, StringComparer.Ordinal),
        ];
}
