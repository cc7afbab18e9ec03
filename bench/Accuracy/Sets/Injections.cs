using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>Quiet stretches of real series with cuts and damage put into them by rule.</summary>
internal static class Injections
{
    /// <summary>A week: what a rhythm of weekdays needs at least.</summary>
    private static Duration FullHistory { get; } = Duration.FromDays(7);

    private static readonly double[] _depths = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1];
    private static readonly FeedDamage[] _damages = [.. Enum.GetValues<FeedDamage>().Skip(1)];

    /// <param name="quiet">Each with scored time in which nothing happened.</param>
    /// <param name="each">Cuts for each quiet stretch; damage is a quarter more.</param>
    public static CaseSet Make(IReadOnlyList<Case> quiet, int each, ulong seed)
    {
        var random = new SeededRandom(seed);
        List<Case> cases = [];
        int count = 0;
        foreach (Case stretch in quiet)
        {
            Duration step = stretch.Series.Min(series => series.Step);
            Duration room = stretch.Scored.Length;
            for (int i = 0; i < each; i++, count++)
            {
                Instant onset = Onset(stretch.Scored, room * 0.6, step, random);
                double hours = random.Of(HoursFor(room, step));
                cases.Add(
                    With(
                        stretch with
                        {
                            Id = FormattableString.Invariant($"{stretch.Id}-cut-{i:00}"),
                        },
                        new Cut(
                            onset,
                            Duration.FromHours(hours),
                            _depths[count % _depths.Length],
                            (CutShape)random.Below(3),
                            random.Of((double[])[0, 0.1, 1])
                        ),
                        step
                    )
                );
                if (i % 4 == 0)
                {
                    FeedDamage[] damages = Tellable(stretch.Series.Count);
                    FeedDamage damage = damages[count / 4 % damages.Length];
                    cases.Add(
                        With(
                            stretch with
                            {
                                Id = FormattableString.Invariant($"{stretch.Id}-damage-{i:00}"),
                            },
                            damage,
                            onset,
                            random
                        )
                    );
                }
            }
        }

        return new CaseSet(
            "injected",
            LabelOrigin.Injected,
            $"{quiet.Count} quiet stretches of real series, with {count} cuts of 5 to 100 % and {cases.Count - count} damaged feeds put in by rule. Their labels are exact; their shapes are ours.",
            cases,
            BlockDays: null,
            IsSplit: true
        );
    }

    public static Case With(Case quiet, Cut cut, Duration step) =>
        quiet with
        {
            Series = cut.Into(quiet.Series),
            Labels = [cut.Label(step)],
            Traits = new Dictionary<string, string>
            {
                ["depth"] = FormattableString.Invariant($"{cut.Depth * 100:0} %"),
                ["length"] = FormattableString.Invariant($"{cut.Length.TotalHours:0} h"),
                ["shape"] = cut.Shape.ToString(),
                ["history"] =
                    cut.Onset - quiet.Series.Min(series => series.Samples[0].At) < FullHistory
                        ? "under 7 days"
                        : "7 days and more",
                ["routing"] =
                    cut.RoutingShare == 0 ? "stays up"
                    : cut.RoutingShare < 1 ? "dips"
                    : "falls too",
            },
        };

    public static Case With(Case quiet, FeedDamage damage, Instant from, SeededRandom random) =>
        quiet with
        {
            Series = Damage.Into(quiet.Series, damage, from, random),
            Traits = new Dictionary<string, string> { ["damage"] = damage.ToString() },
        };

    /// <summary>Zeros, or a new scale, of the only feed of a place cannot be told from a loss by anybody: no label would be fair.</summary>
    private static FeedDamage[] Tellable(int feeds) =>
        feeds > 1
            ? _damages
            :
            [
                .. _damages.Where(damage =>
                    damage is not (FeedDamage.Zero or FeedDamage.Rescaled or FeedDamage.GapOfAll)
                ),
            ];

    /// <summary>In the first part of the scored time, so that the cut has room, and on a step.</summary>
    private static Instant Onset(
        TimeWindow scored,
        Duration room,
        Duration step,
        SeededRandom random
    ) => scored.Since + (step * (2 + random.Below(Math.Max(1, (int)(room / step)))));

    private static double[] HoursFor(Duration room, Duration step) =>
        [
            .. ((double[])[1, 3, 6, 12, 24, 72, 240]).Where(hours =>
                hours >= step.TotalHours && hours <= room.TotalHours * 0.8
            ),
        ];
}
