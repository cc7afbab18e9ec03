namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>What has to be done to one word so that the other text comes out.</summary>
/// <param name="One">Null for a word that only the other text has.</param>
/// <param name="Other">Null for a word that only the first text has.</param>
internal readonly record struct Step(Term? One, Term? Other)
{
    public bool IsSame => One is { } one && Other is { } other && one.Hash == other.Hash;
}

/// <summary>Two texts word by word, by least cost, within a band. [Ukkonen 1985]</summary>
internal static class Alignment
{
    private const int Alone = 1;
    private const int Another = 2;

    /// <returns>The steps; null when they cost more than <paramref name="most"/>.</returns>
    public static IReadOnlyList<Step>? Of(
        IReadOnlyList<Term> one,
        IReadOnlyList<Term> other,
        int most
    )
    {
        // A word that only one text has costs something, so the path stays this near to the diagonal.
        int reach = most;
        if (Math.Abs(one.Count - other.Count) > reach)
        {
            return null;
        }

        int width = (2 * reach) + 1;
        int[,] cost = new int[one.Count + 1, width];
        for (int i = 0; i <= one.Count; i++)
        {
            bool isHopeless = true;
            for (int band = 0; band < width; band++)
            {
                int j = i + band - reach;
                cost[i, band] =
                    j < 0 || j > other.Count ? int.MaxValue / 2
                    : i == 0 && j == 0 ? 0
                    : Least(one, other, cost, i, j, band, width);
                isHopeless &= cost[i, band] > most;
            }

            if (isHopeless)
            {
                return null;
            }
        }

        return cost[one.Count, other.Count - one.Count + reach] > most
            ? null
            : Back(one, other, cost, reach, width);
    }

    /// <summary>A slip changes nothing; a word for another changes most.</summary>
    private static int Instead(Term one, Term other) =>
        one.Hash == other.Hash || Typing.IsSlip(one.Text, other.Text) ? 0
        : IsSlight(one) && IsSlight(other) ? Alone
        : Another;

    /// <summary>A word of few letters, which says little of itself; guard words are looked at apart.</summary>
    public static bool IsSlight(Term term) =>
        term.Text.Length <= 3 && char.IsAsciiLetterLower(term.Text[0]);

    private static int Least(
        IReadOnlyList<Term> one,
        IReadOnlyList<Term> other,
        int[,] cost,
        int i,
        int j,
        int band,
        int width
    )
    {
        int least = int.MaxValue / 2;
        if (i > 0 && j > 0)
        {
            least = cost[i - 1, band] + Instead(one[i - 1], other[j - 1]);
        }

        if (i > 0 && band + 1 < width)
        {
            least = Math.Min(least, cost[i - 1, band + 1] + Alone);
        }

        if (j > 0 && band > 0)
        {
            least = Math.Min(least, cost[i, band - 1] + Alone);
        }

        return least;
    }

    private static List<Step> Back(
        IReadOnlyList<Term> one,
        IReadOnlyList<Term> other,
        int[,] cost,
        int reach,
        int width
    )
    {
        var steps = new List<Step>();
        int i = one.Count;
        int j = other.Count;
        while (i > 0 || j > 0)
        {
            int band = j - i + reach;
            int here = cost[i, band];
            if (i > 0 && j > 0 && here == cost[i - 1, band] + Instead(one[i - 1], other[j - 1]))
            {
                steps.Add(new Step(one[--i], other[--j]));
            }
            else if (i > 0 && band + 1 < width && here == cost[i - 1, band + 1] + Alone)
            {
                steps.Add(new Step(one[--i], null));
            }
            else
            {
                steps.Add(new Step(null, other[--j]));
            }
        }

        steps.Reverse();
        return steps;
    }
}
