using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Counts and measurements of OONI.</summary>
public sealed class OoniJsonTests
{
    private const string Folder = "data/routing/telegram-india-2026-06/data/raw/ooni";
    private static readonly Place _india = Place.OfCountry("IN");

    private static string Row(
        int day,
        int ok,
        int anomaly,
        int confirmed = 0,
        int failure = 0,
        string rest = ""
    ) =>
        $$"""{"anomaly_count":{{anomaly}},"confirmed_count":{{confirmed}},"failure_count":{{failure}},"ok_count":{{ok}},"measurement_count":{{ok + anomaly + confirmed + failure}},{{rest}}"measurement_start_day":"2026-01-{{day:00}}"}""";

    private static SignalsRead Aggregate(Place? place, params string[] rows) =>
        OoniJson.Read(
            File($"{{\"v\":0,\"dimension_count\":1,\"result\":[\n{string.Join(",\n", rows)}\n]}}"),
            place
        );

    private static SeriesSignal Series(SignalsRead read, string metric) =>
        read
            .Signals.Cast<SeriesSignal>()
            .Single(series => series.Metric.EndsWith(metric, StringComparison.Ordinal));

    [Fact]
    public void An_anomaly_is_not_confirmed_and_a_failure_counts_for_nothing()
    {
        SignalsRead read = Aggregate(Iran, Row(1, 5, 4, 1, 90));
        Assert.Equal(0.5, Series(read, "share without anomaly").Samples[0].Value);
        Assert.Equal(0.9, Series(read, "share not confirmed as blocked").Samples[0].Value);
        Assert.Equal([10], Series(read, "share without anomaly").Counts);
    }

    [Fact]
    public void A_bin_with_too_few_measurements_is_missing_and_never_zero()
    {
        SignalsRead read = Aggregate(Iran, Row(1, 0, 4), Row(2, 0, 5), Row(4, 6, 0));
        SeriesSignal series = Series(read, "share without anomaly");
        Assert.Equal([null, 0, null, 1], series.Samples.Select(sample => sample.Value));
        Assert.Equal([4, 5, 0, 6], series.Counts);
        Assert.Equal(Duration.FromDays(1), series.Step);
        Assert.Contains(
            read.Notes!,
            note => note.Contains("1 bins have fewer than 5", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Both_series_rise_when_a_service_is_unblocked()
    {
        SignalsRead read = Aggregate(Iran, Row(1, 0, 5, 5), Row(2, 10, 0));
        Assert.All(
            read.Signals.Cast<SeriesSignal>(),
            series => Assert.True(series.Samples[1].Value > series.Samples[0].Value)
        );
    }

    [Fact]
    public void A_series_is_about_one_target_in_one_network_and_in_its_country()
    {
        string rest =
            "\"probe_cc\":\"IR\",\"probe_asn\":58224,\"test_name\":\"web_connectivity\",\"input\":\"https://Example.org/x\",";
        SignalsRead read = Aggregate(null, Row(1, 9, 1, rest: rest), Row(2, 9, 1, rest: rest));
        Assert.Equal(
            ["AS58224", "AS58224", "IR", "IR"],
            read.Signals.Select(signal => signal.Place.Key)
        );
        SeriesSignal series = (SeriesSignal)read.Signals[2];
        Assert.Equal("example.org", series.Target);
        Assert.Equal("example.org: share without anomaly", series.Metric);
        Assert.Equal(SignalFamily.Application, series.Family);
    }

    [Fact]
    public void Networks_of_a_country_add_up_to_it()
    {
        SignalsRead read = Aggregate(
            Iran,
            Row(1, 3, 0, rest: "\"probe_asn\":1,"),
            Row(1, 3, 0, rest: "\"probe_asn\":2,")
        );
        Assert.Equal(["IR", "IR"], read.Signals.Select(signal => signal.Place.Key));
        Assert.Equal([6], Series(read, "share without anomaly").Counts);
    }

    [Theory]
    [InlineData("\"measurement_count\":10", "\"measurement_count\":11")]
    [InlineData("\"ok_count\":6", "\"ok_count\":-6")]
    [InlineData("\"ok_count\":6,", "")]
    [InlineData("\"measurement_start_day\":\"2026-01-01\"", "\"measurement_start_day\":\"soon\"")]
    public void A_row_whose_counts_or_time_cannot_be_true_is_a_fault(string from, string to)
    {
        SignalsRead read = Aggregate(
            Iran,
            Row(1, 6, 4).Replace(from, to, StringComparison.Ordinal),
            Row(2, 6, 4)
        );
        Assert.Single(Series(read, "share without anomaly").Samples);
        Assert.Equal("line 2, result[0]", Assert.Single(read.Faults).At);
    }

    [Fact]
    public void Without_a_place_there_is_no_signal()
    {
        SignalsRead read = Aggregate(null, Row(1, 6, 4));
        Assert.Empty(read.Signals);
        Assert.Equal("neither a country nor a network", Assert.Single(read.Faults).Reason);
    }

    [Fact]
    public void Measurements_on_lines_are_counted_by_the_hour_and_a_bad_line_is_a_fault()
    {
        string[] lines =
        [
            .. Enumerable.Range(0, 6).Select(i => Measurement(i, i < 3 ? "ok" : "blocked")),
            "{broken",
            Measurement(70, "ok"),
        ];
        SignalsRead read = OoniJson.Read(File(string.Join('\n', lines)));
        SeriesSignal series = read
            .Signals.Cast<SeriesSignal>()
            .Single(one => one.Place.Equals(Iran));
        Assert.Equal([0.5, null], series.Samples.Select(sample => sample.Value));
        Assert.Equal("telegram", series.Target);
        Assert.Equal(("line 7", "not JSON"), (read.Faults[0].At, read.Faults[0].Reason));
        // What a probe submits cannot tell a confirmed block.
        Assert.DoesNotContain(
            read.Signals.Cast<SeriesSignal>(),
            one => one.Metric.Contains("confirmed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_report_id_says_what_a_measurement_does_not()
    {
        string item =
            "{\"anomaly\":true,\"confirmed\":false,\"measurement_start_time\":\"2026-01-01T00:10:00Z\",\"report_id\":\"20260101T000000Z_telegram_IR_58224_n4_x\"}";
        SignalsRead read = OoniJson.Read(
            File($"{{\"results\":[{string.Join(',', Enumerable.Repeat(item, 5))}]}}")
        );
        Assert.Equal(["AS58224", "IR"], read.Signals.Select(signal => signal.Place.Key).Distinct());
        Assert.Equal("telegram", ((SeriesSignal)read.Signals[0]).Target);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"result\":5}")]
    [InlineData("{\"result\":[1,null,{}]}")]
    public void An_answer_with_nothing_in_it_is_a_fault(string text)
    {
        SignalsRead read = OoniJson.Read(File(text), Iran);
        Assert.Empty(read.Signals);
        Assert.NotEmpty(read.Faults);
    }

    [Fact]
    public void The_real_daily_counts_show_the_block_of_Telegram_in_India()
    {
        SignalsRead read = OoniJson.Read(
            Real("ooni_aggregation_india_telegram_daily.json"),
            _india
        );
        SeriesSignal series = Series(read, "share without anomaly");
        Assert.Empty(read.Faults);
        Assert.Equal(118.0 / 274, series.Samples[0].Value);
        Assert.Equal(0, series.Samples[2].Value);
        Assert.All(
            Series(read, "share not confirmed as blocked").Samples,
            sample => Assert.Equal(1, sample.Value)
        );
    }

    [Fact]
    public void The_real_measurements_by_network_are_all_counted()
    {
        SignalsRead read = OoniJson.Read(Real("ooni_measurements_india_telegram_raw.json.gz"));
        Assert.Empty(read.Faults);
        Assert.StartsWith("OONI: 1793 measurements", read.Notes![0], StringComparison.Ordinal);
        Assert.Contains(read.Signals, signal => signal.Place.Key == "IN");
        Assert.All(
            read.Signals.Cast<SeriesSignal>(),
            series => Assert.Equal(series.Samples.Count, series.Counts!.Count)
        );
    }

    private static SourceFile Real(string name) =>
        RealFiles.Open(SharedData.PathOf($"{Folder}/{name}"));

    private static string Measurement(int minute, string status) =>
        $$$"""{"probe_cc":"IR","probe_asn":"AS58224","test_name":"telegram","input":null,"measurement_start_time":"2026-01-01 {{{minute / 60:00}}}:{{{minute % 60:00}}}:00","test_keys":{"telegram_http_blocking":{{{(status == "ok" ? "false" : "true")}}},"telegram_web_status":"{{{status}}}"}}""";
}
