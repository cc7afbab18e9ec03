using System.Net;
using System.Text.Json.Nodes;
using Breakwater.App.Exchange;
using Breakwater.Decisions.Publishing;
using NodaTime;
using Xunit;
using static Breakwater.App.Tests.PublishingSite;

namespace Breakwater.App.Tests;

/// <summary>A retraction goes as far as the original did, and nothing counts as reached without a receipt.</summary>
public sealed class RetractionTests : IAsyncLifetime
{
    private PublishingSite _made = null!;
    private ApiSite _peer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _made = await PublishingSite.Start();
        _peer = await ApiSite.Start();
        Assert.Null(await Peers.Trust(_made.Site.Records, _peer.Records.Node, "relief", Cancel));
        Assert.Null(await Peers.Trust(_peer.Records, _made.Site.Records.Node, "relief", Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _made.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task INV_14_a_recipient_is_reached_once_its_receipt_came_back_and_not_before()
    {
        string id = await _made.Released();
        Assert.Empty(await Recipients(id));
        await Carry(_made.Site, _peer, $"publication/{id}");
        JsonNode sent = Assert.Single(await Recipients(id))!;
        Assert.Null(sent["retraction"]);
        Done(await _made.Withdraw(id));
        Assert.Equal("unconfirmed", Retraction(await Recipients(id)));

        // It goes with whatever is sent next, though nobody named it.
        Imported arrived = await Carry(_made.Site, _peer, $"response/{_made.Response}");
        Assert.Contains(arrived.Subjects, each => each.Subject == $"publication/{id}");
        Assert.Contains(
            "withdrawal",
            (await _peer.Records.Document($"publication/{id}"))!.Standing,
            StringComparison.Ordinal
        );
        Assert.Equal("unconfirmed", Retraction(await Recipients(id)));

        string receipt =
            $"retraction-receipt/{RetractionReceipt.IdOf(id, _peer.Records.Node.Name)}";
        Assert.NotNull(await _peer.Records.Document(receipt));
        await Carry(_peer, _made.Site, receipt);
        Assert.Equal("reached", Retraction(await Recipients(id)));
    }

    [Fact]
    public async Task INV_14_a_peer_that_never_answers_stays_unconfirmed_and_the_page_says_since_when()
    {
        string id = await _made.Released();
        await Carry(_made.Site, _peer, $"publication/{id}");
        Done(await _made.Withdraw(id));
        await _made.Site.Pass(Duration.FromDays(3));
        Assert.Equal("unconfirmed", Retraction(await Recipients(id)));
        ApiClient publisher = await _made.Publisher("relief");
        using HttpResponseMessage answer = await publisher.Http.GetAsync(
            new Uri($"/publications/{id}?lang=en", UriKind.Relative),
            Cancel
        );
        string page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("unconfirmed, for", page, StringComparison.Ordinal);
        Assert.Contains("72", page, StringComparison.Ordinal);
        // Nor is it forgotten when the peer is trusted no longer.
        Assert.Equal(
            _peer.Records.Node.Name,
            Assert.Single(await App.Publishing.Recipients.Of(_made.Site.Records, id, Cancel)).Node
        );
    }

    [Fact]
    public async Task Whom_a_publication_went_to_is_not_for_the_public()
    {
        string id = await _made.Released();
        await Carry(_made.Site, _peer, $"publication/{id}");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _made.Site.Public.Get($"publications/{id}/recipients")).Status
        );
        Assert.DoesNotContain(
            _peer.Records.Node.Name,
            await _made.Text($"/publications/{id}"),
            StringComparison.Ordinal
        );
    }

    private static string Retraction(JsonArray recipients) =>
        Assert.Single(recipients)!["retraction"]!.GetValue<string>();

    private async Task<JsonArray> Recipients(string id) =>
        (await (await _made.Publisher("relief")).Get($"publications/{id}/recipients")).Body![
            "items"
        ]!.AsArray();

    private static async Task<Imported> Carry(ApiSite from, ApiSite to, string subject)
    {
        Peer peer = (await Peers.Of(from.Records, Cancel))[to.Records.Node.Name];
        (Exported? exported, _) = await Exporting.Do(
            from.Records,
            [subject],
            peer,
            from.Clock.Now,
            Cancel
        );
        return await TwoNodes.Import(to, exported!.File!);
    }
}
