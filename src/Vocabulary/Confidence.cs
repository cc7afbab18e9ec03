namespace Breakwater.Vocabulary;

/// <summary>How sure: a probability from 0 to 1, kept to three digits, because more would claim what no fusion can know.</summary>
public readonly record struct Confidence : IComparable<Confidence>
{
    public Confidence(double probability) =>
        Probability = Math.Round(Math.Clamp(probability, 0, 1), 3, MidpointRounding.ToEven);

    public double Probability { get; }

    public int CompareTo(Confidence other) => Probability.CompareTo(other.Probability);

    public static bool operator <(Confidence left, Confidence right) =>
        left.Probability < right.Probability;

    public static bool operator >(Confidence left, Confidence right) =>
        left.Probability > right.Probability;

    public static bool operator <=(Confidence left, Confidence right) =>
        left.Probability <= right.Probability;

    public static bool operator >=(Confidence left, Confidence right) =>
        left.Probability >= right.Probability;
}
