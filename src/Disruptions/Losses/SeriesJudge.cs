using System.Numerics;
using Breakwater.Signals;

namespace Breakwater.Disruptions;

/// <summary>How one sample stands.</summary>
/// <param name="DropShare">Loss against the baseline, 0 to 1; zero when it is not lost.</param>
/// <param name="Certainty">How far outside the ways of the series the drop is, 0 to 1.</param>
internal readonly record struct Judgement(SampleState State, double DropShare, float Certainty);

/// <summary>What is known about one series from its samples so far: a fold in order of time.</summary>
internal sealed class SeriesJudge
{
    private const int ChangesKept = 64;

    private readonly LossRules rules;
    private readonly Baseline baseline;
    private long replacedSince = long.MinValue;
    private ulong changes;
    private int changesSeen;
    private double last = double.NaN;

    public SeriesJudge(SeriesSignal signal, DetectorProfile profile)
    {
        rules = profile.For(signal.Family);
        baseline = new Baseline(rules.Baseline, (long)signal.Step.TotalSeconds);
        Shifts = new LevelShifts(profile.Shifts);
    }

    private SeriesJudge(SeriesJudge other)
    {
        rules = other.rules;
        baseline = other.baseline.Copy();
        Shifts = other.Shifts.Copy();
        replacedSince = other.replacedSince;
        (changes, changesSeen, last) = (other.changes, other.changesSeen, other.last);
        IsConstant = other.IsConstant;
    }

    public LevelShifts Shifts { get; }

    /// <summary>True while every sample had the same value.</summary>
    public bool IsConstant { get; private set; } = true;

    public SeriesJudge Copy() => new(this);

    /// <param name="at">Unix seconds; after every sample seen before.</param>
    /// <param name="value">Finite and not below zero.</param>
    /// <param name="isOpen">True while the series is in a loss.</param>
    public Judgement See(long at, double value, bool isOpen)
    {
        bool isFrozen = IsFrozenBy(value);
        if (
            !isOpen
            && !isFrozen
            && baseline.IsSurelyNormal(
                at,
                value,
                1 - (rules.OpenDropShare * rules.CloseShareOfOpen)
            )
        )
        {
            replacedSince = long.MinValue;
            baseline.Learn(at, value);
            Shifts.See(at, value, isDeep: false);
            return new Judgement(SampleState.Normal, 0, 0);
        }

        if (baseline.At(at) is not { } expected)
        {
            baseline.Learn(at, value);
            return new Judgement(SampleState.Unjudged, 0, 0);
        }

        double below = expected.Level - value;
        double drop = Math.Max(0, below / expected.Level);
        double stray = rules.Baseline.SpreadMultiple * expected.Spread;
        bool isDeep = drop >= rules.OpenDropShare && below > stray;
        bool isBack =
            drop < rules.OpenDropShare * rules.CloseShareOfOpen
            || (drop < rules.OpenDropShare && below <= stray);
        bool isLost = isDeep || (isOpen && !isBack);
        if (isFrozen && !isLost)
        {
            return new Judgement(SampleState.Frozen, 0, 0);
        }

        // Inside a loss, or at a deep sample, the baseline is told what it expected and not what it saw.
        bool isReplaced = (isOpen || isDeep) && IsReplacedStill(at);
        replacedSince = isOpen || isDeep ? replacedSince : long.MinValue;
        baseline.Learn(at, isReplaced ? expected.Usual : value);
        Shifts.See(at, value, isLost && drop >= rules.DeepDropShare);
        return new Judgement(
            isLost ? SampleState.Lost : SampleState.Normal,
            isLost ? drop : 0,
            (float)(
                CertaintyOf(below, expected.TailSpread) * HistoryFactor(expected.HistoryDays, drop)
            )
        );
    }

    /// <summary>A drop that the series often makes by itself says little; one far outside its ways says all it can.</summary>
    private double CertaintyOf(double below, double tailSpread) =>
        tailSpread <= 0
            ? 1
            : Math.Clamp(
                ((below / tailSpread) - rules.DoubtfulDeviations)
                    / (rules.CertainDeviations - rules.DoubtfulDeviations),
                0,
                1
            );

    /// <summary>A short history knows few of the ways of a series; that one goes dark is seldom among them.</summary>
    private double HistoryFactor(double historyDays, double drop)
    {
        double length = Math.Min(1, historyDays / rules.FullHistoryDays);
        double depth = Math.Clamp(
            (drop - rules.DeepDropShare) / (rules.PlainDropShare - rules.DeepDropShare),
            0,
            1
        );
        return rules.ShortHistoryShare + ((1 - rules.ShortHistoryShare) * Math.Max(length, depth));
    }

    private bool IsReplacedStill(long at)
    {
        replacedSince = replacedSince == long.MinValue ? at : replacedSince;
        return rules.Baseline.ReplaceForDays is not { } days
            || at - replacedSince < (long)(days * 86_400);
    }

    /// <summary>True when a series that usually changes from sample to sample has stopped changing.</summary>
    private bool IsFrozenBy(double value)
    {
        if (!double.IsNaN(last))
        {
            bool isChanged = value != last;
            IsConstant &= !isChanged;
            changes = (changes << 1) | (isChanged ? 1UL : 0);
            changesSeen = Math.Min(changesSeen + 1, ChangesKept);
        }

        last = value;
        int still = Math.Min(BitOperations.TrailingZeroCount(changes), changesSeen);
        int before = changesSeen - still;
        return still >= rules.FrozenAfterSamples
            && before >= rules.FrozenAfterSamples
            && BitOperations.PopCount(changes) >= before * rules.LivelyShare;
    }
}
