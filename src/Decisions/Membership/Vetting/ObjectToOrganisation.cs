using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Vetting;

/// <summary>Somebody of another organisation says why one should not be vetted. It is answered, not outvoted in silence.</summary>
public sealed record ObjectToOrganisation(string Reason)
{
    private const int ObjectionsMax = 100;

    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ObjectToOrganisation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNotFromOutside(organisation, by, out Signatory signatory)
            ?? Limits.Text("reason", command.Reason)
            ?? (
                organisation!.VettedAt is not null
                    ? Refusal.WrongState("the organisation is vetted; suspend it if you must")
                : organisation.Objections.Any(objection =>
                    objection.By.Organisation == by.Organisation
                )
                    ? Refusal.WrongState("your organisation has objected already")
                : organisation.Objections.Count >= ObjectionsMax
                    ? Refusal.TooMuch($"there are {ObjectionsMax} objections already")
                : null
            );
        return refusal is not null
            ? refusal
            : new OrganisationObjected(signatory, command.Reason, now);
    }
}

/// <summary>The organisation answers an objection.</summary>
/// <param name="Objector">Pseudonym of whoever objected.</param>
public sealed record AnswerObjection(string Objector, string Answer)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        AnswerObjection command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNot(organisation, by)
            ?? Limits.Text("answer", command.Answer)
            ?? (
                organisation!.Objections.Any(objection =>
                    objection.By.Person == command.Objector && objection.Answer is null
                )
                    ? null
                    : Refusal.WrongState("there is no such objection without an answer")
            );
        return refusal is not null
            ? refusal
            : VettedOnceReady.Of(
                organisation!,
                new ObjectionAnswered(command.Objector, command.Answer, by.Person, now),
                now
            );
    }
}

/// <summary>Whoever objected no longer does.</summary>
public sealed record WithdrawObjection
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        WithdrawObjection command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return organisation is null ? Refusal.WrongState("there is no such organisation")
            : organisation.Objections.All(objection => objection.By.Person != by.Person)
                ? Refusal.WrongState("you have not objected")
            : organisation.VettedAt is not null
                ? Refusal.WrongState("the organisation is vetted; the objection stays on record")
            : VettedOnceReady.Of(organisation, new ObjectionWithdrawn(by.Person, now), now);
    }
}
