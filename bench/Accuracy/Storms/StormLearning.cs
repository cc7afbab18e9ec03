using Breakwater.Disruptions;

namespace Breakwater.Bench.Accuracy;

/// <summary>
/// Chooses when a storm opens and closes from one labelled set; everything else stays as shipped. All settings within one
/// standard error of the best F1 are as good as the set can tell (L. Breiman and others, Classification and Regression
/// Trees, 1984, section 3.4.3); the one in their middle is taken, as those at the rim are luck of the set.
/// </summary>
internal static class StormLearning
{
    private static readonly double[] openAbove = [0.75, 1, 1.25];
    private static readonly double[] openSum = [40, 80, 160];
    private static readonly double[] closeShare = [0.3, 0.4, 0.5, 0.6, 0.7];
    private static readonly double[] closeSum = [20, 40, 80];

    /// <param name="isHindsight">True to learn from storms as dated; false from what was said in each minute.</param>
    public static StormProfile Learn(SfuSet set, bool isHindsight)
    {
        IReadOnlyList<Setting> settings = Settings(set);
        Setting best = settings.MaxBy(one => one.F1(isHindsight))!;
        bool[] said = best.Flags.Said(isHindsight);
        double error = BlockBootstrap.StandardError(
            best.Flags.JudgedMinutes,
            drawn => MinuteScore.Of(said, set.IsLabelled, drawn).F1
        );
        Setting[] asGood =
        [
            .. settings.Where(one => one.F1(isHindsight) >= best.F1(isHindsight) - error),
        ];
        return asGood.MinBy(one => asGood.Sum(one.DistanceTo))!.Profile;
    }

    public static string Text(StormProfile profile) =>
        FormattableString.Invariant(
            $"open above {profile.OpenAbove} to a sum of {profile.OpenSum}, close below {profile.CloseShare} of the height to a sum of {profile.CloseSum}"
        );

    /// <summary>Every setting with what it says of a set.</summary>
    public static IReadOnlyList<Setting> Settings(SfuSet set) =>
        [
            .. openAbove.SelectMany(
                (_, a) =>
                    openSum.SelectMany(
                        (_, b) =>
                            closeShare.SelectMany(
                                (_, c) => closeSum.Select((_, d) => Setting.Of(set, (a, b, c, d)))
                            )
                    )
            ),
        ];

    /// <param name="At">Indices in the grid.</param>
    internal sealed record Setting(
        (int A, int B, int C, int D) At,
        StormProfile Profile,
        StormFlags Flags,
        double Dated,
        double Live
    )
    {
        public static Setting Of(SfuSet set, (int A, int B, int C, int D) at)
        {
            StormProfile profile = StormProfile.Default with
            {
                Name = "learnt",
                OpenAbove = openAbove[at.A],
                OpenSum = openSum[at.B],
                CloseShare = closeShare[at.C],
                CloseSum = closeSum[at.D],
            };
            StormFlags flags = StormFlags.Of(set, profile);
            return new Setting(
                at,
                profile,
                flags,
                MinuteScore.Of(flags.Said(true), set.IsLabelled, flags.JudgedMinutes).F1,
                MinuteScore.Of(flags.Said(false), set.IsLabelled, flags.JudgedMinutes).F1
            );
        }

        public double F1(bool isHindsight) => isHindsight ? Dated : Live;

        public double DistanceTo(Setting other) =>
            Math.Abs(At.A - other.At.A)
            + Math.Abs(At.B - other.At.B)
            + Math.Abs(At.C - other.At.C)
            + Math.Abs(At.D - other.At.D);
    }
}
