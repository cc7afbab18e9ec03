using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Field reports: no identity slips in, and what is not marked public stays inside.</summary>
public sealed class SignalsFromReportsTests
{
    private const string Good =
        """{"observedAt":"2026-01-09T10:00:00Z","receivedAt":"2026-01-09T11:00:00Z","place":{"country":"IR","area":["Tehran"]},"service":"voice","state":"down","observer":"resident"}""";

    private static SignalsRead ReadReports(params string[] reports) =>
        SignalsFromReports.Read(
            File($"{{\"reports\":[{string.Join(",\n", reports)}]}}", "reports.json")
        );

    private static ReportSignal ReadOne(string report) =>
        Assert.IsType<ReportSignal>(Assert.Single(ReadReports(report).Signals));

    [Fact]
    public void A_report_says_what_where_when_and_what_kind_of_observer()
    {
        ReportSignal report = ReadOne(Good);
        Assert.Equal("IR/Tehran", report.Place.Key);
        Assert.Equal((ServiceState.Down, Service.Voice), (report.State, report.Service));
        Assert.Equal("2026-01-09T10:00:00Z", report.ObservedAt.ToString());
        Assert.Equal("field report by resident", report.Source);
        Assert.Equal((SignalFamily.HumanReport, Origin.Reported), (report.Family, report.Origin));
        Assert.Equal("report 1", report.Evidence[0].Rows);
    }

    [Theory]
    [InlineData("", Distribution.Community, Tlp.Amber)]
    [InlineData("group", Distribution.Group, Tlp.Amber)]
    [InlineData("sealed", Distribution.Sealed, Tlp.Amber)]
    [InlineData("public", Distribution.Public, Tlp.Clear)]
    public void A_report_stays_in_the_community_unless_whoever_took_it_down_says_otherwise(
        string distribution,
        Distribution expected,
        Tlp tlp
    )
    {
        string member = distribution.Length == 0 ? "" : $"\"distribution\":\"{distribution}\",";
        Assert.Equal(
            new Marking(expected, tlp),
            ReadOne(Good.Replace("{\"obs", $"{{{member}\"obs", StringComparison.Ordinal)).Marking
        );
    }

    [Theory]
    [InlineData("\"name\":\"somebody\",")]
    [InlineData("\"phone\":\"+98\",")]
    [InlineData("\"latitude\":35.7,")]
    public void An_unknown_member_is_refused_so_that_no_identity_slips_in(string member)
    {
        SignalsRead read = ReadReports(
            Good.Replace("{\"obs", $"{{{member}\"obs", StringComparison.Ordinal),
            Good
        );
        Assert.Single(read.Signals);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("report 1", fault.At);
        Assert.Contains(member.Split('"')[1], fault.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Breakwater.", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_observed_after_it_was_received_is_left_out()
    {
        SignalsRead read = ReadReports(
            Good.Replace("09T10", "09T12", StringComparison.Ordinal),
            Good
        );
        Assert.Single(read.Signals);
        Assert.Equal(
            ("report 1", "observedAt is after receivedAt"),
            (read.Faults[0].At, read.Faults[0].Reason)
        );
    }

    [Theory]
    [InlineData("\"down\"", "\"gone\"")]
    [InlineData("2026-01-09T10:00:00Z", "2026-01-09 10:00")]
    [InlineData("\"country\"", "\"village\"")]
    [InlineData(",\"observer\":\"resident\"", "")]
    [InlineData("\"resident\"", "null")]
    [InlineData("\"resident\"", "\" \"")]
    [InlineData("{\"country\":\"IR\",\"area\":[\"Tehran\"]}", "null")]
    [InlineData("{\"country\":\"IR\",\"area\":[\"Tehran\"]}", "\"IR\"")]
    [InlineData("{\"country\":\"IR\",\"area\":[\"Tehran\"]}", "{\"asn\":-1}")]
    [InlineData("[\"Tehran\"]", "5")]
    public void A_report_with_a_false_or_missing_member_is_left_out_and_the_next_is_read(
        string from,
        string to
    )
    {
        SignalsRead read = ReadReports(Good.Replace(from, to, StringComparison.Ordinal), Good);
        Assert.Single(read.Signals);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("report 1", fault.At);
        Assert.DoesNotContain("Breakwater.", fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"reports\":[\n{,", "line 2", "not JSON")]
    [InlineData("{\"items\":[]}", "line 1", "member 'reports' is missing")]
    [InlineData("[]", "line 1", "not JSON")]
    [InlineData("null", "line 1", "member 'reports' is missing")]
    public void A_file_that_holds_no_reports_is_one_fault(string text, string at, string reason)
    {
        SignalsRead read = SignalsFromReports.Read(File(text, "reports.json"));
        Assert.Empty(read.Signals);
        Assert.Equal((at, reason), (read.Faults.Single().At, read.Faults.Single().Reason));
    }

    [Fact]
    public void A_text_of_any_length_is_cut_and_equal_reports_have_ids_of_their_own()
    {
        string longText = Good.Replace(
            "\"state\"",
            $"\"text\":\"{new string('x', 5000)}\",\"state\"",
            StringComparison.Ordinal
        );
        Assert.Equal(2000, ReadOne(longText).Text!.Length);
        IReadOnlyList<Signal> twins = ReadReports(Good, Good).Signals;
        Assert.NotEqual(twins[0].Id, twins[1].Id);
    }
}
