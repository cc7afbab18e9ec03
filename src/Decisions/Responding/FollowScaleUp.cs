using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// What a decision to do more means for the response that it is about; it follows by itself. The response says that more was decided and
/// in which words. What is done of it are plans, which people adopt as any other. While an appeal puts the question again it says so;
/// when it ends otherwise, it stands no more.
/// </summary>
public sealed record FollowScaleUp
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public required Decision Decision { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        FollowScaleUp command,
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
        ScaleUp? known = state.ScaleUps?.FirstOrDefault(one => one.DecisionId == decision.Id);
        string reason = decision.OutcomeReason;
        return (decision.Outcome, known) switch
        {
            (DecisionOutcome.Adopted, null or { Fall: not null }) => Adopted(),
            (DecisionOutcome.Open, { ReopenedAt: null, Fall: null }) => new ScaleUpReopened(
                now,
                by.Person,
                decision.Id,
                reason
            ),
            (DecisionOutcome.Adopted, { ReopenedAt: not null }) => new ScaleUpUpheld(
                now,
                by.Person,
                decision.Id,
                reason
            ),
            (DecisionOutcome.NotAdopted, { ReopenedAt: not null, Fall: null }) => new ScaleUpFell(
                now,
                by.Person,
                decision.Id,
                reason
            ),
            _ => Decided<ResponseEvent>.Nothing,
        };

        ScaleUpAdopted Adopted()
        {
            bool isTold = Marking.Strictest([decision.Marking, state.Marking]) == state.Marking;
            return new(
                now,
                by.Person,
                decision.Id,
                decision.DecidedAt ?? now,
                isTold ? decision.Question : null,
                isTold ? decision.Text : null
            );
        }
    }
}
