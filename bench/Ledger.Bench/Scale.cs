using System.Diagnostics;
using Breakwater.Ledger;
using Breakwater.Records;

/// <summary>
/// A ledger of many events: how long it takes to start, to rebuild and to list. The store is kept and filled up to what is
/// asked for, so that a machine may be busy while it is filled, and quiet while it is measured again.
/// </summary>
internal static class Scale
{
    private const int SubjectsAtOnce = 100;
    private const int AppendsAtOnce = 32;

    public static async Task Run(Func<SqlRecords> open, long events, Func<int, int, Draft> draft)
    {
        await using (SqlRecords records = open())
        {
            long filled = Stopwatch.GetTimestamp();
            await Fill(records, events, draft);
            Say("filled", filled, await records.Count());
        }

        long start = Stopwatch.GetTimestamp();
        await using SqlRecords again = open();
        long count = await again.Count();
        Say("started", start, count);
        await Lists.Print(again);
        var span = Span.Start();
        start = Stopwatch.GetTimestamp();
        Rebuilt rebuilt = await again.Rebuild();
        Say("rebuilt", start, rebuilt.Events);
        Console.WriteLine(
            $"processor {span.End(rebuilt.Events).ProcessorUs:0.0} us for each, identical {rebuilt.IsIdentical}, "
                + $"{Environment.WorkingSet >> 20} MiB"
        );
        await Lists.Print(again);
    }

    /// <summary>The subjects of one append have ten events each, one in each of ten appends.</summary>
    private static async Task Fill(SqlRecords records, long events, Func<int, int, Draft> draft)
    {
        const int GroupEvents = SubjectsAtOnce * Case.EventsEach;
        long groups = events / GroupEvents;
        long filled = await records.Count() / GroupEvents;
        for (long group = filled; group < groups; group += AppendsAtOnce)
        {
            await Task.WhenAll(
                Enumerable
                    .Range((int)group, (int)Math.Min(AppendsAtOnce, groups - group))
                    .Select(async mine =>
                    {
                        for (int round = 0; round < Case.EventsEach; round++)
                        {
                            await records.Append([
                                .. Enumerable
                                    .Range(0, SubjectsAtOnce)
                                    .Select(i =>
                                        Case.Write(
                                            draft(mine, round),
                                            $"{mine}",
                                            0,
                                            (i * Case.EventsEach) + round
                                        )
                                    ),
                            ]);
                        }
                    })
            );
        }
    }

    private static void Say(string what, long start, long count) =>
        Console.WriteLine(
            $"{what}: {count:#,0} events in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"
        );
}
