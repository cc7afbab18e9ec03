namespace Breakwater.Preparedness.Resilience;

/// <summary>
/// Numbers that look random and follow from a seed alone: SplitMix64 (Steele, Lea and Flood 2014). Every draw of a study has a seed of
/// its own, so the order in which draws are computed changes nothing.
/// </summary>
internal sealed class Draws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Above 0 and below 1.</summary>
    private double Uniform()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            return ((mixed >> 11) + 0.5) / (1UL << 53);
        }
    }

    /// <summary>Shares that sum to 1 and have the given ones as their mean; the higher the concentration, the nearer to it.</summary>
    /// <param name="shares">Sum to 1. What has none gets none.</param>
    public double[] Dirichlet(IReadOnlyList<double> shares, double concentration)
    {
        double[] drawn = [.. shares.Select(share => share > 0 ? Gamma(share * concentration) : 0)];
        double sum = drawn.Sum();
        return sum > 0 ? [.. drawn.Select(each => each / sum)] : [.. shares];
    }

    /// <summary>Gamma of shape <paramref name="a"/> and scale 1 (Marsaglia and Tsang 2000).</summary>
    private double Gamma(double a)
    {
        if (a < 1)
        {
            return Gamma(a + 1) * Math.Pow(Uniform(), 1 / a);
        }

        double d = a - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal();
            double v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (Math.Log(Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    /// <summary>Box and Muller 1958.</summary>
    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());
}
