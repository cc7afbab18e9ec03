using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Answers of IODA's interface, in the shapes that its documentation gives.</summary>
public sealed class IodaJsonTests
{
    private static SignalsRead Raw(string items, Place? place = null) =>
        IodaJson.Read(
            File(
                $$"""
                {"type":"signals","error":null,
                "data":[[
                {{items}}
                ]],"copyright":"…"}
                """,
                "ioda.json"
            ),
            place
        );

    private static string Item(
        string datasource = "bgp",
        string entity =
            """
                "entityType":"country","entityCode":"IR","entityName":"Iran","entityFqid":"geo.netacuity.AS.IR"
                """,
        string values = "[100, null, 50]",
        string rest = ""
    ) =>
        $$"""{{{entity}},"datasource":"{{datasource}}","subtype":"","from":1767225600,"until":1767227400,"step":600,"nativeStep":300,{{rest}}"values":{{values}}}""";

    [Fact]
    public void A_null_is_a_gap_and_every_value_knows_its_time_and_its_line()
    {
        SeriesSignal series = Only(Raw(Item(values: "[\n100,\nnull,\n0\n]")));
        Assert.Equal([100, null, 0], series.Samples.Select(sample => sample.Value));
        Assert.Equal(
            [Start, Start + Duration.FromMinutes(10), Start + Duration.FromMinutes(20)],
            series.Samples.Select(sample => sample.At)
        );
        Assert.Equal([4, 5, 6], series.Samples.Select(sample => sample.Row));
        Assert.Equal(("3-7", "data[0][0]"), (series.Evidence[0].Rows, series.Evidence[0].Column));
    }

    [Theory]
    [InlineData("bgp", SignalFamily.Routing, "/24s")]
    [InlineData("ping-slash24", SignalFamily.Probing, "/24s")]
    [InlineData("merit-nt", SignalFamily.Telescope, "unique source IPs")]
    [InlineData("ucsd-nt", SignalFamily.Telescope, "unique source IPs")]
    [InlineData("gtr", SignalFamily.Application, "as given by Google, normalised")]
    [InlineData("gtr-norm", SignalFamily.Application, "share of a recent maximum")]
    public void Each_source_keeps_its_unit(string datasource, SignalFamily family, string unit)
    {
        SeriesSignal series = Only(Raw(Item(datasource)));
        Assert.Equal((family, unit), (series.Family, series.Unit));
        Assert.Equal($"IODA: {datasource}", series.Source);
    }

    [Theory]
    [InlineData("\"entityType\":\"country\",\"entityCode\":\"IR\"", "IR", null)]
    [InlineData(
        "\"entityType\":\"region\",\"entityCode\":\"1189\",\"entityName\":\"Tehran\",\"entityFqid\":\"geo.netacuity.AS.IR.1189\"",
        "IR/Tehran",
        null
    )]
    [InlineData("\"entityType\":\"asn\",\"entityCode\":\"58224\"", "AS58224", null)]
    [InlineData("\"entityType\":\"geoasn\",\"entityCode\":\"58224-IR\"", "IR", "AS58224")]
    public void An_entity_is_a_place(string entity, string place, string? network)
    {
        SeriesSignal series = Only(Raw(Item(entity: entity)));
        Assert.Equal((place, network), (series.Place.Key, series.Network));
    }

    [Fact]
    public void A_region_whose_country_nobody_names_is_a_fault_until_the_caller_says_it()
    {
        string region = Item(
            entity: "\"entityType\":\"region\",\"entityCode\":\"1189\",\"entityName\":\"Tehran\""
        );
        Assert.Contains(
            "region/1189",
            Raw(region).Faults.Single().Reason,
            StringComparison.Ordinal
        );
        Assert.Equal("IR/Tehran", Only(Raw(region, Iran)).Place.Key);
    }

    [Fact]
    public void A_source_that_rises_in_trouble_is_left_out_and_said()
    {
        SignalsRead read = Raw(
            $"{Item()},{Item("ping-slash24-loss", values: "[[{\"agg_values\":{\"loss_pct\":3}}]]")}"
        );
        Assert.Single(read.Signals);
        Assert.Empty(read.Faults);
        Assert.Contains("ping-slash24-loss", read.Notes!.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_below_zero_and_a_value_that_is_no_number_are_missing()
    {
        SignalsRead read = Raw(Item(values: "[-1, \"x\", [1], 7]"));
        Assert.Equal([null, null, null, 7], Only(read).Samples.Select(sample => sample.Value));
        Assert.Equal(3, read.Faults.Count);
    }

    [Theory]
    [InlineData("\"from\":1767225600", "\"from\":1767225600000")]
    [InlineData("\"step\":600", "\"step\":0")]
    [InlineData("\"step\":600", "\"step\":-600")]
    [InlineData("\"datasource\":\"bgp\"", "\"datasource\":\"new-thing\"")]
    [InlineData("\"entityCode\":\"IR\"", "\"entityCode\":\"ZZ\"")]
    public void An_item_that_cannot_be_placed_in_time_or_space_is_a_fault_and_the_next_is_read(
        string from,
        string to
    )
    {
        SignalsRead read = Raw(
            $"{Item().Replace(from, to, StringComparison.Ordinal)},\n{Item("merit-nt")}"
        );
        Assert.Single(read.Signals);
        Assert.StartsWith(
            "line 3, data[0][0]",
            Assert.Single(read.Faults).At,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Alerts_are_claims_of_IODA_from_the_first_to_the_next_normal_one_in_any_order()
    {
        string[] alerts =
        [
            Alert("critical", 1767229200),
            Alert("normal", 1767232800),
            Alert("critical", 1767225600),
            Alert("normal", 1767222000),
            Alert("warning", 1767250000),
        ];
        SignalsRead read = IodaJson.Read(
            File($"{{\"type\":\"outages.alerts\",\"data\":[{string.Join(",\n", alerts)}]}}")
        );
        ClaimSignal[] claims = [.. read.Signals.Cast<ClaimSignal>()];
        Assert.Equal(2, claims.Length);
        Assert.Equal(new InstantRange(Start, Start), claims[0].Claim.Start);
        Assert.Equal(
            new InstantRange(Start + Duration.FromHours(1), Start + Duration.FromHours(2)),
            claims[0].Claim.End
        );
        Assert.Null(claims[1].Claim.End);
        Assert.Equal("IODA, Georgia Institute of Technology", claims[0].Claim.Source);
        Assert.Equal((Actor.Unknown, null), (claims[0].Claim.Actor, claims[0].Claim.Cause));
        Assert.Equal(3, claims[0].Evidence.Count);
    }

    [Fact]
    public void Events_are_claims_of_IODA_with_their_duration()
    {
        SignalsRead read = IodaJson.Read(
            File(
                """
                {"type":"outages.events","data":[
                {"location":"country/IR","start":1767225600,"duration":1800,"uncertainty":null,"datasource":"bgp","method":"median","score":753.2},
                {"location":"region/1189","location_name":"Tehran","start":1767225600,"duration":0,"datasource":"bgp"},
                {"location":"asn/58224","start":1767225600,"duration":0,"datasource":"ping-slash24"}]}
                """
            )
        );
        ClaimSignal first = (ClaimSignal)read.Signals[0];
        Assert.Equal(Start + Duration.FromMinutes(30), first.Claim.End!.Latest);
        Assert.Equal("IR", first.Place.Key);
        Assert.Equal("AS58224", read.Signals[1].Place.Key);
        Assert.Null(((ClaimSignal)read.Signals[1]).Claim.End);
        Assert.Equal("no place known here", Assert.Single(read.Faults).Reason);
    }

    [Fact]
    public void An_error_of_the_interface_is_said()
    {
        SignalsRead read = IodaJson.Read(File("{\"error\":\"too many points\",\"data\":null}"));
        Assert.Contains("too many points", read.Faults[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_told_by_their_content()
    {
        Assert.Equal("ioda-json", SignalFormats.Guess(File($"{{\"data\":[[{Item()}]]}}")));
        Assert.Equal(
            "ioda-json",
            SignalFormats.Guess(File($"{{\"data\":[{Alert("critical", 1767229200)}]}}"))
        );
        Assert.Null(SignalFormats.Guess(File("{\"reports\":[]}")));
    }

    private static string Alert(string level, long time) =>
        $$$"""{"datasource":"bgp","entity":{"code":"IR","name":"Iran","type":"country","attrs":{"fqid":"geo.netacuity.AS.IR"}},"time":{{{time}}},"level":"{{{level}}}","condition":"< 0.99","value":90,"historyValue":100,"method":"median"}""";
}
