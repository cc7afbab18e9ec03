using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Puts an option before people. It binds nobody.</summary>
public sealed record ProposePlan(string PlanId, string Option)
{
    public static Decided<ResponseEvent> Decide(
        Response? state,
        ProposePlan command,
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
            ?? Checks.Id(command.Option, "the option")
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state);
        return no is not null ? no
            : state.Plans.Any(plan => plan.PlanId == command.PlanId)
                ? Decided<ResponseEvent>.Nothing
            : state.Plans.Count >= Checks.ListMax
                ? Refusal.TooMuch($"more than {Checks.ListMax} plans in one response")
            : new PlanProposed(now, by.Person, command.PlanId, command.Option);
    }
}
