using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Permits and their silence, offers and their overlap, needs, options, and the choice of one.</summary>
internal sealed partial class ResponseWalk
{
    private readonly Dictionary<string, string> _clearances = [];

    private string _silent = "";
    private string _adoption = "";

    public async Task Plan()
    {
        await Clear();
        await TakeOffers();
        ApiClient planner = Planner();
        Done(await planner.Do("responses", Response, "assess-needs"));
        Done(await planner.Do("responses", Response, "make-plans", new { scenario.BudgetUsd }));
        JsonArray plans = (await planner.Get($"responses/{Response}")).State["plans"]!.AsArray();
        Assert.NotEmpty(plans);
        string plan = plans[0]!["planId"]!.GetValue<string>();
        await Adopt(plan);
        JsonArray pledged = (await planner.Get($"commitments?parent=response/{Response}")).Body![
            "items"
        ]!.AsArray();
        Commitments = [.. pledged.Select(item => item!["id"]!.GetValue<string>())];
        Assert.All(pledged, item => Assert.Equal("pledged", item!["standing"]!.GetValue<string>()));
        Tell("The plan is adopted; each of its lines is pledged, and nothing more than that.");
    }

    /// <summary>An act of one stream that touches another is open until that other has seen it.</summary>
    public async Task Cross()
    {
        string act = Done(
            await Planner()
                .Start(
                    "cross-stream-acts",
                    new
                    {
                        What = "probes are moved next to the restored sites",
                        Subject = $"response/{Response}",
                        Stream = Workstream.Mechanism,
                        AffectedStreams = new[] { Workstream.Measurement },
                        Marking = Community,
                        Parent = $"response/{Response}",
                    }
                )
        );
        object seen = new
        {
            Stream = Workstream.Measurement,
            Answer = AcknowledgementAnswer.Accepts,
            Text = "the series stay comparable",
        };
        Refused(
            HttpStatusCode.Forbidden,
            await Speaker("carrier").Do("cross-stream-acts", act, "acknowledge-act", seen)
        );
        Assert.Equal("open", await Standing("cross-stream-acts", act));
        Done(await Analyst().Do("cross-stream-acts", act, "acknowledge-act", seen));
        Assert.Equal("acknowledged", await Standing("cross-stream-acts", act));
        Tell("Planners act on what is measured; the act is open until an analyst has seen it.");
    }

    /// <summary>Who would be paid takes no part; the other classes are a quorum without it.</summary>
    private async Task Adopt(string plan)
    {
        _adoption = await Ask(DecisionKind.PlanAdoption, plan, [], []);
        Done(
            await Speaker("carrier")
                .Do(
                    "decisions",
                    _adoption,
                    "recuse",
                    new { Reason = "we would be paid", WithOrganisation = true }
                )
        );
        Refused(
            HttpStatusCode.Forbidden,
            await Say(Speaker("carrier"), _adoption, Stand.Support, "it is good")
        );
        await Vote(_adoption, "carrier");
        Done(await Speaker("relief").Do("decisions", _adoption, "close"));
        Done(await Planner().Do("responses", Response, "adopt-plan", new { PlanId = plan }));
        Tell("The carrier recuses itself from the plan that it would be paid for.");
    }

    private async Task TakeOffers()
    {
        foreach (Offer offer in scenario.Offers)
        {
            Done(
                await MakeOffer(
                    Speaker("carrier"),
                    offer with
                    {
                        Stakeholder = "carrier",
                        Clearances = [.. offer.Clearances.Select(id => _clearances[id])],
                    }
                )
            );
        }

        Offer same = scenario.Offers[0] with
        {
            Id = "the-same-again",
            Stakeholder = _harbour,
            Clearances = [],
        };
        Done(await MakeOffer(await Harbour(), same));
        string[] pair = [$"offer/{scenario.Offers[0].Id}", "offer/the-same-again"];
        Array.Sort(pair, StringComparer.Ordinal);
        Assert.Contains((pair[0], pair[1]), await Overlaps());
        Done(
            await (await Harbour()).Do(
                "offers",
                "the-same-again",
                "withdraw-offer",
                new { Reason = "the carrier does it" }
            )
        );
        Assert.DoesNotContain(await Overlaps(), overlap => overlap.Other == "offer/the-same-again");
        Tell("Two offer the same; the node warns of it, and one withdraws.");
    }

    private static Task<Answered> MakeOffer(ApiClient by, Offer terms) =>
        by.Start(
            "offers",
            new
            {
                terms.Id,
                Terms = terms,
                Earmarks = Array.Empty<object>(),
                Expires = (Instant?)null,
                Marking = Marking.Public,
            }
        );

    /// <summary>Of the whole node, each pair in the order of its ids.</summary>
    private async Task<IReadOnlyList<(string One, string Other)>> Overlaps() =>
        [
            .. (await Planner().Get("overlaps")).Body!["overlaps"]!
                .AsArray()
                .Select(pair =>
                    (pair!["first"]!.GetValue<string>(), pair["second"]!.GetValue<string>())
                ),
        ];

    private async Task Clear()
    {
        foreach (Clearance clearance in scenario.Clearances)
        {
            string id = _clearances[clearance.Id] = await Request(clearance.Kind, Now);
            Assert.Equal("no-answer", await Standing("clearances", id));
            Done(
                await Permit(
                    id,
                    ClearanceAnswer.NotRequired,
                    "modelled: none is required for this walk"
                )
            );
        }

        _silent = await Request(ClearanceKind.Access, Now - Duration.FromDays(8));
        await site.Pass(Duration.Zero);
        Answered silent = await Planner().Get($"clearances/{_silent}");
        Assert.Equal("no-answer", silent.Standing);
        Assert.Equal(
            (Now - Duration.FromDays(8)).ToString(),
            silent.State["askedAt"]!.GetValue<string>()
        );
        Assert.NotNull(silent.State["escalatedAt"]);
        Tell("Permits are asked for. One authority is silent for eight days; that is no answer,");
        Tell("  and goes to the authority above it by itself.");
    }

    private async Task<string> Request(ClearanceKind permit, Instant askedAt)
    {
        string id = Done(
            await Speaker("carrier")
                .Start(
                    "clearances",
                    new
                    {
                        Parent = $"response/{Response}",
                        Permit = permit,
                        Authority = "the authority in charge",
                        AuthorityOrganisation = (string?)null,
                        About = "what the offers need",
                        Place = Area,
                        Waiting = Array.Empty<string>(),
                        RemindAfterDays = 3,
                        EscalateAfterDays = 7,
                        EscalateTo = "the authority above",
                        Origin = Origin.Modelled,
                        Marking = Community,
                    }
                )
        );
        Done(
            await Speaker("carrier")
                .Do(
                    "clearances",
                    id,
                    "ask-authority",
                    new { AskedAt = askedAt, Channel = "letter" }
                )
        );
        return id;
    }

    private Task<Answered> Permit(string clearance, ClearanceAnswer answer, string reason) =>
        Speaker("carrier")
            .Do(
                "clearances",
                clearance,
                "answer-clearance",
                new
                {
                    Answer = answer,
                    AnsweredAt = Now,
                    EffectiveAt = answer == ClearanceAnswer.Given ? Now : (Instant?)null,
                    Until = (Instant?)null,
                    Conditions = Array.Empty<string>(),
                    Reason = reason,
                    Proof = "the answer in writing",
                    Origin = Origin.Modelled,
                }
            );
}
