using System.Text.Json;
using Breakwater.App.Sealing;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class CustodyVerbTests : IDisposable
{
    private const string Canary = "crew canary-5d1e";
    private readonly CommandLine node = new();
    private readonly CommandLine custodians = new();

    private sealed record Asked(string Place, SealedField Crew, IReadOnlyList<SealedField> More);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        node.Dispose();
        custodians.Dispose();
    }

    [Fact]
    public async Task What_is_typed_is_sealed_on_entry_opened_by_two_custodians_and_gone_with_its_key()
    {
        string ceremony = Found();
        node.Run("custody", "use", Path.Combine(ceremony, "custody.json")).Done();
        string key = await Seal();
        Assert.DoesNotContain(Canary, RawStore(), StringComparison.Ordinal);

        string request = Path.Combine(node.Folder, "request.json");
        node.Run("custody", "request", "trial/m-1", "--out", request).Done();
        Assert.DoesNotContain(Canary, File.ReadAllText(request), StringComparison.Ordinal);
        string[] open = ["custody", "open", request, "--share", Share(ceremony, 3)];
        JsonElement opened = custodians
            .Run([.. open, "--share", Share(ceremony, 1), "--json"])
            .Done()
            .Json;
        Assert.Equal(
            [("crew", Canary), ("more/0", $"{Canary} too")],
            opened
                .GetProperty("fields")
                .EnumerateArray()
                .Select(field =>
                    (field.GetProperty("path").GetString(), field.GetProperty("text").GetString())
                )
        );
        custodians.Run(open).Refusal(3);
        custodians.Run([.. open, "--share", Share(ceremony, 3)]).Refusal(3);

        await Destroy(key);
        string later = Path.Combine(node.Folder, "later.json");
        node.Run("custody", "request", "trial/m-1", "--out", later).Done();
        string told = custodians
            .Run(
                "custody",
                "open",
                later,
                "--share",
                Share(ceremony, 1),
                "--share",
                Share(ceremony, 2)
            )
            .Done()
            .Output;
        Assert.DoesNotContain(Canary, told, StringComparison.Ordinal);
        Assert.Contains("its key was destroyed", told, StringComparison.Ordinal);
        node.Run("verify", "--rebuild").Done();
    }

    [Fact]
    public void A_node_without_custodians_takes_no_text_that_would_have_to_be_sealed()
    {
        using var sealing = new SealingOnEntry(null, "trial/m-1");
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<Asked>(
                $$"""{"place":"IR","crew":"{{Canary}}","more":[]}""",
                sealing.Reading
            )
        );
        Assert.Empty(sealing.Keys);
    }

    [Fact]
    public void A_second_custody_is_not_the_operators_to_set()
    {
        string custody = Path.Combine(Found(), "custody.json");
        node.Run("custody", "use", custody).Done();
        node.Run("custody", "use", custody).Refusal(3);
    }

    [Fact]
    public void A_custody_of_one_and_a_share_with_a_slip_of_the_pen_are_refused()
    {
        string alone = Path.Combine(custodians.Folder, "alone");
        custodians.Run("custody", "found", "--holder", "p-1", "--out", alone).Refusal(2);
        string forged = node.Write(
            "custody.json",
            """{"id":"custody-1","publicKey":"AAAA","threshold":1,"holders":["p-1"]}"""
        );
        node.Run("custody", "use", forged).Refusal(2);
        string slip = custodians.Write("share.txt", "custody-1/1/00/00");
        string request = custodians.Write("request.json", "{}");
        custodians.Run("custody", "open", request, "--share", slip).Refusal(2);
        string ceremony = Found();
        custodians
            .Run("custody", "open", request, "--share", Share(ceremony, 1), "--share", slip)
            .Refusal(2);
        custodians.Run("custody", "open", request, "--share", Share(ceremony, 1)).Refusal(2);
    }

    private string Found()
    {
        string ceremony = Path.Combine(custodians.Folder, "ceremony");
        custodians
            .Run(
                "custody",
                "found",
                "--holder",
                "p-1",
                "--holder",
                "p-2",
                "--holder",
                "p-3",
                "--out",
                ceremony
            )
            .Done();
        return ceremony;
    }

    private static string Share(string ceremony, int number) =>
        Path.Combine(ceremony, $"share-{number}.txt");

    /// <summary>As a door does it: the request is read, and only what came of it is stored.</summary>
    private async Task<string> Seal()
    {
        await using var records = SqliteRecords.Open(node.Data);
        Custody? custody = await CustodyOnRecord.Of(records, Cancel);
        using var sealing = new SealingOnEntry(custody, "trial/m-1");
        Asked asked = JsonSerializer.Deserialize<Asked>(
            $$"""{"place":"IR","crew":"{{Canary}}","more":["{{Canary}} too"]}""",
            sealing.Reading
        )!;
        Draft draft = Draft.Of("TrialNoted", asked, Marking.Sealed, "p-9");
        await records.Append(
            [new Write("trial/m-1", 0, [draft]) { Keys = sealing.Keys }],
            cancel: Cancel
        );
        return asked.Crew.Key;
    }

    private async Task Destroy(string key)
    {
        await using var records = SqliteRecords.Open(node.Data);
        var destroyed = new KeyDestroyed(
            key,
            "trial/m-1",
            "kept for long enough",
            "p-1",
            "p-2",
            Instant.FromUnixTimeSeconds(1)
        );
        await records.Append(
            destroyed.RecordedUnder,
            0,
            [destroyed.ToDraft(Marking.Sealed)],
            Cancel
        );
    }

    private string RawStore() =>
        string.Concat(
            Directory
                .GetFiles(node.Data)
                .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );
}
