using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The resilience index of a node: from files that people load and from what is on record, for each reader as far as they may see.</summary>
public sealed class ResilienceTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_file_that_an_analyst_loads_becomes_an_index_that_anybody_can_read()
    {
        await Take(Csv("KE", 0.5), Marking.Public);
        JsonNode kenya = (await Index()).AsArray().Single()!;
        Assert.Equal("KE", (string?)kenya["country"]);
        Assert.Equal(1, (double)kenya["completeness"]!, 9);
        Assert.InRange((double)kenya["score"]!, 30, 70);
        JsonNode one = (await Get("/api/v1/index/ke"))["improvements"]!;
        Assert.True(one["first"]!.AsArray().Count >= 3);
        double now = (double)kenya["score"]!;
        Assert.All(
            one["first"]!.AsArray(),
            each => Assert.Equal(now + (double)each!["gain"]!, (double)each["then"]!, 6)
        );
        Assert.Empty(one["findOut"]!.AsArray());
    }

    [Fact]
    public async Task Values_that_a_reader_may_not_see_leave_no_trace()
    {
        await Take(Csv("KE", 0.5), Marking.Public);
        await Take(
            Csv("UG", 0.5) + "KE,latency,10,,,2026-02-28,a closed source,CC0,measured\n",
            new Marking(Distribution.Community, Tlp.Green)
        );
        string seen = (await Index()).ToJsonString();
        Assert.DoesNotContain("UG", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("a closed source", seen, StringComparison.Ordinal);
        // A country without any value looks the same: withheld, with all that there is to find out.
        string hidden = (await Get("/api/v1/index/UG")).ToJsonString();
        Assert.Equal(
            (await Get("/api/v1/index/TZ"))
                .ToJsonString()
                .Replace("\"TZ\"", "\"UG\"", StringComparison.Ordinal),
            hidden
        );
        using HttpResponseMessage page = await Ask("/index/UG?lang=en");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        string html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("is withheld", html, StringComparison.Ordinal);
        Assert.DoesNotContain("a closed source", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask("/index/XX")).StatusCode);
        JsonNode near = (await (await _site.As(Role.Planner, "relief")).Get("index")).Body![
            "countries"
        ]!;
        Assert.Equal(["KE", "UG"], near.AsArray().Select(each => (string?)each!["country"]));
        Assert.Contains("a closed source", near.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_half_of_the_data_missing_it_is_withheld_and_says_why()
    {
        string[] lines = Csv("KE", 0.5).Split('\n');
        await Take(
            string.Join('\n', lines.Where((_, i) => i == 0 || i % 2 == 1)) + "\n",
            Marking.Public
        );
        JsonNode kenya = (await Index()).AsArray().Single()!;
        Assert.Null(kenya["score"]);
        Assert.Null(kenya["range"]);
        JsonNode improvements = (await Get("/api/v1/index/KE"))["improvements"]!;
        Assert.Empty(improvements["first"]!.AsArray());
        Assert.True((int)improvements["needed"]! > 0);
        foreach (
            (string language, string said) in ((string, string)[])
                [("en", "is withheld"), ("fr", "est retenu"), ("ar", "محجوب")]
        )
        {
            string page = await Text($"/index/KE?lang={language}");
            Assert.Contains(said, page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.Contains("id=\"needed\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("id=\"first\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Standing_offers_on_record_are_counted_as_stocks_and_no_offer_is_no_zero_elsewhere()
    {
        await Take(Csv("KE", 0.5, except: "stock-"), Marking.Public);
        Assert.Equal("missing", await State("stock-offers"));
        ApiClient carrier = await _site.As(Role.Representative, "carrier");
        await Done(carrier.Start("offers", GapMatrixTests.Offering("kits", "carrier", "KE")));
        Assert.Equal("used", await State("stock-offers"));
        JsonNode stocks = (await Get("/api/v1/index/KE"))["country"]!["indicators"]!
            .AsArray()
            .Single(each => (string?)each!["indicator"] == "stock-offers")!;
        Assert.Equal(1, (double)stocks["value"]!["value"]!);

        async Task<string?> State(string indicator) =>
            (string?)
                (await Get("/api/v1/index/KE"))["country"]!["indicators"]!
                    .AsArray()
                    .Single(each => (string?)each!["indicator"] == indicator)!["state"];
    }

    [Fact]
    public async Task A_file_that_is_set_aside_counts_no_more()
    {
        string file = await Take(Csv("KE", 0.5), Marking.Public);
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        await Done(
            analyst.Do(
                "indicator-files",
                file,
                "set-indicator-file-aside",
                new { Reason = "the source withdrew it" }
            )
        );
        Assert.Empty((await Index()).AsArray());
        Assert.Contains("No values are on record", await Text("/index"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_usable_value_is_refused_with_the_line_at_fault()
    {
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        string sha256 = await Keep(
            analyst,
            "country,indicator,value,date,source,licence,origin\nKE,latancy,4,2026-01-01,s,l,measured\n"
        );
        Answered refused = await analyst.Start(
            "indicator-files",
            new
            {
                Sha256 = sha256,
                Name = "values.csv",
                Marking = Marking.Public,
            }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("line 2", refused.Text, StringComparison.Ordinal);
        Assert.Contains("latency", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_analyst_hands_values_in_on_the_page_and_reads_which_rows_were_left_out()
    {
        using var visitor = new Visitor(_site.Address);
        using HttpResponseMessage made = await visitor.Register(
            ApiSite.PersonOf(Role.Analyst, "measurers")
        );
        string form = await visitor.Read("/index?lang=en");
        Assert.DoesNotContain("<script", form, StringComparison.Ordinal);
        (string, string)[] fields = [.. ResponsePagesSite.Hidden(form), ("marking", "public")];
        string csv =
            Csv("KE", 0.5)
            + "XX,latency,4,,,2026-02-20,s,l,measured\nKE,latency,?,,,,s,l,measured\n";
        using HttpResponseMessage sent = await Upload.Send(
            visitor,
            "/index",
            "kenya.csv",
            csv,
            fields
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        string page = await visitor.Read(sent.Headers.Location!.OriginalString);
        Assert.Contains("role=\"status\"", page, StringComparison.Ordinal);
        Assert.Contains("line <bdi>36</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("line <bdi>37</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("Write its two letters of ISO 3166-1", page, StringComparison.Ordinal);
        Assert.Contains("/index/KE", page, StringComparison.Ordinal);
        Assert.Equal("KE", (string?)(await Index()).AsArray().Single()!["country"]);

        // The same file again leads to the same page, and counts once.
        using HttpResponseMessage again = await Upload.Send(
            visitor,
            "/index",
            "kenya.csv",
            csv,
            fields
        );
        Assert.Equal(
            sent.Headers.Location!.OriginalString.Split('?')[0],
            again.Headers.Location!.OriginalString.Split('?')[0]
        );
        Assert.DoesNotContain(
            "done=",
            again.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );

        // Of a file without a single value the page says so, and nothing is kept.
        using HttpResponseMessage none = await Upload.Send(
            visitor,
            "/index",
            "none.csv",
            "country,indicator,value,date,source,licence,origin\nKE,latancy,4,2026-02-20,s,l,measured\n",
            fields
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        string said = await none.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("role=\"alert\"", said, StringComparison.Ordinal);
        Assert.Contains("line <bdi>2</bdi>", said, StringComparison.Ordinal);
        Assert.Contains("latency", said, StringComparison.Ordinal);

        // A form that this site did not make does nothing.
        using HttpResponseMessage forged = await Upload.Send(
            visitor,
            "/index",
            "uganda.csv",
            Csv("UG", 0.5),
            ("marking", "public")
        );
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Single((await Index()).AsArray());
    }

    [Fact]
    public async Task Who_may_not_hand_values_in_finds_no_form_and_is_told_why()
    {
        foreach (
            (string language, string said) in ((string, string)[])
                [
                    ("en", "Hand in values: sign in first"),
                    ("fr", "Remettre des valeurs"),
                    ("ar", "تسليم قيم"),
                ]
        )
        {
            string page = await Text($"/index?lang={language}");
            Assert.Contains(said, page, StringComparison.Ordinal);
            Assert.DoesNotContain("type=\"file\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_day_before_shows_what_was_known_then_and_what_changed_since()
    {
        await Take(
            Csv("KE", 0.2, "2026-01-10") + Csv("KE", 0.8, "2026-02-20", hasHeader: false),
            Marking.Public
        );
        double then = (double)
            (await Get("/api/v1/index?as-of=2026-02-01"))["countries"]![0]!["score"]!;
        double now = (double)(await Index())[0]!["score"]!;
        Assert.True(now > then + 20);
        string page = await Text("/index/KE?since=2026-02-01&lang=en");
        Assert.Contains("Changed from", page, StringComparison.Ordinal);
        Assert.Contains("The ranges do not overlap", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask("/index?since=2026-13-01")).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await Ask("/api/v1/index?as-of=tomorrow")).StatusCode
        );
    }

    [Fact]
    public async Task The_table_has_a_header_a_row_of_tags_and_a_row_for_each_indicator()
    {
        await Take(Csv("KE", 0.5, except: "latency"), Marking.Public);
        string[] lines = (await Text("/index.csv")).Split("\r\n");
        Assert.StartsWith(
            "\"country\",\"pillar\",\"indicator\"",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith("\"#country+code\",\"#indicator", lines[1], StringComparison.Ordinal);
        Assert.Equal(2 + SetAtHand.Set.Indicators.Count() + 1, lines.Length);
        Assert.Contains(
            lines,
            line =>
                line.StartsWith(
                    "\"KE\",\"performance\",\"latency\",\"missing\",,,,",
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>Every indicator at a share of its way from the worst to the best.</summary>
    internal static string Csv(
        string country,
        double share,
        string date = "2026-02-20",
        string? except = null,
        bool hasHeader = true
    )
    {
        var csv = new StringBuilder(
            hasHeader ? "country,indicator,value,low,high,date,source,licence,origin\n" : ""
        );
        foreach (
            Indicator one in SetAtHand.Set.Indicators.Where(one =>
                except is null || !one.Id.StartsWith(except, StringComparison.Ordinal)
            )
        )
        {
            double way = one.Better == Better.Higher ? share : 1 - share;
            double value = one.Floor + ((one.Ceiling - one.Floor) * way);
            value = one.Unit is IndicatorUnit.Count or IndicatorUnit.YesNo
                ? Math.Round(value, MidpointRounding.AwayFromZero)
                : value;
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{country},{one.Id},{value},{value},{value},{date},made up for a test,CC0,modelled\n"
            );
        }

        return csv.ToString();
    }

    /// <returns>Id of the file.</returns>
    private async Task<string> Take(string csv, Marking marking)
    {
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        string sha256 = await Keep(analyst, csv);
        Answered taken = await analyst.Start(
            "indicator-files",
            new
            {
                Sha256 = sha256,
                Name = "values.csv",
                Marking = marking,
            }
        );
        Assert.True(taken.Status == HttpStatusCode.Created, taken.Text);
        return taken.Id;
    }

    private static async Task<string> Keep(ApiClient analyst, string csv)
    {
        using var octets = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        octets.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage kept = await analyst.Http.PostAsync(
            "/api/v1/evidence",
            octets,
            Cancel
        );
        return (string)JsonNode.Parse(await kept.Content.ReadAsStringAsync(Cancel))!["sha256"]!;
    }

    private static async Task Done(Task<Answered> act)
    {
        Answered answered = await act;
        Assert.True((int)answered.Status < 300, answered.Text);
    }

    private async Task<JsonNode> Index() => (await Get("/api/v1/index"))["countries"]!;

    private async Task<JsonNode> Get(string path) => JsonNode.Parse(await Text(path))!;

    private async Task<string> Text(string path)
    {
        using HttpResponseMessage answer = await Ask(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private Task<HttpResponseMessage> Ask(string path) =>
        _site.Stranger.GetAsync(new Uri(path, UriKind.Relative), Cancel);
}
