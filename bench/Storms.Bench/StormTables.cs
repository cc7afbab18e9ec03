using System.Globalization;
using Breakwater.Bench.Accuracy;

namespace Breakwater.Bench.Storms;

/// <summary>Prints scores as the tables that bench/RESULTS.md has.</summary>
internal static class StormTables
{
    public static void Print(StormScores scores)
    {
        Console.WriteLine(
            "| method | reading | learnt on | tested on | precision | recall | F1 [95 %] | ours − this [95 %] | first minute | confirmed | false alarms (days) | settings |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (StormScoreRow row in scores.Worms)
        {
            Console.WriteLine(
                $"| {row.Method} | {row.Reading} | {row.LearntOn} | {row.TestedOn} | {row.Score.Precision:F3} | {row.Score.Recall:F3} "
                    + $"| {row.Score.F1:F3} [{row.F1.Low:F3}, {row.F1.High:F3}] "
                    + $"| {(row.Over is { } over ? $"{over.Difference:+0.000;-0.000} [{over.Interval.Low:+0.000;-0.000}, {over.Interval.High:+0.000;-0.000}]" : "")} "
                    + $"| {Minutes(row.OnsetMinutes)} | {Minutes(row.ConfirmedMinutes)} | {row.FalseAlarms} ({row.QuietDays:F2}) | {row.Settings} |"
            );
        }

        Console.WriteLine();
        Console.WriteLine(
            "| quiet set | method | learnt on | false storms | false minutes | days judged |"
        );
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (QuietRow row in scores.Quiet)
        {
            Console.WriteLine(
                $"| {row.Set} | {row.Method} | {row.LearntOn} | {row.FalseAlarms} | {row.FalseMinutes} | {row.Days:F2} |"
            );
        }
    }

    /// <summary>F1 of every setting on both worms: how much depends on the choice.</summary>
    public static void PrintGrid(string shared)
    {
        var nimda = StormLearning.Settings(StormSets.Nimda(shared)).ToDictionary(one => one.At);
        foreach (StormLearning.Setting red in StormLearning.Settings(StormSets.CodeRed(shared)))
        {
            StormLearning.Setting other = nimda[red.At];
            Console.WriteLine(
                $"{StormLearning.Text(red.Profile)}: dated {red.Dated:F3} {other.Dated:F3}, live {red.Live:F3} {other.Live:F3}"
            );
        }
    }

    private static string Minutes(double? minutes) =>
        minutes is { } known ? known.ToString("+0;-0;0", CultureInfo.InvariantCulture) : "–";
}
