using Breakwater.Bench.Accuracy.Kinds;
using Breakwater.Bench.Accuracy.Metrics;

namespace Breakwater.Bench.Accuracy.Reports;

/// <summary>Scores that are not of alarms on series: minutes of routing storms, and kinds of outages.</summary>
internal static class FurtherSections
{
    private static readonly string[] _stormSets =
    [
        "data/outages/sfu_bgp/Code_Red_I.csv.gz",
        "data/outages/sfu_bgp/Nimda.csv.gz",
        "data/outages/sfu_bgp/RIPE_regular.csv.gz",
        "data/outages/sfu_bgp/BCNET_regular.csv",
    ];

    public static Section? Storms(Sets.Reference reference, string? shared)
    {
        if (Array.Exists(_stormSets, set => reference.PathOf(set) is null))
        {
            return null;
        }

        StormScores scores = StormScore.Run(shared!);
        return new Section(
            "routing storms",
            [
                "Minutes of Code Red I and Nimda: settings learnt on one worm and frozen, the other scored. *Dated* is as reported once a storm is confirmed and over, *live* as said in that minute. Only minutes that our detector could judge count, for every method. Intervals: 95 %, moving block bootstrap over minutes.",
                "",
                "| method | reading | learnt on | tested on | precision | recall | F1 | ours minus this | false alarms (quiet days) |",
                "|---|---|---|---|---|---|---|---|---|",
                .. scores.Worms.Select(row =>
                    FormattableString.Invariant(
                        $"| {row.Method} | {row.Reading} | {row.LearntOn} | {row.TestedOn} | {row.Score.Precision:0.000} | {row.Score.Recall:0.000} | {row.Score.F1:0.000} [{row.F1.Low:0.000}, {row.F1.High:0.000}] | {Over(row)} | {row.FalseAlarms} ({row.QuietDays:0.0}) |"
                    )
                ),
                "",
                "| method | quiet set | learnt on | false storms | false minutes | days judged |",
                "|---|---|---|---|---|---|",
                .. scores.Quiet.Select(row =>
                    FormattableString.Invariant(
                        $"| {row.Method} | {row.Set} | {row.LearntOn} | {row.FalseAlarms} | {row.FalseMinutes} | {row.Days:0.0} |"
                    )
                ),
            ],
            [
                .. scores.Worms.Select(row => new Number(
                    $"routing storms, {row.TestedOn}",
                    $"{row.Method}, learnt on {row.LearntOn}",
                    $"F1 of minutes, {row.Reading}",
                    new Estimate(
                        row.Score.F1,
                        row.F1.Low,
                        row.F1.High,
                        IntervalMethod.BlockBootstrap
                    )
                )),
            ]
        );
    }

    public static Section? Kinds(Sets.Reference reference, string? shared) =>
        reference.PathOf(KindEvents.File) is null
            ? null
            : new Section(
                "kinds of outages",
                [
                    "Named from the signature alone, on IODA's investigated outages; rates come from the training half of events.",
                    "",
                    .. KindScoreTable
                        .Markdown(KindScore.Run(shared!))
                        .ReplaceLineEndings("\n")
                        .TrimEnd()
                        .Split('\n'),
                ],
                []
            );

    private static string Over(StormScoreRow row) =>
        row.Over is { } over
            ? FormattableString.Invariant(
                $"{over.Difference:+0.000;-0.000} [{over.Interval.Low:+0.000;-0.000}, {over.Interval.High:+0.000;-0.000}]"
            )
            : "";
}
