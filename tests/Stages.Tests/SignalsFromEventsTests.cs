using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Lists of disruptions that others keep.</summary>
public sealed class SignalsFromEventsTests
{
    private const string KeepItOnHeader =
        "start_date_type,start_date,country,geo_scope,area_name,shutdown_type,shutdown_extent,ordered_by,decision_maker,actual_cause,shutdown_status,end_date,duration";

    private const string IodaHeader =
        "\uFEFFID,Begin time,End time,Country,IODA BGP visible by human,Scope (based on granularity at which the outage appears in IODA),Cause,Grafana URLs";

    private static SignalsRead KeepItOn(params string[] rows) =>
        SignalsFromEvents.Read(File($"{KeepItOnHeader}\n{string.Join('\n', rows)}\n", "list.csv"));

    private static SignalsRead Ioda(params string[] rows) =>
        SignalsFromEvents.Read(File($"{IodaHeader}\n{string.Join('\n', rows)}\n", "ioda.csv"));

    private static ClaimSignal One(SignalsRead read) =>
        Assert.IsType<ClaimSignal>(Assert.Single(read.Signals));

    private static string Row(
        string country = "Iran (Islamic Republic of)",
        string scope = "",
        string area = "Nationwide",
        string type = "Shutdown",
        string extent = "Full network",
        string by = "Executive government",
        string maker = "",
        string status = "Ended",
        string start = "2019-11-16T00:00:00.000Z",
        string end = "2019-11-23T00:00:00.000Z",
        string duration = "",
        string certainty = "Actual"
    ) =>
        $"{certainty},{start},\"{country}\",\"{scope}\",\"{area}\",\"{type}\",{extent},{by},\"{maker}\",Protests,{status},{end},{duration}";

    [Fact]
    public void A_day_is_the_whole_local_day_of_the_country_and_never_a_moment_in_UTC()
    {
        ClaimSignal claim = One(KeepItOn(Row()));
        Assert.Equal("IR", claim.Place.Key);
        // Tehran was at +03:30 that winter.
        Assert.Equal(Range("2019-11-15T20:30:00Z", "2019-11-16T20:30:00Z"), claim.Claim.Start);
        Assert.Equal(Range("2019-11-22T20:30:00Z", "2019-11-23T20:30:00Z"), claim.Claim.End);
        Assert.Equal(
            ("shutdown", "Protests", Actor.State),
            (claim.Claim.What, claim.Claim.Cause, claim.Claim.Actor)
        );
        Assert.Equal("Access Now KeepItOn", claim.Source);
        Assert.Equal("2", claim.Evidence[0].Rows);
    }

    [Fact]
    public void A_day_in_a_country_of_many_zones_runs_from_its_easternmost_to_its_westernmost_clock()
    {
        InstantRange start = One(KeepItOn(Row(country: "Russian Federation"))).Claim.Start!;
        Assert.Equal(Duration.FromHours(34), start.Latest - start.Earliest);
    }

    [Fact]
    public void An_estimated_start_is_wider_and_on_the_first_of_a_month_it_is_the_month()
    {
        InstantRange start = One(KeepItOn(Row(certainty: "Estimated"))).Claim.Start!;
        Assert.Equal(Range("2019-11-14T20:30:00Z", "2019-11-17T20:30:00Z"), start);
        InstantRange month = One(
            KeepItOn(Row(certainty: "Estimated", start: "2019-11-01T00:00:00.000Z", end: ""))
        ).Claim.Start!;
        Assert.Equal(Range("2019-10-30T20:30:00Z", "2019-11-30T20:30:00Z"), month);
    }

    [Fact]
    public void An_estimate_is_no_contradiction_to_an_end_on_the_same_day_and_begins_no_later()
    {
        SignalsRead read = KeepItOn(Row(certainty: "Estimated", end: "2019-11-16T00:00:00.000Z"));
        Assert.Empty(read.Faults);
        Assert.Equal(Range("2019-11-14T20:30:00Z", "2019-11-16T20:30:00Z"), One(read).Claim.Start);
    }

    [Theory]
    [InlineData("Ongoing", true)]
    [InlineData("Unknown", false)]
    [InlineData("", false)]
    public void No_end_is_ongoing_only_where_the_list_says_so(string status, bool isOngoing)
    {
        Claim claim = One(KeepItOn(Row(status: status, end: ""))).Claim;
        Assert.Null(claim.End);
        Assert.Equal(isOngoing, claim.IsOngoing);
    }

    [Fact]
    public void A_duration_in_days_gives_the_end_as_a_range_and_one_in_words_gives_none()
    {
        Assert.Equal(
            Range("2019-11-17T20:30:00Z", "2019-11-19T20:30:00Z"),
            One(KeepItOn(Row(end: "", duration: "3"))).Claim.End
        );
        Assert.Null(One(KeepItOn(Row(end: "", duration: "Curfew Style"))).Claim.End);
    }

    [Fact]
    public void Blocking_single_services_is_no_shutdown() =>
        Assert.Equal("service-blocking", One(KeepItOn(Row(extent: "Service-based"))).Claim.What);

    [Theory]
    [InlineData("Executive government", "", Actor.State)]
    [InlineData("Judiciary", "", Actor.State)]
    [InlineData("", "", Actor.Unknown)]
    [InlineData("Unknown", "", Actor.Unknown)]
    [InlineData("Non-government", "Military of the Russian Federation", Actor.ForeignState)]
    [InlineData("Non-government", "Some militia", Actor.NonStateGroup)]
    [InlineData("Non-government", "", Actor.Unknown)]
    [InlineData("Military", "Military junta", Actor.State)]
    [InlineData("Military", "Some Liberation Army", Actor.Unknown)]
    public void An_actor_is_what_the_list_says_and_unknown_where_it_does_not(
        string by,
        string maker,
        Actor actor
    ) => Assert.Equal(actor, One(KeepItOn(Row(by: by, maker: maker))).Claim.Actor);

    [Theory]
    [InlineData(
        "It only affected one city, county, or village",
        "Wana, South Waziristan",
        "IR/South Waziristan/Wana"
    )]
    [InlineData(
        "It only affected one city, county, or village",
        "Pulwama, in Jammu and Kashmir",
        "IR/Jammu and Kashmir/Pulwama"
    )]
    [InlineData(
        "It only affected one city, county, or village",
        "Kupwara district of Jammu & Kashmir",
        "IR/Jammu and Kashmir/Kupwara district"
    )]
    [InlineData(
        "It affected more than one city in the same state, province, or region",
        "Kulgam, Pulwama and Shopian, Jammu & Kashmir",
        "IR/Jammu and Kashmir/Kulgam IR/Jammu and Kashmir/Pulwama IR/Jammu and Kashmir/Shopian"
    )]
    [InlineData(
        "It affected more than one city in the same state, province, or region",
        "Sistan and Baluchestan",
        "IR/Sistan and Baluchestan"
    )]
    [InlineData(
        "It affected locations in more than one state, province, or region",
        "Kharkiv, Odesa, and Sumy Oblasts",
        "IR/Kharkiv IR/Odesa IR/Sumy Oblasts"
    )]
    [InlineData(
        "It affected locations in more than one state, province, or region",
        "Nation Wide ",
        "IR"
    )]
    [InlineData(
        "It affected locations in more than one state, province, or region",
        "Nationwide (except Kurdistan)",
        "IR"
    )]
    [InlineData("", "Republic of Dagestan", "IR/Republic of Dagestan")]
    [InlineData("", "", "IR")]
    public void Areas_are_read_from_wide_to_narrow_and_one_row_stays_one_claim(
        string scope,
        string area,
        string places
    )
    {
        ClaimSignal claim = One(KeepItOn(Row(scope: scope, area: area)));
        Assert.Equal(
            places,
            string.Join(' ', new[] { claim.Place }.Concat(claim.FurtherPlaces ?? []))
        );
    }

    [Fact]
    public void A_row_about_several_countries_is_one_claim_about_each()
    {
        ClaimSignal claim = One(
            KeepItOn(Row(country: "Burundi; Kenya; Tanzania, United Republic of"))
        );
        Assert.Equal("BI", claim.Place.Key);
        Assert.Equal(["KE", "TZ"], claim.FurtherPlaces!.Select(place => place.Key));
    }

    [Fact]
    public void An_unknown_country_is_a_fault_and_never_a_guess()
    {
        SignalsRead read = KeepItOn(Row(country: "Nigerria"), Row());
        Assert.Single(read.Signals);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal(("line 2", "'Nigerria' is no country known here"), (fault.At, fault.Reason));
        Assert.Contains("2 rows, 1 claims, 1 left out", read.Notes![0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_with_line_breaks_does_not_move_the_rows_after_it()
    {
        SignalsRead read = KeepItOn(Row(area: "Lahore \nKarachi & Islamabad"), Row());
        Assert.Equal(["2-3", "4"], read.Signals.Select(signal => signal.Evidence[0].Rows));
    }

    [Fact]
    public void A_quote_that_never_closes_costs_what_follows_and_is_said()
    {
        SignalsRead read = KeepItOn(Row(), "Actual,2019-11-16,\"Iran");
        Assert.NotEmpty(read.Signals);
        Assert.Contains(read.Notes!, note => note.Contains("rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Wednesday, March 17, 2021, 4:40:00 PM", "2021-03-17T16:40:00Z")]
    [InlineData("Sunday, May 27, 2018, 11:00 PM", "2018-05-27T23:00:00Z")]
    [InlineData("Monday, September 13, 2021, 3:20: AM", "2021-09-13T03:20:00Z")]
    [InlineData("4/3/2020  15:15:00 PM", "2020-04-03T15:15:00Z")]
    [InlineData("4/15/2020  23:40:00 AM", "2020-04-15T23:40:00Z")]
    [InlineData("7/28/2020  16:1:00 PM", "2020-07-28T16:01:00Z")]
    [InlineData("Saturday June 2, 2018, 12:05 AM", "2018-06-02T00:05:00Z")]
    public void Five_spellings_of_a_time_are_one_time(string text, string time)
    {
        ClaimSignal claim = One(Ioda($"1,\"{text}\",,Venezuela ,TRUE,Country,,"));
        Assert.Equal(Range(time, time), claim.Claim.Start);
        Assert.Equal("VE", claim.Place.Key);
        Assert.Null(claim.Claim.End);
    }

    [Fact]
    public void A_day_of_the_week_that_contradicts_its_date_leaves_both_days_open()
    {
        SignalsRead read = Ioda(
            "1,\"Monday, May 29, 2018, 11:00 PM\",\"Tuesday, May 29, 2018, 9:00 AM\",Syria,TRUE,Country,Exams,"
        );
        Claim claim = One(read).Claim;
        // It was Monday the 28th or Tuesday the 29th, and before nine, when it ended.
        Assert.Equal(Range("2018-05-28T23:00:00Z", "2018-05-29T09:00:00Z"), claim.Start);
        Assert.Equal(Instant.FromUtc(2018, 5, 29, 9, 0), claim.End!.Latest);
        Assert.Contains("contradicts", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
        Assert.Equal("shutdown", claim.What);
    }

    [Fact]
    public void An_end_before_the_start_is_a_fault_and_widens_to_the_window_of_the_chart()
    {
        SignalsRead read = Ioda(
            "1,\"Tuesday, June 30, 2020, 9:30:00 PM\",\"Tuesday, June 30, 2020, 12:20:00 AM\",Iran,/ture,Region (Yazd),,https://x/d?orgId=1&from=1593475200000&to=1593691200000"
        );
        Claim claim = One(read).Claim;
        Assert.Equal(Range("2020-06-30T21:30:00Z", "2020-07-02T12:00:00Z"), claim.End);
        Assert.Equal("the end is not after the start", Assert.Single(read.Faults).Reason);
        Assert.Contains("widened to the window", claim.Wording, StringComparison.Ordinal);
        Assert.Equal("IR/Yazd", read.Signals[0].Place.Key);
    }

    [Theory]
    [InlineData("Region (Zulia)", "VE/Zulia")]
    [InlineData("Region (Sakha (Yakutia))", "VE/Sakha (Yakutia)")]
    [InlineData("AS (58224)", "AS58224")]
    [InlineData("ASN 58224", "AS58224")]
    [InlineData("AS58224", "AS58224")]
    public void A_scope_is_read_to_a_place(string scope, string place) =>
        Assert.Equal(place, One(Ioda($"1,2020-04-03 15:15,N/A,Venezuela,N/A,{scope},,")).Place.Key);

    [Fact]
    public void An_id_that_stands_twice_is_two_claims_and_said()
    {
        SignalsRead read = Ioda(
            "1963,2020-04-03 15:15,,Togo,TRUE,Country,,",
            "1963,2020-04-04 15:15,,Togo,TRUE,Country,,"
        );
        Assert.Equal(2, read.Signals.Select(signal => signal.Id).Distinct().Count());
        Assert.Empty(read.Faults);
        Assert.Contains(
            "the id 1963 stands on line 2, line 3",
            read.Notes![^1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_list_that_broke_off_within_a_row_says_so_and_a_short_row_within_is_how_lists_are()
    {
        string row = Row();
        string cut = row[..row.IndexOf("Full network", StringComparison.Ordinal)] + "Full net";
        SignalsRead read = SignalsFromEvents.Read(
            File($"{KeepItOnHeader}\n{row}\n{cut}", "cut.csv")
        );
        Assert.Equal(2, read.Signals.Count);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Equal("line 3", fault.At);
        Assert.StartsWith("the file ends within this row: 7 of 13", fault.Reason, default);
        Assert.Empty(SignalsFromEvents.Read(File($"{KeepItOnHeader}\n{row}", "x.csv")).Faults);
        Assert.Empty(KeepItOn(cut, row).Faults);
        Assert.StartsWith(
            "a quote opens here and is never closed",
            SignalsFromEvents
                .Read(
                    File(
                        "start_date,country\n2024-01-01,IR\n\"2024-01-02,IR\n2024-01-03,IR\n",
                        "q.csv"
                    )
                )
                .Faults[0]
                .Reason,
            default
        );
    }

    [Fact]
    public void The_cleaned_list_of_2016_to_2022_is_read_by_its_codes()
    {
        SignalsRead read = SignalsFromEvents.Read(
            File(
                "start_date,country_name,iso3c,duration,geo_scope,shutdown_extent\n2016-02-16T00:00:00Z,Some spelling,MAR,NA,national,service-based\n2016-02-17T00:00:00Z,NA,NA,1,local,NA\n",
                "clean.csv"
            )
        );
        Assert.Equal("MA", One(read).Place.Key);
        Assert.Equal("no country is named", Assert.Single(read.Faults).Reason);
    }

    [Fact]
    public void A_list_is_told_from_a_series_by_its_columns()
    {
        Assert.True(SignalsFromEvents.IsEventList(File(KeepItOnHeader)));
        Assert.True(SignalsFromEvents.IsEventList(File(IodaHeader + "\n1,2")));
        Assert.False(SignalsFromEvents.IsEventList(File("Time (UTC),BGP\n")));
        Assert.False(SignalsFromEvents.IsEventList(File("")));
        Assert.Equal("events-csv", SignalFormats.Guess(File(KeepItOnHeader)));
    }

    [Theory]
    [InlineData("data/shutdowns/accessnow_2026/keepiton_2016-2025_converted.csv", 2102, 2102)]
    [InlineData("data/shutdowns/keepiton_2016-2022/CleanShutdownData.csv", 1116, 1115)]
    [InlineData(
        "data/outages/ioda_sigcomm23/ioda_investigated_outages_cleaned_phase1+2.csv.gz",
        1704,
        1704
    )]
    public void Each_row_of_the_real_lists_is_a_claim_or_a_fault(string path, int rows, int claims)
    {
        SignalsRead read = SignalsFromEvents.Read(Real(path));
        Assert.Equal(claims, read.Signals.Count);
        Assert.Contains(
            $"{rows} rows, {claims} claims, {rows - claims} left out",
            read.Notes![0],
            StringComparison.Ordinal
        );
        Assert.Equal(
            rows - claims,
            read.Faults.Count(fault => fault.Remedy.Contains("left out", StringComparison.Ordinal))
        );
        Assert.All(
            read.Signals.Cast<ClaimSignal>(),
            signal =>
                Assert.True(
                    signal.Claim.Start!.Earliest <= signal.Claim.Start.Latest
                        && (
                            signal.Claim.End is not { } end
                            || (
                                end.Earliest <= end.Latest
                                && end.Latest > signal.Claim.Start.Earliest
                            )
                        ),
                    signal.Claim.Wording
                )
        );
    }

    [Fact]
    public void The_78_ends_of_the_IODA_list_that_do_not_follow_their_start_are_found()
    {
        SignalsRead read = SignalsFromEvents.Read(
            Real("data/outages/ioda_sigcomm23/ioda_investigated_outages_cleaned_phase1+2.csv.gz")
        );
        int found = read.Faults.Count(fault => fault.Reason == "the end is not after the start");
        // One of the 78 is explained by a day of the week that contradicts its date.
        Assert.Equal(77, found);
        Assert.Contains("the id 1963 stands on", read.Notes![^1], StringComparison.Ordinal);
    }

    private static SourceFile Real(string path) => RealFiles.Open(SharedData.PathOf(path));

    private static InstantRange Range(string earliest, string latest) =>
        new(
            NodaTime.Text.InstantPattern.ExtendedIso.Parse(earliest).Value,
            NodaTime.Text.InstantPattern.ExtendedIso.Parse(latest).Value
        );
}
