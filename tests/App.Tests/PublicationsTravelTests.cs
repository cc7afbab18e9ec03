using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.App.Exchange;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger.Exchange;
using Xunit;
using static Breakwater.App.Tests.PublishingSite;

namespace Breakwater.App.Tests;

/// <summary>What was released goes to a peer with its files, is believed by their hash, and is gone there once it was taken back.</summary>
public sealed class PublicationsTravelTests : IAsyncLifetime
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
    public async Task A_peer_shows_to_everybody_the_octets_that_were_released_elsewhere()
    {
        string id = await _made.Released();
        string[] hashes = Hashes((await _made.State(id)).State);
        Assert.Equal(3, hashes.Length);
        Imported arrived = await Take(await Export($"publication/{id}"));
        Assert.Empty(arrived.Faults);
        Assert.Equal(hashes.Length, arrived.Files);
        string page = await At(_peer, $"/publications/{id}?lang=en");
        Assert.Contains("Another node released this", page, StringComparison.Ordinal);
        foreach (
            JsonNode? document in (await _peer.Public.Get($"publications/{id}")).State[
                "documents"
            ]!.AsArray()
        )
        {
            string path = $"/api/v1/publications/{id}/document?lang={document!["language"]}";
            Assert.Contains(path, page, StringComparison.Ordinal);
            Assert.Equal(document["html"]!.GetValue<string>(), Sha(await At(_peer, path)));
        }

        // It is no publication of the peer's own: it stands in none of its feeds.
        Assert.DoesNotContain(id, await At(_peer, "/published.rss"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "/reports/pub-",
            page[..page.IndexOf("id=\"acts\"", StringComparison.Ordinal)],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_table_for_machines_is_read_on_the_peer_by_the_name_that_it_had()
    {
        string id = Done(
            await (await _made.Publisher("relief")).Start(
                "publications",
                new
                {
                    _made.Response,
                    Form = PublicationForm.FourW,
                    HarmNote = "nobody is named",
                }
            )
        ).Id;
        Done(await _made.Approve(id));
        Done(await _made.Release(id));
        Assert.Empty((await Take(await Export($"publication/{id}"))).Faults);
        foreach (
            JsonNode? file in (await _peer.Public.Get($"publications/{id}")).State[
                "files"
            ]!.AsArray()
        )
        {
            Assert.Equal(
                file!["sha256"]!.GetValue<string>(),
                Sha(await At(_peer, $"/api/v1/publications/{id}/files/{file["name"]}"))
            );
            Assert.Contains(
                $"/api/v1/publications/{id}/files/{file["name"]}",
                await At(_peer, $"/publications/{id}?lang=en"),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_draft_travels_without_its_files()
    {
        string id = await _made.Prepared();
        Exported exported = await Export($"publication/{id}");
        Assert.Equal(0, exported.Files);
        Imported arrived = await Take(exported);
        Assert.Equal(0, arrived.Files);
        foreach (string sha256 in Hashes((await _made.State(id)).State))
        {
            Assert.Null(await _peer.Records.Evidence(sha256));
        }
    }

    [Fact]
    public async Task INV_14_A_retraction_takes_the_octets_off_the_peer_before_it_gives_its_receipt()
    {
        string id = await _made.Released();
        await Take(await Export($"publication/{id}"));
        string[] hashes = Hashes((await _made.State(id)).State);
        Done(await _made.Withdraw(id));
        Assert.NotNull(await _peer.Records.Evidence(hashes[0]));
        Imported arrived = await Take(await Export($"response/{_made.Response}"));
        Assert.Empty(arrived.Faults);
        Assert.Equal(0, arrived.Files);
        foreach (string sha256 in hashes)
        {
            Assert.Null(await _peer.Records.Evidence(sha256));
        }

        string receipt =
            $"retraction-receipt/{RetractionReceipt.IdOf(id, _peer.Records.Node.Name)}";
        Assert.NotNull(await _peer.Records.Document(receipt));
        Assert.Equal(
            HttpStatusCode.Gone,
            (
                await _peer.Stranger.GetAsync(
                    new Uri($"/api/v1/publications/{id}/document", UriKind.Relative),
                    Cancel
                )
            ).StatusCode
        );
        Assert.Contains(
            "took it back",
            await At(_peer, $"/publications/{id}?lang=en"),
            StringComparison.Ordinal
        );
        // The ledger is whole without them, and says what they were.
        Assert.Equal(0, (await _peer.Records.Verify(Cancel)).DamageCount);
        // Whoever released it keeps what it was: two people answer for it.
        Assert.NotNull(await _made.Site.Records.Evidence(hashes[0]));
    }

    [Fact]
    public async Task An_older_bundle_that_comes_after_the_retraction_brings_nothing_back()
    {
        string id = await _made.Released();
        byte[] old = (await Export($"publication/{id}")).File!;
        Done(await _made.Withdraw(id));
        await Take(await Export($"publication/{id}"));
        Imported late = await TwoNodes.Import(_peer, old);
        Assert.Equal(0, late.Files);
        Assert.Contains(
            late.Faults,
            fault => fault.Reason.Contains("was not kept", StringComparison.Ordinal)
        );
        foreach (string sha256 in Hashes((await _made.State(id)).State))
        {
            Assert.Null(await _peer.Records.Evidence(sha256));
        }
    }

    [Fact]
    public async Task Octets_that_something_else_on_the_peer_names_stay_there()
    {
        string id = await _made.Released();
        await Take(await Export($"publication/{id}"));
        string sha256 = Hashes((await _made.State(id)).State)[0];
        Answered taken = await (await _peer.As(Vocabulary.Role.Analyst, "measurers")).Start(
            "imported-lists",
            new
            {
                List = "pulse-events",
                Sha256 = await _peer.Records.Keep(
                    Encoding.UTF8.GetBytes($"start_date,country\n2026-01-01,SD\n"),
                    Cancel
                ),
                Name = "a.csv",
                // Words that name it are enough: somebody here works with it.
                Source = $"copied beside {sha256}",
                Licence = "unknown",
                Marking = Vocabulary.Marking.Public,
            }
        );
        Done(taken);
        Done(await _made.Withdraw(id));
        await Take(await Export($"publication/{id}"));
        Assert.NotNull(await _peer.Records.Evidence(sha256));
    }

    [Fact]
    public async Task Octets_that_no_publication_of_the_bundle_names_are_not_kept()
    {
        string id = await _made.Released();
        Exported exported = await Export($"publication/{id}");
        byte[] strange = "not what was released"u8.ToArray();
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(strange));
        byte[] bundle =
        [
            .. exported.File!,
            .. Bundle.Write(new CarriedOctets(sha256, strange)).SelectMany(line => line),
        ];
        Imported arrived = await TwoNodes.Import(_peer, bundle);
        Assert.Equal(exported.Files, arrived.Files);
        Assert.Null(await _peer.Records.Evidence(sha256));
        Assert.Contains(
            arrived.Faults,
            fault => fault.Reason.Contains(sha256, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_peer_that_never_answers_is_never_said_to_have_removed_anything()
    {
        string id = await _made.Released();
        await Take(await Export($"publication/{id}"));
        Done(await _made.Withdraw(id));
        // Made for it, and lost on the way.
        await Export($"publication/{id}");
        await _made.Site.Pass(NodaTime.Duration.FromDays(5));
        ApiClient publisher = await _made.Publisher("relief");
        JsonNode recipient = Assert.Single(
            (await publisher.Get($"publications/{id}/recipients")).Body!["items"]!.AsArray()
        )!;
        Assert.Equal("unconfirmed", recipient["retraction"]!.GetValue<string>());
        Assert.Null(recipient["reachedAt"]);
        Assert.Contains(
            "unconfirmed, for",
            await _made.Text($"/publications/{id}?lang=en", publisher.Http),
            StringComparison.Ordinal
        );
    }

    private static string[] Hashes(JsonNode state) =>
        [
            .. state["documents"]!
                .AsArray()
                .Select(document => document!["html"]!.GetValue<string>())
                .Concat(
                    (state["files"]?.AsArray() ?? []).Select(file =>
                        file!["sha256"]!.GetValue<string>()
                    )
                )
                .Distinct(),
        ];

    private async Task<Exported> Export(string subject)
    {
        Peer peer = (await Peers.Of(_made.Site.Records, Cancel))[_peer.Records.Node.Name];
        (Exported? exported, _) = await Exporting.Do(
            _made.Site.Records,
            [subject],
            peer,
            _made.Site.Clock.Now,
            Cancel
        );
        return exported!;
    }

    private Task<Imported> Take(Exported exported) => TwoNodes.Import(_peer, exported.File!);

    private static async Task<string> At(ApiSite site, string path) =>
        await site.Stranger.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);

    private static string Sha(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
