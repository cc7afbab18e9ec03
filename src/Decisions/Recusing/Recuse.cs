using Breakwater.Decisions.Positioning;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Recusing;

/// <summary>Takes no part from now on: no position, no answer, no closing. It cannot be taken back.</summary>
/// <param name="WithOrganisation">True when the organisation takes no part as a whole, which its representative alone can say.</param>
public sealed record Recuse(string Reason, bool WithOrganisation, Origin Origin = Origin.Reported)
{
    public const int RecusalsMax = 500;

    public static Decided<DecisionEvent> Decide(
        Decision? state,
        Recuse command,
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

        if (
            (
                Checks.Text(command.Reason, "the reason")
                ?? Checks.Known(command.Origin, "origin")
                ?? TakePosition.WhyClosed(state, now)
            ) is
            { } no
        )
        {
            return no;
        }

        if (command.WithOrganisation && !Acting.Counts(by))
        {
            return Refusal.NotAllowed(
                "only its representative can say that an organisation takes no part"
            );
        }

        if (state.IsRecused(by))
        {
            return Decided<DecisionEvent>.Nothing;
        }

        // Persons have room of their own, so that many of them cannot keep an organisation from recusing.
        return
            state.Recusals.Count(one => (one.Organisation is null) != command.WithOrganisation)
            >= RecusalsMax
            ? Refusal.TooMuch($"{RecusalsMax} have recused already")
            : new RecusalDeclared(
                now,
                by.Person,
                command.WithOrganisation ? by.Organisation : null,
                command.WithOrganisation ? by.Organisation
                    : by.Organisation is null ? TakePosition.VoiceOf(state, by)
                    : null,
                by.Class,
                command.Reason,
                command.Origin
            );
    }
}
