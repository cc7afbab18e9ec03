using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Answers of Cloudflare Radar, in the shapes that its documentation gives.</summary>
public sealed class RadarJsonTests
{
    private static SignalsRead Read(string result, Place? place = null) =>
        RadarJson.Read(File($"{{\"success\":true,\"errors\":[],\"result\":{result}}}"), place);

    private static ClaimSignal One(SignalsRead read) =>
        Assert.IsType<ClaimSignal>(Assert.Single(read.Signals));

    private static string Annotation(string from = "", string to = "") =>
        """
            {"annotations":[{"id":"550","asns":[],"asnsDetails":[],"dataSource":"ALL","description":"Nationwide exams","endDate":"2026-01-01T03:00:00Z",
            "eventType":"OUTAGE","linkedUrl":"https://example.org/x","locations":["IQ"],"locationsDetails":[{"code":"IQ","name":"Iraq"}],
            "outage":{"outageCause":"GOVERNMENT_DIRECTED","outageType":"NATIONWIDE"},"scope":null,"startDate":"2026-01-01T00:00:00Z"}]}
            """.Replace(from.Length == 0 ? "\u0001" : from, to, StringComparison.Ordinal);

    [Fact]
    public void An_annotation_is_a_claim_of_Cloudflare_with_its_cause()
    {
        ClaimSignal signal = One(Read(Annotation()));
        Assert.Equal("IQ", signal.Place.Key);
        Assert.Equal(
            ("shutdown", "GOVERNMENT_DIRECTED", Actor.State),
            (signal.Claim.What, signal.Claim.Cause, signal.Claim.Actor)
        );
        Assert.Equal(Start + Duration.FromHours(3), signal.Claim.End!.Latest);
        Assert.Equal("Cloudflare Radar, https://example.org/x", signal.Claim.Source);
        Assert.Contains("Nationwide exams", signal.Claim.Wording, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CABLE_CUT", "cable-cut")]
    [InlineData("POWER_OUTAGE", "power-loss")]
    [InlineData("UNKNOWN", "outage")]
    [InlineData("SOMETHING_NEW", "outage")]
    public void Only_an_order_of_a_government_names_an_actor(string cause, string what)
    {
        Claim claim = One(Read(Annotation("GOVERNMENT_DIRECTED", cause))).Claim;
        Assert.Equal((what, cause, Actor.Unknown), (claim.What, claim.Cause, claim.Actor));
    }

    [Fact]
    public void Networks_narrow_an_annotation_and_an_area_narrows_a_country()
    {
        ClaimSignal networks = One(
            Read(Annotation("\"asns\":[]", "\"asns\":[203214,\"AS50710\"]"))
        );
        Assert.Equal("AS203214", networks.Place.Key);
        Assert.Equal("AS50710", Assert.Single(networks.FurtherPlaces!).Key);
        ClaimSignal area = One(Read(Annotation("\"scope\":null", "\"scope\":\"Kurdistan\"")));
        Assert.Equal("IQ/Kurdistan", area.Place.Key);
    }

    [Fact]
    public void An_end_that_is_missing_is_unknown_and_one_before_the_start_is_a_fault()
    {
        Assert.Null(
            One(
                Read(Annotation("\"endDate\":\"2026-01-01T03:00:00Z\"", "\"endDate\":\"\""))
            ).Claim.End
        );
        SignalsRead read = Read(
            Annotation("T03:00", "T03:00")
                .Replace("2026-01-01T03", "2025-01-01T03", StringComparison.Ordinal)
        );
        Assert.Null(One(read).Claim.End);
        Assert.Contains(
            "before the start",
            Assert.Single(read.Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_member_that_is_not_known_is_said_and_stops_nothing()
    {
        SignalsRead read = Read(Annotation("\"id\":", "\"novelty\":{\"a\":1},\"id\":"));
        Assert.Single(read.Signals);
        Assert.Contains("novelty (1)", Assert.Single(read.Notes!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hijack_and_a_leak_are_claims_about_prefixes_and_networks()
    {
        ClaimSignal hijack = One(
            Read(
                """
                {"asn_info":[],"events":[{"id":1,"confidence_score":4,"hijacker_asn":64500,"victim_asns":[64501],"prefixes":["192.0.2.0/24"],
                "min_hijack_ts":"2026-01-01T00:00:00.5Z","max_hijack_ts":"2026-01-01T01:00:00Z","on_going_count":0,"peer_ip_count":3,"tags":[{"name":"rpki_new_origin_invalid","score":4}]}]}
                """
            )
        );
        Assert.Equal(("hijack", "192.0.2.0/24"), (hijack.Claim.What, hijack.Place.Key));
        Assert.Equal("AS64501", Assert.Single(hijack.FurtherPlaces!).Key);
        Assert.NotNull(hijack.Claim.End);
        ClaimSignal leak = One(
            Read(
                """
                {"events":[{"id":2,"leak_asn":64500,"leak_seg":[64501,64500,64502],"leak_count":5,"min_ts":"2026-01-01T00:00:00","max_ts":"2026-01-01T01:00:00","finished":false,"peer_count":9,"prefix_count":2,"origin_count":1}]}
                """
            )
        );
        Assert.Equal(("leak", "AS64500"), (leak.Claim.What, leak.Place.Key));
        Assert.True(leak.Claim is { IsOngoing: true, End: null });
    }

    [Theory]
    [InlineData("PERCENTAGE_CHANGE", "[\"0\",\"-50\",null]", 100, 50)]
    [InlineData("MIN0_MAX", "[\"1.0\",\"0.5\",null]", 1, 0.5)]
    public void A_series_keeps_its_normalisation_as_its_unit(
        string normalisation,
        string values,
        double first,
        double second
    )
    {
        SignalsRead read = Read(Traffic(normalisation, values), Iran);
        SeriesSignal series = Only(read);
        Assert.Equal([first, second, null], series.Samples.Select(sample => sample.Value));
        Assert.Contains(normalisation, series.Unit, StringComparison.Ordinal);
        Assert.StartsWith(
            normalisation == "MIN0_MAX" ? "bytes" : "percent",
            series.Unit,
            StringComparison.Ordinal
        );
        Assert.Equal(Duration.FromMinutes(15), series.Step);
    }

    [Fact]
    public void A_series_without_a_place_is_a_fault_and_traffic_below_zero_is_missing()
    {
        Assert.Contains(
            "place",
            Assert.Single(Read(Traffic("MIN0_MAX", "[1,1,1]")).Faults).Reason,
            StringComparison.Ordinal
        );
        SignalsRead read = Read(Traffic("MIN0_MAX", "[1,-1,\"x\"]"), Iran);
        Assert.Equal([1, null, null], Only(read).Samples.Select(sample => sample.Value));
        Assert.Equal(2, read.Faults.Count);
    }

    [Fact]
    public void Answers_are_told_by_their_content()
    {
        Assert.Equal("radar-json", SignalFormats.Guess(File($"{{\"result\":{Annotation()}}}")));
        Assert.Equal(
            "radar-json",
            SignalFormats.Guess(File($"{{\"result\":{Traffic("MIN0_MAX", "[1,1,1]")}}}"))
        );
    }

    private static string Traffic(string normalisation, string values) =>
        $$$"""
            {"meta":{"aggInterval":"FIFTEEN_MINUTES","normalization":"{{{normalisation}}}","units":[{"name":"*","value":"bytes"}],"lastUpdated":"2026-01-02T00:00:00Z"},
            "serie_0":{"timestamps":["2026-01-01T00:00:00Z","2026-01-01T00:15:00Z","2026-01-01T00:30:00Z"],"values":{{{values}}}}}
            """;
}
