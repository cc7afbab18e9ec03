using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Appealing;

/// <summary>
/// Asks that people who took no part look at a decision again. Anyone may, once, also while other appeals wait: they are heard
/// together.
/// </summary>
public sealed record LodgeAppeal(string Reason)
{
    public const int AppealsMax = 20;

    /// <summary>
    /// Of persons who speak for no vetted organisation: accounts are cheap, and so is founding an organisation; they must not use
    /// up the appeals of all others.
    /// </summary>
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

        if (state.Outcome == DecisionOutcome.Open)
        {
            return Refusal.WrongState("the decision is open; take a position");
        }

        if (now > state.AppealUntil)
        {
            return Refusal.WrongState($"the time to appeal ended at {state.AppealUntil}");
        }

        bool isVoice = !Acting.Counts(by);
        if (
            state.Appeals.Any(appeal =>
                appeal.Person == by.Person
                || (!isVoice && !appeal.IsVoice && appeal.Organisation == by.Organisation)
            )
        )
        {
            return Refusal.NotAllowed("this person or organisation has appealed already");
        }

        if (isVoice && state.Appeals.Count(appeal => appeal.IsVoice) >= PersonsMax)
        {
            return Refusal.TooMuch(
                $"{PersonsMax} persons have appealed; the representative of an organisation may still appeal"
            );
        }

        return state.Appeals.Count >= AppealsMax
                ? Refusal.TooMuch($"{AppealsMax} have appealed; a new decision is needed")
            : Checks.Order(state.ChangedAt, now) is { } late ? late
            : new AppealLodged(now, by.Person, by.Organisation, command.Reason, isVoice);
    }
}
