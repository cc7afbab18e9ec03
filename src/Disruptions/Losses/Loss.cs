using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>How one sample stands against the baseline. Only the last three are seen.</summary>
internal enum SampleState : byte
{
    /// <summary>No value.</summary>
    Missing,

    /// <summary>A value, but its feed was late, incomplete or blind.</summary>
    Degraded,

    /// <summary>A value, but too little history, or too low a level, to hold it against.</summary>
    Unjudged,

    /// <summary>The feed repeats one value that it never kept so long before.</summary>
    Frozen,
    Normal,

    /// <summary>In a lasting shift of level, but in no loss.</summary>
    Shifted,
    Lost,
}

internal static class SampleStates
{
    public static bool IsSeen(this SampleState state) => state >= SampleState.Normal;
}

/// <summary>A stretch in which one series stays below its baseline.</summary>
/// <param name="First">Index of the first sample lost.</param>
/// <param name="Last">Index of the last sample lost.</param>
/// <param name="Onset">Between the last sample seen normal and the first seen lost.</param>
/// <param name="End">Between the last sample seen lost and the first seen returned; null while it lasts.</param>
/// <param name="IsShift">True for a lasting shift of level, which opens slowly.</param>
/// <param name="Scale">How the series goes on, if it does as after a change of its scale; null when it does not.</param>
/// <param name="IsBelowScale">True when the series had fallen before as after a change of its scale, and fell far below that.</param>
internal sealed record Loss(
    int First,
    int Last,
    InstantPair Onset,
    InstantPair? End,
    double DeepestDropShare,
    bool IsShift = false,
    ScaleStep? Scale = null,
    bool IsBelowScale = false
)
{
    /// <summary>Losses that began so near each other may be of one story; those further apart say nothing of each other.</summary>
    public static Duration Near { get; } = Duration.FromHours(24);

    /// <summary>True when both may have begun near each other, as far as it is known when they began.</summary>
    public bool BeganNear(Loss other) =>
        Onset.Earliest - other.Onset.Latest <= Near && other.Onset.Earliest - Onset.Latest <= Near;
}

/// <summary>A step after which a series goes on with its pattern unchanged, as after a change of its scale.</summary>
/// <param name="Before">The last sample before the step that could be held against the level.</param>
/// <param name="At">The first sample behind the step.</param>
/// <param name="Share">The share of its level at which it goes on.</param>
internal readonly record struct ScaleStep(Instant Before, Instant At, double Share)
{
    /// <summary>True when both could be of one moment, whatever their shares: each column of a file has a scale of its own.</summary>
    public bool IsAtOnceWith(ScaleStep other) => Before < other.At && other.Before < At;

    /// <summary>True when both are within a day of each other.</summary>
    public bool IsNear(ScaleStep other) =>
        Before - other.At <= Loss.Near && other.Before - At <= Loss.Near;
}

internal readonly record struct InstantPair(Instant Earliest, Instant Latest);

/// <summary>One series judged sample by sample, with its losses and its shifts of level.</summary>
internal sealed class JudgedSeries(
    SeriesSignal signal,
    Instant[] times,
    SampleState[] states,
    double[] dropShares,
    float[] certainties,
    IReadOnlyList<Loss> losses,
    IReadOnlyList<Loss> shifts,
    bool isConstant,
    ScaleChange? scale = null
)
{
    /// <summary>How many samples before each index taught the baseline what is normal.</summary>
    private readonly Lazy<int[]> learned = new(() => Sums(states));

    public SeriesSignal Signal { get; } = signal;

    public Instant[] Times { get; } = times;

    public SampleState[] States { get; } = states;

    /// <summary>Null when nothing was lost.</summary>
    public ScaleChange? Scale { get; } = scale;

    /// <summary>Loss against the baseline, 0 to 1; zero where it is not lost.</summary>
    public double[] DropShares { get; } = dropShares;

    /// <summary>How far outside the ways of the series each drop is, 0 to 1.</summary>
    public float[] Certainties { get; } = certainties;

    public IReadOnlyList<Loss> Losses { get; } = losses;

    public IReadOnlyList<Loss> Shifts { get; } = shifts;

    /// <summary>True when the series never showed but one value: it cannot tell normal from frozen.</summary>
    public bool IsConstant { get; } = isConstant;

    public int Count => Times.Length;

    /// <summary>For how long the series was normal from a moment to a sample: what is lost teaches the baseline nothing.</summary>
    public Duration LearnedBetween(Instant from, int until) =>
        Signal.Step * Math.Max(0, learned.Value[until] - learned.Value[FirstFrom(from)]);

    /// <returns>This one when nothing is another.</returns>
    public JudgedSeries With(IReadOnlyList<Loss> others) =>
        others.SequenceEqual(Losses)
            ? this
            : new(
                Signal,
                Times,
                States,
                DropShares,
                Certainties,
                others,
                Shifts,
                IsConstant,
                Scale
            );

    public Instant At(int index) => Times[index];

    /// <summary>The loss or shift that covers a sample; a loss first. Null when none does.</summary>
    public Loss? LossAt(int index) => Covering(Losses, index) ?? Covering(Shifts, index);

    /// <summary>The shift that covers a sample; null when none does.</summary>
    public Loss? ShiftAt(int index) => Covering(Shifts, index);

    /// <summary>Index of the first sample at or after a moment.</summary>
    public int FirstFrom(Instant at)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (At(middle) < at)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int[] Sums(SampleState[] states)
    {
        int[] sums = new int[states.Length + 1];
        for (int i = 0; i < states.Length; i++)
        {
            sums[i + 1] =
                sums[i] + (states[i] is SampleState.Normal or SampleState.Shifted ? 1 : 0);
        }

        return sums;
    }

    private static Loss? Covering(IReadOnlyList<Loss> stretches, int index)
    {
        int low = 0;
        int high = stretches.Count - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            if (stretches[middle].Last < index)
            {
                low = middle + 1;
            }
            else if (stretches[middle].First > index)
            {
                high = middle - 1;
            }
            else
            {
                return stretches[middle];
            }
        }

        return null;
    }
}
