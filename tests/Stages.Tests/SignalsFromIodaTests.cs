using Breakwater.Signals;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>The wide CSV of the IODA dashboard: a column for each source, and a unit that is never guessed to be a count.</summary>
public sealed class SignalsFromIodaTests
{
    private const string Header =
        "\"Time (UTC)\",\"Google (Search)\",\"Telescope (# Unique Source IPs)\",\"BGP (#Visible /24s)\",\"Active Probing (#/24s Up)\",\"Mozilla (City Count)\"\n";

    private static Dictionary<string, SeriesSignal> Signals(string rows) =>
        IodaCsv
            .Read(File(Header + rows), Iran)
            .Signals.OfType<SeriesSignal>()
            .ToDictionary(signal => signal.Source);

    [Theory]
    [InlineData("Google (Search)", SignalFamily.Application)]
    [InlineData("Mozilla (City Count)", SignalFamily.Application)]
    [InlineData("Telescope (# Unique Source IPs)", SignalFamily.Telescope)]
    [InlineData("BGP (#Visible /24s)", SignalFamily.Routing)]
    [InlineData("Active Probing (#/24s Up)", SignalFamily.Probing)]
    public void Each_column_is_a_source_of_its_family(string column, SignalFamily family)
    {
        Dictionary<string, SeriesSignal> signals = Signals("\"2025-12-01 00:00:00\",1,2,3,4,5\n");
        Assert.Equal(5, signals.Count);
        Assert.Equal(family, signals[column].Family);
        Assert.Equal(column, signals[column].Evidence[0].Column);
    }

    [Fact]
    public void A_share_of_a_maximum_is_not_a_count_and_the_unit_says_which_it_is()
    {
        Dictionary<string, SeriesSignal> signals = Signals(
            "\"2025-12-01 00:00:00\",100,2,99.6,4812,5\n\"2025-12-01 00:30:00\",50,2,99,4800,\n"
        );
        Assert.Equal("percent of series maximum", signals["Google (Search)"].Unit);
        Assert.Equal("as exported", signals["Active Probing (#/24s Up)"].Unit);
        Assert.Equal("as exported", signals["BGP (#Visible /24s)"].Unit);
    }

    [Fact]
    public void An_empty_cell_of_one_source_is_a_gap_of_that_source_alone()
    {
        Dictionary<string, SeriesSignal> signals = Signals(
            "\"2025-12-01 00:00:00\",1,2,3,4,5\n\"2025-12-01 00:30:00\",1,,3,4,5\n\"2025-12-01 01:00:00\",1,2,3,4,5\n\"2025-12-01 01:30:00\",1,2,3,4,5\n"
        );
        Assert.Equal(
            [2d, null, 2d, 2d],
            signals["Telescope (# Unique Source IPs)"].Samples.Select(sample => sample.Value)
        );
        Assert.All(
            signals["BGP (#Visible /24s)"].Samples,
            sample => Assert.Equal(3d, sample.Value)
        );
    }

    [Fact]
    public void A_column_of_no_known_source_is_left_out_and_named()
    {
        SignalsRead read = IodaCsv.Read(
            File("\"Time (UTC)\",\"BGP (#Visible /24s)\",\"Moon phase\"\n2025-12-01,1,2\n"),
            Iran
        );
        Assert.Single(read.Signals);
        Assert.Contains(
            "'Moon phase'",
            Assert.Single(read.Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "column 'Time (UTC)' is missing")]
    [InlineData("\"Time (UTC)\",\"Moon phase\"\n", "no column of a known source")]
    public void A_file_that_is_no_export_is_a_fault_of_its_first_line(string csv, string reason)
    {
        SignalsRead read = IodaCsv.Read(File(csv), Iran);
        Assert.Empty(read.Signals);
        Assert.Contains(read.Faults, fault => fault.At == "line 1" && fault.Reason == reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("never,1,2,3,4,5\n")]
    public void An_export_without_a_row_that_can_be_read_says_so_and_not_that_its_columns_are_unknown(
        string rows
    )
    {
        SignalsRead read = IodaCsv.Read(File(Header + rows), Iran);
        Assert.Empty(read.Signals);
        Assert.Equal(
            ("line 2", "no row that can be read"),
            (read.Faults[^1].At, read.Faults[^1].Reason)
        );
    }

    [Fact]
    public void The_same_fault_is_told_once_and_not_once_for_each_column()
    {
        SignalsRead read = IodaCsv.Read(
            File(Header + "\"2025-12-01 00:00:00\",1,2,3,4,5\nnever,1,2,3,4,5\n"),
            Iran
        );
        Assert.Equal("line 3", Assert.Single(read.Faults).At);
    }
}
