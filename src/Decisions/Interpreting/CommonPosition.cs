using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

public enum CommonPositionState
{
    /// <summary>Public, and not yet for comment.</summary>
    Draft,

    /// <summary>Anybody comments, objects and dissents; organisations endorse.</summary>
    Consultation,

    /// <summary>Its text stands. Dissent and endorsements still come and go.</summary>
    Adopted,

    /// <summary>Another took its place. It stays as it was.</summary>
    Superseded,
}

/// <summary>One state of the whole text.</summary>
/// <param name="Hash">Over the canonical JSON of title, number and paragraphs.</param>
/// <param name="Paragraphs">In their order: which paragraph, in the wording of which version.</param>
/// <param name="By">Pseudonym of who put it.</param>
public sealed record PositionVersion(
    int Number,
    string Hash,
    IReadOnlyList<PlacedParagraph> Paragraphs,
    string Note,
    string By,
    Instant At
);

/// <param name="Since">The version in whose wording it stands.</param>
public sealed record PlacedParagraph(string Id, int Since);

/// <summary>
/// What organisations of several stakeholder classes can say together about what the law asks and where it is silent. It counts no
/// votes: it shows who stands behind which paragraph, and who does not and why.
/// </summary>
public sealed partial record CommonPosition : ISubject<CommonPosition, CommonPositionEvent>
{
    public const int VersionsMax = 40;

    public static string Kind => "common-position";

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Id of the organisation that keeps the text; whoever would word it otherwise objects, or drafts another.</summary>
    public required string PenHolder { get; init; }

    public required CommonPositionState State { get; init; }

    /// <summary>As the latest version has them.</summary>
    public required IReadOnlyList<PositionParagraph> Paragraphs { get; init; }

    /// <summary>Of the latest version.</summary>
    public required string Hash { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<PositionVersion> Versions { get; init; }

    /// <summary>Every wording that any paragraph ever had, each once.</summary>
    public required IReadOnlyList<PositionParagraph> Wordings { get; init; }

    /// <summary>By number, and none is ever taken out.</summary>
    public required IReadOnlyList<Remark> Remarks { get; init; }

    /// <summary>All that were given, with what became of them.</summary>
    public required IReadOnlyList<Endorsement> Endorsements { get; init; }

    public Instant? AdoptedAt { get; init; }

    public string? SupersededBy { get; init; }

    public string? SupersededBecause { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public string Words =>
        $"{Title} {string.Join(' ', Paragraphs.SelectMany(paragraph => paragraph.Rules.Concat(paragraph.Gaps)).Distinct(StringComparer.Ordinal))}";

    [JsonIgnore]
    public PositionVersion Latest => Versions[^1];

    /// <summary>Nothing new is said of it and nothing is put.</summary>
    [JsonIgnore]
    internal bool IsOver => State == CommonPositionState.Superseded;

    public static string HashOf(
        string title,
        int number,
        IReadOnlyList<PositionParagraph> paragraphs
    ) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(new { title, number, paragraphs })))}";

    /// <summary>The text of a version; null when there is no such version.</summary>
    public IReadOnlyList<PositionParagraph>? TextOf(int number) =>
        number < 1 || number > Versions.Count
            ? null
            :
            [
                .. Versions[number - 1]
                    .Paragraphs.Select(placed =>
                        Wordings.First(wording =>
                            wording.Id == placed.Id && wording.Since == placed.Since
                        )
                    ),
            ];

    /// <summary>What changed from one version to another; null when one of them does not exist.</summary>
    public VersionDiff? Diff(int from, int to) =>
        VersionDiff.Of(from, to, TextOf(from), TextOf(to));

    /// <summary>Classes that stand behind a paragraph of the latest version.</summary>
    public IReadOnlyList<StakeholderClass> ClassesBehind(string paragraph) =>
        [
            .. Endorsements
                .Where(one =>
                    one.State == EndorsementState.Holds
                    && one.Covers.Contains(paragraph, StringComparer.Ordinal)
                )
                .Select(one => one.Class)
                .Distinct()
                .Order(),
        ];
}
