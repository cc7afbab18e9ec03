namespace Breakwater.Signals;

/// <summary>How often each dense number was seen in a minute. Nothing is allocated once it has grown.</summary>
internal sealed class DenseCounts
{
    private int[] counts = new int[256];
    private int[] touched = new int[256];

    public int Distinct { get; private set; }

    public long Total { get; private set; }

    /// <returns>True when the number is new in this minute.</returns>
    public bool Add(int number)
    {
        if (number >= counts.Length)
        {
            Array.Resize(ref counts, Math.Max(number + 1, 2 * counts.Length));
        }

        Total++;
        if (counts[number]++ > 0)
        {
            return false;
        }

        if (Distinct == touched.Length)
        {
            Array.Resize(ref touched, 2 * touched.Length);
        }

        touched[Distinct++] = number;
        return true;
    }

    /// <summary>The numbers seen, in the order of first sight.</summary>
    public ReadOnlySpan<int> Numbers => touched.AsSpan(0, Distinct);

    public int Greatest()
    {
        int greatest = 0;
        foreach (int number in Numbers)
        {
            greatest = Math.Max(greatest, counts[number]);
        }

        return greatest;
    }

    /// <summary>Shannon entropy in bits; null when nothing was seen. Numbered otherwise, the same counts give the same entropy.</summary>
    public double? Entropy()
    {
        if (Total == 0)
        {
            return null;
        }

        // Sorted, because sums of fractions depend on their order.
        Span<int> numbers = touched.AsSpan(0, Distinct);
        numbers.Sort((left, right) => counts[left].CompareTo(counts[right]));
        double entropy = 0;
        foreach (int number in numbers)
        {
            double share = counts[number] / (double)Total;
            entropy -= share * Math.Log2(share);
        }

        return Math.Abs(entropy);
    }

    public void Clear()
    {
        foreach (int number in Numbers)
        {
            counts[number] = 0;
        }

        Distinct = 0;
        Total = 0;
    }
}
