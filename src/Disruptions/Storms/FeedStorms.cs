using System.Globalization;
using Breakwater.Signals;

namespace Breakwater.Disruptions;

/// <summary>Walks one feed step by step, as if live.</summary>
internal sealed class FeedStorms
{
    private const string NoSamples = "no samples";
    private const string NoBaseline = "too little history, or too low a level, for a baseline";

    private readonly FeedColumns columns;
    private readonly StormProfile profile;
    private readonly MetricBaseline[] baselines;
    private readonly CumulativeExcess excess;
    private readonly float[][] ratios;
    private readonly float[] deviations;
    private readonly double[] scratch;
    private readonly int peerShare;
    private readonly int metricCount;
    private readonly int refreshSteps;
    private readonly List<Storm> storms = [];
    private readonly List<Blind> blind = [];
    private string? unseenReason;
    private int unseenFrom;

    // The storm as known so far: its first step, the first one after it, and when it was said to go on (-1: still).
    private int since;
    private int until;
    private readonly List<(int From, int Until)> live = [];

    public FeedStorms(FeedColumns columns, StormProfile profile)
    {
        this.columns = columns;
        this.profile = profile;
        int stepSeconds = (int)columns.Step.TotalSeconds;
        peerShare = -1;
        for (int column = 0; column < columns.Series.Count; column++)
        {
            peerShare =
                columns.Series[column].Metric == RoutingFeatures.BusiestPeerShare
                    ? column
                    : peerShare;
        }

        metricCount = columns.Series.Count - (peerShare >= 0 ? 1 : 0);
        baselines = [.. columns.Series.Select(_ => new MetricBaseline(profile, stepSeconds))];
        excess = new CumulativeExcess(profile, columns.StepMinutes);
        ratios = [.. columns.Series.Select(_ => new float[columns.Steps])];
        deviations = new float[columns.Steps];
        scratch = new double[metricCount];
        refreshSteps = Math.Max(1, profile.RefreshMinutes * 60 / stepSeconds);
    }

    public IReadOnlyList<Storm> Storms => storms;

    public IReadOnlyList<Blind> Blind => blind;

    public long JudgedMinutes { get; private set; }

    private bool IsStorm => excess.Phase == StormPhase.Storm;

    public void Run()
    {
        for (int step = 0; step < columns.Steps; step++)
        {
            if (step % refreshSteps == 0)
            {
                foreach (MetricBaseline baseline in baselines)
                {
                    baseline.Refresh(step);
                }
            }

            See(step);
        }

        CloseBlind(columns.Steps);
        if (excess.Phase != StormPhase.Calm)
        {
            until = IsStorm ? columns.Steps : until;
            Report(note: null);
        }
    }

    private void See(int step)
    {
        double? deviation = Deviation(step, out string reason);
        deviations[step] = (float)(deviation ?? double.NaN);
        if (deviation is not { } seen)
        {
            Unseen(step, reason);
            if (!IsStorm)
            {
                Learn(step);
            }

            return;
        }

        CloseBlind(step);
        JudgedMinutes += (long)columns.StepMinutes;
        StormPhase before = excess.Phase;
        if (excess.See(step, seen))
        {
            Change(before, step);
        }
        else if (IsStorm && IsTooLong(step))
        {
            Accept(step);
        }

        if (!IsStorm)
        {
            Learn(step);
        }
    }

    private void Change(StormPhase before, int step)
    {
        switch (before, excess.Phase)
        {
            case (StormPhase.Calm, _):
                since = (int)excess.Since;
                live.Clear();
                Begin(step);
                break;
            case (_, StormPhase.Storm):
                Begin(step);
                break;
            case (_, StormPhase.Subsiding):
                until = (int)excess.Since;
                live[^1] = (live[^1].From, step);
                for (int after = until; after < step; after++)
                {
                    Learn(after);
                }

                break;
            default:
                Report(note: null);
                break;
        }
    }

    private void Begin(int step)
    {
        live.Add((step, -1));
        foreach (MetricBaseline baseline in baselines)
        {
            baseline.Forget(live.Count == 1 ? since : until, step);
        }
    }

    /// <summary>Median of the deviations of the metrics; null when too few can be judged.</summary>
    private double? Deviation(int step, out string reason)
    {
        int judged = 0;
        int given = 0;
        for (int column = 0; column < metricCount; column++)
        {
            double value = columns.Value(column, step);
            ratios[column][step] = float.NaN;
            if (double.IsNaN(value))
            {
                continue;
            }

            given++;
            if (baselines[column].Level is { } level)
            {
                ratios[column][step] = (float)(value / level);
                scratch[judged++] = baselines[column].DeviationOf(value);
            }
        }

        reason = given == 0 ? NoSamples : NoBaseline;
        if (judged < profile.MinimumMetrics)
        {
            return null;
        }

        double deviation = Medians.Of(scratch.AsSpan(0, judged));
        return IsOfOnePeer(step) ? Math.Min(0, deviation) : deviation;
    }

    private bool IsOfOnePeer(int step) =>
        peerShare >= 0
        && columns.Value(peerShare, step) >= profile.OnePeerShare
        // Where one peer usually gives nearly all, its share tells nothing.
        && baselines[peerShare].Level is { } usual
        && 1 - usual >= 2 * (1 - profile.OnePeerShare);

    private void Learn(int step)
    {
        for (int column = 0; column < columns.Series.Count; column++)
        {
            double value = columns.Value(column, step);
            baselines[column].Learn(step, double.IsNaN(value) ? null : value);
        }
    }

    private void Accept(int step)
    {
        until = step;
        live[^1] = (live[^1].From, step);
        Report(
            string.Create(
                CultureInfo.InvariantCulture,
                $"new_level: after {profile.AcceptAfterHours} h this is taken as usual, and the baseline is learnt again"
            )
        );
        Restart();
    }

    private bool IsTooLong(int step) =>
        (step - since) * columns.StepMinutes >= profile.AcceptAfterHours * 60;

    private void Restart()
    {
        excess.Reset();
        foreach (MetricBaseline baseline in baselines)
        {
            baseline.Clear();
        }
    }

    private void Unseen(int step, string reason)
    {
        if (unseenReason != reason)
        {
            CloseBlind(step);
            (unseenReason, unseenFrom) = (reason, step);
        }

        if ((step - unseenFrom) * columns.StepMinutes >= profile.BlindAfterMinutes)
        {
            excess.Interrupt();
        }

        // By now the baseline is too old to see the end by.
        if (IsStorm && IsTooLong(step))
        {
            until = unseenFrom;
            Report("the feed went blind, and no end was seen");
            Restart();
        }
    }

    private void CloseBlind(int step)
    {
        // A feed that never sees is blind however short it is.
        bool isWhole = unseenFrom == 0 && step == columns.Steps;
        if (
            unseenReason is { } reason
            && (isWhole || (step - unseenFrom) * columns.StepMinutes >= profile.BlindAfterMinutes)
        )
        {
            blind.Add(new Blind(columns.Feed, columns.At(unseenFrom), columns.At(step), reason));
        }

        unseenReason = null;
    }

    private void Report(string? note) =>
        storms.Add(
            new StormSummary(columns, profile, ratios, deviations, metricCount).Of(
                since,
                until,
                live,
                note
            )
        );
}
