using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Carries out that a plan was adopted. A later one takes the place of an earlier one; what was pledged stays pledged.</summary>
public sealed record AdoptPlan(string PlanId)
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public Decision? Decision { get; init; }

    /// <summary>
    /// True when people said yes and no line of it is pledged; the response says why. Who calls takes it from the store.
    /// </summary>
    [JsonIgnore]
    public bool IsUnpledged { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        AdoptPlan command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("response");
        }

        Refusal? no =
            Checks.Id(command.PlanId, "the plan")
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state)
            ?? Responder.WhyNotDecision(
                command.Decision,
                DecisionKind.PlanAdoption,
                command.PlanId,
                $"plan/{command.PlanId}"
            )
            ?? (
                command.Decision!.Outcome != DecisionOutcome.Adopted
                    ? Refusal.WrongState("the plan was not adopted")
                : state.Plans.All(plan => plan.PlanId != command.PlanId)
                    ? Refusal.WrongState("the plan was not proposed in this response")
                // What ends after people said yes is for the commitments, which they made of it.
                : state
                    .Plans.First(plan => plan.PlanId == command.PlanId)
                    .LostOffers?.FirstOrDefault(offer => offer.Since <= command.Decision.DecidedAt)
                    is { } lost
                    ? Refusal.WrongState(
                        lost.Reason is { } changed
                            ? $"the offer {lost.OfferId} that it rests on was changed at {lost.Since}, before people said yes: {changed}; plan anew"
                            : $"the offer {lost.OfferId} that it rests on was over at {lost.Since}, before people said yes; plan anew"
                    )
                : command.IsUnpledged
                    ? Refusal.WrongState(
                        $"nothing is pledged under it: {WhyUnpledged(state, command.PlanId)}; plan anew"
                    )
                : null
            );
        return no is not null ? no
            : state.AdoptedPlan == command.PlanId ? Decided<ResponseEvent>.Nothing
            : new PlanAdopted(now, by.Person, command.PlanId, command.Decision!.Id);
    }

    private static string WhyUnpledged(Response state, string plan) =>
        state.Plans.First(one => one.PlanId == plan).BoundNobody is { } reasons
            ? string.Join("; ", reasons)
            : "an offer that it rests on was over when people said yes";
}
