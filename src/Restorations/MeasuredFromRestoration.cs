using Breakwater.Decisions;
using NodaTime;

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

    /// <summary>
    /// Services and areas that nobody independent can see, and what was delivered after anybody looked. Not restored is
    /// measured; unconfirmed is not.
    /// </summary>
    /// <param name="restorations">Of the last measurement.</param>
    /// <param name="commitments">Of the same response, as they stand now.</param>
    public static IReadOnlyList<string> Unmeasured(
        IReadOnlyList<Restoration> restorations,
        IReadOnlyList<Commitment> commitments
    )
    {
        ArgumentNullException.ThrowIfNull(restorations);
        ArgumentNullException.ThrowIfNull(commitments);
        Instant? asOf = restorations.Max(restoration => restoration.AsOf);
        return
        [
            .. restorations
                .Where(restoration => restoration.State == RestorationState.Unconfirmed)
                .Select(restoration => $"{restoration.ServiceSeen} in {restoration.Place}")
                .Concat(
                    commitments
                        .Where(commitment =>
                            commitment.History.Any(step =>
                                step.State == CommitmentState.Delivered && !(step.At <= asOf)
                            )
                        )
                        .Select(commitment =>
                            $"{commitment.Asset} in {commitment.Place}, delivered since the last measurement"
                        )
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
