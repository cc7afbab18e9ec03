using System.Text;
using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.StormsFixture;

namespace Breakwater.Stages.Tests;

public sealed class StormsFromSeriesTests
{
    [Fact]
    public void Hours_of_unrest_are_one_storm_from_its_first_minute_to_its_last()
    {
        Storm storm = Assert.Single(Find(Feed(4 * Day, Storm(3000, 3600))).Storms);
        Assert.InRange(MinuteOf(storm.Onset.Latest), 2990, 3005);
        Assert.Equal(storm.Onset.Latest - Duration.FromMinutes(1), storm.Onset.Earliest);
        Assert.InRange(MinuteOf(storm.End!.Latest), 3595, 3610);
        Assert.InRange(MinuteOf(storm.ConfirmedAt), 3010, 3060);
        Assert.All(storm.Metrics, metric => Assert.InRange(metric.Ratio, 2.5, 3.5));
    }

    [Fact]
    public void A_constant_stream_has_no_storm() =>
        Assert.Empty(Find(Feed(4 * Day, _ => 1, swing: 0, noise: 0)).Storms);

    [Fact]
    public void The_rhythm_of_the_day_is_no_storm() =>
        Assert.Empty(Find(Feed(6 * Day, _ => 1, swing: 0.9)).Storms);

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(5, 300)]
    [InlineData(15, 50)]
    public void A_single_burst_is_no_storm_however_large(int minutes, double times) =>
        Assert.Empty(Find(Feed(4 * Day, Storm(3000, 3000 + minutes, times))).Storms);

    [Fact]
    public void Bursts_with_an_hour_of_calm_between_them_are_no_storm() =>
        Assert.Empty(
            Find(Feed(4 * Day, minute => minute > 3000 && minute % 70 < 10 ? 20 : 1)).Storms
        );

    [Fact]
    public void A_lull_does_not_divide_a_storm()
    {
        Storm storm = Assert.Single(
            Find(
                Feed(
                    4 * Day,
                    minute => minute is >= 3000 and < 3600 and not (>= 3200 and < 3215) ? 3 : 1
                )
            ).Storms
        );
        Assert.InRange(MinuteOf(storm.Onset.Latest), 2990, 3005);
        Assert.InRange(MinuteOf(storm.End!.Latest), 3595, 3610);
    }

    [Fact]
    public void A_slow_rise_is_a_storm_that_began_before_it_was_confirmed()
    {
        Storm storm = Assert.Single(
            Find(
                Feed(
                    4 * Day,
                    minute =>
                        minute is >= 3000 and < 3600 ? Math.Min(4, 1 + ((minute - 3000) / 60.0)) : 1
                )
            ).Storms
        );
        Assert.InRange(MinuteOf(storm.Onset.Latest), 2985, 3060);
        Assert.True(storm.ConfirmedAt > storm.Onset.Latest);
    }

    [Theory]
    [InlineData(1.25)]
    [InlineData(1.35)]
    [InlineData(1.5)]
    public void A_storm_ends_where_it_falls_below_half_its_height_be_it_strong_or_weak(double times)
    {
        // Heights are logarithms, as deviations are: whole, three quarters, a quarter.
        Storm storm = Assert.Single(
            Find(
                Feed(
                    6 * Day,
                    minute =>
                        minute switch
                        {
                            < 3000 => 1,
                            < 3600 => times,
                            < 4200 => Math.Pow(times, 0.75),
                            _ => Math.Pow(times, 0.25),
                        },
                    swing: 0,
                    noise: 0.4
                )
            ).Storms
        );
        Assert.InRange(MinuteOf(storm.End!.Latest), 4170, 4230);
    }

    [Fact]
    public void Its_baseline_does_not_learn_from_a_storm_of_two_days()
    {
        Storm storm = Assert.Single(Find(Feed(8 * Day, Storm(4 * Day, 6 * Day))).Storms);
        Assert.InRange(MinuteOf(storm.End!.Latest), (6 * Day) - 5, (6 * Day) + 10);
    }

    [Fact]
    public void What_lasts_four_days_is_a_new_level_and_is_said_to_be_one()
    {
        StormFindings found = Find(Feed(12 * Day, Storm(4 * Day, 12 * Day)));
        Storm storm = Assert.Single(found.Storms);
        Assert.Contains(
            storm.Notes,
            note => note.StartsWith("new_level", StringComparison.Ordinal)
        );
        Assert.Contains(found.Blind, blind => blind.From >= Minute(8 * Day));
    }

    [Fact]
    public void A_storm_that_still_lasts_has_no_end()
    {
        Storm storm = Assert.Single(Find(Feed(3200, Storm(3000, 3200))).Storms);
        Assert.Null(storm.End);
        Assert.Null(storm.ClosedAt);
    }

    [Fact]
    public void A_feed_that_falls_silent_in_a_storm_is_blind_and_sees_no_end()
    {
        StormFindings found = Find(
            Feed(4 * Day, minute => minute >= 3200 ? null : Storm(3000, 3600)(minute))
        );
        Assert.Null(Assert.Single(found.Storms).End);
        Assert.Contains(
            found.Blind,
            blind => blind.To == Minute(4 * Day) && blind.Reason == "no samples"
        );
    }

    [Fact]
    public void A_gap_is_blind_and_no_storm()
    {
        StormFindings found = Find(
            Feed(4 * Day, minute => minute is >= 3000 and < 3600 ? null : 1)
        );
        Assert.Empty(found.Storms);
        Assert.Contains(
            found.Blind,
            blind => (blind.From, blind.To) == (Minute(3000), Minute(3600))
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(-5)]
    [InlineData(double.PositiveInfinity)]
    public void A_feed_of_no_counts_is_blind_and_has_no_storm(double value)
    {
        StormFindings found = Find(Feed(3 * Day, _ => value));
        Assert.Empty(found.Storms);
        Assert.Equal(0, found.JudgedMinutes);
        Blind blind = Assert.Single(found.Blind);
        Assert.Equal((Minute(0), Minute(3 * Day)), (blind.From, blind.To));
    }

    [Fact]
    public void Zeros_after_days_of_counts_are_no_storm() =>
        Assert.Empty(Find(Feed(4 * Day, minute => minute < 3000 ? 1 : 0)).Storms);

    [Fact]
    public void Half_a_day_is_too_little_history_to_say_anything()
    {
        StormFindings found = Find(Feed(700, Storm(300, 700)));
        Assert.Empty(found.Storms);
        Assert.Equal(0, found.JudgedMinutes);
    }

    [Fact]
    public void One_metric_alone_cannot_show_a_storm()
    {
        StormFindings found = Find(Feed(4 * Day, Storm(3000, 3600))[0]);
        Assert.Empty(found.Storms);
        Assert.Contains(
            "fewer than 3",
            Assert.Single(found.Blind).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Three_raised_metrics_of_seven_are_no_storm() =>
        Assert.Empty(
            Find([
                .. Feed(4 * Day, Storm(3000, 3600)).Take(3),
                .. Feed(4 * Day, _ => 1).Skip(3),
            ]).Storms
        );

    [Theory]
    [InlineData(0.97, 0)] // One of many peers sends its table.
    [InlineData(0.4, 1)] // Many peers are restless.
    public void One_peer_alone_makes_no_storm(double shareInStorm, int storms) =>
        Assert.Equal(
            storms,
            Find([
                .. Feed(4 * Day, Storm(3000, 3600)),
                Metric(
                    RoutingFeatures.BusiestPeerShare,
                    4 * Day,
                    minute => minute is >= 3000 and < 3600 ? shareInStorm : 0.3
                ),
            ]).Storms.Count
        );

    [Fact]
    public void Where_one_peer_always_gives_nearly_all_its_share_tells_nothing() =>
        Assert.Single(
            Find([
                .. Feed(4 * Day, Storm(3000, 3600)),
                Metric(RoutingFeatures.BusiestPeerShare, 4 * Day, _ => 0.99),
            ]).Storms
        );

    [Fact]
    public void Counts_in_another_unit_give_the_same_storms()
    {
        StormFindings one = Find(Feed(4 * Day, Storm(3000, 3600)));
        StormFindings many = Find(Feed(4 * Day, Storm(3000, 3600), scale: 1024));
        Assert.NotEmpty(one.Storms);
        Assert.Equal(Bytes(one), Bytes(many));
    }

    [Fact]
    public void The_order_of_signals_and_samples_changes_nothing()
    {
        IReadOnlyList<Signal> signals =
        [
            .. Feed(3 * Day, Storm(3000, 3600)),
            Metric(RoutingFeatures.BusiestPeerShare, 3 * Day, _ => 0.3),
        ];
        string expected = Bytes(Find(signals));
        Gen.Shuffle(signals.ToArray())
            .Sample(shuffled => Bytes(Find([.. shuffled])) == expected, iter: 4, threads: 1);
        Assert.Equal(
            expected,
            Bytes(
                Find([
                    .. signals
                        .Cast<SeriesSignal>()
                        .Select(one => one with { Samples = [.. one.Samples.Reverse()] }),
                ])
            )
        );
    }

    [Fact]
    public void What_was_said_at_a_moment_does_not_depend_on_what_came_later()
    {
        IReadOnlyList<Signal> signals = Feed(4 * Day, Storm(3000, 3600));
        Storm whole = Assert.Single(Find(signals).Storms);
        for (int minute = 2900; minute < 4000; minute += 61)
        {
            IReadOnlyList<Storm> known = StormsFromSeries
                .Find(signals, StormProfile.Default, Minute(minute))
                .Storms;
            Assert.Equal(whole.ConfirmedAt < Minute(minute) ? 1 : 0, known.Count);
            Assert.All(
                known,
                storm =>
                {
                    Assert.Equal((whole.Id, whole.Onset), (storm.Id, storm.Onset));
                    Assert.Equal(whole.ConfirmedAt, storm.ConfirmedAt);
                }
            );
        }
    }

    [Fact]
    public void Two_feeds_are_judged_apart()
    {
        IReadOnlyList<Signal> other =
        [
            .. Feed(4 * Day, _ => 1)
                .Cast<SeriesSignal>()
                .Select(one => one with { Source = "rrc01", Id = one.Id + "-other" }),
        ];
        Storm storm = Assert.Single(Find([.. Feed(4 * Day, Storm(3000, 3600)), .. other]).Storms);
        Assert.Equal("rrc00", storm.Feed);
    }

    [Fact]
    public void A_storm_is_instability_and_never_a_loss_by_itself()
    {
        Storm storm = Assert.Single(Find(Feed(4 * Day, Storm(3000, 3600))).Storms);
        SourceVerdict verdict = storm.ToVerdict(StormProfile.Default);
        Assert.Equal(("routing_storm", SignalFamily.Routing), (verdict.Tag, verdict.Family));
        Assert.Null(verdict.DropShare);
        Assert.True(verdict.Weight < DetectorProfile.Default.LeadingWeight);
        Assert.Contains("routes were unstable; this is no loss by itself", storm.Notes);
    }

    [Fact]
    public void The_rows_of_the_storm_are_its_evidence()
    {
        Storm storm = Assert.Single(Find(Feed(4 * Day, Storm(3000, 3600))).Storms);
        Assert.All(
            storm.Evidence,
            evidence =>
                Assert.Equal(
                    $"{MinuteOf(storm.Onset.Latest) + 1}-{MinuteOf(storm.End!.Latest)}",
                    evidence.Rows
                )
        );
    }

    [Fact]
    public void A_profile_with_an_unknown_or_impossible_member_is_refused()
    {
        string shipped = JsonSerializer.Serialize(StormProfile.Default, Json.Compact);
        Assert.Equal(
            StormProfile.Default.OpenSum,
            StormProfile.Read(Encoding.UTF8.GetBytes(shipped)).OpenSum
        );
        Assert.Throws<JsonException>(() =>
            StormProfile.Read(
                Encoding.UTF8.GetBytes(
                    shipped.Replace("openSum", "openSums", StringComparison.Ordinal)
                )
            )
        );
        (StormProfile Profile, string Member)[] impossible =
        [
            (StormProfile.Default with { SpreadFloor = 0 }, "spreadFloor"),
            (StormProfile.Default with { CloseShare = 1 }, "closeShare"),
            (StormProfile.Default with { HeightMinutes = 1_000_000_000 }, "heightMinutes"),
        ];
        Assert.All(
            impossible,
            one =>
                Assert.Contains(
                    one.Member,
                    Assert
                        .Throws<JsonException>(() =>
                            StormProfile.Read(
                                JsonSerializer.SerializeToUtf8Bytes(one.Profile, Json.Compact)
                            )
                        )
                        .Message,
                    StringComparison.Ordinal
                )
        );
    }

    private static string Bytes(StormFindings findings) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(findings));
}
