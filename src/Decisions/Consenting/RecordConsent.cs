using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Consenting;

/// <summary>Records what a party answered, or that it did not. It never decides anything by itself.</summary>
public sealed record RecordConsent(
    string Party,
    Consent Consent,
    Instant? AskedAt,
    string Reason,
    Origin Origin
)
{
    public static (Decision Decision, DecisionRefused? Refusal) Record(
        Decision decision,
        RecordConsent command
    )
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(command);
        if (decision.Consents.All(consent => consent.Party != command.Party))
        {
            return (
                decision,
                new DecisionRefused(
                    $"'{command.Party}' is not among the parties whose consent is sought"
                )
            );
        }

        if (command.Consent != Consent.NotAsked && command.AskedAt is null)
        {
            return (
                decision,
                new DecisionRefused("an answer, or its absence, needs the time of asking")
            );
        }

        var record = new ConsentRecord(
            command.Party,
            command.Consent,
            command.AskedAt,
            command.Reason,
            command.Origin
        );
        return (
            decision with
            {
                Consents =
                [
                    .. decision.Consents.Select(consent =>
                        consent.Party == command.Party ? record : consent
                    ),
                ],
            },
            null
        );
    }
}
