using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Appealing;

/// <summary>Asks that people who took no part look at a decision again. Anyone may, once.</summary>
public sealed record LodgeAppeal(string Reason)
{
    public const int AppealsMax = 20;

    /// <summary>Of persons who speak for no organisation: accounts are cheap, and must not use up the appeals of all others.</summary>
    public const int PersonsMax = 5;

    public static Decided<DecisionEvent> Decide(
        Decision? state,
        LodgeAppeal command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("decision");
        }

        if (Checks.Needed(command.Reason, "the reason") is { } malformed)
        {
            return malformed;
        }

        if (
            state.Outcome == DecisionOutcome.Open
            || state.Appeals.Any(appeal => appeal.State == AppealState.Open)
        )
        {
            return Refusal.WrongState(
                state.Outcome == DecisionOutcome.Open
                    ? "the decision is open; take a position"
                    : "an appeal is being heard already"
            );
        }

        if (now > state.AppealUntil)
        {
            return Refusal.WrongState($"the time to appeal ended at {state.AppealUntil}");
        }

        if (
            state.Appeals.Any(appeal =>
                appeal.Person == by.Person
                || (appeal.Organisation is { } organisation && organisation == by.Organisation)
            )
        )
        {
            return Refusal.NotAllowed("this person or organisation has appealed already");
        }

        if (
            by.Organisation is null
            && state.Appeals.Count(appeal => appeal.Organisation is null) >= PersonsMax
        )
        {
            return Refusal.TooMuch(
                $"{PersonsMax} persons have appealed; an organisation may still appeal"
            );
        }

        return state.Appeals.Count >= AppealsMax
                ? Refusal.TooMuch($"{AppealsMax} appeals were heard; a new decision is needed")
            : Checks.Order(state.ChangedAt, now) is { } late ? late
            : new AppealLodged(now, by.Person, by.Organisation, command.Reason);
    }
}
