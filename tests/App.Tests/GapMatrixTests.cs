using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Who covers what for whom and when, from what is on record.</summary>
public sealed class GapMatrixTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_offer_stands_in_the_cells_that_it_covers_until_it_is_withdrawn()
    {
        await Offer("kits", Marking.Public);
        Assert.Equal(("covered", 1), await Cell("prepare", "private-sector", "residents"));
        Assert.Equal(("covered", 1), await Cell("mitigate", "private-sector", "residents"));
        Assert.Equal(("empty", 0), await Cell("recover", "private-sector", "residents"));
        Assert.Equal(("empty", 0), await Cell("mitigate", "academia", "residents"));
        ApiClient carrier = await _site.As(Role.Representative, "carrier");
        await Done(carrier.Do("offers", "kits", "withdraw-offer", new { Reason = "it was sold" }));
        Assert.Equal(("empty", 0), await Cell("mitigate", "private-sector", "residents"));
        JsonNode left = (await Matrix())["notCounted"]!.AsArray().Single()!;
        Assert.Equal(
            ("offer", "ended", "offer/kits"),
            ((string?)left["kind"], (string?)left["standing"], (string?)left["ids"]![0])
        );
    }

    [Fact]
    public async Task An_offer_past_its_last_day_covers_nothing_even_before_anybody_notices()
    {
        await Offer("kits", Marking.Public);
        _site.Clock.Now += Duration.FromDays(91);
        Assert.Equal(("empty", 0), await Cell("mitigate", "private-sector", "residents"));
    }

    [Fact]
    public async Task What_a_reader_may_not_see_is_neither_counted_nor_makes_a_cell_unknown()
    {
        string before = await Text("/gap-matrix.csv");
        await Offer("closed", new Marking(Distribution.Community, Tlp.Green));
        Assert.Equal(before, await Text("/gap-matrix.csv"));
        Assert.DoesNotContain(
            "closed",
            await Text("/gap-matrix/mitigate/private-sector/residents"),
            StringComparison.Ordinal
        );
        Assert.Equal(("covered", 1), await Cell("mitigate", "private-sector", "residents"));
    }

    [Fact]
    public async Task An_offer_whose_organisation_a_reader_may_not_see_is_of_no_known_class()
    {
        await Offer("kits", Marking.Public);
        JsonNode open = JsonNode.Parse(await Text("/api/v1/gap-matrix"))!;
        Assert.Equal(("unknown", 0), Cell(open, "mitigate", "private-sector", "residents"));
        Assert.Equal(("unknown", 0), Cell(open, "mitigate", "academia", "residents"));
        Assert.Equal(("empty", 0), Cell(open, "recover", "academia", "residents"));
    }

    [Fact]
    public async Task A_cell_leads_to_the_records_behind_each_number()
    {
        await Offer("kits", Marking.Public);
        string page = await Near("/gap-matrix?lang=en");
        Assert.Contains(
            "/gap-matrix/mitigate/private-sector/residents?lang=en",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("there may be more", page, StringComparison.Ordinal);
        string cell = await Near("/gap-matrix/mitigate/private-sector/residents?lang=en");
        Assert.Contains("/offers/kits?lang=en", cell, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Ask("/gap-matrix/mitigate/nobody/residents")).StatusCode
        );
    }

    [Fact]
    public async Task A_country_has_only_what_holds_there()
    {
        await Offer("kits", Marking.Public);
        Assert.Equal(
            ("covered", 1),
            Cell(await Matrix("?country=SD"), "mitigate", "private-sector", "residents")
        );
        JsonNode elsewhere = await Matrix("?country=KE");
        Assert.Equal(("empty", 0), Cell(elsewhere, "mitigate", "private-sector", "residents"));
        Assert.Equal(1, (int)elsewhere["elsewhere"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask("/gap-matrix?country=zz")).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await Ask("/api/v1/gap-matrix?country=zz")).StatusCode
        );
    }

    [Fact]
    public async Task INV_05_the_table_has_civilians_and_responders_in_columns_of_their_own()
    {
        await Offer("kits", Marking.Public);
        string[] lines = (await Near("/gap-matrix.csv")).Split("\r\n");
        Assert.Equal(2 + (5 * 7 * 4) + 1, lines.Length);
        Assert.StartsWith(
            "\"#country+code\",\"#activity+phase",
            lines[1],
            StringComparison.Ordinal
        );
        Assert.Contains(
            ",\"mitigate\",\"private-sector\",\"residents\",\"covered\",1,0,0,0,0,0,600,600,,,,,,",
            lines
        );
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            string page = await Text($"/gap-matrix?lang={language}");
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        }
    }

    /// <summary>Three units that serve 400 residents each, half of whom can use it, for ninety days from the start of a test.</summary>
    internal static object Offering(
        string id,
        string organisation,
        string country = "SD",
        Marking? marking = null
    ) =>
        new
        {
            Id = id,
            Terms = new Offer(
                id,
                organisation,
                "Satellite terminals",
                3,
                400,
                Service.Messaging,
                [PopulationGroup.Residents],
                [Place.OfCountry(country)],
                null,
                0.5,
                1_200,
                2,
                new TestClock().Now + Duration.FromDays(90),
                [],
                [],
                0.25,
                "a letter",
                Origin.Reported
            ),
            Earmarks = Array.Empty<Earmark>(),
            Expires = (Instant?)null,
            Marking = marking ?? Marking.Public,
        };

    private async Task Offer(string id, Marking marking)
    {
        ApiClient carrier = await _site.As(Role.Representative, "carrier");
        await Done(carrier.Start("offers", Offering(id, "carrier", "SD", marking)));
    }

    private async Task<(string?, int)> Cell(string phase, string actor, string group) =>
        Cell(await Matrix(), phase, actor, group);

    private static (string?, int) Cell(JsonNode matrix, string phase, string actor, string group)
    {
        JsonNode cell = matrix["cells"]!
            .AsArray()
            .Single(each =>
                (string?)each!["phase"] == phase
                && (string?)each["actor"] == actor
                && (string?)each["group"] == group
            )!;
        return ((string?)cell["state"], cell["offers"]!.AsArray().Count);
    }

    /// <summary>As somebody sees it who may know of what class organisations are.</summary>
    private async Task<JsonNode> Matrix(string query = "") =>
        JsonNode.Parse(await Near($"/api/v1/gap-matrix{query}"))!;

    private async Task<string> Near(string path) =>
        await (await _site.As(Role.Planner, "relief")).Http.GetStringAsync(
            new Uri(path, UriKind.Relative),
            Cancel
        );

    private static async Task Done(Task<Answered> act)
    {
        Answered answered = await act;
        Assert.True((int)answered.Status < 300, answered.Text);
    }

    private async Task<string> Text(string path)
    {
        using HttpResponseMessage answer = await Ask(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private Task<HttpResponseMessage> Ask(string path) =>
        _site.Stranger.GetAsync(new Uri(path, UriKind.Relative), Cancel);
}
