namespace Breakwater.Signals;

/// <summary>How many AS numbers must be put in, taken out or replaced to make one path of another (Levenshtein 1966).</summary>
internal static class EditDistance
{
    /// <summary>Of longer paths the nearest so many AS numbers are compared: more would let one message cost a second.</summary>
    public const int LengthMax = 256;

    public static int Of(ReadOnlySpan<uint> left, ReadOnlySpan<uint> right)
    {
        left = left[..Math.Min(left.Length, LengthMax)];
        right = right[..Math.Min(right.Length, LengthMax)];
        int common = left.CommonPrefixLength(right);
        left = left[common..];
        right = right[common..];
        while (!left.IsEmpty && !right.IsEmpty && left[^1] == right[^1])
        {
            left = left[..^1];
            right = right[..^1];
        }

        if (left.IsEmpty || right.IsEmpty)
        {
            return left.Length + right.Length;
        }

        Span<int> row = stackalloc int[right.Length + 1];
        for (int at = 0; at <= right.Length; at++)
        {
            row[at] = at;
        }

        for (int above = 0; above < left.Length; above++)
        {
            int diagonal = row[0];
            row[0] = above + 1;
            for (int at = 0; at < right.Length; at++)
            {
                int replaced = diagonal + (left[above] == right[at] ? 0 : 1);
                diagonal = row[at + 1];
                row[at + 1] = Math.Min(replaced, Math.Min(diagonal, row[at]) + 1);
            }
        }

        return row[^1];
    }
}
