using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.OpenData;

/// <summary>A record as it goes on a map: where as coarsely as everybody is shown it, when, and what is said of it. No source, person or site.</summary>
/// <param name="Shape">Null for what lies nowhere, such as a registry.</param>
/// <param name="From">Null when it is not known since when, or has no time.</param>
/// <param name="Until">Null while it lasts, or while nobody can see.</param>
/// <param name="Properties">Each with its value: a text, a number, or null for what is unknown.</param>
public sealed record Feature(
    string Id,
    CoarseShape? Shape,
    Instant? From,
    Instant? Until,
    IReadOnlyList<(string Name, object? Value)> Properties
)
{
    public static Feature Of(Disruption disruption)
    {
        ArgumentNullException.ThrowIfNull(disruption);
        var shape = CoarseShape.For(disruption.Place);
        return new Feature(
            disruption.Id,
            shape,
            disruption.Onset.Earliest,
            disruption.End?.Latest,
            [
                ("kind", Checks.Word(disruption.Kind)),
                ("state", Checks.Word(disruption.State)),
                .. Where(disruption.Place, shape),
                ("network", disruption.Network),
                ("target", disruption.Target),
                ("onsetEarliest", disruption.Onset.Earliest),
                ("onsetLatest", disruption.Onset.Latest),
                ("endEarliest", disruption.End?.Earliest),
                ("endLatest", disruption.End?.Latest),
                ("seenUntil", disruption.SeenUntil),
                ("confidence", disruption.Confidence.Probability),
                ("origin", Checks.Word(disruption.Origin)),
            ]
        );
    }

    public static Feature Of(Restoration restoration)
    {
        ArgumentNullException.ThrowIfNull(restoration);
        var shape = CoarseShape.For(restoration.Place);
        return new Feature(
            restoration.Id,
            shape,
            restoration.Start?.Earliest,
            restoration.End?.Latest,
            [
                ("disruption", restoration.DisruptionId),
                ("state", Checks.Word(restoration.State)),
                .. Where(restoration.Place, shape),
                ("service", restoration.ServiceSeen),
                ("startEarliest", restoration.Start?.Earliest),
                ("startLatest", restoration.Start?.Latest),
                ("lostAgainLatest", restoration.End?.Latest),
                ("shareRestored", restoration.ShareRestored),
                ("measuredBy", restoration.MeasuredBy),
                ("origin", Checks.Word(restoration.Origin)),
            ]
        );
    }

    public static Feature Of(Need need)
    {
        ArgumentNullException.ThrowIfNull(need);
        var shape = CoarseShape.For(need.Place);
        return new Feature(
            need.Id,
            shape,
            need.Since,
            null,
            [
                ("service", Checks.Word(need.Service)),
                ("group", Checks.Word(need.Group)),
                .. Where(need.Place, shape),
                ("pcode", need.Pcode),
                ("withoutServiceLow", need.WithoutService?.Low),
                ("withoutServiceHigh", need.WithoutService?.High),
                ("priority", need.Priority),
                ("since", need.Since),
                ("origin", Checks.Word(need.Origin)),
            ]
        );
    }

    /// <summary>A plan lies where its lines do; over several countries it has no shape of one.</summary>
    public static Feature Of(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string?[] countries = [.. plan.Lines.Select(line => line.Place.Country).Distinct()];
        Place place = countries is [{ } one] ? Place.OfCountry(one) : new Place();
        var shape = CoarseShape.For(place);
        return new Feature(
            plan.Id,
            shape,
            plan.Lines.Count == 0 ? null : plan.Lines.Min(line => line.ServiceAt),
            plan.Lines.Count == 0 ? null : plan.Lines.Max(line => line.Until),
            [
                ("option", plan.Option),
                .. Where(place, shape),
                ("lines", plan.Lines.Count),
                ("civilians", plan.Civilians),
                ("responders", plan.Responders),
                ("unservedNeeds", plan.Unserved.Count),
                ("origin", Checks.Word(plan.Origin)),
            ]
        );
    }

    private static IEnumerable<(string Name, object? Value)> Where(
        Place place,
        CoarseShape? shape
    ) =>
        [
            ("place", place.IsNowhere ? null : place.Key),
            ("country", place.Country),
            ("shapeOf", shape?.Of),
        ];
}
