using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

/// <summary>What one party said, for readers: the party, and never the person.</summary>
public sealed record PartySaid(string Party, ActivationChoice Choice, string Reason, Instant At);

/// <summary>One agreement in one disruption as readers are told of it: pages of the disruption, and the situation report.</summary>
/// <param name="Marking">The stricter one of agreement and disruption.</param>
public sealed record ActivationTold(
    string Id,
    string Agreement,
    string Name,
    AgreementKind Kind,
    string DisruptionId,
    ActivationState State,
    Truth Truth,
    IReadOnlyList<TriggerAspect> NotKnown,
    Instant? ProposedAt,
    Instant LookedAt,
    IReadOnlyList<PartySaid> Answers,
    Marking Marking
)
{
    public static ActivationTold Of(Agreement agreement, AgreementActivation activation)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        ArgumentNullException.ThrowIfNull(activation);
        return new ActivationTold(
            ContentId.Of("activation", new { agreement.Id, activation.FirstToldAs }),
            agreement.Id,
            agreement.Name,
            agreement.Terms.Kind,
            activation.DisruptionId,
            activation.State,
            activation.Truth,
            activation.NotKnown,
            activation.ProposedAt,
            activation.LookedAt,
            [
                .. activation.Answers.Select(answer => new PartySaid(
                    agreement.Parties.FirstOrDefault(party => party.Key() == answer.Party)?.Name
                        ?? answer.Party,
                    answer.Choice,
                    answer.Reason,
                    answer.At
                )),
            ],
            Marking.Strictest([agreement.Marking, activation.Marking])
        );
    }
}
