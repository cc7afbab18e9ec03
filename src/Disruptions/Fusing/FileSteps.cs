using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// The steps that could be changes of scale, in the series of one place, and which losses may have come of them. A column
/// that strays, or a shift that is dated to the day, shows no step by itself, but may well follow one that another column
/// of its file shows clearly. What fell far below such a step later is a loss of its own.
/// </summary>
internal sealed class FileSteps
{
    /// <summary>What strays a day long may open a loss late; that it fell later by itself has to show.</summary>
    private static readonly Duration _late = Duration.FromDays(1);

    private readonly Dictionary<(JudgedSeries Series, Loss Loss), ScaleStep> steps = [];

    /// <param name="series">Those of one place or network.</param>
    public FileSteps(IReadOnlyList<JudgedSeries> series, DetectorProfile profile)
    {
        // After a step the baseline is that of before it until so much of it is learned anew.
        var reach = Duration.FromDays(profile.Shifts.ReferenceDays);
        JudgedSeries[] stepwise = [.. series.Select(one => Stepwise(one, profile))];
        var shown = stepwise
            .GroupBy(FileOf)
            .ToDictionary(file => file.Key, file => Shown(file, reach, profile));
        Series = [.. stepwise.Select(one => Lay(one, shown[FileOf(one)], reach, profile))];
    }

    /// <summary>The series, in their order, with losses cut where they fell far below a change of scale.</summary>
    public IReadOnlyList<JudgedSeries> Series { get; }

    /// <summary>True when there is nothing to doubt.</summary>
    public bool IsEmpty => steps.Count == 0;

    /// <summary>The step that a loss may have come of, with the share at which its own series goes on; null when it came of none.</summary>
    public ScaleStep? Of(Vote vote) => vote.Loss is { } loss ? Of(vote.Series, loss) : null;

    public ScaleStep? Of(JudgedSeries series, Loss loss) =>
        steps.TryGetValue((series, loss), out ScaleStep step) ? step : null;

    /// <summary>Series that are followed come in on one stream: that they are of several files is not known.</summary>
    public static string FileOf(JudgedSeries series) =>
        series.Signal.Evidence is [{ Sha256.Length: > 0 } first, ..] ? first.Sha256 : "";

    /// <summary>The series with its losses cut where it stepped once more, from the scale that a step had left.</summary>
    private static JudgedSeries Stepwise(JudgedSeries series, DetectorProfile profile) =>
        series.With([
            .. series.Losses.SelectMany(loss =>
                IsSharp(loss)
                    ? Stepwise(series, loss, series.Scale!, loss.Scale!.Value, profile)
                    : [loss]
            ),
        ]);

    /// <param name="scale">The series as if it had been all along at the scale that this loss fell from.</param>
    /// <param name="step">How it fell from that.</param>
    private static IReadOnlyList<Loss> Stepwise(
        JudgedSeries series,
        Loss loss,
        ScaleChange scale,
        ScaleStep step,
        DetectorProfile profile
    )
    {
        double share = loss.Scale!.Value.Share;
        LossRules rules = profile.For(series.Signal.Family);
        List<Loss> below = [.. LossesBelowScale.Find(series, loss, share, isSharp: true, rules)];
        if (below.Count == 0)
        {
            return [loss];
        }

        ScaleChange behind = scale.Behind(step);
        var again = new List<Loss>();
        foreach (Loss one in below)
        {
            if (behind.Of(series.At(one.First), series.At(one.Last)) is not { } further)
            {
                continue;
            }

            Loss stepped = one with
            {
                IsBelowScale = false,
                Scale = further with { Share = share * further.Share },
            };
            if (IsSharp(stepped))
            {
                again.AddRange(Stepwise(series, stepped, behind, further, profile));
            }
        }

        return LossesBelowScale.Cut(series, loss, again);
    }

    private JudgedSeries Lay(
        JudgedSeries series,
        List<ShownStep> shown,
        Duration reach,
        DetectorProfile profile
    )
    {
        var doubted = new List<(Loss Loss, ScaleStep Step)>();
        var losses = new List<Loss>();
        (ScaleStep Step, double Share)? latest = null;
        foreach (
            Loss loss in series.Shifts.Concat(series.Losses).OrderBy(one => one.Onset.Earliest)
        )
        {
            // A series that fell with a step is below its old level on the days after too, some hours of the day more than others.
            (ScaleStep Step, double Share)? found =
                StepOf(series, loss, shown, reach, profile)
                ?? (
                    latest is { } before
                    && series.LearnedBetween(before.Step.At, loss.First) <= reach
                        ? before
                        : null
                );
            latest = found ?? latest;
            IReadOnlyList<Loss> parts =
                found is { } of && !loss.IsShift
                    ? LossesBelowScale.Cut(
                        series,
                        loss,
                        LossesBelowScale.Find(
                            series,
                            loss,
                            of.Share,
                            IsSharp(loss),
                            profile.For(series.Signal.Family)
                        )
                    )
                    : [loss];
            losses.AddRange(parts.Where(part => !part.IsShift));
            if (found is { } known)
            {
                doubted.AddRange(
                    parts
                        .Where(part => !part.IsBelowScale)
                        .Select(part => (part, known.Step with { Share = known.Share }))
                );
            }
        }

        JudgedSeries cut = series.With(losses);
        foreach ((Loss loss, ScaleStep step) in doubted)
        {
            steps[(cut, loss)] = step;
        }

        return cut;
    }

    /// <summary>The steps of one file, the sharp ones first.</summary>
    private static List<ShownStep> Shown(
        IEnumerable<JudgedSeries> file,
        Duration reach,
        DetectorProfile profile
    )
    {
        ILookup<bool, (JudgedSeries Of, Loss Loss)> found = file.SelectMany(one =>
                one.Losses.Concat(one.Shifts)
                    .Where(loss => loss.Scale is not null)
                    .Select(loss => (one, loss))
            )
            .ToLookup(one => IsSharp(one.loss));
        List<ShownStep> sharp =
        [
            .. found[true].Select(one => new ShownStep(one.Of, one.Loss.Scale!.Value, true)),
        ];
        return
        [
            .. sharp,
            .. found[false]
                .Select(one =>
                {
                    ScaleStep own = one.Loss.Scale!.Value;
                    ScaleStep of = StepOf(one.Of, one.Loss, sharp, reach, profile)?.Step ?? own;
                    return new ShownStep(one.Of, of with { Share = own.Share }, false);
                }),
        ];
    }

    /// <summary>True when the loss opens at its step. Of a column that strays, and of a shift, the step is dated badly.</summary>
    private static bool IsSharp(Loss loss) =>
        loss is { Scale: { } own, IsShift: false }
        && own.Before < loss.Onset.Latest
        && loss.Onset.Latest <= own.At;

    /// <returns>The step, and the share of its level at which this series goes on behind it.</returns>
    private static (ScaleStep Step, double Share)? StepOf(
        JudgedSeries series,
        Loss loss,
        List<ShownStep> shown,
        Duration reach,
        DetectorProfile profile
    )
    {
        if (IsSharp(loss))
        {
            return (loss.Scale!.Value, loss.Scale.Value.Share);
        }

        foreach (ShownStep one in Nearest(series, loss, shown))
        {
            // What is plainly lost did not fall with a column that kept most of its level.
            if (
                ShareBehind(series, loss, one, reach) is { } share
                && (
                    share > 1 - profile.PlainDropShare
                    || one.Step.Share <= 1 - profile.DarkDropShare
                )
            )
            {
                return (one.Step, share);
            }
        }

        return loss.Scale is { } own
            ? (own, own.Share)
            : StrayingStepOf(series, loss, shown, profile);
    }

    /// <summary>
    /// Where another column of the file shows within a day a step that would lead a disruption, one that strays too much to show
    /// its own may have had one where its loss begins. What is plainly lost is no column that strays.
    /// </summary>
    private static (ScaleStep Step, double Share)? StrayingStepOf(
        JudgedSeries series,
        Loss loss,
        List<ShownStep> shown,
        DetectorProfile profile
    )
    {
        if (
            loss.IsShift
            || series.Scale?.StrayingStep(series.At(loss.First), series.At(loss.Last))
                is not { } step
            || step.Share <= 1 - profile.PlainDropShare
        )
        {
            return null;
        }

        return shown.Exists(one =>
            one.IsSharp
            && one.Of != series
            && one.Step.IsNear(step)
            && profile.Of(one.Of.Signal.Family).WeightOf(1 - one.Step.Share)
                >= profile.LeadingWeight
        )
            ? (step, step.Share)
            : null;
    }

    /// <summary>
    /// The sharp ones first, then by how near the loss began. Of two at one moment a series follows its own sharp one, but the
    /// badly dated one of another: its own says no more than the loss does.
    /// </summary>
    private static IEnumerable<ShownStep> Nearest(
        JudgedSeries series,
        Loss loss,
        List<ShownStep> shown
    ) =>
        shown
            .OrderByDescending(one => one.IsSharp)
            .ThenBy(one => Math.Abs((loss.Onset.Latest - one.Step.At).TotalSeconds))
            .ThenByDescending(one => one.Of == series == one.IsSharp);

    /// <summary>The share of its level at which a series goes on behind a step; null when its loss cannot have come of it.</summary>
    private static double? ShareBehind(JudgedSeries series, Loss loss, ShownStep of, Duration reach)
    {
        if (series.LearnedBetween(of.Step.At, loss.First) > reach)
        {
            return null;
        }

        // A shift says nothing about the moment, so within one file it cannot tell that there was more than the step.
        if (loss.IsShift && of.Of != series)
        {
            return series.At(loss.Last) >= of.Step.At ? 1 - loss.DeepestDropShare : null;
        }

        if (loss.Onset.Latest <= of.Step.Before)
        {
            return null;
        }

        return of.Of == series
            ? of.Step.Share
            : series.Scale?.ShareBehind(of.Step, loss.Onset.Earliest <= of.Step.At + _late);
    }

    /// <param name="Step">When, and to what share the series that shows it fell.</param>
    private readonly record struct ShownStep(JudgedSeries Of, ScaleStep Step, bool IsSharp);
}
