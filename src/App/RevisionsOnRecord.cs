using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>What a new detection tells otherwise than the record did: late data revise, and say so.</summary>
internal static class RevisionsOnRecord
{
    /// <returns>Each revision with the stricter marking of the two tellings.</returns>
    public static async Task<IReadOnlyList<(Revision Revision, Marking Marking)>> Of(
        IRecords records,
        IReadOnlyList<Signal> signals,
        Detection detection
    )
    {
        var told = new List<Disruption>();
        await foreach (Product product in records.Products("disruption").ConfigureAwait(false))
        {
            if (Read<Disruption>(product) is { } disruption && IsInSight(disruption, signals))
            {
                told.Add(disruption);
            }
        }

        var superseded = new HashSet<string>(StringComparer.Ordinal);
        await foreach (Product product in records.Products("revision").ConfigureAwait(false))
        {
            if (Read<Revision>(product) is { Earlier: { } earlier })
            {
                superseded.Add(earlier);
            }
        }

        told.RemoveAll(disruption => superseded.Contains(disruption.Id));
        Instant at = signals
            .OfType<SeriesSignal>()
            .Where(series => series.Samples.Count > 0)
            .Select(series => series.Samples[^1].At)
            .DefaultIfEmpty(Instant.MinValue)
            .Max();
        Dictionary<string, Marking> markings = told.Concat(detection.Disruptions)
            .GroupBy(disruption => disruption.Id)
            .ToDictionary(
                group => group.Key,
                group => Marking.Strictest(group.Select(one => one.Marking)),
                StringComparer.Ordinal
            );
        return
        [
            .. Revision
                .Between(told, detection.Disruptions, at)
                .Where(revision => revision.Kind != RevisionKind.Opened)
                .Select(revision =>
                    (
                        revision,
                        Marking.Strictest(
                            ((string?[])[revision.Id, revision.Earlier])
                                .OfType<string>()
                                .Select(id => markings[id])
                        )
                    )
                ),
        ];
    }

    /// <summary>True for one that these signals could see: same place, and onset inside what they cover.</summary>
    private static bool IsInSight(Disruption disruption, IReadOnlyList<Signal> signals) =>
        signals
            .OfType<SeriesSignal>()
            .Any(series =>
                series.Samples.Count > 0
                && series.Place.Equals(disruption.Place)
                && series.Network == disruption.Network
                && disruption.Sources.Any(source => source.Name == series.Source)
                && series.Samples[0].At + Duration.FromDays(2) <= disruption.Onset.Earliest
                && disruption.Onset.Latest <= series.Samples[^1].At
            );

    private static T? Read<T>(Product product)
        where T : class
    {
        try
        {
            return product.Body.Deserialize<T>(Json.Compact);
        }
        catch (JsonException)
        {
            // Written by another version: it stays on record as it is, and is compared with nothing.
            return null;
        }
    }
}
