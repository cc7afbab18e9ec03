using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A supplier takes an offer back that a plan rests on.</summary>
internal sealed partial class ResponseWalk
{
    public async Task Lose()
    {
        JsonNode first = (await Planner().Get($"commitments/{Commitments[0]}")).State;
        string offer = first["offerId"]!.GetValue<string>();
        Done(await Step("carrier", Commitments[0], CommitmentState.Cleared));
        Done(await Step("carrier", Commitments[^1], CommitmentState.Cleared));
        Done(await Step("carrier", Commitments[^1], CommitmentState.Delivered));
        Done(
            await Speaker("carrier")
                .Do("offers", offer, "withdraw-offer", new { Reason = "the ship is elsewhere" })
        );
        Assert.NotEqual(Commitments[0], Commitments[^1]);
        foreach (string id in Commitments)
        {
            Answered commitment = await Planner().Get($"commitments/{id}");
            bool isLost = commitment.State["offerId"]!.GetValue<string>() == offer;
            Assert.Equal(
                id == Commitments[^1] ? "delivered"
                    : isLost ? "withdrawn"
                    : "pledged",
                commitment.Standing
            );
        }

        string[] lost =
        [
            .. (await Planner().Get($"responses/{Response}")).State["plans"]!
                .AsArray()
                .Where(plan =>
                    plan!
                        ["lostOffers"]
                        ?.AsArray()
                        .Any(one => one!["offerId"]!.GetValue<string>() == offer) == true
                )
                .Select(plan => plan!["planId"]!.GetValue<string>()),
        ];
        Assert.Contains(first["planId"]!.GetValue<string>(), lost);
        // People may still say yes to it; nobody is bound by that, and it is not carried out.
        await AdoptInVain(lost[^1]);
    }
}
