using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.App.Sealing;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a report says in free words, and how to reach somebody, is for custodians only, and gone when it is taken back.</summary>
public sealed class CanaryReportTests
{
    private const string Words = "CANARYwords the cable lies beside the school";
    private const string Contact = "CANARYcontact 555 0134";
    private static readonly string _mail =
        $"Place: IR/Tehran\nState: down\nContact: {Contact}\n\n{Words}\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_words_and_contacts_are_kept_sealed_and_their_hash_is_not_kept()
    {
        await using ApiSite site = await ApiSite.Start();
        (JsonNode taken, string id, _) = await Send(site);
        Assert.Contains("kept sealed", taken["notes"]!.ToJsonString(), StringComparison.Ordinal);
        Dark(site);

        UnsealingRequest request = await Unsealing(site, id);
        Assert.Equal(
            [Contact, Words],
            request.Open(site.Shares).Opened.Select(field => field.Text)
        );
        Answered seen = await (await site.As(Role.Analyst, "measurers")).Get($"reports/{id}");
        Assert.DoesNotContain("CANARY", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"box\"", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_report_that_is_taken_back_its_words_are_gone_and_proofs_still_hold()
    {
        await using ApiSite site = await ApiSite.Start();
        (_, string id, string word) = await Send(site);
        WrappedKey key = Assert.Single(await site.Records.KeysOf($"report/{id}"));
        Answered wrong = await site.Public.Start(
            $"reports/{id}/retract",
            new { CodeWord = "not it" }
        );
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        Assert.Single(await site.Records.KeysOf($"report/{id}"));

        Answered back = await site.Public.Start($"reports/{id}/retract", new { CodeWord = word });
        Assert.Equal(HttpStatusCode.NoContent, back.Status);
        Assert.Empty(await site.Records.KeysOf($"report/{id}"));
        Assert.DoesNotContain(key.Box, CanaryFiles.Raw(site.Folder), StringComparison.Ordinal);
        Assert.All(
            (await Unsealing(site, id)).Open(site.Shares).Opened,
            field => Assert.Null(field.Text)
        );
        Assert.Empty((await site.Records.Verify(Cancel)).Damages);
        bool isRecorded = false;
        await foreach (Event entry in site.Records.EventsFrom(0, Cancel))
        {
            isRecorded |= entry.Envelope.Subject == $"key/{key.Id}";
            Assert.NotNull(await site.Records.Prove(entry.Envelope.Sequence, cancel: Cancel));
        }

        Assert.True(isRecorded);
    }

    [Fact]
    public async Task Without_custodians_nothing_that_can_name_people_is_kept_and_whoever_reports_is_told_so()
    {
        await using ApiSite site = await ApiSite.Start(hasCustody: false);
        (JsonNode taken, string id, string word) = await Send(site);
        Assert.Contains("were not kept", taken["notes"]!.ToJsonString(), StringComparison.Ordinal);
        Dark(site);
        Assert.Empty(await site.Records.KeysOf($"report/{id}"));
        Answered back = await site.Public.Start($"reports/{id}/retract", new { CodeWord = word });
        Assert.Equal(HttpStatusCode.NoContent, back.Status);
    }

    /// <summary>Neither the texts nor what would let somebody try them out.</summary>
    private static void Dark(ApiSite site)
    {
        string raw = CanaryFiles.Raw(site.Folder);
        Assert.DoesNotContain("CANARY", raw, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_mail))),
            raw,
            StringComparison.Ordinal
        );
    }

    /// <summary>As it lies in the store: approved by nobody, so it is approved here.</summary>
    private static async Task<UnsealingRequest> Unsealing(ApiSite site, string id)
    {
        Custody custody = (await CustodyOnRecord.Of(site.Records, Cancel))!;
        UnsealingRequest found = await UnsealingRequest.Of(
            site.Records,
            custody,
            $"report/{id}",
            Cancel
        );
        return found with
        {
            Approval = new UnsealingApproval(
                "a-1",
                found.Hash,
                "to ask back",
                new(ApiSite.PersonOf(Role.Custodian, "relief"), "relief"),
                new(ApiSite.PersonOf(Role.Custodian, "university"), "university")
            ),
        };
    }

    private static async Task<(JsonNode Taken, string Id, string Word)> Send(ApiSite site)
    {
        using var mail = new StringContent(_mail, Encoding.UTF8, "text/plain");
        using HttpResponseMessage answer = await site.Stranger.PostAsync(
            "/api/v1/reports/files",
            mail,
            Cancel
        );
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        JsonNode taken = JsonNode.Parse(text)!;
        JsonNode report = Assert.Single(taken["reports"]!.AsArray())!;
        return (taken, report["id"]!.GetValue<string>(), report["codeWord"]!.GetValue<string>());
    }
}
