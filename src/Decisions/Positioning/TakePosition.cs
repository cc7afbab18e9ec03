using System.Globalization;
using Breakwater.Decisions.Recusing;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Positioning;

/// <summary>Says where an organisation stands on a decision, or where a person stands who speaks for none.</summary>
/// <param name="Conflict">A conflict of interest that is declared with it; null when none is declared.</param>
public sealed record TakePosition(
    Stand Stand,
    string Reason,
    string? Conflict = null,
    Origin Origin = Origin.Reported
)
{
    /// <summary>Votes and voices have room of their own, so that many voices cannot keep an organisation out.</summary>
    public const int PositionsMax = 500;

    private const string VoicePrefix = "voice ";

    /// <summary>A later position of the same organisation replaces the earlier one until the decision is closed.</summary>
    public static Decided<DecisionEvent> Decide(
        Decision? state,
        TakePosition command,
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

        if (command.Stand == Stand.Recuse)
        {
            return Recuse.Decide(
                state,
                new Recuse(command.Reason, Acting.Counts(by), command.Origin),
                by,
                now
            );
        }

        if (WhyNot(state, command, by, now) is { } no)
        {
            return no;
        }

        bool isVoice = !Acting.Counts(by);
        var taken = new PositionTaken(
            now,
            by.Person,
            isVoice ? VoiceOf(state, by) : by.Organisation!,
            by.Class,
            command.Stand,
            command.Reason,
            command.Conflict,
            isVoice,
            command.Origin
        );
        return IsOnRecord(state, taken) ? Decided<DecisionEvent>.Nothing : taken;
    }

    /// <summary>
    /// Under which name a voice stands on a decision: a number, because a pseudonym over many decisions would draw a person.
    /// </summary>
    internal static string VoiceOf(Decision state, Participant by) =>
        state
            .Positions.FirstOrDefault(position => position.IsVoice && position.Person == by.Person)
            ?.Stakeholder
        ?? string.Create(
            CultureInfo.InvariantCulture,
            $"{VoicePrefix}{1 + state.Positions.Select(NumberOf).Append(0).Max()}"
        );

    private static int NumberOf(Position position) =>
        position.IsVoice
        && position.Stakeholder.StartsWith(VoicePrefix, StringComparison.Ordinal)
        && int.TryParse(
            position.Stakeholder.AsSpan(VoicePrefix.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int number
        )
            ? number
            : 0;

    /// <summary>Why nobody can say anything now; null when it is open.</summary>
    internal static Refusal? WhyClosed(Decision state, Instant now) =>
        state.Outcome != DecisionOutcome.Open
            ? Refusal.WrongState(
                $"the decision is closed; an appeal is open until {state.AppealUntil}"
            )
        : now > state.Deadline ? Refusal.WrongState("the time to take a position is over")
        : Checks.Order(state.ChangedAt, now);

    private static Refusal? WhyNot(
        Decision state,
        TakePosition command,
        Participant by,
        Instant now
    )
    {
        Refusal? malformed =
            Checks.Known(command.Stand, "stand")
            ?? Checks.Known(command.Origin, "origin")
            ?? Checks.Text(command.Reason, "the reason")
            ?? (command.Conflict is null ? null : Checks.Needed(command.Conflict, "the conflict"))
            ?? (
                command.Stand == Stand.Object && string.IsNullOrWhiteSpace(command.Reason)
                    ? Refusal.Invalid("an objection needs a reason, so that it can be answered")
                    : null
            );
        return malformed
            ?? WhyClosed(state, now)
            ?? (
                state.IsRecused(by)
                    ? Refusal.NotAllowed("who has recused takes no part")
                    : WhyNotThisPerson(state, by)
            );
    }

    private static Refusal? WhyNotThisPerson(Decision state, Participant by)
    {
        bool isVoice = !Acting.Counts(by);
        if (
            state.Positions.Any(position =>
                !position.IsVoice
                && position.Person == by.Person
                && (
                    isVoice || position.Stakeholder != by.Organisation || position.Class != by.Class
                )
            )
        )
        {
            return Refusal.NotAllowed(
                "this person has spoken for an organisation already; nobody speaks for two, or in two classes"
            );
        }

        bool isThere = state.Positions.Any(position =>
            position.IsVoice == isVoice
            && (isVoice ? position.Person == by.Person : position.Stakeholder == by.Organisation)
        );
        return
            !isThere
            && state.Positions.Count(position => position.IsVoice == isVoice) >= PositionsMax
            ? Refusal.TooMuch($"{PositionsMax} have taken a position already")
            : null;
    }

    private static bool IsOnRecord(Decision state, PositionTaken taken) =>
        state.Positions.Any(position =>
            position.Stakeholder == taken.Stakeholder
            && position.IsVoice == taken.IsVoice
            && position.Person == taken.By
            && position.Class == taken.Class
            && position.Stand == taken.Stand
            && position.Reason == taken.Reason
            && position.Conflict == taken.Conflict
        );
}
