using Breakwater.Decisions;

namespace Breakwater.Restorations;

/// <summary>What of a restoration people may rest a clock or a stand-down on: what somebody independent saw (INV-19).</summary>
public static class MeasuredFromRestoration
{
    /// <returns>Null when nobody independent saw a return that holds.</returns>
    public static MeasuredReturn? Of(Restoration restoration)
    {
        ArgumentNullException.ThrowIfNull(restoration);
        return
            restoration
                is {
                    State: RestorationState.Confirmed or RestorationState.Partial,
                    Start.Latest: var since,
                }
            ? new MeasuredReturn(
                restoration.Id,
                restoration.DisruptionId,
                restoration.Place,
                restoration.ServiceSeen,
                restoration.MeasuredBy,
                since,
                restoration.State == RestorationState.Confirmed
            )
            : null;
    }

    /// <summary>Services and areas that nobody independent can see. Not restored is measured; unconfirmed is not.</summary>
    public static IReadOnlyList<string> Unmeasured(IReadOnlyList<Restoration> restorations)
    {
        ArgumentNullException.ThrowIfNull(restorations);
        return
        [
            .. restorations
                .Where(restoration => restoration.State == RestorationState.Unconfirmed)
                .Select(restoration => $"{restoration.ServiceSeen} in {restoration.Place}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
