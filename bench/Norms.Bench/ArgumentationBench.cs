using BenchmarkDotNet.Attributes;
using Breakwater.Norms.Argumentation;

namespace Breakwater.Bench.Norms;

/// <summary>Targets: grounded on 5,000 arguments below 2 ms, preferred on a component of 60 below 50 ms.</summary>
[MemoryDiagnoser]
public class ArgumentationBench
{
    private readonly Limits limits = new();
    private readonly Framework dispute = MadeFramework.Dispute(5_000, attackersEach: 4, seed: 1);
    private readonly Dictionary<int, Framework> components = new[] { 15, 30, 60 }.ToDictionary(
        across => across,
        across => MadeFramework.Component(60, across, mutualShare: 100, seed: 1)
    );

    [Benchmark]
    public int Grounded() => dispute.Grounded().Length;

    /// <param name="across">Mutual attacks across the circle of 60: 15 leave few extensions, 60 more than are listed.</param>
    [Benchmark]
    [Arguments(15)]
    [Arguments(30)]
    [Arguments(60)]
    public int Preferred(int across) =>
        PreferredFromGrounded
            .Find(components[across], components[across].Grounded(), limits)
            .Labellings!.Count;
}
