using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NJsonSchema;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// OGC API - Features - Part 1 (17-069r4), annex A: the abstract tests, against a served node, with the schemas of the standard where
/// they are at hand and a small counterpart that always runs.
/// </summary>
public sealed class OgcTests : IAsyncLifetime
{
    private const string Canary = "CANARYogc55";
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.Start();
        Instant now = _site.Clock.Now;
        Disruption sudan = Made.Disruption(
            "disruption-1",
            Place.OfCountry("SD"),
            now - Duration.FromHours(5)
        );
        Disruption[] all =
        [
            sudan,
            sudan with
            {
                Id = "disruption-2",
                Place = Place.OfArea("IR", "Tehran"),
            },
            sudan with
            {
                Id = "disruption-3",
                Place = Place.OfCountry("FJ"),
            },
            sudan with
            {
                Id = "disruption-4",
                Place = Place.OfFunction("rir:afrinic"),
                Kind = DisruptionKind.RegistryFailure,
            },
            sudan with
            {
                Id = "disruption-5",
                Network = Canary,
                Marking = new Marking(Distribution.Community, Tlp.Green),
            },
        ];
        await _site.Records.Append(
            "detections",
            0,
            [
                .. all.Select(each =>
                    ProductRecorded
                        .Of(each.Id, "disruption", each, [])
                        .ToDraft(each.Marking, "test", [])
                ),
            ],
            Cancel
        );
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task<(HttpStatusCode Status, JsonNode Body, string Type)> Get(
        string path,
        HttpClient? who = null
    )
    {
        using HttpResponseMessage answer = await (who ?? _site.Stranger).GetAsync(
            new Uri(path, UriKind.RelativeOrAbsolute),
            Cancel
        );
        return (
            answer.StatusCode,
            JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!,
            answer.Content.Headers.ContentType!.MediaType!
        );
    }

    private static string[] Ids(JsonNode page) =>
        [.. page["features"]!.AsArray().Select(each => each!["id"]!.GetValue<string>())];

    private static string? Href(JsonNode page, string rel) =>
        page["links"]!
            .AsArray()
            .FirstOrDefault(link => link!["rel"]!.GetValue<string>() == rel)
            ?["href"]!.GetValue<string>();

    [Fact]
    public async Task The_landing_page_leads_to_description_conformance_and_data()
    {
        (HttpStatusCode status, JsonNode landing, _) = await Get("/ogc");
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (string rel in (string[])["self", "service-desc", "conformance", "data"])
        {
            Assert.Equal(HttpStatusCode.OK, (await Get(Href(landing, rel)!)).Status);
        }

        (_, JsonNode conformance, _) = await Get("/ogc/conformance");
        Assert.Equal(
            ["core", "geojson", "oas30"],
            conformance["conformsTo"]!
                .AsArray()
                .Select(each => each!.GetValue<string>().Split('/')[^1])
        );
        (_, JsonNode description, string type) = await Get(Href(landing, "service-desc")!);
        Assert.Equal("application/vnd.oai.openapi+json", type);
        Assert.StartsWith(
            "3.0.",
            description["openapi"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.NotNull(description["paths"]!["/collections/disruptions/items"]);
    }

    [Fact]
    public async Task Disruptions_and_restorations_are_there_for_all_and_what_nobody_may_see_is_not()
    {
        (_, JsonNode list, _) = await Get("/ogc/collections");
        Assert.Equal(
            ["disruptions", "restorations"],
            list["collections"]!.AsArray().Select(each => each!["id"]!.GetValue<string>())
        );
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/ogc/collections/needs")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/ogc/collections/none/items")).Status);
        (_, JsonNode page, _) = await Get("/ogc/collections/disruptions/items");
        Assert.DoesNotContain("disruption-5", Ids(page));
        Assert.DoesNotContain(Canary, page.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Get("/ogc/collections/disruptions/items/disruption-5")).Status
        );
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        Assert.Contains(
            "disruption-5",
            Ids((await Get("/ogc/collections/disruptions/items", analyst.Http)).Body)
        );
    }

    [Fact]
    public async Task Items_are_GeoJSON_with_counts_and_pages_that_follow_each_other()
    {
        (HttpStatusCode status, JsonNode page, string type) = await Get(
            "/ogc/collections/disruptions/items?limit=3"
        );
        Assert.Equal((HttpStatusCode.OK, "application/geo+json"), (status, type));
        Assert.Equal(
            (4, 3),
            (page["numberMatched"]!.GetValue<int>(), page["numberReturned"]!.GetValue<int>())
        );
        Assert.NotNull(page["timeStamp"]);
        string[] first = Ids(page);
        (_, JsonNode second, _) = await Get(Href(page, "next")!);
        Assert.Null(Href(second, "next"));
        Assert.Equal(
            ["disruption-1", "disruption-2", "disruption-3", "disruption-4"],
            [.. first, .. Ids(second)]
        );
        (_, JsonNode one, _) = await Get("/ogc/collections/disruptions/items/disruption-2");
        Assert.Equal("IR", one["properties"]!["shapeOf"]!.GetValue<string>());
        Assert.Equal("MultiPolygon", one["geometry"]!["type"]!.GetValue<string>());
        Assert.NotNull(Href(one, "self"));
        Assert.NotNull(Href(one, "collection"));
    }

    [Theory]
    [InlineData("bbox=20,5,40,25", "disruption-1")]
    [InlineData("bbox=170,-25,-170,-10", "disruption-3")]
    [InlineData("bbox=-180,-90,180,90", "disruption-1,disruption-2,disruption-3")]
    [InlineData("bbox=-60,-40,-50,-30", "")]
    [InlineData("datetime=2000-01-01T00:00:00Z", "")]
    [InlineData(
        "datetime=2026-03-01T08:00:00Z/..",
        "disruption-1,disruption-2,disruption-3,disruption-4"
    )]
    public async Task A_box_and_a_time_choose(string query, string ids) =>
        Assert.Equal(
            ids.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Ids((await Get($"/ogc/collections/disruptions/items?{query}")).Body)
        );

    [Theory]
    [InlineData("/ogc/collections/disruptions/items?bbox=1,2,3")]
    [InlineData("/ogc/collections/disruptions/items?bbox=a,b,c,d")]
    [InlineData("/ogc/collections/disruptions/items?bbox=0,50,10,40")]
    [InlineData("/ogc/collections/disruptions/items?bbox=")]
    [InlineData("/ogc/collections/disruptions/items?datetime=yesterday")]
    [InlineData("/ogc/collections/disruptions/items?limit=0")]
    [InlineData("/ogc/collections/disruptions/items?limit=3&limit=4")]
    [InlineData("/ogc/collections/disruptions/items?unknown=1")]
    [InlineData("/ogc/collections/disruptions/items?offset=-1")]
    [InlineData("/ogc/collections?unknown=1")]
    [InlineData("/ogc?f=html")]
    public async Task What_makes_no_sense_is_answered_400_with_a_problem(string path)
    {
        (HttpStatusCode status, JsonNode problem, string type) = await Get(path);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (status, type));
        Assert.Equal(400, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        await Valid("exception", problem);
    }

    [Fact]
    public async Task Every_answer_is_as_the_schemas_of_the_standard_say()
    {
        await Valid("landingPage", (await Get("/ogc")).Body);
        await Valid("confClasses", (await Get("/ogc/conformance")).Body);
        await Valid("collections", (await Get("/ogc/collections")).Body);
        await Valid("collection", (await Get("/ogc/collections/disruptions")).Body);
        await Valid(
            "featureCollectionGeoJSON",
            (await Get("/ogc/collections/disruptions/items")).Body
        );
        await Valid(
            "featureGeoJSON",
            (await Get("/ogc/collections/disruptions/items/disruption-4")).Body
        );
        await Valid("exception", (await Get("/ogc/collections/none")).Body);
    }

    /// <summary>Those of them that are JSON: two lack a comma or have one too many.</summary>
    [Theory]
    [InlineData("landingPage", "LandingPage")]
    [InlineData("collections", "Collections")]
    public async Task The_standards_own_examples_pass_the_same_check(
        string schema,
        string example
    ) =>
        await Valid(
            schema,
            JsonNode.Parse(
                await System.IO.File.ReadAllTextAsync(
                    SharedData.PathOf($"data/standards/ogc-features/examples/json/{example}.json"),
                    Cancel
                )
            )!
        );

    [Fact]
    public async Task A_reader_that_others_wrote_reads_it()
    {
        Assert.SkipUnless(
            System.IO.File.Exists("/usr/bin/ogr2ogr"),
            "ogr2ogr (gdal-bin) is not installed"
        );
        string address = $"OAPIF:{_site.Address.ToString().TrimEnd('/')}/ogc";
        string output = Path.Combine(_site.Folder, "read.geojson");
        (int code, string said) = await Run(
            "/usr/bin/ogr2ogr",
            ["-f", "GeoJSON", output, address, "disruptions", "-oo", "PAGE_SIZE=2"]
        );
        Assert.True(code == 0, said);
        JsonNode read = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(output, Cancel))!;
        Assert.Equal(4, read["features"]!.AsArray().Count);
        (code, said) = await Run(
            "/usr/bin/ogrinfo",
            ["-ro", "-so", address, "disruptions", "-spat", "20", "5", "40", "25"]
        );
        Assert.True(code == 0, said);
        Assert.Contains("Feature Count: 1", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> Run(string program, string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> error = process.StandardError.ReadToEndAsync(Cancel);
        string said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, said + await error);
    }

    /// <summary>Against the schema of the standard; the schemas are YAML of OpenAPI, which says null otherwise than JSON Schema.</summary>
    private static async Task Valid(string schema, JsonNode document)
    {
        string folder = SharedData.PathOf("data/standards/ogc-features/openapi/schemas");
        JsonSchema known = await JsonSchema.FromJsonAsync(
            OgcSchemas.Read(folder, schema).ToJsonString(),
            Cancel
        );
        Assert.Empty(known.Validate(document.ToJsonString()).Select(fault => fault.ToString()));
    }
}
