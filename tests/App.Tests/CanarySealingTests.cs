using System.Net;
using System.Text.Json;
using Breakwater.App.Sealing;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Membership;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What is typed is sealed at the door, opened by two custodians away from the node, and gone with its key.</summary>
public sealed class CanarySealingTests : IAsyncLifetime
{
    private const string Canary = "CANARY-9e41 15.5527N 32.5599E";

    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_text_is_sealed_before_it_is_stored_and_two_custodians_open_it_away_from_the_node()
    {
        string subject = await Depot();
        Assert.DoesNotContain(Canary, CanaryFiles.Raw(_site.Folder), StringComparison.Ordinal);
        Answered read = await (await _site.As(Role.Planner, "relief")).Get(
            $"fuel-depots/{Id(subject)}"
        );
        Assert.Equal("{\"sealed\":true}", read.State["position"]!.ToJsonString());

        Answered file = await Unseal(subject);
        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.DoesNotContain(Canary, file.Text, StringComparison.Ordinal);
        UnsealingRequest request = JsonSerializer.Deserialize<UnsealingRequest>(
            file.Text,
            Json.Compact
        )!;
        Assert.Equal(Canary, Assert.Single(request.Open(_site.Shares).Opened).Text);
        Assert.NotNull(request.Open([_site.Shares[0]]).Refusal);
        Assert.NotNull(request.Open([_site.Shares[0], _site.Shares[0]]).Refusal);
    }

    [Fact]
    public async Task That_something_was_unsealed_is_on_record_and_what_it_says_is_not()
    {
        string subject = await Depot();
        await Unseal(subject);
        var events = new List<Event>();
        await foreach (Event entry in _site.Records.EventsFrom(0, Cancel))
        {
            events.Add(entry);
        }

        Event unsealed = Assert.Single(events, entry => entry.Envelope.Type == "Unsealed");
        Assert.Equal(
            ApiSite.PersonOf(Role.Custodian, "university"),
            unsealed.PayloadJson.GetProperty("second").GetString()
        );
        Assert.All(
            events,
            entry =>
                Assert.DoesNotContain(
                    Canary,
                    entry.PayloadJson.GetRawText(),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task One_custodian_alone_unseals_nothing_and_an_approval_holds_once_and_for_nothing_else()
    {
        string subject = await Depot();
        ApiClient custodian = await _site.As(Role.Custodian, "relief");
        (string approval, _) = await Proposed(custodian, subject, ApprovalAction.Unseal);
        Answered alone = await custodian.Start("unsealings", new { Approval = approval });
        Answered own = await custodian.Do(
            "approvals",
            approval,
            "approve",
            new { Hash = await HashOf(custodian, subject, ApprovalAction.Unseal) }
        );
        Answered none = await custodian.Start("unsealings", new { Approval = "none" });
        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.Forbidden, HttpStatusCode.NotFound),
            (alone.Status, own.Status, none.Status)
        );

        await Approved(approval, await HashOf(custodian, subject, ApprovalAction.Unseal));
        Answered other = await custodian.Start("key-destructions", new { Approval = approval });
        Answered first = await custodian.Start("unsealings", new { Approval = approval });
        Answered again = await custodian.Start("unsealings", new { Approval = approval });
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Conflict),
            (other.Status, first.Status, again.Status)
        );
    }

    [Fact]
    public async Task The_operator_and_everybody_else_unseal_nothing_whatever_was_approved()
    {
        string subject = await Depot();
        (string approval, string hash) = await Proposed(
            await _site.As(Role.Custodian, "relief"),
            subject,
            ApprovalAction.Unseal
        );
        await Approved(approval, hash);
        foreach (
            (Role role, string organisation) in new[]
            {
                (Role.Operator, "measurers"),
                (Role.Registrar, "relief"),
                (Role.Planner, "relief"),
            }
        )
        {
            ApiClient other = await _site.As(role, organisation);
            Answered answer = await other.Start("unsealings", new { Approval = approval });
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }
    }

    [Fact]
    public async Task What_was_approved_and_changed_since_is_void_and_opens_nothing()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        ApiClient custodian = await _site.As(Role.Custodian, "relief");
        Answered mission = await planner.Start("missions", CanaryPlanting.Mission(_site, Canary));
        Assert.True(mission.Status == HttpStatusCode.Created, mission.Text);
        string subject = $"mission/{mission.Id}";
        (string approval, string hash) = await Proposed(custodian, subject, ApprovalAction.Unseal);
        await Approved(approval, hash);
        Answered revised = await planner.Do(
            "missions",
            mission.Id,
            "revise-mission",
            new { CanaryPlanting.Mission(_site, $"{Canary} moved").Terms, Reason = "moved" }
        );
        Assert.True(revised.Status == HttpStatusCode.OK, revised.Text);

        Answered late = await custodian.Start("unsealings", new { Approval = approval });
        Answered after = await custodian.Get($"approvals/{approval}");
        Assert.Equal((HttpStatusCode.Conflict, "voided"), (late.Status, after.Standing));
    }

    [Fact]
    public async Task After_its_key_was_destroyed_nothing_opens_and_the_ledger_still_verifies()
    {
        string subject = await Depot();
        string other = await Depot();
        Answered before = await Unseal(subject);
        ApiClient custodian = await _site.As(Role.Custodian, "relief");
        (string approval, string hash) = await Proposed(custodian, subject, ApprovalAction.Keys);
        await Approved(approval, hash);
        Answered destroyed = await custodian.Start("key-destructions", new { Approval = approval });
        Assert.True(destroyed.Status == HttpStatusCode.OK, destroyed.Text);
        Assert.Equal(1, destroyed.Body!["destroyed"]!.GetValue<int>());

        Answered after = await Unseal(subject);
        UnsealingRequest request = JsonSerializer.Deserialize<UnsealingRequest>(
            after.Text,
            Json.Compact
        )!;
        Assert.Empty(request.Keys);
        Assert.Null(Assert.Single(request.Open(_site.Shares).Opened).Text);
        Assert.DoesNotContain(
            JsonSerializer.Deserialize<UnsealingRequest>(before.Text, Json.Compact)!.Keys[0].Box,
            CanaryFiles.Raw(_site.Folder),
            StringComparison.Ordinal
        );
        // Another subject's is untouched, every hash holds, and the erased event is still provable.
        Assert.Single(await _site.Records.KeysOf(other));
        Assert.Empty((await _site.Records.Verify(Cancel)).Damages);
        await foreach (Event entry in _site.Records.EventsOf(subject, cancel: Cancel))
        {
            Assert.NotNull(await _site.Records.Prove(entry.Envelope.Sequence, cancel: Cancel));
        }
    }

    [Fact]
    public async Task Nobody_plants_a_box_and_a_text_is_neither_empty_nor_endless()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        foreach (
            object? position in new object[]
            {
                new { Key = "key-1", Box = Convert.ToBase64String(new byte[100]) },
                "",
                new string('x', 9_000),
                5,
                new[] { "x" },
            }
        )
        {
            Answered answer = await planner.Start("fuel-depots", CanaryPlanting.Depot(position));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        }

        Assert.Empty((await planner.Get("fuel-depots")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_node_without_custodians_says_so_and_takes_nothing_that_must_be_sealed()
    {
        await using ApiSite bare = await ApiSite.Start(hasCustody: false);
        ApiClient planner = await bare.As(Role.Planner, "relief");
        Answered answer = await planner.Start("fuel-depots", CanaryPlanting.Depot(Canary));
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("no custodians yet", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", answer.Text, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.Created,
            (await planner.Start("fuel-depots", CanaryPlanting.Depot(null))).Status
        );
    }

    [Fact]
    public async Task A_repeated_key_seals_once_and_what_is_kept_of_the_request_does_not_tell_the_text()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered once = await planner.Start(
            "fuel-depots",
            CanaryPlanting.Depot(Canary),
            "an-idempotency-key"
        );
        Answered again = await planner.Start(
            "fuel-depots",
            CanaryPlanting.Depot(Canary),
            "an-idempotency-key"
        );
        Assert.Equal(once.Id, again.Id);
        Assert.Single(await _site.Records.KeysOf($"fuel-depot/{once.Id}"));
        string body = JsonSerializer.Serialize(CanaryPlanting.Depot(Canary), Json.Compact);
        string guess = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes($"POST /api/v1/fuel-depots\n{body}")
            )
        );
        Assert.DoesNotContain(guess, CanaryFiles.Raw(_site.Folder), StringComparison.Ordinal);
    }

    private static string Id(string subject) => subject[(subject.IndexOf('/') + 1)..];

    private async Task<string> Depot()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered made = await planner.Start("fuel-depots", CanaryPlanting.Depot(Canary));
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return $"{FuelDepot.Kind}/{made.Id}";
    }

    private static async Task<string> HashOf(
        ApiClient custodian,
        string subject,
        ApprovalAction action
    )
    {
        Answered looked = await custodian.Get($"sealed-fields?subject={subject}");
        Assert.True(looked.Status == HttpStatusCode.OK, looked.Text);
        return looked.Body![
            action == ApprovalAction.Unseal ? "unsealHash" : "destroyHash"
        ]!.GetValue<string>();
    }

    private static async Task<(string Id, string Hash)> Proposed(
        ApiClient custodian,
        string subject,
        ApprovalAction action
    )
    {
        string hash = await HashOf(custodian, subject, action);
        Answered proposed = await custodian.Start(
            "approvals",
            new
            {
                Action = action,
                Subject = subject,
                Hash = hash,
                Reason = "asked for by whom it is about",
            }
        );
        Assert.True(proposed.Status == HttpStatusCode.Created, proposed.Text);
        return (proposed.Id, hash);
    }

    private async Task Approved(string approval, string hash)
    {
        ApiClient second = await _site.As(Role.Custodian, "university");
        Answered approved = await second.Do("approvals", approval, "approve", new { Hash = hash });
        Assert.True(approved.Status == HttpStatusCode.OK, approved.Text);
    }

    private async Task<Answered> Unseal(string subject)
    {
        ApiClient custodian = await _site.As(Role.Custodian, "relief");
        (string approval, string hash) = await Proposed(custodian, subject, ApprovalAction.Unseal);
        await Approved(approval, hash);
        return await custodian.Start("unsealings", new { Approval = approval });
    }
}
