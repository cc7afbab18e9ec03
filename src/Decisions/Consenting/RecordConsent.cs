using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Consenting;

/// <summary>Records what a party answered, or that it did not. It never decides anything, and may come after the decision.</summary>
/// <param name="AskedAt">When it was asked, if that is not on record yet.</param>
/// <param name="AnsweredAt">When it answered; null when that is not known. Silence has none: its age runs from the asking.</param>
public sealed record RecordConsent(
    string Party,
    Consent Consent,
    Instant? AskedAt,
    string Reason,
    Origin Origin = Origin.Reported,
    Instant? AnsweredAt = null
)
{
    public static Decided<DecisionEvent> Decide(
        Decision? state,
        RecordConsent command,
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
                Checks.Known(command.Consent, "answer")
                ?? Checks.Known(command.Origin, "origin")
                ?? Checks.Text(command.Reason, "the reason")
                ?? WhyNot(state, command.Party, command.AskedAt, by, now)
            ) is
            { } no
        )
        {
            return no;
        }

        ConsentRecord record = state.Consents.First(one => one.Party == command.Party);
        return (WhyNotAfter(record, command) ?? WhyNotAnswered(record, command, now)) is { } refusal
            ? refusal
            : Events(record, command, by, now);
    }

    internal static Refusal? WhyNot(
        Decision state,
        string? party,
        Instant? askedAt,
        Participant by,
        Instant now
    ) =>
        state.IsRecused(by) ? Refusal.NotAllowed("who has recused takes no part")
        : by.Organisation is null
            ? Refusal.NotAllowed("only a member of an organisation can do this")
        : state.Consents.All(consent => consent.Party != party)
            ? Refusal.Invalid($"'{party}' is not among the parties whose consent is sought")
        : askedAt > now ? Refusal.Invalid("the time of asking lies ahead")
        : Checks.Order(state.ChangedAt, now);

    private static Refusal? WhyNotAfter(ConsentRecord record, RecordConsent command)
    {
        bool isAsked = record.Consent != Consent.NotAsked;
        return command.Consent switch
        {
            Consent.NotAsked when isAsked => Refusal.WrongState("the party was asked already"),
            Consent.NotAsked => null,
            Consent.NoAnswer when record.Consent is Consent.Given or Consent.Denied =>
                Refusal.WrongState("the party has answered; silence cannot follow an answer"),
            _ when !isAsked && command.AskedAt is null => Refusal.Invalid(
                "an answer, or its absence, needs the time of asking"
            ),
            _ => null,
        };
    }

    private static Refusal? WhyNotAnswered(
        ConsentRecord record,
        RecordConsent command,
        Instant now
    ) =>
        command.AnsweredAt is not { } answered ? null
        : command.Consent is not (Consent.Given or Consent.Denied)
            ? Refusal.Invalid(
                "only an answer has a time at which it came; silence runs from the asking"
            )
        : answered > now ? Refusal.Invalid("the time of the answer lies ahead")
        : answered < (record.AskedAt ?? command.AskedAt)
            ? Refusal.Invalid("the answer lies before the asking")
        : null;

    private static Decided<DecisionEvent> Events(
        ConsentRecord record,
        RecordConsent command,
        Participant by,
        Instant now
    )
    {
        if (
            record.Consent == command.Consent
            && record.Reason == command.Reason
            && record.Origin == command.Origin
            && record.AnsweredAt == command.AnsweredAt
        )
        {
            return Decided<DecisionEvent>.Nothing;
        }

        var recorded = new ConsentRecorded(
            now,
            by.Person,
            command.Party,
            command.Consent,
            command.Reason,
            command.Origin
        )
        {
            AnsweredAt = command.AnsweredAt,
        };
        return
            record.Consent == Consent.NotAsked
            && command is { Consent: not Consent.NotAsked, AskedAt: { } asked }
            ? new DecisionEvent[]
            {
                new ConsentAsked(now, by.Person, command.Party, asked, command.Origin),
                recorded,
            }
            : recorded;
    }
}
