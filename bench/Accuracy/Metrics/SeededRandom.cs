namespace Breakwater.Bench.Accuracy.Metrics;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine and runtime.</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>0 up to, not including, the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>0 up to, not including, 1.</summary>
    public double Share() => (Next() >> 11) / (double)(1UL << 53);

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share());

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
