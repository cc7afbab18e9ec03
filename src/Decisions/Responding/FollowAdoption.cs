using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// What an appeal against the adoption of a plan means for a response; it follows by itself. While the question is put again the
/// plan stands and says so; when it ends otherwise, the plan is adopted no more. What was pledged under it stays pledged: those
/// who promised take it back by their own word.
/// </summary>
public sealed record FollowAdoption
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public required Decision Decision { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        FollowAdoption command,
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

        Decision decision = command.Decision;
        if (state.Plans.LastOrDefault(plan => plan.AdoptedBy == decision.Id) is not { } plan)
        {
            return Decided<ResponseEvent>.Nothing;
        }

        (string id, string reason) = (decision.Id, decision.OutcomeReason);
        return (decision.Outcome, plan.ReopenedAt) switch
        {
            (DecisionOutcome.Open, null) => new AdoptionReopened(
                now,
                by.Person,
                plan.PlanId,
                id,
                reason
            ),
            (DecisionOutcome.Adopted, not null) => new AdoptionUpheld(
                now,
                by.Person,
                plan.PlanId,
                id,
                reason
            ),
            (DecisionOutcome.NotAdopted, not null) => new AdoptionFell(
                now,
                by.Person,
                plan.PlanId,
                id,
                reason
            ),
            _ => Decided<ResponseEvent>.Nothing,
        };
    }
}
