using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>
/// Prefix by prefix, whether every peer that took a departing route was seen to let go of it. A last announcement is not a
/// withdrawal: a route that nobody was seen to give up is open, however long nothing was heard of it.
/// </summary>
internal static class RestorationsOfRoutes
{
    public static IEnumerable<Restoration> Confirm(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Signal> signals,
        Instant asOf
    )
    {
        ILookup<string, RouteSignal> byPrefix = signals
            .OfType<RouteSignal>()
            .ToLookup(signal => signal.Place.Key);
        foreach (Disruption disruption in disruptions.Where(one => one.Routing is not null))
        {
            RouteSignal? seen = byPrefix[disruption.Place.Key]
                .Where(signal =>
                    disruption.Asns.Contains(signal.Held.Origin)
                    && signal.Held.From == disruption.Start
                )
                .OrderBy(signal => signal.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            if (seen is not null)
            {
                yield return Of(disruption, seen, asOf);
            }
        }
    }

    private static Restoration Of(Disruption disruption, RouteSignal seen, Instant asOf)
    {
        RouteHeld held = seen.Held;
        return new Restoration
        {
            Id = ContentId.Of(
                "restoration",
                new
                {
                    disruption.Id,
                    signal = seen.Id,
                    asOf,
                    RestorationsFromDecisions.MethodVersion,
                }
            ),
            DisruptionId = disruption.Id,
            Place = disruption.Place,
            ServiceSeen = "routes",
            State =
                held.Until is not null ? RestorationState.Confirmed
                : held.Holding < held.Peers ? RestorationState.Partial
                : RestorationState.NotRestored,
            Start = held.Until is { } at ? new InstantRange(at, at) : null,
            ShareRestored =
                held.Peers == 0 ? null : (held.Peers - held.Holding) / (double)held.Peers,
            MeasuredBy = seen.Source,
            Commitments = [],
            Notes = held.Until is not null
                ? []
                :
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{held.Holding} of {held.Peers} peers were not seen to let go of it; last taken by a peer {held.LastTaken}; silence since, or a last announcement, is no withdrawal"
                    ),
                ],
            Origin = seen.Origin,
            Marking = Marking.Strictest([disruption.Marking, seen.Marking]),
            Evidence = seen.Evidence,
            AsOf = asOf,
        };
    }
}
