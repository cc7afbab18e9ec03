using System.CommandLine;
using System.Diagnostics;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary><c>bgp count</c>.</summary>
internal static class BgpCountVerb
{
    public static Command Command(Printing print)
    {
        Argument<string[]> files = MrtFile.Arguments();
        Option<bool> json = Options.Json();
        var command = new Command(
            "count",
            "Records and elements of MRT files. Example: breakwater bgp count updates.20160811.1600.gz"
        )
        {
            files,
            json,
        };
        command.SetAction(parsed =>
        {
            var watch = Stopwatch.StartNew();
            var counts = new List<MrtCount>();
            var errors = new List<CountError>();
            int unreadable = 0;
            foreach (string file in parsed.GetValue(files)!)
            {
                print.Progress($"counting {file}");
                MrtCount count;
                IReadOnlyList<InputFault> damage;
                try
                {
                    (count, damage) = CountOne(file);
                }
                catch (Fault fault)
                {
                    // The others are still counted; the exit code says that one was not.
                    unreadable++;
                    errors.Add(new CountError(file, null, fault.Message));
                    continue;
                }

                unreadable += count.Records == 0 && count.Errors.Count > 0 ? 1 : 0;
                counts.Add(count);
                errors.AddRange(
                    count.Errors.Kept.Select(fault => new CountError(
                        file,
                        fault.Offset,
                        fault.Reason
                    ))
                );
                errors.AddRange(
                    damage.Select(fault => new CountError(
                        file,
                        MrtFile.OffsetOf(fault),
                        $"{fault.Reason} ({fault.At})"
                    ))
                );
            }

            print.ProgressDone();
            if (counts.Count == 0)
            {
                throw new Fault(ExitCode.Usage, [.. errors.Select(error => error.Reason)]);
            }

            var result = new
            {
                files = counts.Count,
                records = counts.Sum(count => count.Records),
                elements = counts.Sum(count => count.Elements),
                announcements = counts.Sum(count => count.Announcements),
                withdrawals = counts.Sum(count => count.Withdrawals),
                ribEntries = counts.Sum(count => count.RibEntries),
                stateChanges = counts.Sum(count => count.StateChanges),
                errors,
                seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
            };
            if (parsed.GetValue(json))
            {
                print.Json(result);
                return unreadable == 0 ? ExitCode.Done : ExitCode.Usage;
            }

            print.Line($"records        {result.records}");
            print.Line(
                $"elements       {result.elements} (announcements {result.announcements}, withdrawals {result.withdrawals}, RIB entries {result.ribEntries})"
            );
            print.Line($"state changes  {result.stateChanges}");
            print.Line($"errors         {errors.Count}");
            errors.ForEach(error =>
                print.Line(
                    $"  {error.File}: {(error.Offset is { } offset ? $"offset {offset}: " : "")}{error.Reason}"
                )
            );
            print.Line($"seconds        {result.seconds}");
            return unreadable == 0 ? ExitCode.Done : ExitCode.Usage;
        });
        return command;
    }

    private sealed record CountError(string File, long? Offset, string Reason);

    private static (MrtCount Count, IReadOnlyList<InputFault> Damage) CountOne(string path)
    {
        using Compression input = MrtFile.Open(path);
        return (MrtCount.Of(input.Chunks(), recovers: true), input.Faults);
    }
}
