using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Publications;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Draft = Breakwater.Ledger.Draft;

namespace Breakwater.App;

/// <summary>What detection took in and found, each with its marking and the raw rows that it rests on.</summary>
public static partial class Recording
{
    /// <summary>A series is recorded by its summary: its samples are in the evidence that it names, and are read again from there.</summary>
    public static Draft Of(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        object body = signal is SeriesSignal series ? SeriesOnRecord.Of(series) : signal;
        return ProductRecorded
            .Of(signal.Id, "signal", body, [])
            .ToDraft(signal.Marking, Author, signal.Evidence);
    }

    public static Draft Of(Disruption disruption)
    {
        ArgumentNullException.ThrowIfNull(disruption);
        return ProductRecorded
            .Of(disruption.Id, "disruption", disruption, disruption.Signals)
            .ToDraft(disruption.Marking, Author, disruption.Evidence);
    }

    /// <summary>Blindness rests on the signals of its feed, and is as public as they are.</summary>
    public static Draft Of(Blind blind, IReadOnlyList<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(blind);
        List<Signal> feed =
        [
            .. signals.Where(signal =>
                blind.Feed.StartsWith(signal.Source, StringComparison.Ordinal)
                || (blind.Place is { } place && place.Equals(signal.Place))
            ),
        ];
        return DraftOf(
            "blind",
            Ids.Of(blind),
            blind,
            [.. feed.Select(signal => signal.Id)],
            Marking.Strictest(feed.Select(signal => signal.Marking)),
            []
        );
    }

    /// <summary>Reports that came from one hand in such numbers; as public as the strictest of them.</summary>
    public static Draft Of(Flood flood, IReadOnlyList<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(flood);
        List<Signal> reports =
        [
            .. signals.Where(signal =>
                signal is ReportSignal && signal.Evidence.Any(item => item.File == flood.File)
            ),
        ];
        // Evidence names them all by their file: a link for each of a hundred thousand would be a flood too.
        return DraftOf(
            "flood",
            ContentId.Of("flood", flood),
            flood,
            [],
            Marking.Strictest(reports.Select(report => report.Marking)),
            [
                .. reports
                    .SelectMany(report => report.Evidence)
                    .Where(item => item.File == flood.File)
                    .Select(item => new Evidence(item.Sha256, item.File))
                    .Distinct(),
            ]
        );
    }

    public static Draft Of(Storm storm, IReadOnlyList<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(storm);
        return DraftOf(
            "storm",
            storm.Id,
            storm,
            storm.Signals,
            Marking.Strictest(
                signals
                    .Where(signal => storm.Signals.Contains(signal.Id))
                    .Select(signal => signal.Marking)
            ),
            storm.Evidence
        );
    }

    /// <summary>A revision rests on both tellings, and is as public as the stricter one.</summary>
    public static Draft Of(Revision revision, Marking marking)
    {
        ArgumentNullException.ThrowIfNull(revision);
        return DraftOf(
            "revision",
            ContentId.Of("revision", revision),
            revision,
            revision.Earlier is { } earlier ? [revision.Id, earlier] : [revision.Id],
            marking,
            []
        );
    }
}
