using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Proposing;

/// <summary>Lays an agreement before its parties. It is signed by nobody yet, not by its author either.</summary>
/// <param name="Id">By which triggers of other agreements name it: small letters, digits and hyphens.</param>
public sealed record ProposeAgreement(
    string Id,
    string Name,
    IReadOnlyList<AgreementParty> Parties,
    AgreementTerms Terms,
    Marking Marking
)
{
    [JsonIgnore]
    public AgreementsOnRecord Known { get; init; } = AgreementsOnRecord.None;

    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        ProposeAgreement command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("an agreement with this id is on record"))
            ?? Checks.Id(command.Id, "the id")
            ?? (
                command.Id.All(letter =>
                    char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'
                )
                    ? null
                    : Refusal.Invalid("an id has small letters, digits and hyphens only")
            )
            ?? OpenText.Name(command.Name, "the name")
            ?? AgreementRules.Parties(command.Parties, by)
            ?? AgreementRules.Terms(command.Id, command.Terms, command.Known)
            ?? (
                command.Terms.Until <= now
                    ? Refusal.Invalid("the agreement would be over already")
                    : null
            )
            ?? OpenText.Marked(command.Marking);
        return no is not null
            ? no
            : new AgreementProposed(
                now,
                by.Person,
                command.Id,
                command.Name,
                command.Parties,
                command.Terms,
                command.Marking
            );
    }
}
