using Breakwater.Disruptions;
using Breakwater.Signals;

namespace Breakwater.Bench.Accuracy;

/// <summary>One method with settings learnt on one worm, scored on the other.</summary>
/// <param name="Reading"><c>dated</c>: as reported once a storm is confirmed and over; <c>live</c>: as said in that minute.</param>
/// <param name="LearntOn">The set that chose the settings; <c>shipped</c> for the profile as it is shipped.</param>
/// <param name="Over">F1 of ours minus F1 of this method, with its interval; null for ours.</param>
/// <param name="FalseAlarms">Storms that overlap no labelled minute, in the test set.</param>
internal sealed record StormScoreRow(
    string Method,
    string Reading,
    string LearntOn,
    string TestedOn,
    MinuteScore Score,
    Interval F1,
    (double Difference, Interval Interval)? Over,
    double? OnsetMinutes,
    double? ConfirmedMinutes,
    int FalseAlarms,
    double QuietDays,
    string Settings
);

/// <summary>False alarms on a set without any storm.</summary>
internal sealed record QuietRow(
    string Method,
    string LearntOn,
    string Set,
    int FalseAlarms,
    long FalseMinutes,
    double Days
);

internal sealed record StormScores(
    IReadOnlyList<StormScoreRow> Worms,
    IReadOnlyList<QuietRow> Quiet
);

/// <summary>
/// Routing storms on the SFU sets: settings are learnt on one worm and frozen, and the other worm is scored, both ways.
/// Only minutes that our detector could judge count, for every method. The label is one solid block from the first report
/// of the worm to the end of a day or half-day: it is no measurement of routing, so that minutes near its ends count
/// against whoever follows the routes.
/// </summary>
internal static class StormScore
{
    private const string Ours = "cumulative deviation";
    private const string Dated = "dated";
    private const string Live = "live";
    private const string Shipped = "shipped";

    public static StormScores Run(string shared)
    {
        SfuSet[] worms = [StormSets.CodeRed(shared), StormSets.Nimda(shared)];
        SfuSet[] quiet = [StormSets.RipeRegular(shared), StormSets.BcnetRegular(shared)];
        List<StormScoreRow> rows = [];
        List<QuietRow> quietRows = [];
        for (int test = 0; test < worms.Length; test++)
        {
            SfuSet other = worms[1 - test];
            foreach (bool isHindsight in (bool[])[true, false])
            {
                StormProfile learnt = StormLearning.Learn(other, isHindsight);
                rows.AddRange(Rows(worms[test], other, learnt, isHindsight));
                if (isHindsight)
                {
                    quietRows.AddRange(quiet.Select(set => Quiet(set, other.Name, learnt)));
                    IReadOnlyList<int> minutes = StormFlags.Of(other, learnt).JudgedMinutes;
                    quietRows.AddRange(
                        Peers(other, minutes, isHindsight)
                            .SelectMany(peer =>
                                quiet.Select(set => Quiet(set, other.Name, learnt, peer))
                            )
                    );
                }
            }
        }

        quietRows.AddRange(quiet.Select(set => Quiet(set, Shipped, StormProfile.Default)));
        return new StormScores(rows, quietRows);
    }

    private static IEnumerable<StormScoreRow> Rows(
        SfuSet set,
        SfuSet other,
        StormProfile learnt,
        bool isHindsight
    )
    {
        StormFlags ours = StormFlags.Of(set, learnt);
        StormFlags shipped = StormFlags.Of(set, StormProfile.Default);
        IReadOnlyList<int> minutes = ours.JudgedMinutes;
        IReadOnlyList<int> learning = StormFlags.Of(other, learnt).JudgedMinutes;
        string reading = isHindsight ? Dated : Live;
        bool[] said = ours.Said(isHindsight);
        yield return Row(set, Ours, reading, other.Name, said, minutes, null, ours) with
        {
            Settings = StormLearning.Text(learnt),
        };
        yield return Row(
            set,
            Ours,
            reading,
            Shipped,
            shipped.Said(isHindsight),
            minutes,
            null,
            shipped
        ) with
        {
            Settings = StormLearning.Text(StormProfile.Default),
        };
        foreach ((string method, ZScore peer) in Peers(other, learning, isHindsight))
        {
            yield return Row(
                set,
                method,
                reading,
                other.Name,
                peer.Flags(set, isHindsight),
                minutes,
                said,
                null
            ) with
            {
                Settings = $"{peer}",
            };
        }
    }

    private static IEnumerable<(string Method, ZScore Peer)> Peers(
        SfuSet set,
        IReadOnlyList<int> minutes,
        bool isHindsight
    )
    {
        string[] all = [.. set.Signals.OfType<SeriesSignal>().Select(one => one.Metric)];
        yield return (
            "z-score of announcements",
            ZScore.Learn(set, [RoutingFeatures.Announcements], minutes, false, isHindsight)
        );
        yield return (
            "z-score of the best metric",
            ZScore.Learn(set, all, minutes, false, isHindsight)
        );
        yield return (
            "z-score of announcements, mean of the other set",
            ZScore.Learn(set, [RoutingFeatures.Announcements], minutes, true, isHindsight)
        );
        yield return (
            "z-score of the best metric, mean of the other set",
            ZScore.Learn(set, all, minutes, true, isHindsight)
        );
    }

    private static StormScoreRow Row(
        SfuSet set,
        string method,
        string reading,
        string learntOn,
        bool[] said,
        IReadOnlyList<int> minutes,
        bool[]? ours,
        StormFlags? flags
    )
    {
        double F1(bool[] flagged, IReadOnlyList<int> drawn) =>
            MinuteScore.Of(flagged, set.IsLabelled, drawn).F1;
        int first = set.IsLabelled.ToList().IndexOf(true);
        int hit = Array.FindIndex(said, first, flag => flag);
        Storm? storm = flags?.Storms.FirstOrDefault(one =>
            flags.Minutes(one).Any(minute => set.IsLabelled[minute])
        );
        return new StormScoreRow(
            method,
            reading,
            learntOn,
            set.Name,
            MinuteScore.Of(said, set.IsLabelled, minutes),
            BlockBootstrap.Of(minutes, drawn => F1(said, drawn)),
            ours is null
                ? null
                : (
                    F1(ours, minutes) - F1(said, minutes),
                    BlockBootstrap.Of(minutes, drawn => F1(ours, drawn) - F1(said, drawn))
                ),
            hit < 0 ? null : hit - first,
            storm is null ? null : flags!.MinuteOf(storm.ConfirmedAt) - first,
            StormFlags.Runs(said).Count(run => !run.Any(minute => set.IsLabelled[minute])),
            minutes.Count(minute => !set.IsLabelled[minute]) / 1440.0,
            ""
        );
    }

    private static QuietRow Quiet(
        SfuSet set,
        string learntOn,
        StormProfile profile,
        (string Method, ZScore Peer)? peer = null
    )
    {
        StormFlags flags = StormFlags.Of(set, profile);
        bool[] said = peer is { } other
            ? other.Peer.Flags(set, isHindsight: true)
            : flags.Said(isHindsight: true);
        HashSet<int> judged = [.. flags.JudgedMinutes];
        return new QuietRow(
            peer?.Method ?? Ours,
            learntOn,
            set.Name,
            StormFlags.Runs(said).Count(run => run.Any(judged.Contains)),
            flags.JudgedMinutes.Count(minute => said[minute]),
            flags.JudgedMinutes.Count / 1440.0
        );
    }
}
