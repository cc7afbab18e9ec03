using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Bench.Accuracy.Reports;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>The numbers of the accuracy harness, against cases worked out by hand.</summary>
public sealed class AccuracyMetricsTests
{
    private static readonly Instant Day = Instant.FromUtc(2031, 3, 3, 0, 0);
    private static readonly Protocol Protocol = new();

    private static Instant Hour(double hours) => Day + Duration.FromHours(hours);

    private static Label Event(double from, double? to) =>
        new("event", new InstantRange(Hour(from), Hour(from)), to is { } end ? Hour(end) : null);

    private static Alarm Alarm(double from, double? to, double confidence = 0.9) =>
        new(Hour(from), to is { } end ? Hour(end) : null, confidence);

    private static Case Case(params IReadOnlyList<Label> labels) =>
        new()
        {
            Id = "case",
            Group = "case",
            Series = [Series(SignalFamily.Probing, 10 * StepsPerDay, _ => 1)],
            Labels = labels,
            Scored = new TimeWindow(Hour(24), Hour(240)),
        };

    private static Tally Score(Case item, params IReadOnlyList<Alarm> alarms) =>
        Scoring.Score(item, _ => new Judged(alarms, []), Protocol, hasDelay: false).Whole;

    [Fact]
    public void Two_of_three_events_and_one_false_alarm_are_two_thirds_of_everything()
    {
        Tally tally = Score(
            Case(Event(48, 60), Event(96, 100), Event(150, 160)),
            Alarm(48, 60),
            Alarm(97, 99),
            Alarm(200, 201)
        );
        Assert.Equal((3, 2, 3, 1), (tally.Events, tally.OnTime, tally.Alarms, tally.FalseAlarms));
        Assert.Equal(2.0 / 3, Measure.Recall.Of(tally)!.Value, 12);
        Assert.Equal(2.0 / 3, Measure.Precision.Of(tally)!.Value, 12);
        Assert.Equal(2.0 / 3, Measure.F1.Of(tally)!.Value, 12);
        Assert.Equal((12 + 2) / 26.0, Measure.Covered.Of(tally)!.Value, 12);
    }

    [Fact]
    public void F1_of_half_the_events_without_a_false_alarm_is_two_thirds() =>
        Assert.Equal(
            2.0 / 3,
            Measure.F1.Of(Score(Case(Event(48, 60), Event(96, 100)), Alarm(48, 60)))!.Value,
            12
        );

    [Fact]
    public void Who_finds_nothing_has_an_F1_of_zero_and_no_precision()
    {
        Tally tally = Score(Case(Event(48, 60)));
        Assert.Equal(0, Measure.F1.Of(tally));
        Assert.Null(Measure.Precision.Of(tally));
    }

    [Fact]
    public void Alarms_that_say_again_what_is_known_count_neither_way()
    {
        Tally tally = Score(Case(Event(48, 96)), Alarm(48, 50), Alarm(60, 61), Alarm(70, 71));
        Assert.Equal((1, 0, 2), (tally.Alarms, tally.FalseAlarms, tally.Repeats));
    }

    [Theory]
    [InlineData(46, 1, 1)]
    [InlineData(50, 1, 1)]
    [InlineData(50.5, 0, 1)]
    [InlineData(45, 0, 0)] // Open from before: about something else.
    public void The_onset_has_a_tolerance_of_two_hours_both_ways(
        double from,
        int onTime,
        int touched
    )
    {
        Tally tally = Score(Case(Event(48, 60)), Alarm(from, 59));
        Assert.Equal((onTime, touched), (tally.OnTime, tally.Touched));
    }

    [Fact]
    public void Alarms_below_the_confidence_or_in_time_that_nobody_labelled_count_for_nothing()
    {
        Case item = Case() with { Unlabelled = [new TimeWindow(Hour(100), Hour(148))] };
        Tally tally = Score(item, Alarm(50, 51, 0.49), Alarm(120, 121), Alarm(20, 22));
        Assert.Equal((0, 0), (tally.Alarms, tally.FalseAlarms));
        Assert.Equal(9 - 2, tally.QuietDays, 9);
    }

    [Fact]
    public void False_alarms_are_counted_for_a_month_of_quiet_time()
    {
        Tally tally = Score(Case(Event(48, 96)), Alarm(48, 96), Alarm(150, 151), Alarm(200, 201));
        Assert.Equal(7, tally.QuietDays, 9);
        Assert.Equal(2 / 7.0 * Measure.DaysPerMonth, Measure.FalsePerMonth.Of(tally)!.Value, 9);
    }

    [Fact]
    public void Misses_and_false_alarms_are_listed_by_name()
    {
        CaseScore score = Scoring.Score(
            Case(Event(48, 60)),
            _ => new Judged([Alarm(150, 151)], []),
            Protocol,
            hasDelay: false
        );
        Assert.Equal("event: no alarm", Assert.Single(score.Missed).What);
        Assert.Equal(Hour(150), Assert.Single(score.False).At);
    }

    /// <summary>A detector that wants two samples below half, and dates the alarm by the first of them.</summary>
    private static Judged TwoLow(IReadOnlyList<SeriesSignal> series)
    {
        Sample[] low = [.. series[0].Samples.Where(sample => sample.Value < 0.5)];
        return new Judged(low.Length < 2 ? [] : [new Alarm(low[0].At, null, 1)], []);
    }

    [Fact]
    public void Delay_is_until_the_samples_that_a_detector_needs_are_complete()
    {
        Case item = Case() with
        {
            Series =
            [
                Series(SignalFamily.Probing, 10 * StepsPerDay, i => i >= 4 * StepsPerDay ? 0 : 1),
            ],
        };
        Instant onset = item.Series[0].Samples[4 * StepsPerDay].At;
        var label = new Label("event", new InstantRange(onset, onset), null);
        Assert.Equal(60, Scoring.Delay(item, label, TwoLow, Protocol));
        Assert.Null(Scoring.Delay(item, label, _ => new Judged([], []), Protocol));
    }

    [Fact]
    public void Unknown_is_the_share_of_scored_time_that_the_detector_could_not_judge()
    {
        Tally tally = Scoring
            .Score(
                Case(),
                _ => new Judged(
                    [],
                    [new TimeWindow(Hour(0), Hour(48)), new TimeWindow(Hour(40), Hour(78))]
                ),
                Protocol
            )
            .Whole;
        Assert.Equal(54 / 216.0, Measure.Unseen.Of(tally)!.Value, 12);
    }

    [Fact]
    public void Time_that_all_feeds_miss_is_what_their_gaps_share() =>
        Assert.Equal(
            [new TimeWindow(Hour(5), Hour(6)), new TimeWindow(Hour(8), Hour(9))],
            Windows.Shared([
                [new TimeWindow(Hour(0), Hour(6)), new TimeWindow(Hour(8), Hour(20))],
                [new TimeWindow(Hour(5), Hour(9))],
            ])
        );

    private static Tally[] Units(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Tally
                {
                    Events = 1,
                    OnTime = i % 3 == 0 ? 0 : 1,
                    Alarms = 1,
                    QuietDays = 10,
                    FalseAlarms = i % 5 == 0 ? 1 : 0,
                    EventMinutes = 100,
                    CoveredMinutes = i * 37 % 101,
                }),
        ];

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        Estimate one = Bootstrap.Of(Units(30), Measure.Covered, 3, seed: 7);
        Assert.Equal(one, Bootstrap.Of(Units(30), Measure.Covered, 3, seed: 7));
        Assert.NotEqual(one, Bootstrap.Of(Units(30), Measure.Covered, 3, seed: 8));
    }

    [Fact]
    public void The_interval_holds_the_value_and_is_that_of_the_binomial_for_single_units()
    {
        Estimate recall = Bootstrap.Of(Units(300), Measure.Recall, 1, seed: 1);
        Assert.Equal(2.0 / 3, recall.Value!.Value, 12);
        // The normal interval of 200 in 300: 0.667 ± 0.053.
        Assert.InRange(recall.Low!.Value, 0.60, 0.63);
        Assert.InRange(recall.High!.Value, 0.70, 0.73);
        Assert.Equal(IntervalMethod.BlockBootstrap, recall.Method);
    }

    [Fact]
    public void Blocks_of_days_that_hang_together_widen_the_interval()
    {
        Tally[] days =
        [
            .. Enumerable
                .Range(0, 120)
                .Select(i => new Tally { QuietDays = 1, FalseAlarms = i / 12 % 2 }),
        ];
        double Width(int block)
        {
            Estimate estimate = Bootstrap.Of(days, Measure.FalsePerMonth, block, seed: 3);
            return estimate.High!.Value - estimate.Low!.Value;
        }

        Assert.True(Width(12) > 1.5 * Width(1));
    }

    [Theory]
    [InlineData(1, 1, 0.2065, 1)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    public void Shares_that_went_one_way_have_the_interval_of_Wilson(
        int count,
        int of,
        double low,
        double high
    )
    {
        (double from, double to) = Bootstrap.WilsonInterval(count, of);
        Assert.Equal(low, from, 4);
        Assert.Equal(high, to, 4);
        Tally[] units =
        [
            .. Enumerable
                .Range(0, of)
                .Select(i => new Tally { Events = 1, OnTime = i < count ? 1 : 0 }),
        ];
        Assert.Equal(IntervalMethod.Wilson, Bootstrap.Of(units, Measure.Recall, 1, 1).Method);
    }

    [Fact]
    public void No_false_alarm_in_a_month_is_no_proof_of_none()
    {
        Estimate rate = Bootstrap.Of(
            [new Tally { QuietDays = Measure.DaysPerMonth }],
            Measure.FalsePerMonth,
            1,
            1
        );
        Assert.Equal((0, 3.689), (rate.Value!.Value, Math.Round(rate.High!.Value, 3)));
        Assert.Equal("0.00 [0.00, 3.69] p", Number.TextOf(rate));
    }

    [Fact]
    public void One_event_alone_gives_a_value_without_an_interval()
    {
        Estimate covered = Bootstrap.Of(
            [
                new Tally
                {
                    Events = 1,
                    EventMinutes = 10,
                    CoveredMinutes = 5,
                },
                new Tally(),
            ],
            Measure.Covered,
            1,
            1
        );
        Assert.Equal("0.50 (no interval)", Number.TextOf(covered));
        Assert.Equal("–", Number.TextOf(Bootstrap.Of([], Measure.Covered, 1, 1)));
    }

    [Fact]
    public void The_random_numbers_are_those_of_SplitMix64_on_every_machine()
    {
        var random = new SeededRandom(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL],
            (ulong[])[random.Next(), random.Next(), random.Next()]
        );
    }

    [Fact]
    public void A_broken_floor_is_named_and_an_absent_set_breaks_none()
    {
        Number[] numbers =
        [
            new("a", "x", "recall", new Estimate(0.7, null, null, IntervalMethod.None)),
        ];
        Floor[] floors =
        [
            new("a", "x", "recall", 0.8, null, "because"),
            new("b", "x", "recall", 0.8, null, "because"),
        ];
        (IReadOnlyList<string> lines, bool hold) = Floors.Check(floors, numbers);
        Assert.False(hold);
        Assert.StartsWith(
            "BROKEN: a, x, recall: 0.70, at least 0.8",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith("not checked: b", lines[1], StringComparison.Ordinal);
        Assert.True(Floors.Check([floors[0] with { Least = 0.7 }], numbers).Hold);
        Assert.False(Floors.Check([floors[0] with { Least = null, Most = 0.6 }], numbers).Hold);
        Assert.False(Floors.Check([floors[0] with { Measure = "gone" }], numbers).Hold);
    }
}
