using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Orders;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Dossiers and orders on a running node: by API and on pages, as far as each may see them.</summary>
public sealed class DossierRoutesTests : IAsyncLifetime
{
    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);
    private ApiSite _site = null!;
    private ApiClient _analyst = null!;
    private string _dossier = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.Start();
        _analyst = await _site.As(Role.Analyst, "measurers");
        await Recording.Append(
            _site.Records,
            "detections/disruption-1",
            [
                ProductRecorded
                    .Of(
                        "disruption-1",
                        "disruption",
                        Made.Disruption(
                            "disruption-1",
                            Place.OfCountry("SD"),
                            _site.Clock.Now - Duration.FromHours(5)
                        ),
                        []
                    )
                    .ToDraft(Marking.Public, "detector", []),
            ],
            Cancel
        );
        Answered opened = await _analyst.Start(
            "dossiers",
            new
            {
                Name = "The cut of March",
                Purpose = "what is known of it",
                DisruptionId = "disruption-1",
                Marking = Marking.Public,
            }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        _dossier = opened.Id;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_item_is_seen_by_those_alone_for_whom_it_is_marked_with_all_that_happened_to_it()
    {
        await Collected("a public notice", Marking.Public);
        await Collected("CANARYitem a closed one", _community);
        await Do("verify-item", Verified("item-2", "CANARYreason"));
        await Do("support-fact", Supported("item-2"));

        Answered near = await _analyst.Get($"dossiers/{_dossier}");
        Assert.Equal(2, near.State["items"]!.AsArray().Count);
        foreach (string path in new[] { "", "/history", "/facts" })
        {
            Answered far = await _site.Public.Get($"dossiers/{_dossier}{path}");
            Assert.Equal(HttpStatusCode.OK, far.Status);
            Assert.DoesNotContain("CANARY", far.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("item-2", far.Text, StringComparison.Ordinal);
        }

        JsonNode facts = (await _analyst.Get($"dossiers/{_dossier}/facts")).Body!;
        Assert.Equal("true", facts["supported"]![0]!["value"]!.GetValue<string>());
        Assert.Equal(
            ["ev.provenance", "ev.integrity", "ev.chain_of_custody"],
            facts["items"]![0]!["facts"]!
                .AsArray()
                .Select(fact => fact!["fact"]!.GetValue<string>())
        );
        string page = await _site.Stranger.GetStringAsync($"/dossiers/{_dossier}", Cancel);
        Assert.Contains("ev.integrity", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", page, StringComparison.Ordinal);
        Assert.Contains(
            "dir=\"rtl\"",
            await _site.Stranger.GetStringAsync($"/dossiers/{_dossier}?lang=ar", Cancel),
            StringComparison.Ordinal
        );
        Assert.True((await _site.Records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task What_is_more_closely_held_is_acted_on_by_its_holder_alone_and_nobody_else_learns_of_it()
    {
        await Collected(
            "for us alone",
            new Marking(Distribution.Community, Tlp.AmberStrict) { Organisation = "measurers" }
        );
        ApiClient other = await _site.As(Role.Analyst, "families");
        Answered there = await other.Do(
            "dossiers",
            _dossier,
            "verify-item",
            Verified("item-1", "we looked")
        );
        Answered nowhere = await other.Do(
            "dossiers",
            _dossier,
            "verify-item",
            Verified("item-9", "we looked")
        );
        Assert.Equal(
            (nowhere.Status, nowhere.Body!["detail"]!.GetValue<string>()),
            (there.Status, there.Body!["detail"]!.GetValue<string>())
        );
        await Do("verify-item", Verified("item-1", "we looked"));
    }

    [Fact]
    public async Task Custody_moves_when_the_other_organisation_accepts_and_no_sooner()
    {
        await Collected("a public notice", Marking.Public);
        object offer = new
        {
            ItemId = "item-1",
            To = "university",
            ToRole = Role.LegalAnalyst,
            Reason = "for the clinic",
        };
        Answered offered = await Do("offer-custody", offer);
        Assert.Equal("measurers", Holder(offered));
        Assert.Contains(
            "stays where it is",
            await _site.Stranger.GetStringAsync($"/dossiers/{_dossier}", Cancel),
            StringComparison.Ordinal
        );
        object accept = new { ItemId = "item-1", Reason = "taken" };
        Answered early = await (await _site.As(Role.Analyst, "families")).Do(
            "dossiers",
            _dossier,
            "accept-custody",
            accept
        );
        Assert.Equal(HttpStatusCode.Forbidden, early.Status);
        Answered taken = await (await _site.As(Role.LegalAnalyst, "university")).Do(
            "dossiers",
            _dossier,
            "accept-custody",
            accept
        );
        Assert.Equal("university", Holder(taken));
        Answered late = await _analyst.Do(
            "dossiers",
            _dossier,
            "withdraw-item",
            new { ItemId = "item-1", Reason = "ours" }
        );
        Assert.Equal(HttpStatusCode.Forbidden, late.Status);
    }

    [Fact]
    public async Task Octets_are_named_by_both_hashes_and_those_held_elsewhere_are_unknown_until_they_are_seen()
    {
        JsonNode kept = await Kept("somebody else’s octets");
        Answered byOne = await Collect(kept["sha256"]!.GetValue<string>(), null, Marking.Public);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, byOne.Status);

        string sha256 = new('0', 64);
        Answered elsewhere = await Collect(sha256, null, Marking.Public);
        Assert.Equal(HttpStatusCode.OK, elsewhere.Status);
        JsonNode facts = (await _analyst.Get($"dossiers/{_dossier}/facts")).Body!;
        Assert.Equal("unknown", facts["items"]![0]!["facts"]![1]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_withdrawn_item_leaves_its_facts_unknown_and_stays_listed()
    {
        await Collected("a public notice", Marking.Public);
        await Do("support-fact", Supported("item-1"));
        Answered gone = await Do("withdraw-item", new { ItemId = "item-1", Reason = "forged" });
        Assert.Equal(
            "forged",
            gone.State["items"]![0]!["withdrawn"]!["reason"]!.GetValue<string>()
        );
        JsonNode facts = (await _analyst.Get($"dossiers/{_dossier}/facts")).Body!;
        Assert.Equal("unknown", facts["supported"]![0]!["value"]!.GetValue<string>());
        Assert.Empty(facts["supported"]![0]!["supports"]!.AsArray());
    }

    [Fact]
    public async Task What_a_dossier_is_on_must_be_on_record_and_it_is_on_one_thing()
    {
        foreach (
            object body in new object[]
            {
                new
                {
                    Name = "n",
                    Purpose = "p",
                    DisruptionId = "disruption-9",
                    Marking = Marking.Public,
                },
                new
                {
                    Name = "n",
                    Purpose = "p",
                    Marking = Marking.Public,
                },
            }
        )
        {
            Answered refused = await _analyst.Start("dossiers", body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        }
    }

    [Fact]
    public async Task An_order_is_registered_contested_and_proposes_its_facts()
    {
        Answered made = await _analyst.Start(
            "shutdown-orders",
            new
            {
                Name = "A cut during examinations",
                Place = Place.OfCountry("SD"),
                Account = Account(),
                Disruptions = (string[])["disruption-1"],
                Marking = Marking.Public,
            }
        );
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        Assert.Equal("alleged", made.Standing);
        object denied = new
        {
            Status = OrderStatus.Denied,
            Source = "the ministry",
            Confidence = 0.5,
        };
        await _analyst.Do("shutdown-orders", made.Id, "record-order-status", denied);
        Answered confirmed = await _analyst.Do(
            "shutdown-orders",
            made.Id,
            "record-order-status",
            new
            {
                Status = OrderStatus.Confirmed,
                Source = "the gazette",
                Confidence = 0.9,
            }
        );
        Assert.Equal("contradictory", confirmed.Standing);
        JsonNode facts = (await _site.Public.Get($"shutdown-orders/{made.Id}/facts")).Body!;
        Assert.All(
            facts["proposed"]!.AsArray(),
            fact => Assert.True(fact!["isContested"]!.GetValue<bool>())
        );
        foreach (string language in new[] { "en", "fr", "ar" })
        {
            string page = await _site.Stranger.GetStringAsync(
                $"/shutdown-orders/{made.Id}?lang={language}",
                Cancel
            );
            Assert.Contains("m.order_written", page, StringComparison.Ordinal);
        }
    }

    private static OrderAccount Account() =>
        new(
            "the gazette",
            OrderKnown.Published,
            new Confidence(0.9),
            "the ministry",
            ["an act, section 5"],
            null,
            null,
            null,
            null,
            [],
            [],
            [],
            "examinations",
            null,
            [],
            [],
            null,
            null,
            "https://example.org/gazette",
            null,
            null
        );

    private static object Verified(string item, string reason) =>
        new
        {
            ItemId = item,
            Analysis = Analysis.Content,
            Result = VerificationResult.Doubts,
            As = Role.Analyst,
            Reason = reason,
        };

    private static object Supported(string item) =>
        new
        {
            ItemId = item,
            Fact = "m.blanket",
            Value = true,
            Confidence = 0.8,
            As = Role.Analyst,
            Reason = "read there",
        };

    private static string Holder(Answered answered) =>
        answered.State["items"]![0]!["holder"]!["organisation"]!.GetValue<string>();

    private async Task<Answered> Do(string command, object body)
    {
        Answered done = await _analyst.Do("dossiers", _dossier, command, body);
        Assert.True(done.Status == HttpStatusCode.OK, done.Text);
        return done;
    }

    private async Task Collected(string text, Marking marking)
    {
        JsonNode kept = await Kept(text);
        Answered done = await Collect(
            kept["sha256"]!.GetValue<string>(),
            kept["sha512"]!.GetValue<string>(),
            marking
        );
        Assert.True(done.Status == HttpStatusCode.OK, done.Text);
    }

    private Task<Answered> Collect(string sha256, string? sha512, Marking marking) =>
        _analyst.Do(
            "dossiers",
            _dossier,
            "collect-item",
            new
            {
                Name = "notice.txt",
                MediaType = "text/plain",
                Sha256 = sha256,
                Sha512 = sha512,
                Url = "https://example.org/notice",
                Capture = new
                {
                    At = _site.Clock.Now,
                    Method = CaptureMethod.Download,
                    Operator = "capturer-1",
                },
                As = Role.Analyst,
                Reason = "it announces the cut",
                Marking = marking,
            }
        );

    private async Task<JsonNode> Kept(string text)
    {
        using var octets = new StringContent(text);
        octets.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage answer = await _analyst.Http.PostAsync(
            "/api/v1/evidence",
            octets,
            Cancel
        );
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }
}
