using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

public enum CaptureMethod
{
    WebCapture,
    Screenshot,
    Download,
    Measurement,
    Recording,
    Scan,
    HandedOver,
    Other,
}

/// <summary>How an item was taken from its source. What is not known is null, and then the origin is not documented.</summary>
/// <param name="Operator">Pseudonym of whoever took it.</param>
public sealed record Capture(
    Instant? At,
    CaptureMethod? Method,
    string? Tool,
    string? ToolVersion,
    string? Operator,
    Role? OperatorRole
);

/// <summary>What was found when this node last looked at the octets.</summary>
public enum OctetsState
{
    /// <summary>They are not here: nobody on this node has seen what the hashes are of.</summary>
    Elsewhere,

    /// <summary>They are here, and have both hashes.</summary>
    Hold,

    /// <summary>They are here, and one of the hashes is of other octets.</summary>
    Differ,

    /// <summary>They were here, and are not any more.</summary>
    Lost,
}

/// <summary>The three analyses of the Berkeley Protocol (chapter VI.D).</summary>
public enum Analysis
{
    Source,
    Content,
    Technical,
}

public enum VerificationResult
{
    Supports,
    Doubts,
    Refutes,
    Inconclusive,
}

/// <summary>What one assessor found. Several stand side by side; one that contradicts another takes nothing from it.</summary>
public sealed record Verification(
    Instant At,
    string By,
    string? Organisation,
    Role Role,
    Analysis Analysis,
    VerificationResult Result,
    string Reasons
);

/// <summary>Silence is not consent: what nobody said is unknown.</summary>
public enum ItemConsent
{
    Unknown,
    Given,
    NotNeeded,
    Refused,
}

public enum SafetyRisk
{
    NotAssessed,
    NoneKnown,
    Some,

    /// <summary>Its octets leave in no export.</summary>
    High,
}

/// <summary>A copy from which something was removed. The item itself stays as it was.</summary>
public sealed record Redaction(
    Instant At,
    string By,
    string What,
    string Reason,
    string Sha256,
    string Sha512,
    long Size
);

/// <summary>Custody that was offered. It stays where it was until the other side accepts.</summary>
public sealed record CustodyOffer(Instant At, string By, Holder From, Holder To, string Reason);

/// <summary>Why an item stands in no finding any more. It stays listed.</summary>
public sealed record Withdrawal(Instant At, string By, string Reason);

/// <summary>What an item says of one fact of the norms, by whom it was read out of it and how sure.</summary>
/// <param name="Fact">Id of the fact, such as <c>m.blanket</c>; of its form alone is known here.</param>
/// <param name="Extractor">The role that read it out.</param>
/// <param name="Withdrawn">Null while it supports.</param>
public sealed record Support(
    string Id,
    string Fact,
    bool Value,
    Confidence Confidence,
    Role Extractor,
    string Reason,
    Instant At,
    string By,
    Withdrawal? Withdrawn
);

/// <summary>
/// One item of evidence after the Berkeley Protocol on Digital Open Source Investigations. It has no field for a position, and none
/// for the name of anybody.
/// </summary>
public sealed record DossierItem
{
    public const int CustodyMax = 1_000;
    public const int VerificationsMax = 100;
    public const int SupportsMax = 100;
    public const int RedactionsMax = 50;
    public const int CopiesMax = 50;

    public required string Id { get; init; }

    /// <summary>The file's own name; never a path.</summary>
    public required string Name { get; init; }

    public required string MediaType { get; init; }

    /// <summary>In octets; null while nobody has seen them.</summary>
    public required long? Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Null for octets held elsewhere of which nobody stated it.</summary>
    public required string? Sha512 { get; init; }

    /// <summary>Where it was published; null for what a contributor handed in.</summary>
    public required string? Url { get; init; }

    /// <summary>Pseudonymous code of whoever handed it in.</summary>
    public required string? Contributor { get; init; }

    public required Capture Capture { get; init; }

    /// <summary>SHA-256 of its C2PA manifest; null when it has none that is known.</summary>
    public required string? C2paSha256 { get; init; }

    public required OctetsState Octets { get; init; }

    /// <summary>Addresses of copies in archives of others.</summary>
    public required IReadOnlyList<string> Copies { get; init; }

    public required IReadOnlyList<Verification> Verifications { get; init; }

    public required ItemConsent Consent { get; init; }

    /// <summary>What the consent is for, in the words in which it was given.</summary>
    public required string? ConsentFor { get; init; }

    public required SafetyRisk Risk { get; init; }

    /// <summary>Who could be endangered and what was done; never who it is.</summary>
    public required string? RiskNote { get; init; }

    public required Instant? RetainUntil { get; init; }

    public required IReadOnlyList<Redaction> Redactions { get; init; }

    public required Holder Holder { get; init; }

    /// <summary>Null while nobody was offered custody.</summary>
    public required CustodyOffer? Offered { get; init; }

    public required IReadOnlyList<CustodyEvent> Custody { get; init; }

    public required IReadOnlyList<Support> Supports { get; init; }

    public required Withdrawal? Withdrawn { get; init; }

    /// <summary>Its access class: who may see it. Never wider than the dossier.</summary>
    public required Marking Marking { get; init; }

    [JsonIgnore]
    public bool IsSealed => Custody.Any(link => link.Action == CustodyAction.Sealed);
}
