using System.Diagnostics;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Bench.Norms;

/// <summary>
/// The targets of the engine are set at the 99th percentile and without allocation, which a mean does not show. Prints one line a
/// target: median, 99th percentile, octets allocated a call.
/// </summary>
internal static class Percentiles
{
    public static void Run()
    {
        LawPack core = LawPackReader.Read(null).Pack!;
        LawPack pack = PaddedPack.Of(core);
        Programme programme = Programme.Of(pack, AsOf.Undated);
        var evaluation = new Evaluation(programme);
        Console.WriteLine(
            $"{pack.Rules.Count} rules, {pack.Profiles.Count} profiles, {pack.Facts.Count} facts, {programme.NodeCount} nodes"
        );
        Kleene[][] incidents =
        [
            .. Enumerable.Range(0, 512).Select(seed => Values(pack.Facts.Count, seed, 3)),
        ];
        Measure(
            "whole evaluation",
            20_000,
            i => evaluation.Evaluate(incidents[i % incidents.Length])
        );
        evaluation.Evaluate(incidents[0]);
        Measure(
            "one fact changed",
            200_000,
            i => evaluation.Set(i % pack.Facts.Count, (Kleene)(i / pack.Facts.Count % 3))
        );
        int[] profiles = [.. Enumerable.Range(0, pack.Profiles.Count)];
        Kleene[] mostlyUnknown = Values(pack.Facts.Count, 1, 5);
        for (int fact = 50; fact < mostlyUnknown.Length; fact++)
        {
            mostlyUnknown[fact] = Kleene.Unknown;
        }

        evaluation.Evaluate(mostlyUnknown);
        Measure(
            "questions ranked, 200 unknown",
            500,
            _ => NextQuestions.Rank(evaluation, profiles, Respondent.Desk)
        );
        foreach (int seed in (ReadOnlySpan<int>)[2, 3])
        {
            evaluation.Evaluate(incidents[seed]);
            Measure(
                "smallest determining set",
                pack.Rules.Count * pack.Profiles.Count,
                i =>
                    DeterminingSets.Of(
                        evaluation,
                        pack.Rules[i % pack.Rules.Count],
                        pack.Profiles[i / pack.Rules.Count % pack.Profiles.Count].Id
                    )
            );
        }

        Reassess(core, threads: 1);
        Reassess(core, threads: 2);
    }

    /// <summary>100,000 incidents after a new version of the pack: every rule, every profile, findings and all that is told of them.</summary>
    private static void Reassess(LawPack pack, int threads)
    {
        const int Incidents = 100_000;
        Programme programme = Programme.Of(pack, AsOf.Undated);
        long started = Stopwatch.GetTimestamp();
        long told = 0;
        Parallel.For(
            0,
            Incidents,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => 0L,
            (number, _, sum) =>
            {
                Kleene[] values = Values(pack.Facts.Count, number, 4);
                FactSheet sheet = new(
                    $"incident {number}",
                    "",
                    null,
                    false,
                    null,
                    [
                        .. values
                            .Select((value, fact) => (value, fact))
                            .Where(one => one.value != Kleene.Unknown)
                            .Take(40)
                            .Select(one => new Assertion(
                                pack.Facts[one.fact].Id,
                                one.value.ToBool(),
                                "a source",
                                null,
                                [],
                                null,
                                null,
                                Period.Always
                            )),
                    ]
                );
                Assessed assessed = Assessed.Of(programme, sheet);
                return sum + assessed.Findings.Count + assessed.Spreads.Count + assessed.Gaps.Count;
            },
            sum => Interlocked.Add(ref told, sum)
        );
        Console.WriteLine(
            $"| {Incidents} incidents assessed in full, {threads} threads | {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s | | {told} findings, spreads and gap entries |"
        );
    }

    private static void Measure(string what, int calls, Action<int> call)
    {
        for (int i = 0; i < Math.Min(calls, 2_000); i++)
        {
            call(i);
        }

        var ticks = new long[calls];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++)
        {
            long started = Stopwatch.GetTimestamp();
            call(i);
            ticks[i] = Stopwatch.GetTimestamp() - started;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(ticks);
        Console.WriteLine(
            $"| {what} | {Micro(ticks[calls / 2]):0.0} us | {Micro(ticks[calls * 99 / 100]):0.0} us | {allocated / calls} octets a call |"
        );
    }

    private static double Micro(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    /// <summary>Facts of a made-up incident; one in <paramref name="unknownOf"/> parts is known.</summary>
    private static Kleene[] Values(int facts, int seed, int unknownOf)
    {
        var random = new Random(seed);
        var values = new Kleene[facts];
        for (int fact = 0; fact < facts; fact++)
        {
            values[fact] = random.Next(unknownOf) == 0 ? (Kleene)random.Next(1, 3) : Kleene.Unknown;
        }

        return values;
    }
}
