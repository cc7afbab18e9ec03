using System.Diagnostics;

namespace Breakwater.Fuzz;

/// <summary>What fuzzing of one target came to.</summary>
/// <param name="Kept">Inputs that showed a behaviour not seen before, and were damaged further.</param>
internal sealed record FuzzingResult(string Target, long Executions, int Kept, double Seconds);

/// <summary>
/// Runs a target on damaged inputs. An input whose outcome was not seen before is kept and damaged further, so that the
/// search goes deeper than the seeds: the outcome stands in for coverage.
/// </summary>
internal static class Fuzzing
{
    private const int KeptMax = 4096;

    /// <summary>An execution may allocate this much, and as much again for each octet of its input as the target says.</summary>
    private const long AllocatedMax = 64 << 20;

    public static FuzzingResult Run(FuzzTarget target, long executions, ulong seed)
    {
        var mutation = new Mutation(seed);
        var seen = new HashSet<ulong>();
        List<byte[]> kept = [.. target.Seeds()];
        var watch = Stopwatch.StartNew();
        foreach (byte[] input in kept)
        {
            seen.Add(OutcomeOf(target, input));
        }

        for (long execution = 0; execution < executions; execution++)
        {
            // The newest inputs are damaged more often than the others: they are where nothing has been tried.
            int recent = Math.Max(0, kept.Count - 64);
            int from = mutation.Below(2) == 0 ? recent : 0;
            byte[] input = mutation.Of(
                kept[from + mutation.Below(kept.Count - from)],
                kept[mutation.Below(kept.Count)]
            );
            if (seen.Add(OutcomeOf(target, input)) && kept.Count < KeptMax)
            {
                kept.Add(input);
            }
        }

        return new FuzzingResult(
            target.Name,
            executions + target.Seeds().Count,
            kept.Count,
            watch.Elapsed.TotalSeconds
        );
    }

    /// <summary>One execution, held to what every target promises.</summary>
    /// <exception cref="FuzzFinding">The target threw, or took more memory than it may.</exception>
    public static ulong OutcomeOf(FuzzTarget target, byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ulong outcome;
        try
        {
            outcome = target.Execute(input);
        }
        catch (Exception error)
        {
            throw new FuzzFinding(target.Name, input, error);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= AllocatedMax
            ? outcome
            : throw new FuzzFinding(
                target.Name,
                input,
                new InvalidOperationException($"{allocated} octets allocated for {input.Length}")
            );
    }
}

/// <summary>An input that a target could not take.</summary>
internal sealed class FuzzFinding(string target, byte[] input, Exception error)
    : Exception($"{target}: {error.Message}", error)
{
    public string Target { get; } = target;

    public IReadOnlyList<byte> Input { get; } = input;
}
