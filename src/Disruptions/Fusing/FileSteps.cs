using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// The steps that could be changes of scale, in the series of one place, and which losses may have come of them. A column
/// that strays, or a shift that is dated to the day, shows no step by itself, but may well follow one that another column
/// of its file shows clearly.
/// </summary>
internal sealed class FileSteps
{
    /// <summary>What strays a day long may open a loss late; that it fell later by itself has to show.</summary>
    private static readonly Duration _late = Duration.FromDays(1);

    private readonly Dictionary<(JudgedSeries Series, Loss Loss), ScaleStep> steps = [];

    /// <param name="series">Those of one place or network.</param>
    /// <param name="reach">For so long after a step the baseline is that of before it.</param>
    public FileSteps(IReadOnlyList<JudgedSeries> series, Duration reach)
    {
        foreach (IGrouping<string, JudgedSeries> file in series.GroupBy(FileOf))
        {
            List<(JudgedSeries Of, ScaleStep Step)> shown =
            [
                .. file.SelectMany(one =>
                    one.Losses.Concat(one.Shifts)
                        .Where(loss => loss.Scale is not null)
                        .Select(loss => (one, loss.Scale!.Value))
                ),
            ];
            foreach (JudgedSeries one in file)
            {
                Lay(one, shown, reach);
            }
        }
    }

    /// <summary>True when there is nothing to doubt.</summary>
    public bool IsEmpty => steps.Count == 0;

    /// <summary>The step that a loss may have come of; null when it came of none.</summary>
    public ScaleStep? Of(Vote vote) => vote.Loss is { } loss ? Of(vote.Series, loss) : null;

    public ScaleStep? Of(JudgedSeries series, Loss loss) =>
        steps.TryGetValue((series, loss), out ScaleStep step) ? step : null;

    /// <summary>Series of which it is not known what file they come from are not of one file.</summary>
    public static string FileOf(JudgedSeries series) =>
        series.Signal.Evidence is [{ Sha256.Length: > 0 } first, ..]
            ? first.Sha256
            : series.Signal.Id;

    private static bool MayBeOf(JudgedSeries series, Loss loss, ScaleStep step) =>
        series.Scale is { } scale
        && (
            scale.MayStepAt(step) || (loss.Onset.Earliest <= step.At + _late && !scale.Denies(step))
        );

    private void Lay(
        JudgedSeries series,
        List<(JudgedSeries Of, ScaleStep Step)> shown,
        Duration reach
    )
    {
        foreach (Loss loss in series.Losses.Concat(series.Shifts))
        {
            if (loss.Scale is { } own)
            {
                steps[(series, loss)] = own;
                if (!loss.IsShift)
                {
                    continue;
                }
            }

            foreach ((JudgedSeries of, ScaleStep step) in shown)
            {
                bool isOfStep =
                    of == series ? loss.Onset.Latest >= step.At
                    // A shift says nothing about the moment, so within one file it cannot tell that there was more than the step.
                    : loss.IsShift ? series.At(loss.Last) >= step.At
                    : loss.Onset.Latest >= step.At && MayBeOf(series, loss, step);
                if (isOfStep && loss.Onset.Earliest <= step.At + reach)
                {
                    steps[(series, loss)] = step;
                    break;
                }
            }
        }
    }
}
