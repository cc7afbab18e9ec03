using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>Everything that a walk gave, from which publications are composed.</summary>
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
    Outline Outline
);

/// <summary>A released document. Each paragraph names the records it comes from (INV-10).</summary>
public sealed record Publication
{
    public required string Id { get; init; }

    /// <summary><c>situation-report</c>.</summary>
    public required string Form { get; init; }

    /// <summary>BCP 47: <c>en</c>, <c>fr</c>, <c>ar</c>.</summary>
    public required string Language { get; init; }

    public required string Title { get; init; }

    public required Instant AsOf { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    public required IReadOnlyList<Paragraph> Paragraphs { get; init; }

    /// <summary>Who, what, where, when: one row a commitment and a restoration, by area only.</summary>
    public required IReadOnlyList<FourWRow> FourW { get; init; }

    /// <summary>The report as one file without outside assets. Kept apart from the JSON form.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public required string Html { get; init; }
}

/// <param name="Section">Key of the section it stands in.</param>
/// <param name="Inputs">Ids of the records that the text was composed from.</param>
public sealed record Paragraph(
    string Id,
    string Section,
    string Text,
    IReadOnlyList<string> Inputs
);

/// <summary>One row of the 4W table; civilians and responders stay apart.</summary>
public sealed record FourWRow(
    string Who,
    string What,
    string Where,
    string? Pcode,
    Instant? Since,
    Instant? Until,
    string Status,
    long? TargetedCivilians,
    long? ReachedCivilians,
    long? TargetedResponders,
    long? ReachedResponders,
    string Source
);
