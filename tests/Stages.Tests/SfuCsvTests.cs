using Breakwater.Bench.Accuracy;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

public sealed class SfuCsvTests
{
    [Fact]
    public void A_missing_minute_is_a_gap_and_midnight_is_passed()
    {
        SfuSet set = SfuCsv.Read(
            "made",
            File(Row(23, 58, 10, -1) + Row(0, 1, 30, 1) + "1,2,3\n" + Row(0, 2, 40, -1))
        );
        SeriesSignal announcements = set
            .Signals.Cast<SeriesSignal>()
            .Single(one => one.Metric == RoutingFeatures.Announcements);
        Assert.Equal([10, null, null, 30, 40], announcements.Samples.Select(one => one.Value));
        Assert.Equal([1, 0, 0, 2, 4], announcements.Samples.Select(one => one.Row));
        Assert.Equal([false, false, false, true, false], set.IsLabelled);
        InputFault fault = Assert.Single(set.Faults);
        Assert.Equal("line 3", fault.At);
    }

    private static string Row(int hour, int minute, int announcements, int label) =>
        $"{(hour * 100) + minute},{hour},{minute},0,{announcements},{string.Join(',', Enumerable.Repeat(1, 36))},{label}\n";
}
