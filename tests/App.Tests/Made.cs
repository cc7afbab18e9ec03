using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Tests;

/// <summary>What a test begins with and no detector told.</summary>
internal static class Made
{
    /// <summary>A public outage that goes on, with an onset within the hour before it.</summary>
    public static Disruption Disruption(string id, Place place, Instant start) =>
        new()
        {
            Id = id,
            Kind = DisruptionKind.Outage,
            State = DisruptionState.Confirmed,
            Place = place,
            Asns = [],
            Start = start,
            Onset = new InstantRange(start - Duration.FromHours(1), start),
            End = null,
            Confidence = new Confidence(0.9),
            Severity = [],
            Sources = [],
            Claims = [],
            Links = [],
            Notes = [],
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Signals = [],
            Evidence = [],
            Detector = "made",
        };
}
