using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>What <c>detect</c> prints and records.</summary>
internal static class DetectOutput
{
    /// <returns>What is told otherwise than it was recorded before.</returns>
    public static async Task<IReadOnlyList<Revision>> Record(
        string folder,
        List<SourceFile> raws,
        List<Signal> signals,
        Detection detection,
        Judging judging,
        CancellationToken cancel
    )
    {
        await using SqlRecords records = DataFolder.Open(folder);
        foreach (SourceFile raw in raws)
        {
            await records.Keep(raw.Content, cancel).ConfigureAwait(false);
        }

        Tellings tellings = Tellings.Of(detection, signals, judging);
        RevisionsOnRecord known = await RevisionsOnRecord.Read(records).ConfigureAwait(false);
        IReadOnlyList<(Revision Revision, Marking Marking)> revisions =
        [
            .. known.Of(tellings.Closed, signals, isOpen: false, judging),
            .. known.Of(tellings.Open.Disruptions, tellings.OpenSignals, isOpen: true, judging),
        ];
        // The public telling comes last: what both say alike is public.
        await Recording
            .Append(
                records,
                "detect",
                [
                    .. signals.Select(Recording.Of),
                    .. tellings.Closed.Select(Recording.Of),
                    .. detection
                        .Blind.Except(tellings.Open.Blind)
                        .Select(blind => Recording.Of(blind, signals)),
                    .. detection
                        .Floods.Except(tellings.Open.Floods)
                        .Select(flood => Recording.Of(flood, signals)),
                    .. detection
                        .Storms.ExceptBy(
                            tellings.Open.Storms.Select(storm => storm.Id),
                            storm => storm.Id
                        )
                        .Select(storm => Recording.Of(storm, signals)),
                    .. tellings.Open.Disruptions.Select(Recording.Of),
                    .. tellings.Open.Blind.Select(blind =>
                        Recording.Of(blind, tellings.OpenSignals)
                    ),
                    .. tellings.Open.Floods.Select(flood =>
                        Recording.Of(flood, tellings.OpenSignals)
                    ),
                    .. tellings.Open.Storms.Select(storm =>
                        Recording.Of(storm, tellings.OpenSignals)
                    ),
                    .. revisions.Select(one => Recording.Of(one.Revision, one.Marking)),
                ],
                cancel
            )
            .ConfigureAwait(false);
        // What is told anew to everybody and to few is one line for the reader here.
        return
        [
            .. revisions
                .Select(one => one.Revision)
                .DistinctBy(one =>
                    (one.Kind, one.Place.Key, one.Network, string.Join('\n', one.Changes))
                ),
        ];
    }

    public static void Show(
        Printing print,
        bool isJson,
        Detection detection,
        IReadOnlyList<Signal> signals,
        List<InputFault> faults,
        List<string> notes,
        IReadOnlyList<Revision> revisions,
        bool isWatched = true
    )
    {
        if (isJson)
        {
            print.Json(DetectDocument.Of(detection, Watched.Of(signals), revisions, faults, notes));
            return;
        }

        DisruptionTables.Revisions(print, revisions);
        if (isWatched || detection.Disruptions.Count > 0)
        {
            DisruptionTables.Disruptions(print, detection.Disruptions);
            DisruptionTables.Blind(print, detection.Blind);
        }
        else
        {
            print.Line(
                "NOTHING WATCHED  no measurement was read, so nothing can be said: neither that all is well nor that it is not"
            );
        }

        DisruptionTables.Storms(print, detection.Storms);
        DisruptionTables.Floods(print, detection.Floods);
        RoutingTables.SetAside(print, detection.SetAside);
        notes.ForEach(note => print.Line($"note: {note}"));
    }
}
