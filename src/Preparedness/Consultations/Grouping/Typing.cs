namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>Whether two words are one that was mistyped.</summary>
internal static class Typing
{
    private const int OneSlipFrom = 4;
    private const int TwoSlipsFrom = 8;
    private const int LengthMax = 40;

    /// <summary>One slip in a word of four letters, two from eight on: a letter more, less, other, or two in the wrong order.</summary>
    public static bool IsSlip(string one, string other)
    {
        int shorter = Math.Min(one.Length, other.Length);
        int most =
            shorter >= TwoSlipsFrom ? 2
            : shorter >= OneSlipFrom ? 1
            : 0;
        return most > 0
            && shorter <= LengthMax
            && Math.Abs(one.Length - other.Length) <= most
            && Slips(one, other, most) <= most;
    }

    /// <summary>Optimal string alignment distance, given up beyond <paramref name="most"/>.</summary>
    private static int Slips(string one, string other, int most)
    {
        Span<int> before = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> row = stackalloc int[other.Length + 1];
        for (int j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int here = Math.Min(
                    Math.Min(last[j], row[j - 1]) + 1,
                    last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1)
                );
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    here = Math.Min(here, before[j - 2] + 1);
                }

                row[j] = here;
                least = Math.Min(least, here);
            }

            if (least > most)
            {
                return least;
            }

            Span<int> free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[other.Length];
    }
}
