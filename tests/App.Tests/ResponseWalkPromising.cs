using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Plans;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using PlanMade = Breakwater.Plans.Plan;

namespace Breakwater.App.Tests;

/// <summary>No unit twice, nothing beyond what is offered, and no letter in place of a permit.</summary>
internal sealed partial class ResponseWalk
{
    /// <summary>After one plan is adopted, others are made from what it left, and one made before cannot take the same units.</summary>
    public async Task PromiseOnce()
    {
        JsonArray options = (await Planner().Get($"responses/{Response}")).State[
            "plans"
        ]!.AsArray();
        PlanMade rival = await PlanOf(options[1]!["planId"]!.GetValue<string>());
        PlanMade adopted = await PlanOf(options[0]!["planId"]!.GetValue<string>());
        foreach (PlanMade anew in await PlanAnew())
        {
            Assert.All(
                scenario.Offers,
                offer =>
                    Assert.True(
                        UnitsOf(adopted, offer.Id) + UnitsOf(anew, offer.Id) <= offer.Quantity,
                        offer.Id
                    )
            );
        }

        Assert.Contains(
            scenario.Offers,
            offer => UnitsOf(adopted, offer.Id) + UnitsOf(rival, offer.Id) > offer.Quantity
        );
        Assert.Contains("are left", await AdoptInVain(rival.Id), StringComparison.Ordinal);
        JsonNode proposal = Proposal(
            (await Planner().Get($"responses/{Response}")).State,
            rival.Id
        );
        Assert.NotEmpty(proposal["boundNobody"]!.AsArray());
    }

    /// <summary>An offer is changed under an option that nobody was asked about yet.</summary>
    public async Task ChangeOffer()
    {
        PlanMade plan = (await PlanAnew())[0];
        PlanLine line = plan.Lines.First(line => line.Units > 1);
        Offer terms = (await Planner().Get($"offers/{line.OfferId}"))
            .State["terms"]
            .Deserialize<Offer>(Json.Compact)!;
        Done(
            await Speaker("carrier")
                .Do(
                    "offers",
                    line.OfferId,
                    "change-offer",
                    new
                    {
                        Terms = terms with
                        {
                            PeoplePerUnit = 1,
                        },
                        Earmarks = Array.Empty<object>(),
                        Reason = "they serve fewer",
                    }
                )
        );
        JsonNode proposal = Proposal((await Planner().Get($"responses/{Response}")).State, plan.Id);
        JsonNode lost = Assert.Single(proposal["lostOffers"]!.AsArray())!;
        Assert.Equal(line.OfferId, lost["offerId"]!.GetValue<string>());
        Assert.Contains(
            "a unit serves 1 people",
            lost["reason"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.Contains("was changed at", await AdoptInVain(plan.Id), StringComparison.Ordinal);
    }

    /// <summary>Terms in words instead of ids, for elsewhere, and a question that no response carries out.</summary>
    public async Task OfferBadly()
    {
        Offer kit = scenario.Offers[0] with { Stakeholder = "carrier" };
        Done(
            await MakeOffer(
                Speaker("carrier"),
                kit with
                {
                    Id = "in-words",
                    Asset = "kits in words",
                    Clearances = ["import licence"],
                }
            )
        );
        Done(
            await Speaker("carrier")
                .Start(
                    "offers",
                    new
                    {
                        Id = "elsewhere",
                        Terms = kit with
                        {
                            Id = "elsewhere",
                            Asset = "kits for elsewhere",
                            Clearances = [],
                        },
                        Earmarks = new[]
                        {
                            new Earmark("for elsewhere", Place.OfCountry("ZZ"), null),
                        },
                        Marking = Marking.Public,
                    }
                )
        );
        foreach (PlanMade plan in await PlanAnew())
        {
            Assert.DoesNotContain(plan.Lines, line => line.OfferId is "in-words" or "elsewhere");
            Assert.Contains(
                plan.Reasons,
                reason =>
                    reason.StartsWith(
                        "kits in words: clearance 'import licence' has not been asked for",
                        StringComparison.Ordinal
                    )
            );
            Assert.Contains(
                plan.Reasons,
                reason =>
                    reason.StartsWith("kits for elsewhere: its terms", StringComparison.Ordinal)
            );
        }

        Refused(
            HttpStatusCode.UnprocessableEntity,
            await Speaker("relief")
                .Start(
                    "decisions",
                    new
                    {
                        Kind = DecisionKind.PlanAdoption,
                        Question = "adopt it?",
                        Subject = (await PlanAnew())[0].Id,
                        scenario.QuorumClasses,
                        Deadline = Now + Duration.FromHours(48),
                        Marking = Marking.Public,
                    }
                )
        );
    }

    /// <summary>A permit that is asked for again is silence again, whatever letter somebody has.</summary>
    public async Task ClearByPermit()
    {
        (string commitment, string clearance) = await Waiting();
        object again = new { AskedAt = Now, Channel = "letter" };
        Done(await Speaker("carrier").Do("clearances", clearance, "ask-authority", again));
        Answered refused = await Step("families", commitment, CommitmentState.Cleared);
        Refused(HttpStatusCode.Conflict, refused);
        Assert.Contains("stands at no-answer", refused.Text, StringComparison.Ordinal);

        Done(await Permit(clearance, ClearanceAnswer.Given, "it may come in"));
        Done(await Step("carrier", commitment, CommitmentState.Cleared));
        Done(
            await Speaker("carrier")
                .Do("clearances", clearance, "withdraw-clearance", new { Reason = "another way" })
        );
        Answered lost = await Planner().Get($"commitments/{commitment}");
        Assert.Equal("cleared", lost.Standing);
        JsonNode permit = Assert.Single(lost.State["lostPermits"]!.AsArray())!;
        Assert.Equal(
            (clearance, "withdrawn"),
            (permit["clearance"]!.GetValue<string>(), permit["standing"]!.GetValue<string>())
        );
    }

    /// <summary>The response ends while people are still asked about a plan.</summary>
    public async Task EndWhileAsked()
    {
        string plan = (await PlanAnew())[0].Id;
        string decision = await Ask(DecisionKind.PlanAdoption, plan, [], []);
        await Close("the money ended");
        JsonNode ended = (await site.Public.Get($"responses/{Response}")).State;
        JsonNode goesOn = Assert.Single(ended["standDown"]!["goesOn"]!.AsArray())!;
        Assert.Equal(
            ("decision", 1),
            (goesOn["kind"]!.GetValue<string>(), goesOn["count"]!.GetValue<int>())
        );

        // People say yes all the same; in a response that has ended it binds nobody.
        await Vote(decision);
        Done(await Speaker("relief").Do("decisions", decision, "close"));
        Assert.Equal(
            "the response is stood-down",
            Assert
                .Single(
                    Proposal((await Planner().Get($"responses/{Response}")).State, plan)[
                        "boundNobody"
                    ]!.AsArray()
                )!
                .GetValue<string>()
        );
    }

    /// <summary>Whoever lays a hand on the plan and names no budget leaves the one that another named.</summary>
    public async Task KeepBudget()
    {
        foreach (decimal? budget in (decimal?[])[12_345, null])
        {
            Done(
                await Planner()
                    .Do(
                        "responses",
                        Response,
                        "set-plan-hand",
                        new
                        {
                            Locks = Array.Empty<object>(),
                            Forbids = Array.Empty<object>(),
                            BudgetUsd = budget,
                            Reason = budget is null ? "nothing is locked" : "there is no more",
                        }
                    )
            );
        }

        Assert.All(await PlanAnew(), plan => Assert.Equal(12_345, plan.BudgetUsd));
    }

    private async Task<(string Commitment, string Clearance)> Waiting()
    {
        foreach (string id in Commitments)
        {
            JsonNode commitment = (await Planner().Get($"commitments/{id}")).State;
            if (commitment["clearances"]?.AsArray() is [var clearance, ..])
            {
                return (id, clearance!.GetValue<string>());
            }
        }

        throw new InvalidOperationException("no commitment waits for a permit");
    }

    private async Task<IReadOnlyList<PlanMade>> PlanAnew()
    {
        int before = await Count();
        // What a plan is made from has its moment; two in one moment would be one.
        await site.Pass(Duration.FromMinutes(1));
        Done(await Planner().Do("responses", Response, "make-plans", new { scenario.BudgetUsd }));
        var plans = new List<PlanMade>();
        foreach (
            JsonNode? option in (await Planner().Get($"responses/{Response}")).State["plans"]!
                .AsArray()
                .Skip(before)
        )
        {
            plans.Add(await PlanOf(option!["planId"]!.GetValue<string>()));
        }

        Assert.NotEmpty(plans);
        return plans;

        async Task<int> Count() =>
            (await Planner().Get($"responses/{Response}")).State["plans"]!.AsArray().Count;
    }

    private async Task<PlanMade> PlanOf(string id)
    {
        Product product = (await site.Records.Product(id))!;
        return product.Body.Deserialize<PlanMade>(Json.Compact)!;
    }

    private static int UnitsOf(PlanMade plan, string offer) =>
        plan.Lines.Where(line => line.OfferId == offer).Sum(line => line.Units);

    /// <returns>Why it is not carried out although people said yes.</returns>
    private async Task<string> AdoptInVain(string plan)
    {
        string decision = await Ask(DecisionKind.PlanAdoption, plan, [], []);
        await Vote(decision);
        Done(await Speaker("relief").Do("decisions", decision, "close"));
        Answered adopted = await Planner()
            .Do("responses", Response, "adopt-plan", new { PlanId = plan });
        Refused(HttpStatusCode.Conflict, adopted);
        Assert.Contains("plan anew", adopted.Text, StringComparison.Ordinal);
        Assert.Equal(
            Commitments.Count,
            (await Planner().Get($"commitments?parent=response/{Response}")).Body!["items"]!
                .AsArray()
                .Count
        );
        return adopted.Body!["detail"]!.GetValue<string>();
    }
}
