using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>One event made ready for the walk: its series, claims, people, offers and, when scripted, what people decided.</summary>
public sealed record Scenario
{
    public required string Id { get; init; }

    /// <summary>By BCP 47 language; <c>en</c> is always there.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>By BCP 47 language; empty when the scenario has none.</summary>
    public required IReadOnlyDictionary<string, string> Summary { get; init; }

    /// <summary>The origin of every value that does not state its own.</summary>
    public required Origin Origin { get; init; }

    /// <summary>The country that it is about, or the function of core resources, which lies in none.</summary>
    public required Place Place { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null for a function of core resources.</summary>
    public string? Country => Place.Country;

    public required TimeWindow Window { get; init; }

    /// <summary>The knowledge date of needs and plans: they are computed from what was known by then.</summary>
    public required Instant PlanAt { get; init; }

    /// <summary>The date of the report.</summary>
    public required Instant AsOf { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyList<ScenarioSeries> Series { get; init; }

    /// <summary>Field reports in JSON, as received; null when there are none.</summary>
    public required SourceFile? Reports { get; init; }

    /// <summary>The origin of the reports.</summary>
    public required Origin ReportsOrigin { get; init; }

    /// <summary>Inputs to a consultation on it, as JSON; null when there are none.</summary>
    public required SourceFile? Inputs { get; init; }

    public required IReadOnlyList<ClaimSignal> Claims { get; init; }

    /// <summary>Circumstances that bear on it, as somebody states them: a disaster, a decision of a registry.</summary>
    public required IReadOnlyList<ContextSignal> Circumstances { get; init; }

    /// <summary>What sources state of the law and the circumstances of the place.</summary>
    public required IReadOnlyList<AssertionSignal> Law { get; init; }

    public required IReadOnlyList<Population> Populations { get; init; }

    public required IReadOnlyList<NetworkShare> NetworkShares { get; init; }

    public required IReadOnlyList<Site> Sites { get; init; }

    public required IReadOnlyList<Stakeholder> Stakeholders { get; init; }

    public required IReadOnlyList<Clearance> Clearances { get; init; }

    public required IReadOnlyList<Offer> Offers { get; init; }

    public required decimal BudgetUsd { get; init; }

    /// <summary>Where the budget comes from, in words.</summary>
    public required string BudgetSource { get; init; }

    /// <summary>How many stakeholder classes must take part in a decision.</summary>
    public required int QuorumClasses { get; init; }

    /// <summary>Parties whose consent is sought and never required.</summary>
    public required IReadOnlyList<string> ConsentParties { get; init; }

    /// <summary>Questions of principle that are put to people beside those of the walk.</summary>
    public required IReadOnlyList<ScenarioQuestion> Questions { get; init; }

    /// <summary>Cases about the continuity of a core resource.</summary>
    public required IReadOnlyList<ScenarioCase> Cases { get; init; }

    /// <summary>Trips for repair or delivery, and who is told of them.</summary>
    public required IReadOnlyList<ScenarioMission> Missions { get; init; }

    /// <summary>What people said and did, in order of time; null when nobody has decided yet.</summary>
    public required IReadOnlyList<ScriptEntry>? Script { get; init; }

    public required IReadOnlyList<FundingFigure> Funding { get; init; }

    public required Outline? Outline { get; init; }

    /// <summary>The text of PROVENANCE.md; null when there is none.</summary>
    public required string? Provenance { get; init; }

    /// <summary>Every file read, <c>scenario.yaml</c> first.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>Where in <c>scenario.yaml</c> a thing stands: <c>offers/backup-core</c>, <c>populations/SD/Khartoum/residents</c>.</summary>
    public required IReadOnlyDictionary<string, Evidence> Evidence { get; init; }
}

/// <summary>One file of measurements and how to read it.</summary>
/// <param name="Format"><c>ioda-csv</c>, <c>series-csv</c>, <c>mrt</c>, or <c>bgpdump-text</c> for routes that depart from known ones.</param>
/// <param name="ModelledColumns">Columns whose values are modelled, whatever the origin of the rest of the file.</param>
/// <param name="Columns">How to read a <c>series-csv</c>; null for the other formats.</param>
public sealed record ScenarioSeries(
    string Format,
    Place Place,
    Origin Origin,
    Marking Marking,
    IReadOnlyList<string> ModelledColumns,
    SeriesFormat? Columns,
    SourceFile File
)
{
    /// <summary>What routes are held against; null for every other format.</summary>
    public RouteContext? Routes { get; init; }
}

/// <summary>Files that a file of routing messages is judged by; each may be missing.</summary>
/// <param name="Baseline">A table from before, as <c>bgpdump -m</c> prints it.</param>
/// <param name="Vrps">An export of a validator.</param>
/// <param name="Relationships">Relationships between networks, as CAIDA writes them.</param>
/// <param name="Expectations">What holders say of their prefixes.</param>
public sealed record RouteContext(
    SourceFile? Baseline,
    SourceFile? Vrps,
    SourceFile? Relationships,
    SourceFile? Expectations
);

/// <summary>Something that somebody did at a moment of the scenario.</summary>
/// <param name="Evidence">The lines of <c>scenario.yaml</c> that say so.</param>
public abstract record ScriptEntry(Instant At, Evidence Evidence);

/// <param name="By">Id of a stakeholder.</param>
/// <param name="On"><c>activation</c>, <c>plan</c> or the id of a question.</param>
/// <param name="Stand"><c>support</c>, <c>no-objection</c>, <c>object</c>, <c>abstain</c> or <c>recuse</c>.</param>
public sealed record ScriptedPosition(
    Instant At,
    Evidence Evidence,
    string By,
    string On,
    string Stand,
    string Reason
) : ScriptEntry(At, Evidence);

/// <param name="By">Id of the stakeholder who answers.</param>
/// <param name="On"><c>activation</c> or <c>plan</c>.</param>
/// <param name="Objection">Id of the stakeholder whose objection is answered.</param>
public sealed record ScriptedAnswer(
    Instant At,
    Evidence Evidence,
    string By,
    string On,
    string Objection,
    string Answer
) : ScriptEntry(At, Evidence);

/// <param name="Party">One of the scenario's consent parties.</param>
/// <param name="Answer"><c>given</c>, <c>denied</c>, <c>no-answer</c> or <c>not-asked</c>.</param>
public sealed record ScriptedConsent(
    Instant At,
    Evidence Evidence,
    string Party,
    string Answer,
    Instant? AskedAt,
    string Reason
) : ScriptEntry(At, Evidence);

/// <param name="Offer">Id of an offer.</param>
/// <param name="Step"><c>pledged</c>, <c>cleared</c>, <c>delivered</c>, <c>working</c>, <c>still-working</c>, <c>lapsed</c> or <c>withdrawn</c>.</param>
/// <param name="By">Id of the stakeholder who says so.</param>
public sealed record ScriptedStep(
    Instant At,
    Evidence Evidence,
    string Offer,
    string Step,
    string Proof,
    string By
) : ScriptEntry(At, Evidence);

/// <summary>What reading a scenario gave. There is no scenario unless there is no fault.</summary>
public sealed record ScenarioRead(Scenario? Scenario, IReadOnlyList<InputFault> Faults);
