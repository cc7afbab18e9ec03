using Breakwater.Disruptions;

namespace Breakwater.Bench.Accuracy;

/// <summary>
/// Chooses the two levels and the two sums of a profile on one labelled set. Everything else stays as shipped. The score of
/// a setting is the mean F1 of it and of its neighbours in the grid, because a peak that its neighbours do not share is
/// luck of the set.
/// </summary>
internal static class StormLearning
{
    private static readonly double[] openAbove = [0.5, 0.75, 1, 1.25];
    private static readonly double[] openSum = [40, 80, 160];
    private static readonly double[] closeBelow = [0.75, 1, 1.25, 1.5];
    private static readonly double[] closeSum = [10, 20, 40];

    public static StormProfile Learn(SfuSet set, bool isHindsight)
    {
        Dictionary<(int, int, int, int), double> scores = Scores(set, isHindsight);
        (int, int, int, int) best = scores
            .Keys.OrderByDescending(at => Math.Round(Around(scores, at), 6))
            .ThenBy(at => at)
            .First();
        return Profile(best);
    }

    public static string Text(StormProfile profile) =>
        FormattableString.Invariant(
            $"open above {profile.OpenAbove} to a sum of {profile.OpenSum}, close below {profile.CloseBelow} to a sum of {profile.CloseSum}"
        );

    /// <summary>F1 of every setting.</summary>
    public static Dictionary<(int, int, int, int), double> Scores(SfuSet set, bool isHindsight)
    {
        Dictionary<(int, int, int, int), double> scores = [];
        for (int a = 0; a < openAbove.Length; a++)
        {
            for (int b = 0; b < openSum.Length; b++)
            {
                for (int c = 0; c < closeBelow.Length; c++)
                {
                    for (int d = 0; d < closeSum.Length; d++)
                    {
                        StormFlags flags = StormFlags.Of(set, Profile((a, b, c, d)));
                        scores[(a, b, c, d)] = MinuteScore
                            .Of(flags.Said(isHindsight), set.IsLabelled, flags.JudgedMinutes)
                            .F1;
                    }
                }
            }
        }

        return scores;
    }

    public static StormProfile Profile((int A, int B, int C, int D) at) =>
        StormProfile.Default with
        {
            Name = "learnt",
            OpenAbove = openAbove[at.A],
            OpenSum = openSum[at.B],
            CloseBelow = closeBelow[at.C],
            CloseSum = closeSum[at.D],
        };

    private static double Around(
        Dictionary<(int A, int B, int C, int D), double> scores,
        (int A, int B, int C, int D) at
    ) =>
        scores
            .Where(other =>
                Math.Abs(other.Key.A - at.A)
                    + Math.Abs(other.Key.B - at.B)
                    + Math.Abs(other.Key.C - at.C)
                    + Math.Abs(other.Key.D - at.D)
                <= 1
            )
            .Average(other => other.Value);
}
