using System.Text.Json.Serialization;
using Breakwater.Decisions.Committing;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// What it means for a response that people said yes to a plan; it follows by itself. All lines of the plan are pledged, or none
/// is: with some of them missing it is not the plan that people said yes to. When none is, the response says why.
/// </summary>
public sealed record BindPlan
{
    /// <summary>Reasons that are kept: as many as a person reads.</summary>
    public const int ReasonsMax = 50;

    [JsonIgnore]
    public required Decision Decision { get; init; }

    [JsonIgnore]
    public required Plan Plan { get; init; }

    /// <summary>The offers that the plan rests on and that are still made.</summary>
    [JsonIgnore]
    public required IReadOnlyList<StandingOffer> Offers { get; init; }

    /// <summary>What is promised in whatever response, and has not ended.</summary>
    [JsonIgnore]
    public required IReadOnlyList<Commitment> Promised { get; init; }

    /// <returns>What stands on the response, and the pledges to make; no pledges when nobody is bound.</returns>
    public static (Decided<ResponseEvent> Decided, IReadOnlyList<Pledge> Pledges) Decide(
        Response? state,
        BindPlan command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return (Checks.Missing("response"), []);
        }

        Plan plan = command.Plan;
        if (WhyNotIn(state, plan.Id) is { } outside)
        {
            return (Nobody([outside]), []);
        }

        (IReadOnlyList<Pledge> pledges, Refusal? refusal) = PledgesFromPlan.Of(
            command.Decision,
            plan,
            [.. command.Offers.Select(offer => offer.Terms)],
            PledgesFromPlan.UsualConfirmation,
            $"response/{state.Id}",
            command.Offers.ToDictionary(offer => offer.Id, offer => offer.Earmarks)
        );
        if (refusal is not null)
        {
            return (Nobody([refusal.Reason]), []);
        }

        Instant plannedAt = state.Plans.First(one => one.PlanId == plan.Id).At;
        string[] reasons =
        [
            .. command
                .Offers.Select(offer => (offer.Id, Why: WhyNot(offer)))
                .Where(one => one.Why is not null)
                .Select(one => $"{one.Id}: {one.Why}"),
            .. pledges
                .Select(pledge =>
                    (pledge.OfferId, Why: Pledge.Decide(null, pledge, by, now).Refusal?.Reason)
                )
                .Where(one => one.Why is not null)
                .Select(one => $"{one.OfferId}: {one.Why}"),
        ];
        return reasons.Length > 0
            ? (Nobody([.. reasons.Distinct().Take(ReasonsMax)]), [])
            : (Decided<ResponseEvent>.Nothing, pledges);

        PlanBoundNobody Nobody(IReadOnlyList<string> why) =>
            new(now, by.Person, plan.Id, command.Decision.Id, why);

        string? WhyNot(StandingOffer offer) =>
            LinesOnOffer.WhyNot(
                plan,
                offer,
                command.Promised.Where(one => one.OfferId == offer.Id).Sum(one => one.Units),
                plannedAt
            );
    }

    /// <summary>Why a plan cannot bind anybody in this response; null when it can.</summary>
    internal static string? WhyNotIn(Response response, string planId) =>
        response.State != ResponseState.Active ? $"the response is {response.Standing}"
        : response.Plans.All(plan => plan.PlanId != planId)
            ? "the plan was not proposed in this response"
        : null;
}
