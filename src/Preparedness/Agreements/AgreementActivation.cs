using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

public enum ActivationState
{
    /// <summary>The trigger is met and no party has answered.</summary>
    Proposed,

    /// <summary>It was met; now it cannot be told any more.</summary>
    NotKnown,

    /// <summary>It was met, and is no more, before any party answered.</summary>
    NoLongerMet,

    Used,

    Refused,

    /// <summary>One party uses it and another refuses. Nobody judges between them.</summary>
    Divided,
}

public enum ActivationChoice
{
    Use,
    Refuse,
}

/// <summary>What one party said. A refusal is recorded with its reason; whether it breaks the agreement is for nobody here to say.</summary>
public sealed record ActivationAnswer(
    string Party,
    ActivationChoice Choice,
    string Reason,
    string By,
    Instant At
);

/// <summary>One agreement in one disruption. It is proposed once, however often the disruption is told again.</summary>
/// <param name="FirstToldAs">The id of the disruption when it was first proposed; it names the activation, whatever the disruption is told as since.</param>
/// <param name="Truth">Whether the trigger is met, as last looked at.</param>
/// <param name="NotKnown">What would have to be known to tell.</param>
/// <param name="ProposedAt">Null when a party used it although its trigger was never met.</param>
/// <param name="Marking">Of the disruption: who may not know of it does not see this either.</param>
public sealed record AgreementActivation(
    string DisruptionId,
    string FirstToldAs,
    Place Place,
    ActivationState State,
    Truth Truth,
    IReadOnlyList<TriggerAspect> NotKnown,
    Instant? ProposedAt,
    Instant LookedAt,
    IReadOnlyList<ActivationAnswer> Answers,
    Marking Marking
)
{
    /// <summary>With its state as its answers and its trigger make it.</summary>
    internal AgreementActivation Settled() =>
        this with
        {
            State =
                Answers.Count > 0
                    ? Answers.All(answer => answer.Choice == ActivationChoice.Use)
                        ? ActivationState.Used
                        : Answers.All(answer => answer.Choice == ActivationChoice.Refuse)
                            ? ActivationState.Refused
                            : ActivationState.Divided
                    : Truth switch
                    {
                        Truth.True => ActivationState.Proposed,
                        Truth.Unknown => ActivationState.NotKnown,
                        _ => ActivationState.NoLongerMet,
                    },
        };
}
