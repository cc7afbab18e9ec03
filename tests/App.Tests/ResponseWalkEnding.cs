using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.App.Sealing;
using Breakwater.Decisions;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What takes two people, what came back as somebody else saw it, what is told the public, the end, and what was learnt.</summary>
internal sealed partial class ResponseWalk
{
    private string _ending = "";

    /// <summary>The roles that take no part in operations: an opening, a roster, and what is taken away.</summary>
    public async Task Govern()
    {
        ApiClient custodian = As(Role.Custodian, "relief");
        string subject = $"mission/{_mission}";
        string hash = (await custodian.Get($"sealed-fields?subject={subject}")).Body![
            "unsealHash"
        ]!.GetValue<string>();
        string opening = await Proposed(Role.Custodian, "unseal", subject, hash);
        Done(await Second(Role.Custodian, "university", opening, hash));
        Answered file = await custodian.Start("unsealings", new { Approval = opening });
        Done(file);
        Assert.DoesNotContain(Secret, file.Text, StringComparison.Ordinal);
        UnsealingRequest request = JsonSerializer.Deserialize<UnsealingRequest>(
            file.Text,
            Json.Compact
        )!;
        Assert.Contains(
            request.Open(site.Shares).Opened,
            opened => opened.Text == $"{Secret} site"
        );
        Tell("Two custodians open what was sealed of the crew, away from the node.");

        Done(
            await As(Role.Registrar, "relief")
                .Start(
                    "duty-rosters",
                    new
                    {
                        Name = "night watch",
                        Roles = new[] { Role.Analyst },
                        Since = Now,
                        Until = Now + Duration.FromDays(7),
                        WarnBefore = Duration.FromHours(12),
                    }
                )
        );
        await Revoke();
    }

    public async Task End()
    {
        await site.Pass(scenario.AsOf - Now);
        Done(await Analyst().Do("responses", Response, "measure-restorations"));
        JsonArray restorations = (await site.Public.Get("restorations")).Body!["items"]!.AsArray();
        Assert.NotEmpty(restorations);
        Tell("What came back is measured by others than those who promised.");
        await Reached();
        await Publish();

        await Close("what is still promised goes on outside this response");
        Tell("People decide that it is over, and dissent is kept.");
        await Learn(Speaker("relief"));
    }

    /// <summary>INV-05, INV-06: two numbers for each need, and none from what nobody independent measured.</summary>
    private async Task Reached()
    {
        JsonArray needs = (await site.Public.Get($"responses/{Response}/reach")).Body![
            "needs"
        ]!.AsArray();
        Assert.NotEmpty(needs);
        foreach (JsonNode? need in needs)
        {
            Assert.True(need!.AsObject().ContainsKey("civilians"));
            Assert.True(need.AsObject().ContainsKey("responders"));
            Assert.True(need["civilians"] is null || need["asOf"] is not null);
        }

        Tell("Each need says whom it reached so far, civilians and responders apart.");
    }

    /// <summary>The stand-down falls on appeal, by the deadline alone: the response is open again, and its clocks are.</summary>
    public async Task Resume()
    {
        Done(await Step("carrier", Commitments[0], CommitmentState.Withdrawn));
        await Close("the money ended");
        await Reopen(_ending);
        Answered questioned = await site.Public.Get($"responses/{Response}");
        Assert.Equal("stand-down-reopened", questioned.Standing);
        Assert.Equal("stood-down", questioned.State["state"]!.GetValue<string>());
        await Object(_ending, _speakers);

        await site.Restart();
        await site.Pass(Duration.FromHours(49));

        Answered open = await site.Public.Get($"responses/{Response}");
        Assert.Equal("active", open.Standing);
        Assert.Equal("the money ended", open.State["standDown"]!["reason"]!.GetValue<string>());
        Assert.NotNull(open.State["standDown"]!["fall"]);
        Assert.Equal("withdrawn", await Standing("commitments", Commitments[0]));

        await site.Pass(Duration.Zero);
        Assert.Contains(
            (await site.Public.Get($"responses/{Response}")).State["clocks"]!.AsArray(),
            clock => clock!["state"]!.GetValue<string>() == "missed"
        );
    }

    /// <summary>People decide that it is over, whatever is open.</summary>
    private async Task Close(string reason)
    {
        _ending = await Ask(DecisionKind.StandDown, $"response/{Response}", [], []);
        ApiClient relief = Speaker("relief");
        Done(
            await relief.Do(
                "responses",
                Response,
                "propose-stand-down",
                new { DecisionId = _ending, Reason = "service is measured again" }
            )
        );
        await Vote(_ending);
        Done(await relief.Do("decisions", _ending, "close"));
        Done(await relief.Do("responses", Response, "stand-down", new { Reason = reason }));
    }

    private async Task Learn(ApiClient relief)
    {
        object closing = new { Reason = "lessons are written" };
        Refused(
            HttpStatusCode.Conflict,
            await relief.Do("responses", Response, "close-response", closing)
        );
        foreach (
            (ApiClient who, Workstream stream, string text) in new[]
            {
                (Analyst(), Workstream.Measurement, "agree on measurements beforehand"),
                (
                    As(Role.LegalAnalyst, "university"),
                    Workstream.Norms,
                    "no norm says who answers for a silent authority"
                ),
                (Planner(), Workstream.Mechanism, "agree on access before the next time"),
            }
        )
        {
            Done(
                await who.Do(
                    "responses",
                    Response,
                    "record-lesson",
                    new { Text = text, Stream = stream }
                )
            );
        }

        Done(await relief.Do("responses", Response, "close-response", closing));
        Tell("Three streams write down what they learnt; before that it is not closed.");
    }

    private async Task<string> Proposed(Role role, string action, string subject, string hash)
    {
        ApiClient first = As(role, "relief");
        string proposed = Done(
            await first.Start(
                "approvals",
                new
                {
                    Action = action,
                    Subject = subject,
                    Hash = hash,
                    Reason = "asked for by those concerned",
                }
            )
        );
        Refused(HttpStatusCode.Forbidden, await Second(role, "relief", proposed, hash));
        return proposed;
    }

    private Task<Answered> Second(Role role, string organisation, string approval, string hash) =>
        As(role, organisation).Do("approvals", approval, "approve", new { Hash = hash });
}
