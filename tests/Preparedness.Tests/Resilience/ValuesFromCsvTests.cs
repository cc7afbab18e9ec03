using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Resilience.MadeIndex;

namespace Breakwater.Preparedness.Tests.Resilience;

public sealed class ValuesFromCsvTests
{
    private const string Header = "country,indicator,value,low,high,date,source,licence,origin\n";

    [Fact]
    public void Semicolons_of_a_spreadsheet_are_read_and_a_comma_within_a_number_is_not_guessed_at()
    {
        ValuesRead read = Csv(
            "country;indicator;value;date;source;licence;origin\n"
                + "SD;battery;4.5;2026-10-01;made, for a test;CC0;reported\n"
                + "SD;hhi;4,000;2026-10-01;made for a test;CC0;reported\n"
        );
        Assert.Equal(4.5, Assert.Single(read.Values).Value);
        Assert.Equal("line 3", Assert.Single(read.Faults).At);
        Assert.Contains("'4,000' is no number", read.Faults[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_is_a_value_with_its_range_source_licence_origin_and_line()
    {
        IndicatorValue value = Csv(
            Header + "sd,battery,4,3.5,5,2026-06-30,\"Operators, survey\",CC-BY-4.0,Reported\n"
        )
            .Values.Single();
        Assert.Equal(
            new IndicatorValue(
                "SD",
                "battery",
                4,
                3.5,
                5,
                new LocalDate(2026, 6, 30),
                "Operators, survey",
                "CC-BY-4.0",
                Origin.Reported,
                "values.csv: line 2"
            ),
            value
        );
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_a_range_may_be_absent()
    {
        ValuesRead read = Csv(
            "origin,licence,source,date,value,indicator,country\nmeasured,CC0,M-Lab,2026-01-01,4,battery,SD\n"
        );
        Assert.Empty(read.Faults);
        Assert.False(read.Values.Single().HasRange);
    }

    [Theory]
    [InlineData("ZZ,battery,4,,,2026-01-01,s,l,measured", "'ZZ' is no country", "two letters")]
    [InlineData("Sudan,battery,4,,,2026-01-01,s,l,measured", "is no country", "Write its code SD")]
    [InlineData("SD,batery,4,,,2026-01-01,s,l,measured", "no indicator 'batery'", "'battery'")]
    [InlineData("SD,battery,,,,2026-01-01,s,l,measured", "'' is no number", "leaves the row out")]
    [InlineData("SD,battery,NaN,,,2026-01-01,s,l,measured", "is no number", "hours")]
    [InlineData("SD,battery,-1,,,2026-01-01,s,l,measured", "is below 0", "hours")]
    [InlineData("SD,generators,120,,,2026-01-01,s,l,measured", "more than 100 percent", "percent")]
    [InlineData("SD,hhi,20000,,,2026-01-01,s,l,measured", "more than 10000", "hhi-points")]
    [InlineData("SD,battery,4,5,6,2026-01-01,s,l,measured", "outside its own range", "low <=")]
    [InlineData("SD,battery,4,x,6,2026-01-01,s,l,measured", "low 'x' of battery", "hours")]
    [InlineData("SD,battery,4,,,2026-13-01,s,l,measured", "is no day", "2026-03-31")]
    [InlineData("SD,battery,4,,,2026-01-01,,l,measured", "the source is missing", "checked")]
    [InlineData("SD,battery,4,,,2026-01-01,s,,measured", "the licence is missing", "passed on")]
    [InlineData("SD,battery,4,,,2026-01-01,s,l,guessed", "is no origin", "reconstructed")]
    public void A_bad_row_is_named_with_its_line_and_the_rest_is_read(
        string row,
        string reason,
        string remedy
    )
    {
        ValuesRead read = Csv(
            $"{Header}SD,battery,4,,,2026-01-01,s,l,measured\n{row}\nSS,hhi,4000,,,2026-01-01,s,l,measured\n"
        );
        Assert.Equal(["SD", "SS"], read.Values.Select(value => value.Country));
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("line 3", fault.At);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_its_columns_says_which_are_missing()
    {
        InputFault fault = Assert.Single(Csv("country,value\nSD,4\n").Faults);
        Assert.Contains("indicator, date, source", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_known_is_named_and_the_rest_is_read()
    {
        ValuesRead read = Csv(
            "country,indicator,value,date,source,license,licence,origin\nSD,battery,4,2026-01-01,s,x,l,measured\n"
        );
        Assert.Single(read.Values);
        Assert.Contains("'licence'", Assert.Single(read.Faults).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void More_faults_than_a_person_reads_are_counted()
    {
        ValuesRead read = Csv(
            Header
                + string.Concat(Enumerable.Repeat("ZZ,battery,4,,,2026-01-01,s,l,measured\n", 300))
        );
        Assert.Equal((200, 100), (read.Faults.Count, read.Omitted));
    }

    [Fact]
    public void Any_text_at_all_is_read_or_named() =>
        Gen.String.Sample(text =>
        {
            ValuesRead read = Csv(text);
            Assert.Empty(read.Values);
        });
}
