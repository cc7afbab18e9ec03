namespace Breakwater.Disruptions;

/// <summary>Order statistics in place.</summary>
internal static class Order
{
    /// <summary>The median; of an even count the mean of the middle two. Reorders the values. Zero of none.</summary>
    public static double Median(Span<double> values)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        int middle = values.Length / 2;
        double upper = Select(values, middle);
        if (values.Length % 2 == 1)
        {
            return upper;
        }

        double lower = values[0];
        for (int i = 1; i < middle; i++)
        {
            lower = Math.Max(lower, values[i]);
        }

        return (lower + upper) / 2;
    }

    /// <summary>The value at a rank, as if sorted; everything before it is not above it. Hoare's selection.</summary>
    public static double Select(Span<double> values, int rank)
    {
        int left = 0;
        int right = values.Length - 1;
        while (left < right)
        {
            double pivot = MiddleOf(
                values[left],
                values[left + ((right - left) / 2)],
                values[right]
            );
            int i = left;
            int j = right;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
            {
                right = j;
            }
            else if (rank >= i)
            {
                left = i;
            }
            else
            {
                return values[rank];
            }
        }

        return values[rank];
    }

    private static double MiddleOf(double a, double b, double c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
