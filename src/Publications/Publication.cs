using System.Text.Json.Serialization;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Continuity;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Gaps;
using Breakwater.Publications.Gaps;
using Breakwater.Publications.Releases;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>Everything that a walk gave, from which publications are composed.</summary>
/// <param name="Faults">Input that could not be used: a reader must know what was not read.</param>
/// <param name="IsExercise">True for practice; every product then says so (INV-13).</param>
/// <param name="Response">Id of the response that it tells of; null for a walk over a scenario.</param>
/// <param name="Clearances">Permits that were asked for; null where nobody keeps them.</param>
/// <param name="Corrects">What this takes the place of; null for nothing.</param>
/// <param name="Norms">What each body of a law pack would say; null where nobody worked it out.</param>
/// <param name="Activations">Agreements that its disruptions call for; null where no trigger was met.</param>
/// <param name="Cite">How what is composed is cited; null for what nobody releases.</param>
/// <param name="BlindWithheld">Stretches of closely held feeds that are counted here and not among those of the detection.</param>
public sealed record Walked(
    string Scenario,
    IReadOnlyDictionary<string, string> Titles,
    Origin Origin,
    TimeWindow Window,
    Instant AsOf,
    IReadOnlyList<Signal> Signals,
    Detection Detection,
    Assessment Assessment,
    IReadOnlyList<Population> Populations,
    IReadOnlyList<Plan> Plans,
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<Restoration> Restorations,
    IReadOnlyList<FundingFigure> Funding,
    Outline Outline,
    bool IsExercise = false,
    IReadOnlyList<InputFault>? Faults = null,
    string? Response = null,
    IReadOnlyList<ClearanceFile>? Clearances = null,
    Corrected? Corrects = null,
    int BlindWithheld = 0,
    NormsTold? Norms = null,
    IReadOnlyList<ActivationTold>? Activations = null,
    Citation? Cite = null
)
{
    /// <summary>Cases about the continuity of core resources.</summary>
    public IReadOnlyList<ContinuityCase> Cases { get; init; } = [];

    /// <summary>What is covered in the country, as the public may see it; null where nobody worked it out.</summary>
    public GapMatrix? Covered { get; init; }

    /// <summary>Where law is silent or disagrees, as the public may see it; null where nobody worked it out.</summary>
    public LawGapsTold? LawGaps { get; init; }
}

/// <summary>An earlier publication that is corrected, and what was wrong with it.</summary>
/// <param name="Id">Of the one in the same language.</param>
public sealed record Corrected(string Id, Instant AsOf, string Why);

/// <summary>A released document. Each paragraph, table row and figure names the records it comes from (INV-10).</summary>
public sealed record Publication
{
    public required string Id { get; init; }

    /// <summary>As a word: <c>situation-report</c>, <c>index</c>, <c>legal-brief</c> ...</summary>
    public required string Form { get; init; }

    /// <summary>BCP 47: <c>en</c>, <c>fr</c>, <c>ar</c>.</summary>
    public required string Language { get; init; }

    public required string Title { get; init; }

    public required Instant AsOf { get; init; }

    public required Origin Origin { get; init; }

    public required bool IsExercise { get; init; }

    public required Marking Marking { get; init; }

    public required IReadOnlyList<Paragraph> Paragraphs { get; init; }

    public required IReadOnlyList<PublishedTable> Tables { get; init; }

    public required IReadOnlyList<PublishedFigure> Figures { get; init; }

    /// <summary>Who, what, where, when: one row a commitment and a restoration, by area only.</summary>
    public required IReadOnlyList<FourWRow> FourW { get; init; }

    /// <summary>How many records of each kind this audience may not see.</summary>
    public required IReadOnlyList<Withheld> Withheld { get; init; }

    /// <summary>How it is cited and may be used; null, and absent in JSON, for what nobody released.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Citation? Cite { get; init; }

    /// <summary>The report as one file without outside assets. Kept apart from the JSON form.</summary>
    [JsonIgnore]
    public string Html { get; init; } = "";

    /// <summary>
    /// The records behind a paragraph, table, table row, figure or 4W row; null when nothing here has that id. The
    /// short form that the report prints is enough.
    /// </summary>
    public IReadOnlyList<string>? InputsOf(string id) =>
        Traced().Where(part => part.Id == id).Select(part => part.Inputs).FirstOrDefault()
        ?? (
            id.Length >= Ids.ShortLength
                ? Traced()
                    .Where(part => part.Id.StartsWith(id, StringComparison.Ordinal))
                    .Select(part => part.Inputs)
                    .FirstOrDefault()
                : null
        );

    /// <summary>Every part that has an id, with the records it was composed from, in the order of the report.</summary>
    public IEnumerable<(string Id, IReadOnlyList<string> Inputs)> Traced() =>
        Paragraphs
            .Select(part => (part.Id, part.Inputs))
            .Concat(Tables.Select(part => (part.Id, part.Inputs)))
            .Concat(Tables.SelectMany(table => table.Rows).Select(part => (part.Id, part.Inputs)))
            .Concat(Figures.Select(part => (part.Id, part.Inputs)))
            .Concat(FourW.Select(part => (part.Id, part.Inputs)));
}

/// <param name="Id">The same in every language, when the content is the same.</param>
/// <param name="Section">Key of the section it stands in.</param>
/// <param name="Origins">How the values in it came to be; more than one is a mixture, and said (INV-20).</param>
/// <param name="Inputs">Ids of the records that the text was composed from.</param>
public sealed record Paragraph(
    string Id,
    string Section,
    string Text,
    IReadOnlyList<Origin> Origins,
    IReadOnlyList<string> Inputs
);

public sealed record PublishedTable(
    string Id,
    string Section,
    string Title,
    IReadOnlyList<string> Columns,
    IReadOnlyList<PublishedRow> Rows,
    IReadOnlyList<string> Inputs
);

public sealed record PublishedRow(
    string Id,
    IReadOnlyList<string> Cells,
    IReadOnlyList<Origin> Origins,
    IReadOnlyList<string> Inputs
);

public sealed record PublishedFigure(
    string Id,
    string Section,
    string Title,
    string Description,
    IReadOnlyList<string> Inputs
);

/// <summary>One row of the 4W table; civilians and responders stay apart.</summary>
/// <param name="ReachedCivilians">People for whom it works now; null is unknown. A pledge reaches nobody (INV-06).</param>
public sealed record FourWRow(
    string Id,
    string Who,
    string What,
    string? Country,
    string Where,
    string? Pcode,
    Instant? Since,
    Instant? Until,
    string Status,
    long? TargetedCivilians,
    long? ReachedCivilians,
    long? TargetedResponders,
    long? ReachedResponders,
    string Source,
    Origin Origin,
    IReadOnlyList<string> Inputs
);
