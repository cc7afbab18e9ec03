using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>
/// What a new detection tells otherwise than the record did: late data revise, and say so. Only the same series, known at
/// least as far, overrules what was told; otherwise both tellings stand, as contradicting claims do.
/// </summary>
internal sealed class RevisionsOnRecord
{
    /// <summary>An input that starts later than the recorded one must still have this much before the onset to judge it by.</summary>
    private static readonly Duration _baseline = Duration.FromDays(7);

    private readonly List<Disruption> _disruptions = [];
    private readonly List<Revision> _revisions = [];
    private readonly Dictionary<string, SeriesOnRecord> _series = new(StringComparer.Ordinal);

    private RevisionsOnRecord() { }

    public static async Task<RevisionsOnRecord> Read(IRecords records)
    {
        var read = new RevisionsOnRecord();
        await foreach (Product product in records.Products("disruption").ConfigureAwait(false))
        {
            read._disruptions.AddRange(Body<Disruption>(product) is { } one ? [one] : []);
        }

        await foreach (Product product in records.Products("revision").ConfigureAwait(false))
        {
            read._revisions.AddRange(Body<Revision>(product) is { } one ? [one] : []);
        }

        await foreach (Product product in records.Products("signal").ConfigureAwait(false))
        {
            if (SeriesOnRecord.Read(product) is { } series)
            {
                read._series[product.Id] = series;
            }
        }

        return read;
    }

    /// <summary>
    /// Ids of disruptions that must not be counted: those that no longer stand, and those of which public signals tell by
    /// themselves too.
    /// </summary>
    public static async Task<IReadOnlySet<string>> CountedElsewhere(IRecords records)
    {
        RevisionsOnRecord read = await Read(records).ConfigureAwait(false);
        var standing = new StandingTellings(read._revisions);
        List<Disruption> open =
        [
            .. read._disruptions.Where(one =>
                Tellings.IsOpen(one.Marking) && standing.Stands(one.Id)
            ),
        ];
        return read
            ._disruptions.Where(one =>
                !standing.Stands(one.Id)
                || (
                    !Tellings.IsOpen(one.Marking)
                    && open.Exists(other =>
                        other.IsToldAgainBy(one) && other.Signals.Any(one.Signals.Contains)
                    )
                )
            )
            .Select(one => one.Id)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The disruptions that stand, closely held ones among them: for computing, never for showing.</summary>
    public IReadOnlyList<Disruption> Standing()
    {
        var standing = new StandingTellings(_revisions);
        return [.. _disruptions.Where(one => standing.Stands(one.Id))];
    }

    /// <param name="now">What is told now to one audience: to everybody, or of what is closely held.</param>
    /// <param name="isOpen">Which of the two. Tellings to different audiences do not revise each other.</param>
    /// <returns>Each revision with the stricter marking of the two tellings.</returns>
    public IReadOnlyList<(Revision Revision, Marking Marking)> Of(
        IReadOnlyList<Disruption> now,
        IReadOnlyList<Signal> signals,
        bool isOpen,
        Judging judging
    )
    {
        SeriesSignal[] series =
        [
            .. DisruptionsFromSignals
                .KnownBy(signals, judging.AsOf)
                .OfType<SeriesSignal>()
                .Where(one => one.Samples.Count > 0),
        ];
        if (series.Length == 0)
        {
            return [];
        }

        var standing = new StandingTellings(_revisions);
        List<Disruption> told =
        [
            .. _disruptions.Where(one =>
                Tellings.IsOpen(one.Marking) == isOpen
                && standing.Stands(one.Id)
                && one.Detector.StartsWith($"{judging.Profile.Name} ", StringComparison.Ordinal)
                && !(judging.Since is { } since && one.End is { } end && end.Latest < since)
            ),
        ];
        List<Disruption> overruled = [.. told.Where(one => IsOverruled(one, series))];
        var ids = overruled.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        // What was told again or withdrawn before stays so when the same old input comes in once more.
        List<Disruption> fresh = [.. now.Where(one => standing.Stands(one.Id))];
        List<Disruption> late =
        [
            .. fresh.Where(one =>
                !told.Exists(known => known.Id == one.Id) && !overruled.Exists(one.IsToldAgainBy)
            ),
        ];
        return
        [
            .. Revisions(overruled, fresh, series.Max(one => one.Samples[^1].At)),
            .. late.SelectMany(one =>
                told.Where(known => !ids.Contains(known.Id) && IsKnownFurther(known, one, series))
                    .Where(one.IsToldAgainBy)
                    .Take(1)
                    .SelectMany(known => Revisions([one], [known], LastOf(known)))
            ),
        ];
    }

    private static IEnumerable<(Revision Revision, Marking Marking)> Revisions(
        IReadOnlyList<Disruption> before,
        IReadOnlyList<Disruption> after,
        Instant at
    )
    {
        ILookup<string, Marking> markings = before
            .Concat(after)
            .ToLookup(one => one.Id, one => one.Marking, StringComparer.Ordinal);
        return Revision
            .Between(before, after, at)
            .Where(revision => revision.Kind != RevisionKind.Opened)
            .Select(revision =>
                (
                    revision,
                    Marking.Strictest(
                        ((string?[])[revision.Id, revision.Earlier])
                            .OfType<string>()
                            .SelectMany(id => markings[id])
                    )
                )
            );
    }

    /// <summary>True when these signals give every series that it was told from, known at least as far.</summary>
    private bool IsOverruled(Disruption told, IReadOnlyList<SeriesSignal> series)
    {
        IReadOnlyList<SeriesOnRecord> rested = SeriesOf(told);
        return rested.Count > 0
            && rested.All(old =>
                series.Any(now =>
                    old.IsAbout(now)
                    && now.Samples[^1].At >= old.Last
                    && (
                        now.Samples[0].At <= old.First
                        || now.Samples[0].At + _baseline <= told.Onset.Earliest
                    )
                    && old.AgreesWith(now, StretchOf(told))
                )
            );
    }

    /// <summary>True when what is on record knew more of every series that a new telling rests on: it is an older copy.</summary>
    private bool IsKnownFurther(
        Disruption known,
        Disruption now,
        IReadOnlyList<SeriesSignal> series
    )
    {
        IReadOnlyList<SeriesOnRecord> rested = SeriesOf(known);
        List<SeriesSignal> own = [.. series.Where(one => now.Signals.Contains(one.Id))];
        return own.Count > 0
            && own.TrueForAll(one =>
                rested.Any(old =>
                    old.IsAbout(one)
                    && old.Last > one.Samples[^1].At
                    && old.First <= one.Samples[0].At
                    && old.AgreesWith(one, null)
                )
            );
    }

    private IReadOnlyList<SeriesOnRecord> SeriesOf(Disruption told) =>
        [.. told.Signals.Where(_series.ContainsKey).Select(id => _series[id])];

    private Instant LastOf(Disruption told) =>
        SeriesOf(told).Select(series => series.Last ?? Instant.MinValue).Max();

    private static Interval StretchOf(Disruption told) =>
        new(told.Onset.Earliest, told.End is { } end ? end.Latest : null);

    private static T? Body<T>(Product product)
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
