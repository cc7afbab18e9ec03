using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Judges a series against its robust baseline, with hysteresis: it takes a deep drop to open a loss and a clear return to close it.</summary>
internal static class LossesFromSeries
{
    public static JudgedSeries Judge(SeriesSignal signal, DetectorProfile profile)
    {
        FamilyProfile family = profile.Of(signal.Family);
        var baseline = new Baseline(profile);
        var judged = new JudgedSample[signal.Samples.Count];
        var losses = new List<Loss>();
        var open = new OpenLoss();
        for (int i = 0; i < judged.Length; i++)
        {
            Sample sample = signal.Samples[i];
            if (sample.Value is not { } value || baseline.At(sample.At) is not { } expected)
            {
                judged[i] = new JudgedSample(sample, SampleState.Unseen, 0);
                if (sample.Value is { } unjudged)
                {
                    baseline.Learn(sample.At, unjudged);
                }

                continue;
            }

            double drop = Math.Max(0, 1 - (value / expected.Level));
            bool isDeep =
                drop >= family.OpenDropShare
                && expected.Level - value > profile.SpreadMultiple * expected.Spread;
            bool isBack =
                drop < family.OpenDropShare * profile.CloseShareOfOpen
                || (
                    drop < family.OpenDropShare
                    && expected.Level - value <= profile.SpreadMultiple * expected.Spread
                );
            judged[i] = new JudgedSample(
                sample,
                isDeep || (open.IsOpen && !isBack) ? SampleState.Lost : SampleState.Normal,
                drop
            );
            // Inside a loss, or at a deep sample, the baseline is told what it expected and not what it saw.
            baseline.Learn(sample.At, open.IsOpen || isDeep ? expected.Level : value);
            open.See(i, judged, profile, losses);
        }

        open.Finish(judged, losses);
        return new JudgedSeries(signal, judged, losses);
    }

    /// <summary>Counts samples towards opening and closing; unseen samples count towards neither.</summary>
    private sealed class OpenLoss
    {
        private int _firstLost = -1;
        private int _lastLost = -1;
        private int _firstBack = -1;
        private int _lostRun;
        private int _backRun;

        public bool IsOpen { get; private set; }

        public void See(int i, JudgedSample[] judged, DetectorProfile profile, List<Loss> losses)
        {
            if (judged[i].State == SampleState.Lost)
            {
                _firstLost = _lostRun == 0 && !IsOpen ? i : _firstLost;
                _lastLost = i;
                _lostRun++;
                _backRun = 0;
                IsOpen |= _lostRun >= profile.OpenSamples;
                return;
            }

            if (!IsOpen)
            {
                _lostRun = 0;
                return;
            }

            _firstBack = _backRun == 0 ? i : _firstBack;
            _backRun++;
            if (_backRun >= profile.CloseSamples)
            {
                losses.Add(
                    Make(
                        judged,
                        new InstantPair(judged[_lastLost].Sample.At, judged[_firstBack].Sample.At)
                    )
                );
                IsOpen = false;
                _lostRun = 0;
                _backRun = 0;
            }
        }

        public void Finish(JudgedSample[] judged, List<Loss> losses)
        {
            if (IsOpen)
            {
                losses.Add(Make(judged, null));
            }
        }

        private Loss Make(JudgedSample[] judged, InstantPair? end)
        {
            int before = _firstLost - 1;
            while (before >= 0 && judged[before].State == SampleState.Unseen)
            {
                before--;
            }

            Instant latest = judged[_firstLost].Sample.At;
            Instant earliest = before >= 0 ? judged[before].Sample.At : latest;
            double deepest = judged[_firstLost..(_lastLost + 1)]
                .Where(sample => sample.State == SampleState.Lost)
                .Max(sample => sample.DropShare);
            return new Loss(_firstLost, _lastLost, new InstantPair(earliest, latest), end, deepest);
        }
    }
}
