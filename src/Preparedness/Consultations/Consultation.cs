using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

public enum ConsultationPhase
{
    /// <summary>Anybody sends inputs.</summary>
    Call,

    /// <summary>What came in is put together, paragraph by paragraph, each with the inputs that it comes from.</summary>
    Synthesis,

    /// <summary>Anybody comments on the draft and objects to it; positions are taken.</summary>
    Draft,

    /// <summary>Rough consensus was declared. The text stands as the report unless an appeal is upheld.</summary>
    Report,

    Launched,

    /// <summary>It ended without a report, and says why.</summary>
    Closed,
}

/// <summary>An open call and its result: call, inputs, synthesis, draft, report, launch.</summary>
public sealed partial record Consultation : ISubject<Consultation, ConsultationEvent>
{
    public const int VersionsMax = 60;

    /// <summary>How long an appeal can be lodged once rough consensus was declared.</summary>
    public static readonly Duration AppealWindow = Duration.FromDays(7);

    public static string Kind => "consultation";

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What is asked.</summary>
    public required string Call { get; init; }

    /// <summary>Id of the organisation that keeps the calendar and the text; its representatives are the chairs.</summary>
    public required string Secretariat { get; init; }

    /// <summary>Id of the work area that asks; null for none.</summary>
    public string? WorkArea { get; init; }

    /// <summary>Id of the cycle that it is part of; null for none.</summary>
    public string? Cycle { get; init; }

    public required Workstream Stream { get; init; }

    /// <summary>Streams that its result touches: each must acknowledge before it is launched (INV-08).</summary>
    public required IReadOnlyList<Workstream> AffectedStreams { get; init; }

    public required ConsultationPhase Phase { get; init; }

    public required Instant CalledAt { get; init; }

    /// <summary>What comes later is kept, and marked late.</summary>
    public required Instant InputsUntil { get; init; }

    /// <summary>Null while no draft is out.</summary>
    public Instant? PositionsUntil { get; init; }

    /// <summary>As the latest version has them.</summary>
    public IReadOnlyList<TracedParagraph> Paragraphs { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TextVersion> Versions { get; init; } = [];

    /// <summary>Every wording that any paragraph ever had, each once.</summary>
    public IReadOnlyList<TracedParagraph> Wordings { get; init; } = [];

    /// <summary>Inputs that no paragraph takes up, each with the reason.</summary>
    public IReadOnlyList<SetAside> Aside { get; init; } = [];

    /// <summary>By number, and none is ever taken out.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>All that were ever taken: a later one does not overwrite an earlier one.</summary>
    public IReadOnlyList<RecordedPosition> Positions { get; init; } = [];

    /// <summary>What the chairs declared, oldest first; an upheld appeal ends one.</summary>
    public IReadOnlyList<ConsensusDeclaration> Declarations { get; init; } = [];

    public IReadOnlyList<ConsultationAppeal> Appeals { get; init; } = [];

    public Instant? LaunchedAt { get; init; }

    public string? ClosedBecause { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Checks.Word(Phase);

    [JsonIgnore]
    public Instant? DueAt =>
        Phase switch
        {
            ConsultationPhase.Call => InputsUntil,
            ConsultationPhase.Draft when !ArePositionsClosed => PositionsUntil,
            _ => null,
        };

    [JsonIgnore]
    public string Words => $"{Title} {Call}";

    /// <summary>True once the time for positions has passed: what is taken then is kept as late.</summary>
    public bool ArePositionsClosed { get; init; }

    /// <summary>Whether a position that is taken now comes late: it is kept, and marked.</summary>
    public bool IsLateAt(Instant now) => ArePositionsClosed || now >= PositionsUntil;

    [JsonIgnore]
    public bool IsOver => Phase is ConsultationPhase.Launched or ConsultationPhase.Closed;

    /// <summary>The declaration that holds; null for none.</summary>
    [JsonIgnore]
    public ConsensusDeclaration? Declared =>
        Declarations is [.., { EndedAt: null } last] ? last : null;

    /// <summary>From when the chairs can say whether there is consensus on the draft; null while there is no draft.</summary>
    [JsonIgnore]
    public Instant? DeclarableFrom => Phase == ConsultationPhase.Draft ? PositionsUntil : null;

    /// <summary>From when the report can be launched, the time for appeals being over; null while no declaration holds.</summary>
    [JsonIgnore]
    public Instant? LaunchableFrom =>
        Phase == ConsultationPhase.Report && Declared is { } declared
            ? declared.At + AppealWindow
            : null;

    /// <summary>Appeals that nobody has heard.</summary>
    [JsonIgnore]
    public IReadOnlyList<ConsultationAppeal> OpenAppeals =>
        [.. Appeals.Where(appeal => appeal.HeardAt is null)];

    /// <summary>The text of a version; null when there is no such version.</summary>
    public IReadOnlyList<TracedParagraph>? TextOf(int number) =>
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

    /// <summary>The last position of each that was in time, and beside it the last that came late.</summary>
    public IReadOnlyList<RecordedPosition> PositionsNow() =>
        // Told by the fold, which knows the holders: a reader may not see whose a voice is.
        [.. Positions.Where(position => position.ReplacedBy is null)];
}
