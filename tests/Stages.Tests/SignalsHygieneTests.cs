using Breakwater.Signals;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Series as they come from a bad day: repeated, out of order, negative, from the wrong century.</summary>
public sealed class SignalsHygieneTests
{
    private static string Rows(params string[] rows) => $"time,up\n{string.Join('\n', rows)}\n";

    [Fact]
    public void A_row_that_repeats_another_is_counted_and_is_no_fault()
    {
        SignalsRead read = Read(
            Rows("2026-01-01 00:00,1", "2026-01-01 01:00,2", "2026-01-01 01:00,2"),
            "up"
        );
        Assert.Equal(2, Only(read).Samples.Count);
        Assert.Empty(read.Faults);
        Assert.Contains("1 samples repeat", Assert.Single(read.Notes!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_jumps_back_is_put_in_order_and_said()
    {
        SignalsRead read = Read(
            Rows("2026-01-01 02:00,3", "2026-01-01 00:00,1", "2026-01-01 01:00,2"),
            "up"
        );
        Assert.Equal([1, 2, 3], Only(read).Samples.Select(sample => sample.Value));
        Assert.Empty(read.Faults);
        Assert.Contains(
            "goes backwards at 1",
            Assert.Single(read.Notes!),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-0.0001")]
    [InlineData("Infinity")]
    [InlineData("-∞")]
    public void What_is_no_count_is_missing_and_a_fault(string cell)
    {
        SignalsRead read = Read(Rows("2026-01-01 00:00,1", $"2026-01-01 01:00,{cell}"), "up");
        Assert.Null(Only(read).Samples[1].Value);
        Assert.Single(read.Faults);
    }

    [Fact]
    public void A_unit_that_crosses_zero_may_say_so()
    {
        SignalsRead read = SignalsFromSeries.Read(
            File(Rows("2026-01-01 00:00,-5")),
            Format("up") with
            {
                MayBeNegative = true,
            }
        );
        Assert.Equal(-5, Only(read).Samples[0].Value);
    }

    [Theory]
    [InlineData("1970-01-01 00:00")]
    [InlineData("2150-01-01 00:00")]
    public void One_row_from_another_age_is_a_fault_and_fills_no_centuries(string time)
    {
        SignalsRead read = Read(
            Rows("2026-01-01 00:00,1", $"{time},9", "2026-01-01 01:00,2", "2026-01-01 02:00,3"),
            "up"
        );
        Assert.Equal([1, 2, 3], Only(read).Samples.Select(sample => sample.Value));
        Assert.Contains(
            "away from the others",
            Assert.Single(read.Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("0001-01-01 00:00")]
    [InlineData("9999-12-31 23:59")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    public void A_time_that_no_network_has_seen_is_no_time(string time)
    {
        SignalsRead read = Read(Rows($"{time},9", "2026-01-01 01:00,2"), "up");
        Assert.Single(Only(read).Samples);
        Assert.Equal("line 2", Assert.Single(read.Faults).At);
    }

    [Fact]
    public void A_quote_that_never_closes_throws_nothing()
    {
        string csv = "time,up\n2026-01-01 00:00,1\n\"" + new string('x', 3 << 20);
        Assert.NotEmpty(Read(csv, "up").Faults);
    }

    [Fact]
    public void A_row_that_ends_early_throws_nothing()
    {
        SignalsRead read = Read(Rows("2026-01-01 00:00,1", "2026-01-01 01:00", "x"), "up");
        Assert.Equal(1, Only(read).Samples[0].Value);
    }
}
