using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>
/// Function by function, what observers other than the registry itself saw of a core resource whose function is in doubt
/// (INV-02). A promise to go on is no evidence that it does.
/// </summary>
internal static class RestorationsOfFunctions
{
    private static readonly string[] _suppliers = ["operator", "supplier", "registry"];

    public static IEnumerable<Restoration> Confirm(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Signal> signals,
        Instant asOf
    )
    {
        foreach (
            Disruption disruption in disruptions.Where(one =>
                one is { Place.Function: not null, Kind: DisruptionKind.RegistryFailure }
            )
        )
        {
            foreach (
                IGrouping<string, ReportSignal> function in signals
                    .OfType<ReportSignal>()
                    .Where(report =>
                        report.Place.IsWithin(disruption.Place)
                        && report.ObservedAt >= disruption.Onset.Earliest
                        && report.ReceivedAt < asOf
                        && report.State != ServiceState.Unknown
                    )
                    .GroupBy(report => report.Place.Key)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
            )
            {
                yield return Of(disruption, [.. function], asOf);
            }
        }
    }

    private static Restoration Of(Disruption disruption, List<ReportSignal> reports, Instant asOf)
    {
        List<ReportSignal> last =
        [
            .. reports
                .Where(report => !_suppliers.Contains(report.Observer))
                .GroupBy(report => report.Observer)
                .Select(hand => hand.MaxBy(report => report.ObservedAt)!)
                .OrderBy(report => report.ObservedAt),
        ];
        List<ReportSignal> working = [.. last.Where(one => one.State == ServiceState.Working)];
        ReportSignal? first = working.FirstOrDefault();
        return new Restoration
        {
            Id = ContentId.Of(
                "restoration",
                new
                {
                    disruption.Id,
                    function = reports[0].Place,
                    asOf,
                    RestorationsFromDecisions.MethodVersion,
                }
            ),
            DisruptionId = disruption.Id,
            Place = reports[0].Place,
            ServiceSeen = "core-resource function",
            State =
                last.Count == 0 ? RestorationState.Unconfirmed
                : working.Count == last.Count
                    ? (working.Count > 1 ? RestorationState.Confirmed : RestorationState.Partial)
                : working.Count > 0 || last.Exists(one => one.State == ServiceState.Degraded)
                    ? RestorationState.Partial
                : RestorationState.NotRestored,
            Start = first is null
                ? null
                : new InstantRange(disruption.Onset.Earliest, first.ObservedAt),
            ShareRestored = null,
            MeasuredBy =
                last.Count == 0
                    ? "nobody independent"
                    : string.Join(", ", last.Select(one => one.Source).Distinct()),
            Commitments = [],
            Notes =
            [
                .. last.Where(one => one.State != ServiceState.Working)
                    .Select(one =>
                        $"{one.Observer}: {(one.State == ServiceState.Down ? "down" : "degraded")}"
                    ),
                .. last.Count == 1 && working.Count == 1
                    ? (string[])["one kind of observer only"]
                    : [],
            ],
            Origin = reports.Max(report => report.Origin),
            Marking = Marking.Strictest(
                reports.Select(report => report.Marking).Append(disruption.Marking)
            ),
            Evidence = [.. last.SelectMany(report => report.Evidence)],
            AsOf = asOf,
        };
    }
}
