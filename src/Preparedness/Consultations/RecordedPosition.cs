using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

public enum PositionStand
{
    Support,
    NoObjection,
    Object,
    Abstain,
}

/// <summary>A recorded view of the draft. It is no vote: nothing is added up, and who said nothing has none.</summary>
/// <param name="Organisation">For which it was taken; null for a person of their own.</param>
/// <param name="IsVoice">True when it was not said for an organisation.</param>
/// <param name="Version">Of the text that stood then.</param>
/// <param name="IsLate">True for one that came after the deadline. It stands beside an earlier one and never in its place.</param>
public sealed record RecordedPosition(
    int Number,
    PositionStand Stand,
    string Reason,
    string By,
    string? Organisation,
    StakeholderClass Class,
    bool IsVoice,
    int Version,
    bool IsLate,
    Instant At
)
{
    /// <summary>Number of the later position of the same holder that stands in its place; null while it stands itself.</summary>
    public int? ReplacedBy { get; init; }

    /// <summary>Null for a person without an organisation: nobody has said in which class they stand.</summary>
    [JsonIgnore]
    public StakeholderClass? KnownClass => Organisation is null ? null : Class;

    /// <summary>Whose it is: the organisation's, or the person's own.</summary>
    [JsonIgnore]
    public string Holder => IsVoice ? By : Organisation ?? By;
}

public enum ConsensusOutcome
{
    /// <summary>Every objection was heard and answered, and the chairs see no reason in any of them that the text does not meet.</summary>
    RoughConsensus,

    NoConsensus,
}

/// <summary>What the chairs declare, with reasons and not by counting.</summary>
/// <param name="Version">Of the text that it is about.</param>
/// <param name="Dissent">Numbers of objecting positions, and of remarks that stand as dissent or as objections, at that moment.</param>
public sealed record ConsensusDeclaration(
    ConsensusOutcome Outcome,
    string Reasons,
    int Version,
    IReadOnlyList<int> ObjectingPositions,
    IReadOnlyList<int> Dissent,
    string By,
    Instant At
)
{
    /// <summary>When an appeal against it was upheld; null while it holds.</summary>
    public Instant? EndedAt { get; init; }
}

/// <summary>That somebody asks others than the chairs to look at a declaration again.</summary>
public sealed record ConsultationAppeal(
    int Number,
    string Grounds,
    string By,
    string? Organisation,
    StakeholderClass Class,
    Instant At
)
{
    /// <summary>Null while nobody has heard it.</summary>
    public bool? Upheld { get; init; }

    public string? Reasons { get; init; }

    /// <summary>Pseudonym of somebody who took no part.</summary>
    public string? HeardBy { get; init; }

    public string? HeardFor { get; init; }

    public Instant? HeardAt { get; init; }
}
