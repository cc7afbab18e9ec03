using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What a CSV of values over time becomes: gaps stay gaps, faults have a line, the rest is read.</summary>
public sealed class SignalsFromSeriesTests
{
    [Fact]
    public void A_time_that_cannot_be_read_is_a_fault_with_its_line_and_the_rest_is_read()
    {
        SignalsRead read = Read(
            "time,up\n2026-01-01 00:00:00,10\nyesterday,11\n2026-01-01 01:00:00,12\n",
            "up"
        );
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal(("series.csv", "line 3"), (fault.File, fault.At));
        Assert.Contains("'yesterday'", fault.Reason, StringComparison.Ordinal);
        Assert.Equal([10d, 12d], Only(read).Samples.Select(sample => sample.Value));
        Assert.Equal([2, 4], Only(read).Samples.Select(sample => sample.Row));
    }

    [Fact]
    public void A_cell_that_is_no_number_is_a_fault_by_line_and_column_and_counts_as_missing()
    {
        SignalsRead read = Read(
            "time,up\n2026-01-01,10\n2026-01-02,many\n2026-01-03,12\n2026-01-04,13\n",
            "up"
        );
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("line 3, column 'up'", fault.At);
        Assert.Equal([10d, null, 12d, 13d], Only(read).Samples.Select(sample => sample.Value));
    }

    [Theory]
    [InlineData("up", "speed", "column 'speed' is missing")]
    [InlineData("up,speed", "up", "column 'time' is missing")]
    public void A_missing_column_is_named_beside_those_there_are(
        string header,
        string asked,
        string reason
    )
    {
        SignalsRead read = Read($"{(asked == "up" ? "hour" : "time")},{header}\n", asked);
        Assert.Empty(read.Signals);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("line 1", fault.At);
        Assert.Equal(reason, fault.Reason);
        Assert.Contains("'up'", fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("NA")]
    [InlineData("NaN")]
    [InlineData("null")]
    public void A_cell_without_a_value_is_a_gap_and_not_zero(string cell)
    {
        SignalsRead read = Read(
            $"time,up\n2026-01-01 00:00,10\n2026-01-01 01:00,{cell}\n2026-01-01 02:00,0\n2026-01-01 03:00,5\n",
            "up"
        );
        Assert.Empty(read.Faults);
        Assert.Equal([10d, null, 0d, 5d], Only(read).Samples.Select(sample => sample.Value));
    }

    [Fact]
    public void A_step_that_the_file_lacks_is_present_as_a_gap()
    {
        SeriesSignal signal = Only(
            Read(
                "time,up\n2026-01-01 00:00,1\n2026-01-01 01:00,2\n2026-01-01 02:00,3\n2026-01-01 05:00,4\n",
                "up"
            )
        );
        Assert.Equal([1d, 2d, 3d, null, null, 4d], signal.Samples.Select(sample => sample.Value));
        Assert.Equal([2, 3, 4, 0, 0, 5], signal.Samples.Select(sample => sample.Row));
    }

    [Fact]
    public void An_hourly_column_in_a_half_hourly_file_has_no_gap()
    {
        string rows = string.Concat(
            Enumerable
                .Range(0, 12)
                .Select(i => $"2026-01-01 {i / 2:00}:{i % 2 * 30:00},{i},{(i % 2 == 0 ? i : "")}\n")
        );
        IReadOnlyList<Signal> signals = Read("time,fast,slow\n" + rows, "fast", "slow").Signals;
        SeriesSignal slow = signals.OfType<SeriesSignal>().Single(s => s.Metric == "slow");
        Assert.Equal(Duration.FromHours(1), slow.Step);
        Assert.Equal(6, slow.Samples.Count);
        Assert.All(slow.Samples, sample => Assert.NotNull(sample.Value));
    }

    [Theory]
    [InlineData(1573430400, "2019-11-10T20:30:00Z")] // Winter: UTC+3:30.
    [InlineData(1561939200, "2019-06-30T19:30:00Z")] // Summer of 2019: UTC+4:30.
    public void Local_time_written_as_unix_seconds_is_read_in_its_zone(
        long written,
        string expected
    )
    {
        SignalsRead read = SignalsFromSeries.Read(
            File($"time,up\n{written},1\n"),
            Format("up") with
            {
                TimeFormat = "unix",
                TimeZone = "Asia/Tehran",
            }
        );
        Assert.Equal(expected, Only(read).Samples[0].At.ToString());
    }

    [Fact]
    public void A_pattern_of_ones_own_reads_times_and_without_a_zone_they_are_UTC()
    {
        SignalsRead read = SignalsFromSeries.Read(
            File("time,up\n11-Nov-2019 01:00:00,1\n"),
            Format("up") with
            {
                TimeFormat = "dd-MMM-yyyy HH:mm:ss",
            }
        );
        Assert.Equal("2019-11-11T01:00:00Z", Only(read).Samples[0].At.ToString());
    }

    [Theory]
    [InlineData("iso", "Mars/Olympus", "'Mars/Olympus' is no time zone")]
    [InlineData("YYYY-QQ", null, "'YYYY-QQ' is no time format")]
    public void A_zone_or_pattern_that_does_not_exist_is_a_fault_of_the_options(
        string format,
        string? zone,
        string reason
    )
    {
        SignalsRead read = SignalsFromSeries.Read(
            File("time,up\n2026-01-01,1\n"),
            Format("up") with
            {
                TimeFormat = format,
                TimeZone = zone,
            }
        );
        Assert.Empty(read.Signals);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("options", fault.At);
        Assert.StartsWith(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_out_of_order_are_put_in_order_and_keep_their_lines()
    {
        SeriesSignal signal = Only(
            Read("time,up\n2026-01-03,3\n2026-01-01,1\n2026-01-02,2\n", "up")
        );
        Assert.Equal([1d, 2d, 3d], signal.Samples.Select(sample => sample.Value));
        Assert.Equal([3, 4, 2], signal.Samples.Select(sample => sample.Row));
        Assert.Equal("2-4", signal.Evidence[0].Rows);
    }

    [Fact]
    public void Of_two_values_for_the_same_time_the_first_is_used_and_the_other_is_a_fault()
    {
        SignalsRead read = Read(
            "time,up\n2026-01-01,1\n2026-01-02,2\n2026-01-02,9\n2026-01-02,2\n",
            "up"
        );
        Assert.Equal([1d, 2d], Only(read).Samples.Select(sample => sample.Value));
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("line 4", fault.At);
        Assert.Contains("line 3", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_area_that_the_place_columns_name_is_a_signal_of_its_own()
    {
        SignalsRead read = SignalsFromSeries.Read(
            File(
                "time,p,c,up\n2026-01-01,Tehran,Rey,1\n2026-01-01,Fars,Shiraz,2\n2026-01-02,Tehran,Rey,3\n"
            ),
            Format("up") with
            {
                PlaceColumns = ["p", "c"],
            }
        );
        Assert.Equal(
            ["IR/Fars/Shiraz", "IR/Tehran/Rey"],
            read.Signals.Select(signal => signal.Place.Key)
        );
        Assert.Equal("2-4", read.Signals[1].Evidence[0].Rows);
    }

    [Fact]
    public void More_faults_than_are_listed_are_counted_in_a_last_entry()
    {
        string rows = string.Concat(Enumerable.Repeat("never,1\n", 80));
        SignalsRead read = Read("time,up\n" + rows, "up");
        Assert.Equal(51, read.Faults.Count);
        Assert.Equal("30 further faults are not listed", read.Faults[^1].Reason);
    }

    [Fact]
    public void Equal_input_gives_equal_ids_and_another_zone_gives_another_id()
    {
        const string csv = "time,up\n2026-01-01,1\n";
        SeriesFormat tehran = Format("up") with { TimeZone = "Asia/Tehran" };
        Assert.Equal(Only(Read(csv, "up")).Id, Only(Read(csv, "up")).Id);
        Assert.NotEqual(
            Only(Read(csv, "up")).Id,
            Only(SignalsFromSeries.Read(File(csv), tehran)).Id
        );
    }

    [Fact]
    public void An_unclosed_quote_is_a_fault_and_no_exception()
    {
        SignalsRead read = Read("time,up\n2026-01-01,1\n\"2026-01-02,2\n2026-01-03,3\n", "up");
        Assert.NotEmpty(read.Faults);
        Assert.All(read.Faults, fault => Assert.DoesNotContain('\n', fault.ToString()));
        Assert.Contains(
            read.Signals.OfType<SeriesSignal>().SelectMany(signal => signal.Samples),
            sample => sample.Value == 1
        );
    }

    [Fact]
    public void A_row_with_too_few_cells_is_a_fault_or_a_gap_and_never_a_value()
    {
        SignalsRead read = Read("time,up\n2026-01-01,1\n2026-01-02\n2026-01-03,3\n", "up");
        Assert.DoesNotContain(
            Only(read).Samples,
            sample => sample.At == Instant.FromUtc(2026, 1, 2, 0, 0) && sample.Value is not null
        );
        Assert.Equal(3d, Only(read).Samples[^1].Value);
    }

    [Fact]
    public void Rubbish_never_throws_whatever_its_octets() =>
        Gen
            .Byte.Array[0, 200]
            .Sample(
                octets =>
                {
                    var file = SourceFile.Of("rubbish", octets);
                    SignalsFromSeries.Read(file, Format("up"));
                    IodaCsv.Read(file, Iran);
                    SignalsFromReports.Read(file);
                },
                iter: 2000
            );

    [Fact]
    public void Rubbish_behind_a_good_header_never_throws() =>
        Gen.Char["\",\n\r 0129.:-TZeNaéب\0"]
            .Array[0, 120]
            .Sample(
                rubbish =>
                {
                    string text = new(rubbish);
                    Read("time,up\n2026-01-01,1\n" + text, "up");
                    IodaCsv.Read(
                        File($"\"Time (UTC)\",\"BGP (#Visible /24s)\"\n2026-01-01,1\n{text}"),
                        Iran
                    );
                },
                iter: 2000
            );
}
