using Breakwater.Feeds;
using Breakwater.Preparedness.Exercises;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>
/// Field reports of a scenario on the clock of an exercise: each comes in, through the intake for everybody's reports, when it was
/// received; what was received before the beginning is there from the beginning.
/// </summary>
internal static class ScenarioReports
{
    /// <summary>The other half stays for those who run the exercise.</summary>
    private const int Max = Inject.Max / 2;

    /// <returns>Injects in the order in which they come, and what was left out, in words.</returns>
    public static (IReadOnlyList<Inject> Injects, IReadOnlyList<string> Left) Of(
        Scenario scenario,
        Instant startsAt,
        Instant endsAt
    )
    {
        if (scenario.Reports is not { } file)
        {
            return ([], []);
        }

        SignalsRead read = SignalsFromReports.Read(file, scenario.ReportsOrigin);
        ReportSignal[] come =
        [
            .. read
                .Signals.OfType<ReportSignal>()
                .Where(report => report.ReceivedAt <= endsAt)
                .OrderBy(report => report.ReceivedAt)
                .ThenBy(report => report.Id, StringComparer.Ordinal),
        ];
        return (
            [.. come.TakeLast(Max).Select((report, i) => ComesIn(report, i + 1, startsAt))],
            [
                .. read.Faults.Select(fault => fault.ToString()),
                .. come.Length > Max
                    ? (string[])
                        [
                            $"{come.Length - Max} field reports: an exercise brings in the last {Max} at most",
                        ]
                    : [],
            ]
        );
    }

    private static Inject ComesIn(ReportSignal report, int number, Instant startsAt) =>
        new()
        {
            Id = $"scenario-report-{number}",
            At = Instant.Max(report.ReceivedAt, startsAt),
            Kind = InjectKind.Report,
            Text = new Dictionary<string, string>
            {
                ["en"] = report.Text is { Length: > 0 } text
                    ? text[..Math.Min(text.Length, Inject.TextMax)]
                    : "A report of the scenario.",
            },
            Report = new InjectedReport(
                report.Place,
                Checks.Word(report.State),
                report.Network,
                report.Service
            )
            {
                ObservedAt = report.ObservedAt,
                Observer = report.Observer,
            },
        };
}
