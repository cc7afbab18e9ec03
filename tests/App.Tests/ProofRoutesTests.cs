using System.Net;
using System.Text;
using Breakwater.Decisions;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What somebody takes away from a node, and checks without it.</summary>
public sealed class ProofRoutesTests : IAsyncLifetime, IDisposable
{
    private readonly CommandLine _stranger = new();
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    public void Dispose() => _stranger.Dispose();

    [Fact]
    public async Task A_closed_decision_is_proven_to_somebody_who_has_no_store_and_names_no_person()
    {
        string decision = await Opened(Marking.Public);
        Assert.Equal(HttpStatusCode.NotFound, (await Octets(decision, "proof")).Status);
        await Close(decision);

        byte[] record = (await Octets(decision, "record")).Octets;
        byte[] proof = (await Octets(decision, "proof")).Octets;
        string[] check =
        [
            "verify",
            "--proof",
            _stranger.Write("decision.tlog-proof", proof),
            "--file",
            _stranger.Write("decision.json", record),
            "--key",
            _site.Records.Node.ToString(),
        ];
        CommandLineRun holds = _stranger.Run([.. check, "--json"]).Done();
        Assert.Equal(
            ["holds", "holds", "holds", "holds", "holds"],
            holds
                .Json.GetProperty("findings")
                .EnumerateArray()
                .Select(finding => finding.GetProperty("finding").GetString())
        );
        string told = Encoding.UTF8.GetString(record);
        Assert.Contains("too soon", told, StringComparison.Ordinal);
        foreach ((Role role, string organisation) in ApiSite.Seats())
        {
            string person = ApiSite.PersonOf(role, organisation);
            Assert.DoesNotContain(person, told, StringComparison.Ordinal);
            Assert.DoesNotContain(person, Encoding.UTF8.GetString(proof), StringComparison.Ordinal);
        }

        _stranger.Write(
            "decision.json",
            told.Replace("too soon", "not soon", StringComparison.Ordinal)
        );
        Assert.Contains(
            "FAILS    the document",
            _stranger.Run(check).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_page_of_a_decision_leads_to_its_proof_once_it_is_closed()
    {
        string decision = await Opened(Marking.Public);
        Assert.DoesNotContain("/proof", await Page(decision), StringComparison.Ordinal);
        await Close(decision);
        Assert.Contains(
            $"href=\"/api/v1/decisions/{decision}/proof?lang=en\"",
            await Page(decision),
            StringComparison.Ordinal
        );

        Task<string> Page(string id) =>
            _site.Stranger.GetStringAsync(new Uri($"/decisions/{id}", UriKind.Relative), Cancel);
    }

    [Fact]
    public async Task The_proof_of_a_decision_goes_to_whoever_may_read_the_decision_and_to_nobody_else()
    {
        string decision = await Opened(new Marking(Distribution.Community, Tlp.Green));
        await Close(decision);
        foreach (string what in (string[])["record", "proof"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Octets(decision, what)).Status);
            ApiClient member = await _site.As(Role.Analyst, "families");
            using HttpResponseMessage given = await member.Http.GetAsync(
                new Uri($"/api/v1/decisions/{decision}/{what}", UriKind.Relative),
                Cancel
            );
            Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        }
    }

    [Fact]
    public async Task Anybody_follows_the_ledger_by_its_tiles_and_gets_no_entry()
    {
        for (int i = 0; i < 3; i++)
        {
            await Opened(Marking.Public);
        }

        string note = await _site.Stranger.GetStringAsync(
            new Uri("/ledger/checkpoint", UriKind.Relative),
            Cancel
        );
        var checkpoint = Checkpoint.Open(note, _site.Records.Node);
        Assert.NotNull(checkpoint);
        TilesChecked found = TileCheck.Of(
            checkpoint,
            path =>
                Ledger(path).GetAwaiter().GetResult() is { } octets
                    ? octets
                    : (ReadOnlyMemory<byte>?)null
        );
        Assert.Equal(0, found.DamageCount);
        Assert.Equal((0, 1), (found.Entries, found.BundlesWithheld));
        Assert.True(found.Tiles > 0);
        foreach (
            string path in (string[])
                [
                    "tile/entries/000",
                    $"tile/entries/000.p/{checkpoint.Size}",
                    "tile/0/0",
                    "tile/0/x000/000",
                    "tile/00/000",
                    "tile/0/000.p/0",
                    "tile/0/000.p/256",
                    "tile/0/999",
                    "tile/9/000",
                    "tile/0/../../checkpoint2",
                ]
        )
        {
            Assert.Null(await Ledger(path));
        }
    }

    private async Task<byte[]?> Ledger(string path)
    {
        using HttpResponseMessage answer = await _site.Stranger.GetAsync(
            new Uri($"/ledger/{path}", UriKind.Relative),
            Cancel
        );
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsByteArrayAsync(Cancel)
            : null;
    }

    private async Task<(HttpStatusCode Status, byte[] Octets)> Octets(string decision, string what)
    {
        using HttpResponseMessage answer = await _site.Stranger.GetAsync(
            new Uri($"/api/v1/decisions/{decision}/{what}", UriKind.Relative),
            Cancel
        );
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    private async Task<string> Opened(Marking marking) =>
        (
            await (await _site.As(Role.Representative, "relief")).Start(
                "decisions",
                new
                {
                    Kind = DecisionKind.ScaleUp,
                    Question = "Shall more be done?",
                    Subject = "response/none",
                    QuorumClasses = 2,
                    Deadline = _site.Clock.Now + Duration.FromHours(48),
                    Marking = marking,
                }
            )
        ).Id;

    private async Task Close(string decision)
    {
        foreach (string organisation in (string[])["relief", "carrier", "families"])
        {
            Answered taken = await (await _site.As(Role.Representative, organisation)).Do(
                "decisions",
                decision,
                "take-position",
                organisation == "families"
                    ? new { Stand = Stand.Object, Reason = "too soon" }
                    : new { Stand = Stand.Support, Reason = "people are cut off" }
            );
            Assert.Equal(HttpStatusCode.OK, taken.Status);
        }

        ApiClient relief = await _site.As(Role.Representative, "relief");
        await relief.Do(
            "decisions",
            decision,
            "answer-objection",
            new { Stakeholder = "families", Text = "it was waited for long" }
        );
        Answered closed = await relief.Do("decisions", decision, "close");
        Assert.Equal("adopted", closed.Standing);
    }
}
