using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App;

/// <summary>A whole detection on record: in two tellings, and with what it revises.</summary>
public static partial class Recording
{
    /// <returns>What is told otherwise than it was recorded before.</returns>
    internal static async Task<IReadOnlyList<Revision>> Keep(
        IRecords records,
        IReadOnlyList<SourceFile> raws,
        IReadOnlyList<Signal> signals,
        Detection detection,
        Judging judging,
        CancellationToken cancel
    )
    {
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
        await Append(
                records,
                "detect",
                [
                    .. signals.Select(Of),
                    .. tellings.Closed.Select(Of),
                    .. detection
                        .Blind.Except(tellings.Open.Blind)
                        .Select(blind => Of(blind, signals)),
                    .. detection
                        .Floods.Except(tellings.Open.Floods)
                        .Select(flood => Of(flood, signals)),
                    .. detection
                        .Storms.ExceptBy(
                            tellings.Open.Storms.Select(storm => storm.Id),
                            storm => storm.Id
                        )
                        .Select(storm => Of(storm, signals)),
                    .. tellings.Open.Disruptions.Select(Of),
                    .. tellings.Open.Blind.Select(blind => Of(blind, tellings.OpenSignals)),
                    .. tellings.Open.Floods.Select(flood => Of(flood, tellings.OpenSignals)),
                    .. tellings.Open.Storms.Select(storm => Of(storm, tellings.OpenSignals)),
                    .. revisions.Select(one => Of(one.Revision, one.Marking)),
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
}
