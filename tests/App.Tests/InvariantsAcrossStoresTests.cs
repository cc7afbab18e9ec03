using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What must hold of records that are read again later, or by somebody else. A peer is a second store.</summary>
public sealed class InvariantsAcrossStoresTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("Actual", 1)]
    [InlineData("Exercise", 0)]
    [InlineData("Test", 0)]
    [InlineData("Draft", 0)]
    public async Task INV_13_An_alert_that_is_no_actual_one_becomes_no_report(
        string status,
        int reports
    )
    {
        using var body = new StringContent(Alert(status), Encoding.UTF8);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/cap+xml");
        using HttpResponseMessage answer = await _site.Stranger.PostAsync(
            "/api/v1/reports/files",
            body,
            Cancel
        );
        string told = await answer.Content.ReadAsStringAsync(Cancel);
        await _site.Pass(Duration.FromMinutes(1));
        Assert.Equal(reports, (await _site.Records.AllOf("report")).Count);
        Assert.True(
            reports > 0 || told.Contains($"has the status {status}", StringComparison.Ordinal),
            told
        );
    }

    [Fact]
    public async Task INV_14_What_was_taken_back_is_news_and_reaches_a_peer_with_its_event_and_not_before()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        Answered report = await nodes.Here.Public.Start(
            "reports",
            new { Place = new Place { Country = "SD" }, State = "down" }
        );
        string subject = $"report/{report.Id}";
        Assert.Equal(Exchange.Outcome.Begun, (await nodes.Carry(nodes.Here, subject)).Outcome);
        long seen = await nodes.Here.Records.Count();
        Answered back = await nodes.Here.Public.Do(
            "reports",
            report.Id,
            "retract",
            null,
            new { CodeWord = report.Body!["codeWord"]!.GetValue<string>() }
        );
        Assert.Equal(HttpStatusCode.NoContent, back.Status);

        Document told = Assert.Single(
            await nodes.Here.Records.ChangedSince(seen, long.MaxValue, 10)
        );
        Assert.Equal((subject, "retracted"), (told.Subject, told.Standing));
        IRecords peer = nodes.There.Records;
        Assert.NotEqual("retracted", (await peer.Document(subject))!.Standing);
        Assert.Equal(Exchange.Outcome.Continued, (await nodes.Carry(nodes.Here, subject)).Outcome);
        Document kept = (await peer.Document(subject))!;
        Assert.Equal("retracted", kept.Standing);
        // The same but for who may see it: one hop on, the organisation that received it.
        JsonNode expected = JsonNode.Parse(told.Body.Span)!;
        expected["marking"] = JsonNode.Parse(
            """{"distribution":"community","tlp":"amber-strict","organisation":"relief"}"""
        );
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(kept.Body.Span)));
    }

    [Fact]
    public async Task INV_17_A_decision_is_replayed_as_of_every_moment_with_the_same_bytes()
    {
        ApiClient relief = await _site.As(Role.Representative, "relief");
        ApiClient families = await _site.As(Role.Representative, "families");
        string id = (
            await relief.Start(
                "decisions",
                new
                {
                    Kind = DecisionKind.ScaleUp,
                    Question = "Shall more be done?",
                    Subject = "response/none",
                    QuorumClasses = 2,
                    Deadline = _site.Clock.Now + Duration.FromHours(48),
                    Marking = Marking.Public,
                }
            )
        ).Id;
        string subject = $"decision/{id}";
        var known = new List<byte[]> { await Body(subject) };
        foreach (
            (ApiClient who, string command, object body) in (IEnumerable<(
                ApiClient,
                string,
                object
            )>)
                [
                    (relief, "take-position", new { Stand = Stand.Abstain, Reason = "not yet" }),
                    (relief, "take-position", new { Stand = Stand.Support, Reason = "now" }),
                    (families, "take-position", new { Stand = Stand.Support, Reason = "now" }),
                    (relief, "close", new { }),
                ]
        )
        {
            _site.Clock.Now += Duration.FromHours(1);
            Assert.Equal(HttpStatusCode.OK, (await who.Do("decisions", id, command, body)).Status);
            known.Add(await Body(subject));
        }

        await _site.Records.Rebuild(Cancel);
        Assert.Equal(known[^1], await Body(subject));
        Folding replay = Catalogue.Known.Fold(subject, null)!;
        var replayed = new List<byte[]>();
        await foreach (Event entry in _site.Records.EventsOf(subject, cancel: Cancel))
        {
            replay.Apply(entry);
            replayed.Add(replay.State().Body.ToArray());
        }

        Assert.Equal(known, replayed);
    }

    private async Task<byte[]> Body(string subject) =>
        (await _site.Records.Document(subject))!.Body.ToArray();

    private static string Alert(string status) =>
        $"""
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
              <identifier>a-1</identifier><sender>somebody</sender>
              <sent>2026-03-01T07:00:00+00:00</sent><status>{status}</status>
              <msgType>Alert</msgType><scope>Public</scope>
              <info>
                <language>en</language><category>Infra</category>
                <event>Internet outage</event><urgency>Immediate</urgency>
                <severity>Severe</severity><certainty>Observed</certainty>
                <area><areaDesc>Lyon</areaDesc><geocode><valueName>NUTS3</valueName><value>FRK26</value></geocode></area>
              </info>
            </alert>
            """;
}
