using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

public enum Stand
{
    Support,
    NoObjection,
    Object,
    Abstain,
    Recuse,
}

/// <summary>A recorded view. Somebody who said nothing has no position: silence is not consent.</summary>
/// <param name="Stakeholder">The organisation; for a voice its number on this decision.</param>
public sealed record Position(
    string Stakeholder,
    StakeholderClass Class,
    Stand Stand,
    string Reason,
    Instant At,
    Origin Origin
)
{
    /// <summary>Pseudonym of who said it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }

    /// <summary>
    /// True for somebody who speaks for no vetted organisation: anyone may join and is heard, and none of them counts
    /// towards a quorum, because accounts are cheap (INV-09). What a voice objects must be answered like any objection, at the
    /// latest by who closes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsVoice { get; init; }

    /// <summary>
    /// A conflict of interest as declared; null when none was declared, which does not mean that there is none. Who declares one is
    /// heard and answered, and not counted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Conflict { get; init; }

    /// <summary>What an objection was answered; null while it is not. An objection with a new reason wants a new answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Answer? Answer { get; init; }

    /// <summary>True when it moves the tally: nobody decides in a matter of their own interest, or for nobody.</summary>
    [JsonIgnore]
    public bool Counts => !IsVoice && Conflict is null && Stand != Stand.Recuse;
}

/// <summary>What somebody else than who objects answered an objection.</summary>
public sealed record Answer(string Text, string Organisation, string Person, Instant At);

/// <summary>Who takes no part, and why. It stays so until the decision is over.</summary>
/// <param name="Organisation">Set when the whole organisation takes no part; null for the person alone.</param>
public sealed record Recusal(string Person, string? Organisation, string Reason, Instant At);

/// <summary>What a party whose consent was sought answered (INV-04).</summary>
public enum Consent
{
    Given,
    Denied,
    NoAnswer,
    NotAsked,
}

/// <param name="AskedAt">When it was asked first: the age of a silence runs from here.</param>
public sealed record ConsentRecord(
    string Party,
    Consent Consent,
    Instant? AskedAt,
    string Reason,
    Origin Origin
)
{
    /// <summary>When it answered; null while it is silent, and when only the answer is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? AnsweredAt { get; init; }

    /// <summary>How long the party has been silent; null when it is not silent.</summary>
    public Duration? SilentFor(Instant now) =>
        Consent == Consent.NoAnswer && AskedAt is { } asked ? now - asked : null;
}

/// <summary>What a stream of work says of an act of another stream.</summary>
public enum AcknowledgementAnswer
{
    Accepts,
    Objects,
    Notes,
}

/// <summary>That a stream has seen an act that touches it. Its objection is dissent and no veto.</summary>
public sealed record Acknowledgement(
    Workstream Stream,
    AcknowledgementAnswer Answer,
    string Text,
    string Person,
    Instant At
);

/// <summary>Dissent as it stood when the decision was closed, with its answer. It is published with the outcome (INV-10).</summary>
public sealed record Dissent(string Who, StakeholderClass? Class, string Reason, string? Answer);

public enum AppealState
{
    Open,

    /// <summary>Heard: the decision stands.</summary>
    Upheld,

    /// <summary>Heard: the question is put again.</summary>
    Reopened,
}

/// <summary>A request that people who took no part look at a decision again.</summary>
public sealed record Appeal(
    string Person,
    string? Organisation,
    string Reason,
    Instant LodgedAt,
    AppealState State,
    string HeardBy,
    string HeardReason,
    Instant? RemindedAt
)
{
    /// <summary>True for somebody who speaks for no vetted organisation, whatever organisation it is in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsVoice { get; init; }
}
