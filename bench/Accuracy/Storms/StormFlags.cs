using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy;

/// <summary>What the detector says of each minute of a set.</summary>
internal sealed class StormFlags
{
    private readonly Instant first;
    private readonly int count;

    private StormFlags(SfuSet set, StormFindings findings)
    {
        first = ((SeriesSignal)set.Signals[0]).Samples[0].At;
        count = set.IsLabelled.Count;
        Storms = findings.Storms;
        JudgedMinutes =
        [
            .. Enumerable
                .Range(0, count)
                .Where(minute =>
                    set.HasRow[minute]
                    && !findings.Blind.Any(blind =>
                        At(minute) >= blind.From && At(minute) < blind.To
                    )
                ),
        ];
    }

    public IReadOnlyList<Storm> Storms { get; }

    public IReadOnlyList<int> JudgedMinutes { get; }

    public static StormFlags Of(SfuSet set, StormProfile profile) =>
        new(set, StormsFromSeries.Find(set.Signals, profile));

    /// <summary>Runs of minutes that are flagged.</summary>
    public static IEnumerable<IEnumerable<int>> Runs(bool[] said)
    {
        int from = -1;
        for (int minute = 0; minute <= said.Length; minute++)
        {
            bool flag = minute < said.Length && said[minute];
            if (flag && from < 0)
            {
                from = minute;
            }
            else if (!flag && from >= 0)
            {
                yield return Enumerable.Range(from, minute - from);
                from = -1;
            }
        }
    }

    /// <param name="isHindsight">True for the storms as dated; false for what was said in each minute.</param>
    public bool[] Said(bool isHindsight)
    {
        bool[] said = new bool[count];
        foreach (Storm storm in Storms)
        {
            foreach (TimeWindow span in isHindsight ? [Dated(storm)] : storm.Live)
            {
                int from = MinuteOf(span.Since);
                Array.Fill(said, true, from, MinuteOf(span.Until) - from);
            }
        }

        return said;
    }

    public IEnumerable<int> Minutes(Storm storm)
    {
        TimeWindow window = Dated(storm);
        int from = MinuteOf(window.Since);
        return Enumerable.Range(from, MinuteOf(window.Until) - from);
    }

    public int MinuteOf(Instant at) => (int)(at - first).TotalMinutes;

    private TimeWindow Dated(Storm storm) =>
        new(storm.Onset.Latest, storm.End?.Latest ?? At(count));

    private Instant At(int minute) => first + Duration.FromMinutes(minute);
}
