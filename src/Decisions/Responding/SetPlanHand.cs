using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>A person's hand on the plans to come: these units at this place, none there, this budget.</summary>
/// <param name="BudgetUsd">Null: as it was.</param>
public sealed record SetPlanHand(
    IReadOnlyList<FixedPlacement> Locks,
    IReadOnlyList<FixedPlacement> Forbids,
    decimal? BudgetUsd,
    string Reason
)
{
    /// <summary>Kept in the state; older ones than the newest count for nothing and stay in the ledger.</summary>
    public const int HandsMax = 200;

    public static Decided<ResponseEvent> Decide(
        Response? state,
        SetPlanHand command,
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
            Checks.Needed(command.Reason, "the reason")
            ?? WhyNot(command.Locks, "locks")
            ?? WhyNot(command.Forbids, "forbids")
            ?? (
                command.BudgetUsd < 0 ? Refusal.Invalid("the budget is below zero")
                : command.Locks.FirstOrDefault(one =>
                    command.Forbids.Any(other =>
                        other.Offer == one.Offer && other.Place.Equals(one.Place)
                    )
                )
                    is { } both
                    ? Refusal.Invalid($"{both.Offer} at {both.Place} is both locked and forbidden")
                : null
            )
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state);
        return no is not null ? no
            : state.Hands is [.., var last] && IsSame(last, command, by)
                ? Decided<ResponseEvent>.Nothing
            : state.Hands.Count >= HandsMax
                ? Refusal.TooMuch($"more than {HandsMax} hands on one plan")
            : new PlanHandSet(
                now,
                by.Person,
                by.Organisation,
                command.Locks,
                command.Forbids,
                command.BudgetUsd,
                command.Reason
            );
    }

    private static bool IsSame(HandOnPlan last, SetPlanHand command, Participant by) =>
        last.By == by.Person
        && last.Reason == command.Reason
        && last.BudgetUsd == command.BudgetUsd
        && last.Locks.SequenceEqual(command.Locks)
        && last.Forbids.SequenceEqual(command.Forbids);

    private static Refusal? WhyNot(IReadOnlyList<FixedPlacement>? placements, string what) =>
        Checks.List(placements, what)
        ?? placements!
            .Select(one =>
                Checks.Id(one.Offer, "the offer")
                ?? (
                    one.Place is null || one.Units < 0
                        ? Refusal.Invalid($"one of the {what} has no place or less than no units")
                        : null
                )
            )
            .FirstOrDefault(no => no is not null);
}
