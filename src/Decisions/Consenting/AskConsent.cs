using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Consenting;

/// <summary>Notes that a party was asked. From then on its silence has an age, and stays silence (INV-04).</summary>
public sealed record AskConsent(string Party, Instant AskedAt, Origin Origin = Origin.Reported)
{
    public static Decided<DecisionEvent> Decide(
        Decision? state,
        AskConsent command,
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

        if (RecordConsent.WhyNot(state, command.Party, command.AskedAt, by, now) is { } no)
        {
            return no;
        }

        bool isAsked = state.Consents.Any(record =>
            record.Party == command.Party && record.Consent != Consent.NotAsked
        );
        return isAsked
            ? Refusal.WrongState(
                $"'{command.Party}' was asked already; its silence runs from there"
            )
            : new ConsentAsked(now, by.Person, command.Party, command.AskedAt, command.Origin);
    }
}
